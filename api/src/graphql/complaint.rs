//! Complaints, as a flat table: where each stands, the time it took, and the deadlines of its service standard. The
//! customers' words are not among it.

use std::sync::Arc;

use async_graphql::{Context, ID, Object, SimpleObject};
use chrono::Utc;
use rapport_entities::{self as stored, At, Calendar, clock, complaint, customer};
use rapport_jobs::case::{Classes, Due, Standards, Standing};
use sea_orm::{ColumnTrait, DerivePartialModel, IntoSimpleExpr, QueryFilter, sea_query::ExprTrait};

use super::{
    choice::{self, CaseState, Risk, Severity},
    fact::{self, Which},
    facts_of::FactNode,
    group::breached,
    guard,
    list::List,
    loader::ClassesOf,
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
    /// The unit that it is about or that handles it; null where the source does not say.
    pub unit: Option<String>,
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
    /// Where it stands.
    pub state: Option<CaseState>,
    /// Where it stands, as text.
    pub state_code: String,
    /// How many moves there were from state to state.
    pub moves: i32,
    /// How often it was taken up again.
    pub reopened: i32,
    /// When the customer was told that it came in; null where that is not known.
    pub acknowledged_at: Option<DateTime>,
    /// Hours until the customer was told that it came in; null where that is not known.
    pub hours_to_acknowledge: Option<f64>,
    /// Whether the customer was satisfied with the outcome; null until asked.
    pub satisfied: Option<bool>,
    /// How many faults there were in its handling.
    pub faults: i32,
    /// Whether it was resolved.
    pub resolved: bool,
    /// When it was resolved; null until then.
    pub resolved_at: Option<DateTime>,
    /// The day it was resolved, where the company is; null until then.
    pub resolved_date: Option<Date>,
    /// Hours until it was resolved; null until then.
    pub hours_to_resolve: Option<f64>,
    /// What its deadlines are reckoned from.
    #[graphql(skip)]
    pub case: Case,
}

/// What the deadlines of a complaint are reckoned from.
#[derive(Clone, Debug)]
pub struct Case {
    pub customer_id: i64,
    received: At,
    severity: Option<stored::Severity>,
    standing: Standing,
}

crate::graphql::label::labels! {
    ComplaintRow {
        /// Name of where it stands.
        state_label: String = "case" of state_code,
        /// Name of the severity.
        severity_label: Option<String> = "severity" of severity_code,
        /// Name of the risk.
        risk_label: Option<String> = "risk" of risk_code,
    }
    and {
        /// By when the customer is to be told that it came in; null where no service standard says.
        async fn acknowledge_due(&self, context: &Context<'_>) -> Result<Option<DateTime>, Error> {
            self.case.due(context, |due, _| due.acknowledge.map(DateTime)).await
        }

        /// Whether the customer was told in time; null where there is no deadline, while there is time, and where it
        /// is not known.
        async fn acknowledge_kept(&self, context: &Context<'_>) -> Result<Option<bool>, Error> {
            self.case.kept(context, stored::Deadline::Acknowledge).await
        }

        /// By when it is to be resolved; null where no service standard says.
        async fn resolve_due(&self, context: &Context<'_>) -> Result<Option<DateTime>, Error> {
            self.case.due(context, |due, _| due.resolve.map(DateTime)).await
        }

        /// Whether it was resolved in time; null where there is no deadline, and while there is time.
        async fn resolve_kept(&self, context: &Context<'_>) -> Result<Option<bool>, Error> {
            self.case.kept(context, stored::Deadline::Resolve).await
        }
    }
}

impl Case {
    /// What its deadlines say; none if no standard is for it.
    async fn due<T>(
        &self,
        context: &Context<'_>,
        told: impl FnOnce(&Due<'_>, chrono::DateTime<Utc>) -> Option<T>,
    ) -> Result<Option<T>, Error> {
        let reading = Reading::of(context)?;
        let settings = context.data::<Arc<rapport_jobs::Settings>>();
        let settings = settings.map_err(|error| Error::NotFound(error.message))?;
        let newest = reading.published().await?.last().map(|newest| newest.set_id.clone());
        let classes: Classes = match newest {
            Some(set_id) => reading.loader.load_one(ClassesOf(self.customer_id, set_id)).await?,
            None => None,
        };
        let due = Standards::of(settings).due(self.received, self.severity, classes);
        Ok(due.and_then(|due| told(&due, clock::now())))
    }

    async fn kept(&self, context: &Context<'_>, deadline: stored::Deadline) -> Result<Option<bool>, Error> {
        let is_open = self.standing.resolved_at.is_none();
        if is_open {
            // what is open may pass its deadline at any moment
            Reading::of(context)?.pass();
        }
        self.due(context, |due, now| due.kept(deadline, &self.standing, now)).await
    }
}

/// What is read of a complaint.
#[derive(Clone, Debug, DerivePartialModel)]
#[sea_orm(entity = "complaint::Entity")]
pub struct Stored {
    pub(super) customer_id: i64,
    #[sea_orm(from_expr = "customer::Column::Code.into_simple_expr()")]
    customer: String,
    source: String,
    code: String,
    at: At,
    channel: Option<String>,
    product: Option<String>,
    severity: Option<stored::Severity>,
    risk: Option<stored::Risk>,
    unit: Option<String>,
    state: stored::CaseState,
    moves: i32,
    reopened: i32,
    acknowledged_at: Option<At>,
    resolved_at: Option<At>,
    satisfied: Option<bool>,
    faults: i32,
}

impl Stored {
    fn case(&self) -> Case {
        let standing = Standing {
            state: self.state,
            moves: self.moves,
            reopened: self.reopened,
            acknowledged_at: self.acknowledged_at,
            resolved_at: self.resolved_at,
            satisfied: self.satisfied,
            faults: self.faults,
            // the moments that only a close asks for are not read
            ..Standing::start(None, None)
        };
        Case { customer_id: self.customer_id, received: self.at, severity: self.severity, standing }
    }
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
            case: row.case(),
            unit: row.unit,
            state: CaseState::of(row.state),
            state_code: choice::code(row.state.as_str()),
            moves: row.moves,
            reopened: row.reopened,
            acknowledged_at: row.acknowledged_at.map(|at| DateTime(*at)),
            hours_to_acknowledge: row.acknowledged_at.map(hours),
            satisfied: row.satisfied,
            faults: row.faults,
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
        #[graphql(desc = "Where it stands: RECEIVED, ACKNOWLEDGED, IN_WORK, …")] state: Option<String>,
        #[graphql(desc = "The unit that it is about or that handles it")] unit: Option<String>,
        #[graphql(desc = "True for those found to have missed a deadline, false for the others")]
        breached: Option<bool>,
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
        if let Some(state) = choice::word::<stored::CaseState>("state", state.as_deref())? {
            select = select.filter(Column::State.eq(state));
        }
        if let Some(unit) = unit {
            select = select.filter(Column::Unit.eq(unit));
        }
        if let Some(is) = breached {
            reading.pass();
            select = select.filter(if is { self::breached() } else { self::breached().not() });
        }
        let rows = fact::page(select, window).into_partial_model::<Stored>().all(&reading.database).await?;
        rows.into_iter().map(|row| ComplaintRow::of(row, &calendar)).collect()
    }
}
