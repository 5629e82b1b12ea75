//! Runs of the jobs, as the ledger has them.

use async_graphql::{Context, ID, Object, SimpleObject};
use rapport_entities::{Calendar, Quarter, RunState, job_run};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::{
    choice, guard,
    list::List,
    page::{self, Window},
    period,
    reading::{self, Reading},
    scalar::{Date, DateTime},
};
use crate::Error;

/// A run of a job.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(complex, serial)]
pub struct JobRunRow {
    /// Global id.
    pub id: ID,
    /// The run's own id, as the command line shows it.
    pub run_id: String,
    /// Name of the job.
    pub job: String,
    /// The quarter, written `2026-Q3`, or the moment it was due or asked for.
    pub period: String,
    /// The quarter, written `2026-Q3`; null of a job that is not of quarters.
    pub quarter: Option<String>,
    /// The quarter's first day; null of a job that is not of quarters.
    pub quarter_start: Option<Date>,
    /// Where it stands: `QUEUED`, `RUNNING`, `PUBLISHED`, `DONE`, `SUPERSEDED`, `RETRY`, `DEAD` or `CANCELLED`.
    pub state_code: String,
    /// What it is doing.
    pub stage: Option<String>,
    /// Rows done.
    pub rows_done: i64,
    /// Rows to do, where known.
    pub rows_known: Option<i64>,
    /// Number of the attempt.
    pub attempt: i32,
    /// Attempts at most.
    pub max_attempts: i32,
    /// Version of the inputs it reads.
    pub inputs_version: i64,
    /// Who or what asked for it.
    pub reason: String,
    /// Why the last attempt failed, in words.
    pub last_error: Option<String>,
    /// What it produced, as JSON.
    pub figures: Option<String>,
    /// When it was asked for.
    pub created_at: DateTime,
    /// When the last attempt began.
    pub started_at: Option<DateTime>,
    /// When it ended; null until then.
    pub finished_at: Option<DateTime>,
}

crate::graphql::label::labels! {
    JobRunRow {
        /// Name of the state.
        state_label: String = "run" of state_code,
    }
}

impl JobRunRow {
    /// Of a run in the ledger.
    pub fn of(run: job_run::Model, calendar: &Calendar) -> Self {
        let quarter = run.period.parse::<Quarter>().ok();
        Self {
            id: page::pack(&["job-run", &run.run_id]).into(),
            run_id: run.run_id,
            job: run.job,
            quarter: quarter.map(|quarter| quarter.to_string()),
            quarter_start: quarter.map(|quarter| period::first_day(calendar, quarter)),
            period: run.period,
            state_code: choice::code(run.state.as_str()),
            stage: run.stage,
            rows_done: run.rows_done,
            rows_known: run.rows_known,
            attempt: run.attempt,
            max_attempts: run.max_attempts,
            inputs_version: run.inputs_version,
            reason: run.reason,
            last_error: run.last_error,
            figures: run.figures,
            created_at: DateTime(*run.created_at),
            started_at: run.started_at.map(|at| DateTime(*at)),
            finished_at: run.finished_at.map(|at| DateTime(*at)),
        }
    }
}

/// The runs of jobs.
#[derive(Default)]
pub struct JobRunQuery;

#[Object]
impl JobRunQuery {
    /// Runs of the jobs as a flat table, newest first.
    #[graphql(guard = "guard::WORK", complexity = "page::cost(limit, page::ROWS, child_complexity)")]
    async fn job_run_rows(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "A quarter, written 2026-Q3")] quarter: Option<String>,
        #[graphql(desc = "Name of a job")] job: Option<String>,
        #[graphql(desc = "A state's code, such as RUNNING")] state: Option<String>,
        #[graphql(desc = "Rows to pass over; 0 if not given")] offset: Option<i32>,
        #[graphql(desc = "Rows at most, up to 10,000; 1,000 if not given")] limit: Option<i32>,
    ) -> Result<List<JobRunRow>, Error> {
        let window = Window::new(offset, limit)?;
        let mut select = job_run::Entity::find();
        if let Some(quarter) = quarter {
            select = select.filter(job_run::Column::Period.eq(reading::parse(&quarter)?.to_string()));
        }
        if let Some(job) = job {
            select = select.filter(job_run::Column::Job.eq(job));
        }
        if let Some(state) = choice::word::<RunState>("state", state.as_deref())? {
            select = select.filter(job_run::Column::State.eq(state));
        }
        let runs = select
            .order_by_desc(job_run::Column::CreatedAt)
            .order_by_asc(job_run::Column::RunId)
            .offset(window.offset)
            .limit(window.limit)
            .all(&Reading::of(context)?.database)
            .await?;
        let calendar = period::calendar(context)?;
        Ok(runs.into_iter().map(|run| JobRunRow::of(run, &calendar)).collect())
    }
}
