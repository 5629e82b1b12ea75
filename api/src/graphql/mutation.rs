//! What operators can ask to be done: runs of jobs, the erasure of a person, what happens to complaints, what cards
//! tell, contacts with customers, and what is known of lost ones. Each leaves an event in the audit trail.

use async_graphql::{Context, MergedObject, Object};
use rapport_entities::{clock, job_run};
use rapport_jobs::{
    audit::{self, Event},
    erase, job,
};
use sea_orm::EntityTrait;

use super::{
    action_mutation::ActionMutation,
    card_mutation::CardMutation,
    care_mutation::CareMutation,
    complaint_mutation::CaseMutation,
    customer::{self, Customer},
    guard,
    job_run::JobRunRow,
    list::List,
    loss_mutation::LossMutation,
    reading::{self, Reading},
};
use crate::Error;

/// What changes anything.
#[derive(Default, MergedObject)]
pub struct Mutation(WorkMutation, CaseMutation, ActionMutation, CardMutation, CareMutation, LossMutation);

/// Runs of jobs, and the erasure of a person.
#[derive(Default)]
pub struct WorkMutation;

#[Object]
impl WorkMutation {
    /// Asks for a job, as the schedule and `rapport run` do; a worker of `rapport serve` does it. Answers with its runs:
    /// one that is done is answered as it is, one that was given up begins anew.
    #[graphql(guard = "guard::WORK", complexity = "100 + child_complexity")]
    async fn run_job(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Name of the job: close-quarter, refresh-quarter, verify, …")] job: String,
        #[graphql(desc = "A quarter, written 2026-Q3; every quarter with something to do if not given")]
        quarter: Option<String>,
    ) -> Result<List<JobRunRow>, Error> {
        let Reading { database, access, .. } = Reading::of(context)?;
        let settings = context
            .data::<std::sync::Arc<rapport_jobs::Settings>>()
            .map_err(|error| Error::NotFound(error.message))?;
        let quarter = quarter.as_deref().map(reading::parse).transpose()?;
        let job = job::named(&job)?;
        let named = quarter.map_or_else(|| job.name.to_owned(), |quarter| format!("{} {quarter}", job.name));
        // before the job is asked for: nothing is done that the trail does not tell
        let event = Event { outcome: "asked", ..Event::done(access.who(), "run", &named) };
        audit::record(database, event, clock::now()).await?;
        let mut runs = Vec::new();
        for run_id in job::ask_for(database, settings, job, quarter, "api").await? {
            let run = job_run::Entity::find_by_id(run_id).one(database).await?;
            runs.extend(run.map(|run| JobRunRow::of(run, &settings.calendar)));
        }
        Ok(List(runs))
    }

    /// Erases a customer's name, contact data and free text for good, as `rapport erase` does. The facts stay under the
    /// company's own code, and what was published stays as it was; a later import brings nothing back.
    #[graphql(guard = "guard::WORK", complexity = "100 + child_complexity")]
    async fn erase_customer(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The company's own code")] code: String,
    ) -> Result<Option<Customer>, Error> {
        let reading = Reading::of(context)?;
        erase::erase(&reading.database, &code, reading.access.who(), clock::now()).await?;
        customer::by_code(reading, &code).await
    }
}
