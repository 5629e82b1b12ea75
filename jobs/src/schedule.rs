//! The schedule: tokio-cron-scheduler says when to look, the table of jobs what is due, the ledger whether. Looking
//! twice, late or in several processes asks for the same runs.

use chrono::{DateTime, Utc};
use rapport_entities::{Database, clock};
use tokio_cron_scheduler::{Job as Alarm, JobScheduler, JobSchedulerError};

use crate::{
    Error, Settings,
    job::{Ask, JOBS, Job, Lane},
    ledger::{self, Asked},
};

/// A schedule that runs until it is dropped or stopped.
pub struct Running(JobScheduler);

/// The schedule cannot run.
#[derive(Debug, thiserror::Error)]
pub enum ScheduleError {
    /// An expression is wrong.
    #[error(
        "the schedule of {job} is `{expression}`, which is no cron expression; write seconds, minutes, hours, day, month and weekday, as in `0 30 2 * * *`"
    )]
    Expression {
        /// Of which job.
        job: &'static str,
        /// As given.
        expression: String,
    },
    /// The scheduler's own trouble.
    #[error("the schedule could not start: {0}")]
    Start(#[from] JobSchedulerError),
}

/// Starts an alarm for every job that has an expression.
pub async fn start(database: &Database, settings: &Settings) -> Result<Running, ScheduleError> {
    let scheduler = JobScheduler::new().await?;
    let zone = settings.calendar.zone;
    for job in JOBS {
        let expression = (job.schedule)(&settings.schedule);
        if expression.is_empty() {
            continue;
        }
        let (database, settings) = (database.clone(), settings.clone());
        let work = move |_, _| {
            let (database, settings) = (database.clone(), settings.clone());
            Box::pin(async move { fire(&database, &settings, job, clock::now()).await }) as _
        };
        let alarm = Alarm::new_async_tz(expression, zone, work)
            .map_err(|_| ScheduleError::Expression { job: job.name, expression: expression.to_owned() })?;
        scheduler.add(alarm).await?;
    }
    scheduler.start().await?;
    Ok(Running(scheduler))
}

impl Running {
    /// Stops looking; what runs goes on.
    pub async fn stop(mut self) {
        if let Err(error) = self.0.shutdown().await {
            tracing::warn!(%error, "the schedule did not stop");
        }
    }
}

async fn fire(database: &Database, settings: &Settings, job: &'static Job, now: DateTime<Utc>) {
    if let Err(error) = ask(database, settings, job, "schedule", now).await {
        tracing::error!(%error, job = job.name, "the schedule could not ask for it");
    }
}

/// Puts what is due of a job into the queue. Quarters go one by one: each is compared with the one before.
pub async fn ask(
    database: &Database,
    settings: &Settings,
    job: &'static Job,
    reason: &str,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let ask = Ask { database, settings, job, quarter: None, reason, now };
    for request in (job.requests)(&ask).await? {
        let asked = ledger::enqueue(database, &request).await?;
        if job.lane == Lane::Quarters && matches!(asked, Asked::New | Asked::Pending) {
            break;
        }
    }
    Ok(())
}
