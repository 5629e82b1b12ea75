//! Purchases, as a flat table.

use async_graphql::{Context, ID, Object, SimpleObject};
use rapport_entities::{At, Calendar, customer, purchase};
use sea_orm::{ColumnTrait, DerivePartialModel, IntoSimpleExpr, QueryFilter};

use super::{
    fact::{self, Which},
    facts_of::FactNode,
    guard, lines,
    list::List,
    money::Money,
    page::{self, Total, Window},
    period::{self, Moment, Period},
    reading::Reading,
    scalar::Date,
};
use crate::Error;

/// A purchase.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(serial)]
pub struct PurchaseRow {
    /// Global id.
    pub id: ID,
    /// When.
    #[graphql(flatten)]
    pub moment: Moment,
    /// The company's own code of the customer.
    pub customer: String,
    /// The source it came from.
    pub source: String,
    /// The source's own key.
    pub code: String,
    /// What was paid, in major units.
    pub amount: f64,
    /// What was paid, exactly.
    pub amount_decimal: String,
    /// What it cost the company, in major units; null where unknown.
    pub cost: Option<f64>,
    /// What it cost the company, exactly.
    pub cost_decimal: Option<String>,
    /// Amount less cost, in major units; null where the cost is unknown.
    pub profit: Option<f64>,
    /// Amount less cost, exactly.
    pub profit_decimal: Option<String>,
    /// Currency of the money, by its ISO 4217 code.
    pub currency: String,
    /// Pieces.
    pub quantity: i32,
    /// What was bought; null where the source does not say.
    pub product: Option<String>,
}

/// What is read of a purchase.
#[derive(Clone, Debug, DerivePartialModel)]
#[sea_orm(entity = "purchase::Entity")]
pub struct Stored {
    #[sea_orm(from_expr = "customer::Column::Code.into_simple_expr()")]
    customer: String,
    source: String,
    code: String,
    at: At,
    amount: i64,
    cost: Option<i64>,
    currency: String,
    quantity: i32,
    product: Option<String>,
}

impl FactNode for PurchaseRow {
    type Table = purchase::Entity;
    type Stored = Stored;
    const KIND: &'static str = "purchase";

    fn key(stored: &Stored) -> (At, &str, &str) {
        (stored.at, &stored.source, &stored.code)
    }

    fn total(customer_id: i64) -> Total {
        Total::Purchases(customer_id)
    }

    fn of(row: Stored, calendar: &Calendar) -> Result<Self, Error> {
        let money = Money::of(Some(&row.currency));
        let profit = row.cost.map(|cost| row.amount - cost);
        Ok(Self {
            id: page::pack(&["purchase", &row.customer, &row.source, &row.code]).into(),
            moment: Moment::of(row.at, calendar),
            customer: row.customer,
            source: row.source,
            code: row.code,
            amount: money.float(row.amount),
            amount_decimal: money.decimal(row.amount),
            cost: row.cost.map(|minor| money.float(minor)),
            cost_decimal: row.cost.map(|minor| money.decimal(minor)),
            profit: profit.map(|minor| money.float(minor)),
            profit_decimal: profit.map(|minor| money.decimal(minor)),
            currency: row.currency,
            quantity: row.quantity,
            product: row.product,
        })
    }
}

/// The purchases.
#[derive(Default)]
pub struct PurchaseQuery;

#[Object]
impl PurchaseQuery {
    /// Purchases as a flat table, ordered by moment, then by key.
    #[graphql(guard = "guard::PERSONS", complexity = "page::cost(limit, page::ROWS, child_complexity)")]
    #[allow(clippy::too_many_arguments)]
    async fn purchase_rows(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "A quarter, written 2026-Q3; all if not given")] quarter: Option<String>,
        #[graphql(desc = "The first day, where the company is")] from: Option<Date>,
        #[graphql(desc = "The last day, where the company is")] to: Option<Date>,
        #[graphql(desc = "Code of a dimension of the customers")] dimension: Option<String>,
        #[graphql(desc = "Code of a segment of the customers")] segment: Option<String>,
        #[graphql(desc = "The company's own code of a customer")] customer: Option<String>,
        #[graphql(desc = "What was bought, as the source names it")] product: Option<String>,
        #[graphql(desc = "Rows to pass over; 0 if not given")] offset: Option<i32>,
        #[graphql(desc = "Rows at most, up to 10,000; 1,000 if not given")] limit: Option<i32>,
    ) -> Result<List<PurchaseRow>, Error> {
        let window = Window::new(offset, limit)?;
        let (reading, calendar) = (Reading::of(context)?, period::calendar(context)?);
        let period = Period::of(&calendar, quarter.as_deref(), from, to)?;
        let mut select =
            fact::select::<purchase::Entity>(reading, &Which { period, dimension, segment, customer });
        if let Some(product) = product {
            select = select.filter(purchase::Column::Product.eq(product));
        }
        if lines::of_purchases(context, reading, &calendar, fact::ordered(select.clone())) {
            return Ok(List(Vec::new()));
        }
        let rows = fact::page(select, window).into_partial_model::<Stored>().all(&reading.database).await?;
        rows.into_iter().map(|row| PurchaseRow::of(row, &calendar)).collect()
    }
}
