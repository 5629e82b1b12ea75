//! Recorded losses of customers as a flat table, which holds no free text and nobody's name.

use async_graphql::{ComplexObject, Context, ID, Object, SimpleObject};
use rapport_entities::{At, customer, customer_loss};
use sea_orm::{ColumnTrait, DerivePartialModel, IntoSimpleExpr, QueryFilter};

use super::{
    choice,
    fact::{self, Which},
    guard,
    label::Locale,
    list::List,
    loss_reason,
    page::{self, Window},
    period::{self, Moment, Period},
    reading::Reading,
    scalar::Date,
};
use crate::Error;

/// That a customer was lost, as somebody recorded it.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(complex, serial)]
pub struct LossRow {
    /// Global id.
    pub id: ID,
    /// When the customer was lost.
    #[graphql(flatten)]
    pub moment: Moment,
    /// The company's own code of the customer.
    pub customer: String,
    /// Where it came from: a source of imports, or `rapport`.
    pub source: String,
    /// The record's own key.
    pub code: String,
    /// Why, as text: `MOVED`, `OTHER_TIES`, `PRICE`, `QUALITY`, `SERVICE`, or one of the company's own.
    pub reason_code: String,
}

#[ComplexObject]
impl LossRow {
    /// Name of the reason.
    async fn reason_label(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The language of the name; English if not given")] locale: Option<Locale>,
    ) -> String {
        loss_reason::name(context, &self.reason_code, locale)
    }
}

/// What is read of a loss.
#[derive(Clone, Debug, DerivePartialModel)]
#[sea_orm(entity = "customer_loss::Entity")]
struct Stored {
    #[sea_orm(from_expr = "customer::Column::Code.into_simple_expr()")]
    customer: String,
    source: String,
    code: String,
    at: At,
    reason: String,
}

/// The losses.
#[derive(Default)]
pub struct LossQuery;

#[Object]
impl LossQuery {
    /// Recorded losses of customers as a flat table, ordered by moment, then by key.
    #[graphql(guard = "guard::PERSONS", complexity = "page::cost(limit, page::ROWS, child_complexity)")]
    #[allow(clippy::too_many_arguments)]
    async fn loss_rows(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "A quarter, written 2026-Q3; all if not given")] quarter: Option<String>,
        #[graphql(desc = "The first day, where the company is")] from: Option<Date>,
        #[graphql(desc = "The last day, where the company is")] to: Option<Date>,
        #[graphql(desc = "Code of a dimension of the customers")] dimension: Option<String>,
        #[graphql(desc = "Code of a segment of the customers")] segment: Option<String>,
        #[graphql(desc = "The company's own code of a customer")] customer: Option<String>,
        #[graphql(desc = "A reason's code, such as PRICE")] reason: Option<String>,
        #[graphql(desc = "Rows to pass over; 0 if not given")] offset: Option<i32>,
        #[graphql(desc = "Rows at most, up to 10,000; 1,000 if not given")] limit: Option<i32>,
    ) -> Result<List<LossRow>, Error> {
        let window = Window::new(offset, limit)?;
        let (reading, calendar) = (Reading::of(context)?, period::calendar(context)?);
        // recorded by hand at any time
        reading.pass();
        let period = Period::of(&calendar, quarter.as_deref(), from, to)?;
        let mut select =
            fact::select::<customer_loss::Entity>(reading, &Which { period, dimension, segment, customer });
        if let Some(reason) = reason {
            select = select.filter(customer_loss::Column::Reason.eq(reason.to_ascii_lowercase()));
        }
        let rows = fact::page(select, window).into_partial_model::<Stored>().all(&reading.database).await?;
        let row = |row: Stored| LossRow {
            id: page::pack(&["loss-row", &row.customer, &row.source, &row.code]).into(),
            moment: Moment::of(row.at, &calendar),
            customer: row.customer,
            source: row.source,
            code: row.code,
            reason_code: choice::code(&row.reason),
        };
        Ok(rows.into_iter().map(row).collect())
    }
}
