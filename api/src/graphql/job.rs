//! The jobs there are, with their schedule.

use std::sync::Arc;

use async_graphql::{Context, ID, Object, SimpleObject};
use rapport_jobs::{Settings, job::JOBS};

use super::{
    guard,
    label::{Locale, Word},
    list::List,
    page,
};
use crate::Error;

/// A job that the schedule, the command line and the API can ask for.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(complex, serial)]
pub struct Job {
    /// Global id.
    pub id: ID,
    /// Its name, as in commands and settings.
    pub name: String,
    /// Its cron expression, with seconds, in the company's time zone; null if it runs only when it is asked for.
    pub schedule: Option<String>,
}

#[async_graphql::ComplexObject]
impl Job {
    /// What it does.
    async fn about(
        &self,
        #[graphql(desc = "The language of the text; English if not given")] locale: Option<Locale>,
    ) -> String {
        self.name.label("job", locale)
    }
}

/// The jobs.
#[derive(Default)]
pub struct JobQuery;

#[Object]
impl JobQuery {
    /// The jobs there are, in the order in which they feed each other.
    #[graphql(guard = "guard::WORK", complexity = "page::cost(None, 8, child_complexity)")]
    async fn jobs(&self, context: &Context<'_>) -> Result<List<Job>, Error> {
        let settings = context.data::<Arc<Settings>>().map_err(|error| Error::NotFound(error.message))?;
        let job = |job: &&rapport_jobs::job::Job| Job {
            id: page::pack(&["job", job.name]).into(),
            name: job.name.to_owned(),
            schedule: Some((job.schedule)(&settings.schedule).to_owned()).filter(|cron| !cron.is_empty()),
        };
        Ok(JOBS.iter().map(job).collect())
    }
}
