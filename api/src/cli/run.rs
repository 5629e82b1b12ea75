//! `rapport run JOB`: does any job of the table now, through the same ledger as the schedule.

use std::process::ExitCode;

use rapport_entities::{Database, Quarter};
use rapport_jobs::{
    job::{self, Ask, Figures},
    ledger::{self, Request},
    worker::{self, Outcome, Stop},
};

use super::{progress, signal};
use crate::{Error, Settings, database};

/// What `run` takes.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Which job: close-quarter, refresh-quarter, verify, … (`rapport jobs table` lists them)
    pub job: String,
    /// Which quarter, as in 2026-Q3 [default: every quarter with something to do]
    #[arg(long, value_name = "QUARTER")]
    pub quarter: Option<Quarter>,
}

pub async fn run(settings: &Settings, args: Args) -> Result<ExitCode, Error> {
    let database = database::open(&settings.database, false).await?;
    let stop = signal::listen();
    let runs = now(&database, settings, &args, "command line", &stop).await?;
    if runs == 0 {
        println!("there is nothing to do: what there is, is already done");
    }
    Ok(ExitCode::SUCCESS)
}

/// Does the runs and prints a line for each; returns how many there were.
pub async fn now(
    database: &Database,
    settings: &Settings,
    args: &Args,
    reason: &str,
    stop: &Stop,
) -> Result<u32, Error> {
    let (jobs, bar) = (settings.jobs(), progress::rows());
    let now = *ledger::clock(database).await?;
    let ask = Ask {
        database,
        settings: &jobs,
        job: job::named(&args.job)?,
        quarter: args.quarter,
        reason,
        now,
        moment: job::moment(now, &jobs),
    };
    let mut runs = 0;
    let told = |request: &Request, outcome: &Outcome| {
        runs += 1;
        bar.suspend(|| println!("{}", in_words(request, outcome)));
    };
    let done = worker::run(&ask, &super::owner(), &bar, stop, told).await;
    bar.finish_and_clear();
    done?;
    Ok(runs)
}

/// What became of a run, in a line.
fn in_words(request: &Request, outcome: &Outcome) -> String {
    let Request { job, period, .. } = request;
    match outcome {
        Outcome::AlreadyDone if job.ends_with("-quarter") => {
            format!("{period} was already closed with these data")
        }
        Outcome::AlreadyDone => format!("{job} {period} was already done"),
        Outcome::Done { figures } if job.ends_with("-quarter") => {
            let number = |name: &str| figures.get(name).cloned().unwrap_or_default();
            format!(
                "{period} published as revision {}: {} customers, {} responses, {} purchases",
                number("revision"),
                number("customers"),
                number("responses"),
                number("purchases")
            )
        }
        Outcome::Done { figures } => format!("{job} {period}: {}", listed(figures)),
    }
}

/// Figures as `name value, name value`.
pub fn listed(figures: &Figures) -> String {
    let shown = |(name, value): (&String, &serde_json::Value)| match value {
        serde_json::Value::String(text) => format!("{name} {text}"),
        value => format!("{name} {value}"),
    };
    figures.iter().map(shown).collect::<Vec<_>>().join(", ")
}
