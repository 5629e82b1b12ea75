//! Complaints, as a flat table, with the time each took. The customers' words stay inside.

use async_graphql::{Context, ID, Object, SimpleObject};
use rapport_entities::{self as stored, At, Calendar, complaint, customer};
use sea_orm::{ColumnTrait, DerivePartialModel, IntoSimpleExpr, QueryFilter};

use super::{
    choice::{self, Risk, Severity},
    fact::{self, Which},
    facts_of::FactNode,
    guard,
    list::List,
    page::{self, Total, Window},
    period::{self, Moment, Period},
    reading::Reading,
    scalar::{Date, DateTime},
};
use crate::Error;

/// A complaint.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(complex, serial)]
pub struct ComplaintRow {
    /// Global id.
    pub id: ID,
    /// When it was received.
    #[graphql(flatten)]
    pub moment: Moment,
    /// The company's own code of the customer.
    pub customer: String,
    /// The source it came from.
    pub source: String,
    /// The source's own key.
    pub code: String,
    /// How it came; null where the source does not say.
    pub channel: Option<String>,
    /// What it is about; null where the source does not say.
    pub product: Option<String>,
    /// How grave it is; null where the source does not say.
    pub severity: Option<Severity>,
    /// How grave it is, as text.
    pub severity_code: Option<String>,
    /// Which risk it is about; null where the source does not say.
    pub risk: Option<Risk>,
    /// Which risk it is about, as text.
    pub risk_code: Option<String>,
    /// Whether it was resolved.
    pub resolved: bool,
    /// When it was resolved; null until then.
    pub resolved_at: Option<DateTime>,
    /// The day it was resolved, where the company is; null until then.
    pub resolved_date: Option<Date>,
    /// Hours until it was resolved; null until then.
    pub hours_to_resolve: Option<f64>,
}

crate::graphql::label::labels! {
    ComplaintRow {
        /// Name of the severity.
        severity_label: Option<String> = "severity" of severity_code,
        /// Name of the risk.
        risk_label: Option<String> = "risk" of risk_code,
    }
}

/// What is read of a complaint.
#[derive(Clone, Debug, DerivePartialModel)]
#[sea_orm(entity = "complaint::Entity")]
pub struct Stored {
    #[sea_orm(from_expr = "customer::Column::Code.into_simple_expr()")]
    customer: String,
    source: String,
    code: String,
    at: At,
    channel: Option<String>,
    product: Option<String>,
    severity: Option<stored::Severity>,
    risk: Option<stored::Risk>,
    resolved_at: Option<At>,
}

impl FactNode for ComplaintRow {
    type Table = complaint::Entity;
    type Stored = Stored;
    const KIND: &'static str = "complaint";

    fn key(stored: &Stored) -> (At, &str, &str) {
        (stored.at, &stored.source, &stored.code)
    }

    fn total(customer_id: i64) -> Total {
        Total::Complaints(customer_id)
    }

    fn of(row: Stored, calendar: &Calendar) -> Result<Self, Error> {
        let hours = |until: At| (*until - *row.at).num_milliseconds() as f64 / 3_600_000.0;
        Ok(Self {
            id: page::pack(&["complaint", &row.customer, &row.source, &row.code]).into(),
            moment: Moment::of(row.at, calendar),
            customer: row.customer,
            source: row.source,
            code: row.code,
            channel: row.channel,
            product: row.product,
            severity: row.severity.and_then(Severity::of),
            severity_code: row.severity.map(|severity| choice::code(severity.as_str())),
            risk: row.risk.and_then(Risk::of),
            risk_code: row.risk.map(|risk| choice::code(risk.as_str())),
            resolved: row.resolved_at.is_some(),
            resolved_at: row.resolved_at.map(|at| DateTime(*at)),
            resolved_date: row.resolved_at.map(|at| Moment::of(at, calendar).date),
            hours_to_resolve: row.resolved_at.map(hours),
        })
    }
}

/// The complaints.
#[derive(Default)]
pub struct ComplaintQuery;

#[Object]
impl ComplaintQuery {
    /// Complaints as a flat table, ordered by moment, then by key.
    #[graphql(guard = "guard::PERSONS", complexity = "page::cost(limit, page::ROWS, child_complexity)")]
    #[allow(clippy::too_many_arguments)]
    async fn complaint_rows(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The quarter it was received in, written 2026-Q3; all if not given")]
        quarter: Option<String>,
        #[graphql(desc = "The first day, where the company is")] from: Option<Date>,
        #[graphql(desc = "The last day, where the company is")] to: Option<Date>,
        #[graphql(desc = "Code of a dimension of the customers")] dimension: Option<String>,
        #[graphql(desc = "Code of a segment of the customers")] segment: Option<String>,
        #[graphql(desc = "The company's own code of a customer")] customer: Option<String>,
        #[graphql(desc = "How grave: LOW, MEDIUM or HIGH")] severity: Option<String>,
        #[graphql(desc = "True for those that were resolved, false for those that were not")]
        resolved: Option<bool>,
        #[graphql(desc = "Rows to pass over; 0 if not given")] offset: Option<i32>,
        #[graphql(desc = "Rows at most, up to 10,000; 1,000 if not given")] limit: Option<i32>,
    ) -> Result<List<ComplaintRow>, Error> {
        use complaint::Column;
        let window = Window::new(offset, limit)?;
        let (reading, calendar) = (Reading::of(context)?, period::calendar(context)?);
        let period = Period::of(&calendar, quarter.as_deref(), from, to)?;
        let mut select =
            fact::select::<complaint::Entity>(reading, &Which { period, dimension, segment, customer });
        if let Some(severity) = choice::word::<stored::Severity>("severity", severity.as_deref())? {
            select = select.filter(Column::Severity.eq(severity));
        }
        if let Some(resolved) = resolved {
            let column = Column::ResolvedAt;
            select = select.filter(if resolved { column.is_not_null() } else { column.is_null() });
        }
        let rows = fact::page(select, window).into_partial_model::<Stored>().all(&reading.database).await?;
        rows.into_iter().map(|row| ComplaintRow::of(row, &calendar)).collect()
    }
}
