//! The table of jobs. The schedule, the command line and the API ask for runs of them; a worker claims and does them,
//! all through the one ledger.

mod backup;
mod close_quarter;
mod deliver;
mod import;
mod prune;
mod refresh_quarter;
mod verify;
mod watch;

use std::{pin::Pin, time::Duration};

use chrono::{DateTime, SecondsFormat, Utc};
use indicatif::ProgressBar;
use rapport_entities::{Database, Quarter};

pub use prune::clear;

use crate::{
    Error, Schedule, Settings,
    heart::Heart,
    ledger::{self, Asked, Claim, Request},
};

/// What can be done by schedule, by command and by mutation.
pub struct Job {
    /// As in commands, settings and the ledger.
    pub name: &'static str,
    /// Its cron expression in the settings; empty is never.
    pub schedule: fn(&Schedule) -> &str,
    /// Its quarters are looked for whether a firing was seen or missed; of other jobs only a firing is.
    pub catches_up: bool,
    /// Runs of one lane wait for each other.
    pub lane: Lane,
    /// A run that takes longer has failed.
    pub timeout: Duration,
    /// After so many attempts a run is dead.
    pub attempts: i32,
    /// Which runs an ask means.
    pub requests: for<'a> fn(&'a Ask<'a>) -> Future<'a, Vec<Request>>,
    /// Does a run.
    pub run: for<'a> fn(&'a Work<'a>) -> Future<'a, Figures>,
}

/// What jobs wait for.
pub type Future<'a, T> = Pin<Box<dyn std::future::Future<Output = Result<T, Error>> + Send + 'a>>;

/// What a run produced.
pub type Figures = serde_json::Map<String, serde_json::Value>;

/// Which jobs wait for each other: no mail waits for a close, and no close for a backup.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lane {
    /// Of the quarters: one after the other, since each is compared with the one before.
    Quarters,
    /// Of the facts.
    Import,
    /// Of the database.
    Data,
    /// To others.
    Outward,
}

impl Lane {
    /// All there are.
    pub const ALL: [Self; 4] = [Self::Quarters, Self::Import, Self::Data, Self::Outward];

    /// The names of its jobs.
    pub fn jobs(self) -> Vec<&'static str> {
        JOBS.iter().filter(|job| job.lane == self).map(|job| job.name).collect()
    }
}

/// Every job there is.
pub static JOBS: &[&Job] = &[
    &import::JOB,
    &refresh_quarter::JOB,
    &close_quarter::JOB,
    &verify::JOB,
    &prune::JOB,
    &backup::JOB,
    &watch::JOB,
    &deliver::JOB,
];

/// Somebody asks for a job.
pub struct Ask<'a> {
    /// The database.
    pub database: &'a Database,
    /// The settings.
    pub settings: &'a Settings,
    /// The job.
    pub job: &'static Job,
    /// The quarter meant, of a job of quarters; every quarter with something to do if not given.
    pub quarter: Option<Quarter>,
    /// Who or what asks: `command line`, `schedule`.
    pub reason: &'a str,
    /// When: the moment of the firing, or now.
    pub now: DateTime<Utc>,
    /// That moment as the ledger names it.
    pub moment: String,
}

/// A claimed run at work.
pub struct Work<'a> {
    /// The database.
    pub database: &'a Database,
    /// The settings.
    pub settings: &'a Settings,
    /// The run.
    pub claim: &'a Claim,
    /// Takes what it is doing.
    pub heart: &'a Heart,
    /// Counts its rows.
    pub progress: &'a ProgressBar,
    /// When it began.
    pub now: DateTime<Utc>,
}

/// The job of this name.
pub fn named(name: &str) -> Result<&'static Job, Error> {
    JOBS.iter().find(|job| job.name == name).copied().ok_or_else(|| Error::NoJob {
        name: name.to_owned(),
        jobs: JOBS.iter().map(|job| job.name).collect(),
    })
}

impl Ask<'_> {
    /// A run of this period.
    pub fn request(&self, period: String) -> Request {
        Request {
            job: self.job.name,
            period,
            inputs_version: 0,
            params_hash: String::new(),
            reason: self.reason.to_owned(),
            attempts: self.job.attempts,
            delay: Duration::ZERO,
        }
    }
}

/// The name of a moment at which somebody asks, as the company's clocks write it.
pub fn moment(now: DateTime<Utc>, settings: &Settings) -> String {
    now.with_timezone(&settings.calendar.zone).to_rfc3339_opts(SecondsFormat::Millis, false)
}

/// Puts the runs that an ask means into the queue, to be done by a worker; those that were given up begin anew.
/// Returns their names in the ledger.
pub async fn ask_for(
    database: &Database,
    settings: &Settings,
    job: &'static Job,
    quarter: Option<Quarter>,
    reason: &str,
) -> Result<Vec<String>, Error> {
    let now = *ledger::clock(database).await?;
    let ask = Ask { database, settings, job, quarter, reason, now, moment: moment(now, settings) };
    let mut runs = Vec::new();
    for request in (job.requests)(&ask).await? {
        let run_id = request.run_id();
        if ledger::enqueue(database, &request).await? != Asked::New {
            ledger::revive(database, &run_id).await?;
        }
        runs.push(run_id);
    }
    Ok(runs)
}

/// One run at this moment: of jobs that read no quarter.
fn at_this_moment<'a>(ask: &'a Ask<'a>) -> Future<'a, Vec<Request>> {
    Box::pin(async move {
        match ask.quarter {
            None => Ok(vec![ask.request(ask.moment.clone())]),
            Some(_) => Err(Error::NotOfQuarters { job: ask.job.name }),
        }
    })
}

impl Work<'_> {
    /// The quarter of a run of quarters.
    pub fn quarter(&self) -> Result<Quarter, Error> {
        self.claim.period.parse().map_err(|_| Error::Stored {
            what: format!("the period of run {}", self.claim.run_id),
            why: format!("`{}` is no quarter", self.claim.period),
        })
    }
}
