//! Lost customers as a flat table: why each was lost, and what it is worth to win back.

use async_graphql::{ComplexObject, Context, ID, Object, SimpleObject};
use rapport_entities::{customer, lost_customer};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, JoinType, Order, QueryFilter, QueryOrder,
    QuerySelect, QueryTrait, RelationDef,
};

use super::{
    choice::{self, LostValueBasis, SuccessBasis, WinbackOutcome},
    edition::Edition,
    guard,
    label::{Locale, Word},
    list::List,
    loss_reason,
    page::{self, Window},
    period,
    reading::{Publication, Reading, of_sets, publication},
    scalar::Date,
    segment,
};
use crate::{Access, Error};

/// A customer who was lost and is not back, as a closed quarter has it on its list. Figures that rest on the attempts on all
/// customers are null for readers of some segments alone.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(complex, serial)]
pub struct LostCustomerRow {
    /// Global id.
    pub id: ID,
    /// Which edition.
    #[graphql(flatten)]
    pub edition: Edition,
    /// The company's own code of the customer.
    pub code: String,
    /// The quarter in which it stayed no longer, written `2026-Q3`.
    pub lost_in: String,
    /// First day of that quarter.
    pub lost_in_start: Date,
    /// Why, as text; null where nobody recorded it.
    pub reason_code: Option<String>,
    /// What it was worth in the quarter before it was lost, in major units.
    pub value: Option<f64>,
    /// What that is read from.
    pub value_basis: Option<LostValueBasis>,
    /// What that is read from, as text.
    pub value_basis_code: Option<String>,
    /// Attempts to win it back in the window.
    pub attempts: i32,
    /// What became of the latest.
    pub outcome: Option<WinbackOutcome>,
    /// What became of the latest, as text.
    pub outcome_code: Option<String>,
    /// The share of attempts that succeed as measured, a fraction of 1; null where they are too few.
    pub success: Option<f64>,
    /// The attempts that this is the share of.
    pub success_n: Option<i64>,
    /// Which attempts they are.
    pub success_basis: Option<SuccessBasis>,
    /// Which attempts they are, as text.
    pub success_basis_code: Option<String>,
    /// Value × success, in major units.
    pub gain: Option<f64>,
    /// What an attempt costs by the settings, in major units.
    pub cost: Option<f64>,
    /// What is expected of an attempt: gain less cost, in major units; null without either.
    pub expected: Option<f64>,
    /// Place in the list, 1 the first: by gain, then by value; null of who was won back already.
    pub rank: Option<i64>,
    /// Currency of the money, by its ISO 4217 code.
    pub currency: Option<String>,
}

#[ComplexObject]
impl LostCustomerRow {
    /// Name of the reason.
    async fn reason_label(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The language of the name; English if not given")] locale: Option<Locale>,
    ) -> Option<String> {
        self.reason_code.as_deref().map(|code| loss_reason::name(context, code, locale))
    }

    /// Name of what the value is read from.
    async fn value_basis_label(
        &self,
        #[graphql(desc = "The language of the name; English if not given")] locale: Option<Locale>,
    ) -> Option<String> {
        self.value_basis_code.label("lost-value", locale)
    }

    /// Name of what became of the latest attempt.
    async fn outcome_label(
        &self,
        #[graphql(desc = "The language of the name; English if not given")] locale: Option<Locale>,
    ) -> Option<String> {
        self.outcome_code.label("winback", locale)
    }

    /// Name of the attempts that the success is measured on.
    async fn success_basis_label(
        &self,
        #[graphql(desc = "The language of the name; English if not given")] locale: Option<Locale>,
    ) -> Option<String> {
        self.success_basis_code.label("success", locale)
    }
}

impl LostCustomerRow {
    fn of(
        row: lost_customer::Model,
        code: String,
        (publication, lost_in_start): (&Publication, Date),
        access: &Access,
    ) -> Self {
        // what is measured on all customers is not for who sees some alone
        let of_all = access.segments().is_none();
        let edition = Edition::of(publication);
        let key = ["lost-customer", &edition.quarter, &edition.revision.to_string(), &code];
        let success = row.success.filter(|_| of_all);
        Self {
            id: page::pack(&key).into(),
            edition,
            code,
            lost_in: row.lost_in.to_string(),
            lost_in_start,
            reason_code: row.reason.as_deref().map(choice::code),
            value: row.value,
            value_basis: row.value_basis.and_then(LostValueBasis::of),
            value_basis_code: row.value_basis.map(|basis| choice::code(basis.as_str())),
            attempts: row.attempts,
            outcome: row.outcome.and_then(WinbackOutcome::of),
            outcome_code: row.outcome.map(|outcome| choice::code(outcome.as_str())),
            success,
            success_n: success.map(|_| row.success_n),
            success_basis: row.success_basis.filter(|_| of_all).and_then(SuccessBasis::of),
            success_basis_code: row
                .success_basis
                .filter(|_| of_all)
                .map(|basis| choice::code(basis.as_str())),
            gain: row.gain.filter(|_| of_all),
            cost: row.cost,
            expected: row.expected.filter(|_| of_all),
            rank: row.rank.filter(|_| of_all),
            currency: publication.currency.clone(),
        }
    }
}

/// Lost customers.
#[derive(Default)]
pub struct LostCustomerQuery;

#[Object]
impl LostCustomerQuery {
    /// Customers who were lost in the last quarters and are not back, as a flat table: the list of those to win back, ordered
    /// by quarter and rank, then by code.
    #[graphql(guard = "guard::PERSONS", complexity = "page::cost(limit, page::ROWS, child_complexity)")]
    #[allow(clippy::too_many_arguments)]
    async fn lost_customer_rows(
        &self,
        context: &Context<'_>,
        #[graphql(
            desc = "The quarter whose list it is, written 2026-Q3; all published quarters if not given"
        )]
        quarter: Option<String>,
        #[graphql(desc = "Code of a dimension")] dimension: Option<String>,
        #[graphql(desc = "Code of a segment")] segment: Option<String>,
        #[graphql(desc = "The company's own code of a customer")] customer: Option<String>,
        #[graphql(desc = "A reason's code, such as PRICE")] reason: Option<String>,
        #[graphql(desc = "A revision of the quarter; the newest if not given")] revision: Option<i32>,
        #[graphql(desc = "Rows to pass over; 0 if not given")] offset: Option<i32>,
        #[graphql(desc = "Rows at most, up to 10,000; 1,000 if not given")] limit: Option<i32>,
    ) -> Result<List<LostCustomerRow>, Error> {
        use lost_customer::Column;
        let window = Window::new(offset, limit)?;
        let (reading, calendar) = (Reading::of(context)?, period::calendar(context)?);
        let sets = reading.sets(quarter.as_deref(), revision).await?;
        let of: RelationDef = lost_customer::Entity::belongs_to(customer::Entity)
            .from(Column::CustomerId)
            .to(customer::Column::CustomerId)
            .into();
        let mut select = lost_customer::Entity::find()
            .join(JoinType::InnerJoin, of)
            .filter(reading.access.customers(Column::CustomerId))
            .filter(segment::members(reading, Column::CustomerId, dimension.as_deref(), segment.as_deref()));
        if let Some(reason) = reason {
            select = select.filter(Column::Reason.eq(reason.to_ascii_lowercase()));
        }
        if let Some(code) = customer {
            select = select.filter(customer::Column::Code.eq(code));
        }
        let select = of_sets(select, Column::SetId, &sets)
            .order_by(Column::Rank.is_null(), Order::Asc)
            .order_by_asc(Column::Rank)
            .order_by_asc(customer::Column::Code)
            .column_as(customer::Column::Code, "customer_code")
            .offset(window.offset)
            .limit(window.limit);
        let rows = reading.database.query_all(select.as_query()).await?;
        let row = |row: &sea_orm::QueryResult| {
            let (lost, code) =
                (lost_customer::Model::from_query_result(row, "")?, row.try_get("", "customer_code")?);
            let publication = publication(&sets, &lost.set_id)?;
            let start = period::first_day(&calendar, lost.lost_in);
            Ok(LostCustomerRow::of(lost, code, (publication, start), &reading.access))
        };
        rows.iter().map(row).collect()
    }
}
