//! What can be asked to be done: runs of jobs, for operators.

use async_graphql::{Context, Object};
use rapport_entities::job_run;
use rapport_jobs::job;
use sea_orm::EntityTrait;

use super::{
    job_run::JobRunRow,
    reading::{self, Reading},
};
use crate::Error;

/// The root of what changes anything.
#[derive(Default)]
pub struct Mutation;

/// What changes anything.
#[Object]
impl Mutation {
    /// Asks for a job, as the schedule and `rapport run` do; a worker of `rapport serve` does it. Answers with its runs:
    /// one that is done is answered as it is, one that was given up begins anew.
    #[graphql(complexity = "100 + child_complexity")]
    async fn run_job(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Name of the job: close-quarter, refresh-quarter, verify, …")] job: String,
        #[graphql(desc = "A quarter, written 2026-Q3; every quarter with something to do if not given")]
        quarter: Option<String>,
    ) -> Result<Vec<JobRunRow>, Error> {
        let database = &Reading::of(context)?.database;
        let settings = context
            .data::<std::sync::Arc<rapport_jobs::Settings>>()
            .map_err(|error| Error::NotFound(error.message))?;
        let quarter = quarter.as_deref().map(reading::parse).transpose()?;
        let mut runs = Vec::new();
        for run_id in job::ask_for(database, settings, job::named(&job)?, quarter, "api").await? {
            let run = job_run::Entity::find_by_id(run_id).one(database).await?;
            runs.extend(run.map(|run| JobRunRow::of(run, &settings.calendar)));
        }
        Ok(runs)
    }
}
