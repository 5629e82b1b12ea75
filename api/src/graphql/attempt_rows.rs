//! Attempts to win lost customers back as a flat table, which holds no free text and nobody's name.

use async_graphql::{Context, ID, Object, SimpleObject};
use rapport_entities::{self as stored, At, customer, winback_attempt};
use sea_orm::{ColumnTrait, DerivePartialModel, IntoSimpleExpr, QueryFilter};

use super::{
    choice::{self, WinbackOutcome},
    fact::{self, Which},
    guard,
    list::List,
    money::Money,
    page::{self, Window},
    period::{self, Moment, Period},
    reading::Reading,
    scalar::{Date, DateTime},
};
use crate::Error;

/// An attempt to win a lost customer back.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(complex, serial)]
pub struct WinbackAttemptRow {
    /// Global id.
    pub id: ID,
    /// When it was made.
    #[graphql(flatten)]
    pub moment: Moment,
    /// The company's own code of the customer.
    pub customer: String,
    /// Where it came from: a source of imports, or `rapport`.
    pub source: String,
    /// The attempt's own key.
    pub code: String,
    /// By which way.
    pub channel: Option<String>,
    /// What was offered.
    pub offer: Option<String>,
    /// What it cost, in major units.
    pub cost: Option<f64>,
    /// What it cost, exactly.
    pub cost_decimal: Option<String>,
    /// Currency of the money, by its ISO 4217 code.
    pub currency: Option<String>,
    /// What became of it.
    pub outcome: Option<WinbackOutcome>,
    /// What became of it, as text.
    pub outcome_code: String,
    /// When that was known; null while it is open.
    pub ended_at: Option<DateTime>,
}

crate::graphql::label::labels! {
    WinbackAttemptRow {
        /// Name of what became of it.
        outcome_label: String = "winback" of outcome_code,
    }
}

/// What is read of an attempt.
#[derive(Clone, Debug, DerivePartialModel)]
#[sea_orm(entity = "winback_attempt::Entity")]
struct Stored {
    #[sea_orm(from_expr = "customer::Column::Code.into_simple_expr()")]
    customer: String,
    source: String,
    code: String,
    at: At,
    channel: Option<String>,
    offer: Option<String>,
    cost: Option<i64>,
    currency: Option<String>,
    outcome: stored::WinbackOutcome,
    ended_at: Option<At>,
}

/// The attempts.
#[derive(Default)]
pub struct AttemptQuery;

#[Object]
impl AttemptQuery {
    /// Attempts to win lost customers back as a flat table, ordered by moment, then by key.
    #[graphql(guard = "guard::PERSONS", complexity = "page::cost(limit, page::ROWS, child_complexity)")]
    #[allow(clippy::too_many_arguments)]
    async fn winback_attempt_rows(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "A quarter, written 2026-Q3; all if not given")] quarter: Option<String>,
        #[graphql(desc = "The first day, where the company is")] from: Option<Date>,
        #[graphql(desc = "The last day, where the company is")] to: Option<Date>,
        #[graphql(desc = "Code of a dimension of the customers")] dimension: Option<String>,
        #[graphql(desc = "Code of a segment of the customers")] segment: Option<String>,
        #[graphql(desc = "The company's own code of a customer")] customer: Option<String>,
        #[graphql(desc = "What became of it: OPEN, WON_BACK, REFUSED or NO_ANSWER")] outcome: Option<String>,
        #[graphql(desc = "Rows to pass over; 0 if not given")] offset: Option<i32>,
        #[graphql(desc = "Rows at most, up to 10,000; 1,000 if not given")] limit: Option<i32>,
    ) -> Result<List<WinbackAttemptRow>, Error> {
        let window = Window::new(offset, limit)?;
        let (reading, calendar) = (Reading::of(context)?, period::calendar(context)?);
        // recorded by hand at any time
        reading.pass();
        let period = Period::of(&calendar, quarter.as_deref(), from, to)?;
        let mut select =
            fact::select::<winback_attempt::Entity>(reading, &Which { period, dimension, segment, customer });
        if let Some(outcome) = choice::word::<stored::WinbackOutcome>("outcome", outcome.as_deref())? {
            select = select.filter(winback_attempt::Column::Outcome.eq(outcome));
        }
        let rows = fact::page(select, window).into_partial_model::<Stored>().all(&reading.database).await?;
        let row = |row: Stored| {
            let money = Money::of(row.currency.as_deref());
            WinbackAttemptRow {
                id: page::pack(&["winback-attempt-row", &row.customer, &row.source, &row.code]).into(),
                moment: Moment::of(row.at, &calendar),
                customer: row.customer,
                source: row.source,
                code: row.code,
                channel: row.channel,
                offer: row.offer,
                cost: row.cost.map(|minor| money.float(minor)),
                cost_decimal: row.cost.map(|minor| money.decimal(minor)),
                currency: row.currency,
                outcome: WinbackOutcome::of(row.outcome),
                outcome_code: choice::code(row.outcome.as_str()),
                ended_at: row.ended_at.map(|at| DateTime(*at)),
            }
        };
        Ok(rows.into_iter().map(row).collect())
    }
}
