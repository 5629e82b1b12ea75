//! The schedule: tokio-cron-scheduler says when to look, the table of jobs what is due, the ledger whether. Looking
//! twice, late or in several processes asks for the same runs.

pub mod due;
pub mod firing;

use std::{collections::HashMap, sync::Arc};

use chrono::{DateTime, Utc};
use rapport_entities::{Database, job_run};
use sea_orm::{DbErr, EntityTrait, ExprTrait, QuerySelect, sea_query::Expr};
use tokio::sync::Mutex;
use tokio_cron_scheduler::{Job as Alarm, JobScheduler, JobSchedulerError};

use self::{
    due::{Firing, Jitter, Timed, due},
    firing::{NoExpression, Timetable},
};
use crate::{
    Error, Settings,
    job::{self, Ask, JOBS, Job, Lane},
    ledger::{self, Asked},
};

/// A schedule that runs until it is dropped or stopped.
pub struct Running(JobScheduler);

/// The schedule cannot run.
#[derive(Debug, thiserror::Error)]
pub enum ScheduleError {
    /// An expression is wrong.
    #[error(transparent)]
    Expression(#[from] NoExpression),
    /// The scheduler's own trouble.
    #[error("the schedule could not start: {0}")]
    Start(#[from] JobSchedulerError),
}

/// What the schedule looks at, and since when.
struct Watch {
    database: Database,
    settings: Settings,
    started: DateTime<Utc>,
}

/// Every minute, whatever the expressions say: late data and quarters that were missed wait for no firing.
const EVERY_MINUTE: &str = "0 * * * * *";

/// Looks now, and from now on every minute and at every firing.
pub async fn start(database: &Database, settings: &Settings) -> Result<Running, Error> {
    let started = *ledger::clock(database).await?;
    let watch = Watch { database: database.clone(), settings: settings.clone(), started };
    let watch = Arc::new(Mutex::new(watch));
    Ok(alarms(settings, &watch).await?)
}

async fn alarms(settings: &Settings, watch: &Arc<Mutex<Watch>>) -> Result<Running, ScheduleError> {
    let scheduler = JobScheduler::new().await?;
    let expressions = JOBS.iter().map(|job| (job.schedule)(&settings.schedule));
    for expression in expressions.filter(|one| !one.is_empty()).chain([EVERY_MINUTE]) {
        let watch = watch.clone();
        let work = move |_, _| {
            let watch = watch.clone();
            Box::pin(async move { look_if_idle(&watch).await }) as _
        };
        scheduler.add(Alarm::new_async_tz(expression, settings.calendar.zone, work)?).await?;
    }
    scheduler.start().await?;
    look_if_idle(watch).await;
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

/// Two alarms at once look once.
async fn look_if_idle(watch: &Mutex<Watch>) {
    let Ok(watch) = watch.try_lock() else { return };
    if let Err(error) = watch.look().await {
        tracing::error!(%error, "the schedule could not look what is due");
    }
}

impl Watch {
    async fn look(&self) -> Result<(), Error> {
        let now = *ledger::clock(&self.database).await?;
        look(&self.database, &self.settings, self.started, now).await
    }
}

/// Asks for what is due at a moment: of every job the newest firing that nobody has asked for yet, and the close of
/// every quarter that was over at the newest firing of the close, whether it was missed or its data came late.
pub async fn look(
    database: &Database,
    settings: &Settings,
    started: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let (zone, schedule) = (settings.calendar.zone, &settings.schedule);
    let seen = newest_runs(database).await?;
    let timed = |job: &&'static Job| Timed {
        job: job.name,
        expression: (job.schedule)(schedule),
        seen: seen.get(job.name).copied().unwrap_or(started),
    };
    let by_firing: Vec<Timed> = JOBS.iter().filter(|job| !job.catches_up).map(timed).collect();
    let jitter =
        Jitter { seed: settings.company.as_deref().unwrap_or_default(), seconds: schedule.jitter_seconds };
    for firing in due(&by_firing, zone, jitter, now).map_err(ScheduleError::from)? {
        ask(database, settings, job::named(&firing.job)?, &firing).await?;
    }
    catch_up_at(database, settings, now).await
}

/// Asks for the quarters that are due by now.
pub async fn catch_up(database: &Database, settings: &Settings) -> Result<(), Error> {
    let now = *ledger::clock(database).await?;
    catch_up_at(database, settings, now).await
}

async fn catch_up_at(database: &Database, settings: &Settings, now: DateTime<Utc>) -> Result<(), Error> {
    let zone = settings.calendar.zone;
    for job in JOBS.iter().filter(|job| job.catches_up) {
        let table = Timetable::read((job.schedule)(&settings.schedule), zone).map_err(ScheduleError::from)?;
        if let Some(at) = table.latest(now) {
            let period = firing::period(at, zone);
            let firing = Firing { job: job.name.to_owned(), at, period, not_before: at };
            ask(database, settings, job, &firing).await?;
        }
    }
    Ok(())
}

/// When a run of each job was asked for last.
async fn newest_runs(database: &Database) -> Result<HashMap<String, DateTime<Utc>>, DbErr> {
    use job_run::Column;
    let runs: Vec<(String, i64)> = job_run::Entity::find()
        .select_only()
        .column(Column::Job)
        .column_as(Expr::col(Column::CreatedAt).max(), "newest")
        .group_by(Column::Job)
        .into_tuple()
        .all(database)
        .await?;
    let moment = |at: i64| DateTime::from_timestamp_millis(at).unwrap_or_default();
    Ok(runs.into_iter().map(|(job, at)| (job, moment(at))).collect())
}

/// Puts what a firing means into the queue. Quarters go one by one: each is compared with the one before.
async fn ask(
    database: &Database,
    settings: &Settings,
    job: &'static Job,
    firing: &Firing,
) -> Result<(), Error> {
    let moment = firing.period.clone();
    let ask = Ask { database, settings, job, quarter: None, reason: "schedule", now: firing.at, moment };
    let jitter = (firing.not_before - firing.at).to_std().unwrap_or_default();
    for mut request in (job.requests)(&ask).await? {
        request.delay = request.delay.max(jitter);
        let asked = ledger::enqueue(database, &request).await?;
        // done means that another process was faster: what is due must be looked for anew
        if job.lane == Lane::Quarters && asked != Asked::Ended {
            break;
        }
    }
    Ok(())
}
