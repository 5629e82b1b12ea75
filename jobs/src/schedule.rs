//! The schedule: tokio-cron-scheduler says when to look, the table of jobs what is due, the ledger whether. Looking
//! twice, late or in several processes asks for the same runs.

use std::{future::Future, pin::Pin, sync::Arc, time::Duration};

use chrono::{DateTime, Utc};
use rapport_entities::{Database, clock};
use sea_orm::DbErr;
use tokio_cron_scheduler::{Job as Alarm, JobScheduler, JobSchedulerError};

use crate::{
    Error, Settings,
    job::{Ask, JOBS, Job, Lane},
    ledger::{self, Asked},
};

pub mod due;
pub mod firing;
mod watch;

use due::Firing;
use watch::Watch;

/// A look between the alarms: at what could not be asked for, and after the clock was put right.
const LOOK: Duration = Duration::from_secs(60);

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
    /// The ledger does not say what was done.
    #[error("the schedule could not start: the database failed")]
    Database(#[from] DbErr),
    /// The scheduler's own trouble.
    #[error("the schedule could not start: {0}")]
    Start(#[from] JobSchedulerError),
}

/// Starts an alarm for every job that has an expression, and asks at once for what was missed. Every alarm looks at all
/// jobs: what is due is said by the clock and the ledger, not by who rang.
pub async fn start(database: &Database, settings: &Settings) -> Result<Running, ScheduleError> {
    let scheduler = JobScheduler::new().await?;
    let watch = Arc::new(Watch::start(database, settings, clock::now()).await?);
    watch.look(clock::now()).await;
    for job in JOBS {
        let expression = (job.schedule)(&settings.schedule);
        if expression.is_empty() {
            continue;
        }
        let watch = watch.clone();
        let alarm = Alarm::new_async_tz(expression, settings.calendar.zone, move |_, _| ring(&watch))
            .map_err(|_| ScheduleError::Expression { job: job.name, expression: expression.to_owned() })?;
        scheduler.add(alarm).await?;
    }
    scheduler.add(Alarm::new_repeated_async(LOOK, move |_, _| ring(&watch))?).await?;
    scheduler.start().await?;
    Ok(Running(scheduler))
}

fn ring(watch: &Arc<Watch>) -> Pin<Box<dyn Future<Output = ()> + Send>> {
    let watch = watch.clone();
    Box::pin(async move { watch.look(clock::now()).await })
}

impl Running {
    /// Stops looking; what runs goes on.
    pub async fn stop(mut self) {
        if let Err(error) = self.0.shutdown().await {
            tracing::warn!(%error, "the schedule did not stop");
        }
    }
}

/// Puts what a firing means into the queue. Quarters go one by one: each is compared with the one before.
async fn ask(
    database: &Database,
    settings: &Settings,
    job: &'static Job,
    firing: &Firing,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let delay = (firing.not_before - now).to_std().unwrap_or_default();
    let ask = Ask { database, settings, job, quarter: None, reason: "schedule", now: firing.at };
    for mut request in (job.requests)(&ask).await? {
        request.delay = request.delay.max(delay);
        let asked = ledger::enqueue(database, &request).await?;
        if job.lane == Lane::Quarters && matches!(asked, Asked::New | Asked::Pending) {
            break;
        }
    }
    Ok(())
}
