//! Doing runs: one at a time a lane, each within its lease, its time and until the process is told to stop. A run that
//! is dropped in the middle leaves rows nobody sees.

use std::{collections::HashSet, panic::AssertUnwindSafe, time::Duration};

use futures_util::FutureExt;
use indicatif::ProgressBar;
use rapport_entities::{Database, clock};
use tokio_util::sync::CancellationToken;
use tracing::Instrument;

use crate::{
    Error, Settings,
    heart::Heart,
    job::{self, Ask, Figures, Lane, Work},
    ledger::{self, Asked, Claim, Request},
    schedule,
};

/// How a process is told to stop.
#[derive(Clone, Debug, Default)]
pub struct Stop {
    /// Nothing new is begun.
    pub draining: CancellationToken,
    /// What is at work is given back.
    pub now: CancellationToken,
}

/// What became of a run that was asked for.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// It was done.
    Done {
        /// What it produced.
        figures: Figures,
    },
    /// It was done before.
    AlreadyDone,
}

/// Asks for a job and does its runs in this process, in order; after each it is asked again what is to be done, since
/// one may follow from another. `told` hears of each as it ends.
///
/// # Errors
/// The first failure.
pub async fn run(
    ask: &Ask<'_>,
    owner: &str,
    progress: &ProgressBar,
    stop: &Stop,
    mut told: impl FnMut(&Request, &Outcome),
) -> Result<(), Error> {
    let mut done = HashSet::new();
    let mut overtaken = 0;
    loop {
        let requests = (ask.job.requests)(ask).await?;
        let Some(request) = requests.into_iter().find(|request| !done.contains(&request.run_id())) else {
            return Ok(());
        };
        match do_now(ask.database, ask.settings, &request, owner, progress, stop).await {
            Ok(outcome) => {
                told(&request, &outcome);
                done.insert(request.run_id());
            }
            Err(Error::Superseded { quarter }) if overtaken < OVERTAKEN => {
                tracing::info!(%quarter, "the data changed while they were read; reading them again");
                overtaken += 1;
            }
            Err(error) => return Err(error),
        }
    }
}

/// Data may change under a run; then it reads again, but not for ever.
const OVERTAKEN: u32 = 3;

/// How often an idle worker looks for work.
const LOOK: Duration = Duration::from_secs(2);

/// Does the runs of a lane until the process is told to stop.
pub async fn go_on(database: Database, settings: Settings, lane: Lane, owner: String, stop: Stop) {
    let jobs = lane.jobs();
    while !stop.draining.is_cancelled() {
        match next(&database, &settings, &jobs, &owner).await {
            Ok(Some(claim)) => {
                let progress = ProgressBar::hidden();
                if let Err(error) = work(&database, &settings, &claim, &progress, &stop).await {
                    tracing::error!(run = claim.run_id, job = claim.job, period = claim.period, %error, "failed");
                }
                follow(&database, &settings, lane).await;
                continue;
            }
            Ok(None) => {}
            Err(error) => tracing::warn!(%error, ?lane, "the ledger cannot be read"),
        }
        tokio::select! {
            () = tokio::time::sleep(LOOK) => {}
            () = stop.draining.cancelled() => {}
        }
    }
}

/// One quarter may follow from another: it need not wait for the next look of the schedule.
async fn follow(database: &Database, settings: &Settings, lane: Lane) {
    if lane == Lane::Quarters
        && let Err(error) = schedule::catch_up(database, settings).await
    {
        tracing::warn!(%error, "the schedule could not look for more quarters");
    }
}

async fn next(
    database: &Database,
    settings: &Settings,
    jobs: &[&'static str],
    owner: &str,
) -> Result<Option<Claim>, Error> {
    let lease = settings.schedule.lease_seconds;
    // looking takes no lock, claiming does
    if !ledger::is_work(database, lease).await? {
        return Ok(None);
    }
    ledger::bury(database).await?;
    Ok(ledger::claim_next(database, jobs, owner, lease).await?)
}

/// Does a run in this process, for somebody who waits for it.
///
/// # Errors
/// [`Error::Busy`] if another process has it; what the job says otherwise.
async fn do_now(
    database: &Database,
    settings: &Settings,
    request: &Request,
    owner: &str,
    progress: &ProgressBar,
    stop: &Stop,
) -> Result<Outcome, Error> {
    if ledger::enqueue(database, request).await? == Asked::Done {
        return Ok(Outcome::AlreadyDone);
    }
    let run_id = request.run_id();
    ledger::bury(database).await?;
    ledger::revive(database, &run_id).await?;
    match ledger::claim(database, &run_id, owner, settings.schedule.lease_seconds).await? {
        Some(claim) => {
            let figures = work(database, settings, &claim, progress, stop).await?;
            Ok(Outcome::Done { figures })
        }
        // it may have been done since
        None if ledger::enqueue(database, request).await? == Asked::Done => Ok(Outcome::AlreadyDone),
        None => Err(Error::Busy { what: format!("{} of {}", request.job, request.period) }),
    }
}

/// Does a claimed run, and says in the ledger how it ended.
async fn work(
    database: &Database,
    settings: &Settings,
    claim: &Claim,
    progress: &ProgressBar,
    stop: &Stop,
) -> Result<Figures, Error> {
    let run = tracing::info_span!("run", id = claim.run_id, job = claim.job, period = claim.period);
    async {
        tracing::info!(fence = claim.fence, "begun");
        match attempt(database, settings, claim, progress, stop).await {
            Ok(figures) => {
                let text = serde_json::Value::Object(figures.clone()).to_string();
                if !ledger::finish(database, claim, &text).await? {
                    return Err(Error::Lost);
                }
                tracing::info!(figures = text, "done");
                Ok(figures)
            }
            Err(error) => {
                give_back(database, claim, &error).await?;
                Err(error)
            }
        }
    }
    .instrument(run)
    .await
}

async fn attempt(
    database: &Database,
    settings: &Settings,
    claim: &Claim,
    progress: &ProgressBar,
    stop: &Stop,
) -> Result<Figures, Error> {
    let job = job::named(&claim.job)?;
    let heart = Heart::start(database, claim, progress, settings.schedule.lease_seconds);
    let work = Work { database, settings, claim, heart: &heart, progress, now: clock::now() };
    tokio::select! {
        done = AssertUnwindSafe((job.run)(&work)).catch_unwind() => {
            done.unwrap_or_else(|_| Err(Error::Panicked { job: job.name }))
        }
        () = heart.lost() => Err(Error::Lost),
        () = tokio::time::sleep(job.timeout) => {
            Err(Error::TimedOut { job: job.name, minutes: job.timeout.as_secs() / 60 })
        }
        () = stop.now.cancelled() => Err(Error::Stopped),
    }
}

async fn give_back(database: &Database, claim: &Claim, error: &Error) -> Result<(), Error> {
    match error {
        // another has it, and says how it ends
        Error::Lost => {}
        Error::Stopped => ledger::release(database, claim).await?,
        Error::Superseded { .. } => ledger::supersede(database, claim).await.map(drop)?,
        error => ledger::fail(database, claim, error.remedy(), &error.to_string()).await?,
    }
    Ok(())
}
