//! The schedule: tokio-cron-scheduler says when, the ledger whether. Every firing asks for all there is to do, so a
//! missed one is made up for by the next.

use indicatif::ProgressBar;
use rapport_entities::{Database, clock};
use tokio_cron_scheduler::{Job, JobScheduler, JobSchedulerError};

use crate::{
    Settings,
    close::{self, Ask, Outcome},
};

pub mod due;
pub mod firing;

/// A schedule that runs until it is dropped or stopped.
pub struct Running(JobScheduler);

/// The schedule cannot run.
#[derive(Debug, thiserror::Error)]
pub enum ScheduleError {
    /// An expression is wrong.
    #[error(
        "schedule.{name} is `{expression}`, which is no cron expression; write seconds, minutes, hours, day, month and weekday, as in `0 30 2 * * *`"
    )]
    Expression {
        /// Which setting.
        name: &'static str,
        /// As given.
        expression: String,
    },
    /// The scheduler's own trouble.
    #[error("the schedule could not start: {0}")]
    Start(#[from] JobSchedulerError),
}

/// Starts the nightly provisional close and the final one. `owner` names this process in the ledger.
pub async fn start(database: &Database, settings: &Settings, owner: &str) -> Result<Running, ScheduleError> {
    let scheduler = JobScheduler::new().await?;
    let zone = settings.calendar.zone;
    let jobs =
        [("provisional", &settings.schedule.provisional, true), ("close", &settings.schedule.close, false)];
    for (name, expression, provisional) in jobs {
        let ask = Ask { provisional, reason: "schedule".to_owned(), owner: owner.to_owned() };
        let (database, settings) = (database.clone(), settings.clone());
        let work = move |_, _| {
            let (database, settings, ask) = (database.clone(), settings.clone(), ask.clone());
            Box::pin(async move { fire(&database, &settings, &ask).await }) as _
        };
        let job = Job::new_async_tz(expression.as_str(), zone, work)
            .map_err(|_| ScheduleError::Expression { name, expression: expression.clone() })?;
        scheduler.add(job).await?;
    }
    scheduler.start().await?;
    Ok(Running(scheduler))
}

impl Running {
    /// Stops firing; what runs is fenced by the ledger.
    pub async fn stop(mut self) {
        if let Err(error) = self.0.shutdown().await {
            tracing::warn!(%error, "the schedule did not stop");
        }
    }
}

async fn fire(database: &Database, settings: &Settings, ask: &Ask) {
    let outcomes = close::close_all(database, settings, ask, &ProgressBar::hidden(), clock::now()).await;
    match outcomes {
        Ok(outcomes) => outcomes.iter().for_each(|outcome| match outcome {
            Outcome::Published { quarter, revision, .. } => {
                tracing::info!(%quarter, revision, "published by schedule")
            }
            Outcome::AlreadyDone { quarter } => tracing::debug!(%quarter, "nothing to do"),
        }),
        Err(error) => tracing::error!(%error, provisional = ask.provisional, "the scheduled close failed"),
    }
}
