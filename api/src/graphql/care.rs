//! The care list as a flat table: who is to be called in a quarter, why, and what is at risk; the most at risk first.

use std::collections::HashMap;

use async_graphql::{Context, ID, Object, SimpleObject};
use rapport_entities::{
    self as stored, At, CareReason as Reason, care_contact, clock, customer, customer_quarter,
};
use sea_orm::{
    ColumnTrait, Condition, DerivePartialModel, EntityTrait, IntoSimpleExpr, JoinType, QueryFilter,
    QueryOrder, QuerySelect, Select,
    sea_query::{NullOrdering, Order},
};

use super::{
    care_contact::last,
    care_promise::Promises,
    care_words::{Before, in_words},
    choice::{self, CareReason, ContactOutcome, LoyaltyType, RiskBasis, ValueClass},
    customer_row::results,
    edition::Edition,
    guard, label,
    list::List,
    loader::CHUNK,
    page::{self, Window},
    period,
    reading::{Publication, Reading},
    scalar::DateTime,
    segment,
};
use crate::Error;

/// A customer who is to be cared for.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(complex, serial)]
pub struct CareRow {
    /// Global id.
    pub id: ID,
    /// Which edition.
    #[graphql(flatten)]
    pub edition: Edition,
    /// The company's own code of the customer.
    pub code: String,
    /// The account manager, by the company's own code; null where nobody has the account.
    pub manager: Option<String>,
    /// The gravest reason.
    pub reason: Option<CareReason>,
    /// The gravest reason, as text.
    pub reason_code: String,
    /// All reasons as text, the gravest first, with a space between.
    pub reason_codes: String,
    /// What is lost if the customer leaves, in major units; an estimate. Null where nothing is known of it.
    pub value_at_risk: Option<f64>,
    /// What the value at risk is reckoned from.
    pub basis: Option<RiskBasis>,
    /// What the value at risk is reckoned from, as text.
    pub basis_code: Option<String>,
    /// Currency of the money, by its ISO 4217 code.
    pub currency: Option<String>,
    /// Loyalty type; null for the unclassified.
    #[graphql(name = "type")]
    pub kind: Option<LoyaltyType>,
    /// Loyalty type as text.
    pub type_code: String,
    /// Loyalty type in the quarter before as text; null where that is not known.
    pub type_before: Option<String>,
    /// Value class; null for the unclassified.
    pub class: Option<ValueClass>,
    /// Value class as text.
    pub class_code: String,
    /// Value class in the quarter before as text; null where that is not known.
    pub class_before: Option<String>,
    /// Latest overall satisfaction in the window, of 10.
    pub satisfaction: Option<f64>,
    /// The same in the quarter before.
    pub satisfaction_before: Option<f64>,
    /// Probability of not having left.
    pub p_alive: Option<f64>,
    /// The same in the quarter before.
    pub p_alive_before: Option<f64>,
    /// Discounted margin of the periods ahead, in major units; an estimate.
    pub lifetime_value: Option<f64>,
    /// By when the earliest promise is due that is not kept; null without one, and in older quarters.
    pub promise_due_at: Option<DateTime>,
    /// Whether that moment is over.
    pub promise_overdue: bool,
    /// When the customer was last in contact; null if never.
    pub last_contact_at: Option<DateTime>,
    /// What came of the last contact.
    pub last_outcome: Option<ContactOutcome>,
    /// What came of the last contact, as text.
    pub last_outcome_code: Option<String>,
    /// By when the last contact's promise is due, or the next contact.
    pub next_contact_at: Option<DateTime>,
    #[graphql(skip)]
    pub(super) told: Told,
}

/// What its words and its card are made of.
#[derive(Clone, Debug)]
pub(super) struct Told {
    pub(super) customer_id: i64,
    pub(super) reasons: Vec<Reason>,
    pub(super) result: Stored,
    pub(super) before: Option<Before>,
    pub(super) promise: Option<chrono::NaiveDate>,
    pub(super) overdue: bool,
}

crate::graphql::label::labels! {
    CareRow {
        /// Name of the gravest reason.
        reason_label: String = "care-reason" of reason_code,
        /// Name of what the value at risk is reckoned from.
        basis_label: Option<String> = "risk-basis" of basis_code,
        /// Name of the loyalty type.
        type_label: String = "loyalty" of type_code,
        /// Name of the value class.
        class_label: String = "class" of class_code,
        /// Name of what came of the last contact.
        last_outcome_label: Option<String> = "contact-outcome" of last_outcome_code,
    } and {
        /// All reasons in words, with their figures.
        async fn words(
            &self,
            #[graphql(desc = "The language of the words; English if not given")] locale: Option<label::Locale>,
        ) -> String {
            let locale = locale.map_or(rapport_messages::Locale::En, Into::into);
            let words: Vec<String> =
                self.told.reasons.iter().map(|reason| in_words(*reason, &self.told, locale)).collect();
            words.join(locale.pick("; ", "；"))
        }
    }
}

/// What is read of a line.
#[derive(Clone, Debug, DerivePartialModel)]
#[sea_orm(entity = "customer_quarter::Entity")]
pub(super) struct Stored {
    pub(super) customer_id: i64,
    #[sea_orm(from_expr = "customer::Column::Code.into_simple_expr()")]
    pub(super) customer: String,
    #[sea_orm(from_expr = "customer::Column::Manager.into_simple_expr()")]
    pub(super) manager: Option<String>,
    pub(super) loyalty_type: stored::LoyaltyType,
    pub(super) value_class: stored::ValueClass,
    pub(super) growth: stored::Growth,
    pub(super) size: stored::Size,
    pub(super) lifecycle: stored::Lifecycle,
    pub(super) satisfaction: Option<f64>,
    pub(super) p_alive: Option<f64>,
    pub(super) lifetime_value: Option<f64>,
    pub(super) value_at_risk: Option<f64>,
    pub(super) risk_basis: Option<stored::RiskBasis>,
    pub(super) care: Option<String>,
}

/// Which lines of a quarter.
#[derive(Clone, Debug, Default)]
pub struct Which {
    /// Code of a dimension.
    pub dimension: Option<String>,
    /// Code of a segment.
    pub segment: Option<String>,
    /// Code of an account manager.
    pub manager: Option<String>,
    /// A reason.
    pub reason: Option<Reason>,
}

/// The set that a list is of: of the quarter that is named, or else of the newest; none if there is none.
pub async fn set(
    reading: &Reading,
    quarter: Option<&str>,
    revision: Option<i32>,
) -> Result<Option<Publication>, Error> {
    Ok(reading.sets(quarter, revision).await?.pop())
}

/// The lines of a set that the reader sees, without an order.
pub fn lines(
    reading: &Reading,
    set: &Publication,
    which: &Which,
    promises: Option<Promises>,
) -> Select<customer_quarter::Entity> {
    let manager = which.manager.as_ref().map(|code| customer::Column::Manager.eq(code));
    members(reading, set, which.dimension.as_deref(), which.segment.as_deref())
        .filter(is_line(which.reason, promises))
        .filter(Condition::all().add_option(manager))
}

/// That a result is a line of the list, for a reason or for any.
pub fn is_line(reason: Option<Reason>, promises: Option<Promises>) -> Condition {
    use customer_quarter::Column;
    let promised = promises.map(|promises| promises.made_to(Column::CustomerId));
    match reason {
        None => Condition::any().add(Column::Care.ne("")).add_option(promised),
        // where no promises are told nobody has one
        Some(Reason::PromiseDue) => {
            promised.unwrap_or_else(|| Condition::all().add(Column::CustomerId.is_null()))
        }
        // no reason's word is a part of another's
        Some(reason) => Condition::all().add(Column::Care.contains(reason.as_str())),
    }
}

/// The results of a set that the reader sees, with their customers.
pub fn members(
    reading: &Reading,
    set: &Publication,
    dimension: Option<&str>,
    segment: Option<&str>,
) -> Select<customer_quarter::Entity> {
    use customer_quarter::Column;
    customer_quarter::Entity::find()
        .join(JoinType::InnerJoin, results().rev())
        .filter(Column::SetId.eq(set.set_id.as_str()))
        .filter(reading.access.customers(Column::CustomerId))
        .filter(segment::members(reading, Column::CustomerId, dimension, segment))
}

/// The most at risk first, who is of unknown value last; ties by code.
pub fn ordered(select: Select<customer_quarter::Entity>) -> Select<customer_quarter::Entity> {
    use customer_quarter::Column;
    select
        .order_by_with_nulls(Column::ValueAtRisk, Order::Desc, NullOrdering::Last)
        .order_by_asc(customer::Column::Code)
        .order_by_asc(Column::CustomerId)
}

/// These lines with what is known of them besides: the quarter before, promises and contacts.
pub async fn rows(
    context: &Context<'_>,
    set: &Publication,
    select: Select<customer_quarter::Entity>,
    promises: Option<Promises>,
) -> Result<Vec<CareRow>, Error> {
    let (reading, calendar) = (Reading::of(context)?, period::calendar(context)?);
    let rows = select.into_partial_model::<Stored>().all(&reading.database).await?;
    let ids: Vec<i64> = rows.iter().map(|row| row.customer_id).collect();
    let before = before(reading, set, &ids).await?;
    let contacts = last(reading, &ids).await?;
    let due = match promises {
        Some(promises) => promises.due(reading, &ids).await?,
        None => HashMap::new(),
    };
    let row = |row: Stored| {
        let id = row.customer_id;
        let due = due.get(&id).map(|at| (at, calendar.zone));
        CareRow::of(row, set, before.get(&id).copied(), due, contacts.get(&id))
    };
    Ok(rows.into_iter().map(row).collect())
}

/// What the quarter before, that the set was compared with, said of these customers.
async fn before(
    reading: &Reading,
    set: &Publication,
    customers: &[i64],
) -> Result<HashMap<i64, Before>, Error> {
    use customer_quarter::Column;
    let Some(before) = set.previous_set_id.as_deref() else { return Ok(HashMap::new()) };
    let mut all = HashMap::new();
    for ids in customers.chunks(CHUNK) {
        let rows: Vec<Before> = customer_quarter::Entity::find()
            .filter(Column::SetId.eq(before))
            .filter(Column::CustomerId.is_in(ids.iter().copied()))
            .into_partial_model::<Before>()
            .all(&reading.database)
            .await?;
        all.extend(rows.into_iter().map(|row| (row.customer_id, row)));
    }
    Ok(all)
}

impl CareRow {
    /// What it is, in ids.
    const KIND: &'static str = "care";

    fn of(
        row: Stored,
        set: &Publication,
        before: Option<Before>,
        due: Option<(&At, chrono_tz::Tz)>,
        contact: Option<&care_contact::Model>,
    ) -> Self {
        let edition = Edition::of(set);
        let mut reasons: Vec<Reason> = Reason::of_column(row.care.as_deref().unwrap_or_default()).collect();
        reasons.extend(due.map(|_| Reason::PromiseDue));
        reasons.sort_unstable();
        let codes: Vec<String> = reasons.iter().map(|reason| choice::code(reason.as_str())).collect();
        let overdue = due.is_some_and(|(at, _)| at.0 < clock::now());
        Self {
            id: page::pack(&[Self::KIND, &edition.quarter, &edition.revision.to_string(), &row.customer])
                .into(),
            edition,
            code: row.customer.clone(),
            manager: row.manager.clone(),
            reason: reasons.first().copied().and_then(CareReason::of),
            reason_code: codes.first().cloned().unwrap_or_default(),
            reason_codes: codes.join(" "),
            value_at_risk: row.value_at_risk,
            basis: row.risk_basis.and_then(RiskBasis::of),
            basis_code: row.risk_basis.map(|basis| choice::code(basis.as_str())),
            currency: set.currency.clone(),
            kind: LoyaltyType::of(row.loyalty_type),
            type_code: choice::code(row.loyalty_type.as_str()),
            type_before: before.map(|before| choice::code(before.loyalty_type.as_str())),
            class: ValueClass::of(row.value_class),
            class_code: choice::code(row.value_class.as_str()),
            class_before: before.map(|before| choice::code(before.value_class.as_str())),
            satisfaction: row.satisfaction,
            satisfaction_before: before.and_then(|before| before.satisfaction),
            p_alive: row.p_alive,
            p_alive_before: before.and_then(|before| before.p_alive),
            lifetime_value: row.lifetime_value,
            promise_due_at: due.map(|(at, _)| DateTime(**at)),
            promise_overdue: overdue,
            last_contact_at: contact.map(|contact| DateTime(*contact.at)),
            last_outcome: contact.and_then(|contact| ContactOutcome::of(contact.outcome)),
            last_outcome_code: contact.map(|contact| choice::code(contact.outcome.as_str())),
            next_contact_at: contact.and_then(|contact| contact.next_at).map(|at| DateTime(*at)),
            told: Told {
                customer_id: row.customer_id,
                reasons,
                promise: due.map(|(at, zone)| at.with_timezone(&zone).date_naive()),
                overdue,
                before,
                result: row,
            },
        }
    }
}

/// The care list as a flat table.
#[derive(Default)]
pub struct CareRowQuery;

#[Object]
impl CareRowQuery {
    /// Customers of a quarter who are to be cared for as a flat table, a line each with all its reasons; the most at risk
    /// first, ties by code.
    #[graphql(guard = "guard::PERSONS", complexity = "page::cost(limit, page::ROWS, child_complexity)")]
    #[allow(clippy::too_many_arguments)]
    async fn care_rows(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "A quarter, written 2026-Q3; the newest published one if not given")]
        quarter: Option<String>,
        #[graphql(desc = "Code of a dimension")] dimension: Option<String>,
        #[graphql(desc = "Code of a segment")] segment: Option<String>,
        #[graphql(desc = "The company's own code of an account manager")] manager: Option<String>,
        #[graphql(desc = "A reason's code, such as HOSTAGE or PROMISE_DUE")] reason: Option<String>,
        #[graphql(desc = "A revision of the quarter; the newest if not given")] revision: Option<i32>,
        #[graphql(desc = "Rows to pass over; 0 if not given")] offset: Option<i32>,
        #[graphql(desc = "Rows at most, up to 10,000; 1,000 if not given")] limit: Option<i32>,
    ) -> Result<List<CareRow>, Error> {
        let window = Window::new(offset, limit)?;
        let reading = Reading::of(context)?;
        let reason = choice::word::<Reason>("reason", reason.as_deref())?;
        let Some(set) = set(reading, quarter.as_deref(), revision).await? else {
            return Ok(List(Vec::new()));
        };
        let promises = Promises::of(context, reading, &set).await?;
        let which = Which { dimension, segment, manager, reason };
        let select = ordered(lines(reading, &set, &which, promises));
        let select = select.offset(window.offset).limit(window.limit);
        rows(context, &set, select, promises).await.map(List)
    }
}
