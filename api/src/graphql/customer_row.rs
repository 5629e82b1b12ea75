//! What a closed quarter says of a customer, as a flat row. No name and no contact data.

use async_graphql::{Context, ID, Object, SimpleObject};
use rapport_entities::{self as stored, customer, customer_quarter};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, JoinType, QueryFilter, QueryOrder, QueryResult,
    QuerySelect, QueryTrait, RelationDef, sea_query::SimpleExpr,
};

use super::{
    asked::Asked,
    choice::{self, Growth, Lifecycle, LoyaltySubtype, LoyaltyType, Size, Stage, ValueClass},
    edition::Edition,
    guard,
    money::Money,
    page::{self, Window},
    reading::{Publication, Reading, of_sets, publication},
    segment,
};
use crate::{Access, Error};

/// What a closed quarter says of a customer.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(complex)]
pub struct CustomerRow {
    /// Global id.
    pub id: ID,
    /// Which edition.
    #[graphql(flatten)]
    pub edition: Edition,
    /// The company's own code of the customer.
    pub code: String,
    /// Loyalty type; null for the unclassified.
    #[graphql(name = "type")]
    pub kind: Option<LoyaltyType>,
    /// Loyalty type as text; `UNCLASSIFIED` where an axis is unknown.
    pub type_code: String,
    /// Apostle or terrorist; null for all others.
    pub subtype: Option<LoyaltySubtype>,
    /// Apostle or terrorist, as text.
    pub subtype_code: Option<String>,
    /// What the loyalty axis was read from: `CONTRACT`, `PURCHASES` or `INTENTION`.
    pub loyalty_basis: Option<String>,
    /// Value class; null for the unclassified.
    #[graphql(name = "class")]
    pub class: Option<ValueClass>,
    /// Value class as text; `UNCLASSIFIED` where turnover or profit is unknown.
    pub class_code: String,
    /// What the customer is worth and could be worth; null for the unclassified.
    pub growth: Option<Growth>,
    /// What the customer is worth and could be worth, as text; `UNCLASSIFIED` where nothing is known of it.
    pub growth_code: String,
    /// Size by turnover in the window; null for those who never bought.
    pub size: Option<Size>,
    /// Size as text; `UNCLASSIFIED` for those who never bought.
    pub size_code: String,
    /// Phase of the relationship; null for those who never bought.
    pub lifecycle: Option<Lifecycle>,
    /// Phase as text; `UNCLASSIFIED` for those who never bought.
    pub lifecycle_code: String,
    /// Whether the customer came back in the quarter after a silence over the lapse point.
    pub won_back: Option<bool>,
    /// Stage on the way to loyalty; null for the unclassified.
    pub stage: Option<Stage>,
    /// Stage as text; `UNCLASSIFIED` where no purchase and no contract is recorded of anybody.
    pub stage_code: String,
    /// Latest overall satisfaction in the window, of 10.
    pub satisfaction: Option<f64>,
    /// Whether the customer stays, by contract or purchases.
    pub staying: Option<bool>,
    /// Latest stated intention to buy again or stay, of 10.
    pub intention: Option<f64>,
    /// Latest likelihood to recommend, 0–10.
    pub recommend: Option<f64>,
    /// Whether the customer complained in the window.
    pub complained: bool,
    /// Purchases in the quarter.
    pub purchases: i32,
    /// Revenue in the quarter, in major units.
    pub revenue: f64,
    /// Revenue in the quarter, exactly.
    pub revenue_decimal: String,
    /// Profit in the quarter, in major units; null where a cost is unknown.
    pub profit: Option<f64>,
    /// Profit in the quarter, exactly.
    pub profit_decimal: Option<String>,
    /// Purchases in the window.
    pub window_purchases: i32,
    /// Revenue in the window, in major units.
    pub window_revenue: f64,
    /// Revenue in the window, exactly.
    pub window_revenue_decimal: String,
    /// Profit in the window, in major units; null where a cost is unknown.
    pub window_profit: Option<f64>,
    /// Profit in the window, exactly.
    pub window_profit_decimal: Option<String>,
    /// Quintiles of recency, frequency and money, 111 to 555; 5 is best.
    pub rfm: Option<i32>,
    /// Rank by turnover in the window among all customers; 1 is the highest. Null for readers of some segments alone.
    pub rank: Option<i64>,
    /// Share of the turnover of all customers that those up to this rank have, a fraction of 1. Null for readers of some
    /// segments alone.
    pub cumulative_share: Option<f64>,
    /// Probability of not having left.
    pub p_alive: Option<f64>,
    /// Purchases expected over the rules' horizon.
    pub expected_purchases: Option<f64>,
    /// Money expected of a purchase, in major units; an estimate.
    pub expected_spend: Option<f64>,
    /// Discounted margin of the periods ahead, in major units; an estimate.
    pub lifetime_value: Option<f64>,
    /// What the customer's talk is worth, in major units, under the assumptions of the rules.
    pub word_of_mouth: Option<f64>,
    /// What those the customer brought are worth, in major units, under the assumptions of the rules; null where the
    /// source does not say how many they are.
    pub referral_value: Option<f64>,
    /// Currency of the money, by its ISO 4217 code.
    pub currency: Option<String>,
}

crate::graphql::label::labels! {
    CustomerRow {
        /// Name of the loyalty type.
        type_label: String = "loyalty" of type_code,
        /// Name of the extreme.
        subtype_label: Option<String> = "subtype" of subtype_code,
        /// Name of the value class.
        class_label: String = "class" of class_code,
        /// Name of the worth.
        growth_label: String = "growth" of growth_code,
        /// Name of the size.
        size_label: String = "size" of size_code,
        /// Name of the phase.
        lifecycle_label: String = "lifecycle" of lifecycle_code,
        /// Name of the stage.
        stage_label: String = "stage" of stage_code,
    }
}

impl CustomerRow {
    /// Of a stored result and the customer's code, as the reader sees it.
    pub fn of(
        row: customer_quarter::Model,
        code: String,
        publication: &Publication,
        access: &Access,
    ) -> Self {
        // these two tell of all customers
        let of_all = access.segments().is_none();
        let edition = Edition::of(publication);
        let money = Money::of(publication.currency.as_deref());
        let id = page::pack(&["customer-quarter", &edition.quarter, &edition.revision.to_string(), &code]);
        Self {
            id: id.into(),
            edition,
            code,
            kind: LoyaltyType::of(row.loyalty_type),
            type_code: choice::code(row.loyalty_type.as_str()),
            subtype: row.loyalty_subtype.and_then(LoyaltySubtype::of),
            subtype_code: row.loyalty_subtype.map(|subtype| choice::code(subtype.as_str())),
            loyalty_basis: row.loyalty_basis.map(|basis| choice::code(basis.as_str())),
            class: ValueClass::of(row.value_class),
            class_code: choice::code(row.value_class.as_str()),
            growth: Growth::of(row.growth),
            growth_code: choice::code(row.growth.as_str()),
            size: Size::of(row.size),
            size_code: choice::code(row.size.as_str()),
            lifecycle: Lifecycle::of(row.lifecycle),
            lifecycle_code: choice::code(row.lifecycle.as_str()),
            won_back: row.won_back,
            stage: Stage::of(row.stage),
            stage_code: choice::code(row.stage.as_str()),
            satisfaction: row.satisfaction,
            staying: row.staying,
            intention: row.intention,
            recommend: row.recommend,
            complained: row.complained,
            purchases: row.purchases,
            revenue: money.float(row.revenue),
            revenue_decimal: money.decimal(row.revenue),
            profit: row.profit.map(|minor| money.float(minor)),
            profit_decimal: row.profit.map(|minor| money.decimal(minor)),
            window_purchases: row.window_purchases,
            window_revenue: money.float(row.window_revenue),
            window_revenue_decimal: money.decimal(row.window_revenue),
            window_profit: row.window_profit.map(|minor| money.float(minor)),
            window_profit_decimal: row.window_profit.map(|minor| money.decimal(minor)),
            rfm: row.rfm,
            rank: row.rank.filter(|_| of_all),
            cumulative_share: row.cumulative_share.filter(|_| of_all),
            p_alive: row.p_alive,
            expected_purchases: row.expected_purchases,
            expected_spend: row.expected_spend,
            lifetime_value: row.lifetime_value,
            word_of_mouth: row.word_of_mouth,
            referral_value: row.referral_value,
            currency: publication.currency.clone(),
        }
    }
}

/// From a customer to its results.
pub fn results() -> RelationDef {
    customer::Entity::belongs_to(customer_quarter::Entity)
        .from(customer::Column::CustomerId)
        .to(customer_quarter::Column::CustomerId)
        .into()
}

/// Which customers' results.
#[derive(Debug)]
struct RowFilter {
    dimension: Option<String>,
    segment: Option<String>,
    /// By their results.
    which: Condition,
}

async fn rows(
    reading: &Reading,
    sets: &[Publication],
    filter: RowFilter,
    window: Window,
    asked: Asked,
) -> Result<Vec<CustomerRow>, Error> {
    use customer_quarter::Column;
    let select = customer_quarter::Entity::find()
        .select_only()
        .columns(asked.columns())
        .column_as(customer::Column::Code, "customer_code")
        .join(JoinType::InnerJoin, results().rev())
        .filter(reading.access.customers(Column::CustomerId))
        .filter(segment::members(
            reading,
            Column::CustomerId,
            filter.dimension.as_deref(),
            filter.segment.as_deref(),
        ));
    let select = of_sets(select, Column::SetId, sets)
        .filter(filter.which)
        .order_by_asc(customer::Column::Code)
        .order_by_asc(Column::CustomerId)
        .offset(window.offset)
        .limit(window.limit);
    let row = |row: &QueryResult| {
        let (result, code) = (asked.read(row)?, row.try_get("", "customer_code")?);
        let publication = publication(sets, &result.set_id)?;
        Ok(CustomerRow::of(result, code, publication, &reading.access))
    };
    reading.database.query_all(select.as_query()).await?.iter().map(row).collect()
}

/// That a column holds the word of an argument, if it is given. Fails with the words there are.
fn is<T>(
    column: customer_quarter::Column,
    argument: &str,
    text: Option<String>,
) -> Result<Option<SimpleExpr>, Error>
where
    T: std::str::FromStr<Err = stored::UnknownWord> + Into<sea_orm::Value>,
{
    Ok(choice::word::<T>(argument, text.as_deref())?.map(|word| column.eq(word)))
}

/// The rows of customers.
#[derive(Default)]
pub struct CustomerRowQuery;

#[Object]
impl CustomerRowQuery {
    /// Customers, a row for each quarter, as a flat table ordered by quarter and code.
    #[graphql(guard = "guard::PERSONS", complexity = "page::cost(limit, page::ROWS, child_complexity)")]
    #[allow(clippy::too_many_arguments)]
    async fn customer_rows(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "A quarter, written 2026-Q3; all published quarters if not given")] quarter: Option<
            String,
        >,
        #[graphql(desc = "Code of a dimension")] dimension: Option<String>,
        #[graphql(desc = "Code of a segment")] segment: Option<String>,
        #[graphql(name = "type", desc = "A loyalty type's code, such as LOYAL, or UNCLASSIFIED")]
        kind: Option<String>,
        #[graphql(desc = "A value class: A to D, or UNCLASSIFIED")] class: Option<String>,
        #[graphql(desc = "Worth: MOST_VALUABLE, MOST_GROWABLE, BELOW_ZERO, OTHER or UNCLASSIFIED")]
        growth: Option<String>,
        #[graphql(desc = "Size: VIP, LARGE, MEDIUM, SMALL or UNCLASSIFIED")] size: Option<String>,
        #[graphql(desc = "Phase: EXPLORATION, BUILD_UP, MATURITY, DECLINE or UNCLASSIFIED")]
        lifecycle: Option<String>,
        #[graphql(desc = "A stage's code, such as PROSPECT or CLIENT, or UNCLASSIFIED")] stage: Option<
            String,
        >,
        #[graphql(desc = "A revision of the quarter; the newest if not given")] revision: Option<i32>,
        #[graphql(desc = "Rows to pass over; 0 if not given")] offset: Option<i32>,
        #[graphql(desc = "Rows at most, up to 10,000; 1,000 if not given")] limit: Option<i32>,
    ) -> Result<Vec<CustomerRow>, Error> {
        use customer_quarter::Column;
        let window = Window::new(offset, limit)?;
        let which = Condition::all()
            .add_option(is::<stored::LoyaltyType>(Column::LoyaltyType, "type", kind)?)
            .add_option(is::<stored::ValueClass>(Column::ValueClass, "class", class)?)
            .add_option(is::<stored::Growth>(Column::Growth, "growth", growth)?)
            .add_option(is::<stored::Size>(Column::Size, "size", size)?)
            .add_option(is::<stored::Lifecycle>(Column::Lifecycle, "lifecycle", lifecycle)?)
            .add_option(is::<stored::Stage>(Column::Stage, "stage", stage)?);
        let reading = Reading::of(context)?;
        let sets = reading.sets(quarter.as_deref(), revision).await?;
        rows(reading, &sets, RowFilter { dimension, segment, which }, window, Asked::of(context)).await
    }
}
