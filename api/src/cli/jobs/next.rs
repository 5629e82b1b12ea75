//! `rapport jobs next`: prints the coming firings of every job, in the company's zone and in UTC.

use std::process::ExitCode;

use chrono_tz::Tz;
use rapport_entities::clock;
use rapport_jobs::{
    job::JOBS,
    schedule::{
        due::{Firing, Jitter, Timed, coming},
        firing::NoExpression,
    },
};

use crate::{Error, Settings};

/// What `jobs next` takes.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// How many of each job
    #[arg(long, default_value_t = 1, value_name = "N")]
    count: usize,
}

pub fn run(settings: &Settings, args: &Args) -> Result<ExitCode, Error> {
    let (zone, schedule) = (settings.calendar.zone, &settings.schedule);
    let jitter =
        Jitter { seed: settings.company.as_deref().unwrap_or_default(), seconds: schedule.jitter_seconds };
    let now = clock::now();
    let timed =
        JOBS.iter().map(|job| Timed { job: job.name, expression: (job.schedule)(schedule), seen: now });
    let jobs: Vec<Timed> = timed.collect();
    let wrong = |error: NoExpression| Error::Settings(error.to_string());
    let firings = coming(&jobs, zone, jitter, args.count).map_err(wrong)?;
    for firing in &firings {
        println!("{}", line(firing, zone));
    }
    for never in jobs.iter().filter(|job| firings.iter().all(|firing| firing.job != job.job)) {
        println!("{:<16}  never", never.job);
    }
    Ok(ExitCode::SUCCESS)
}

/// One firing as a line: the job, the company's time and UTC.
fn line(firing: &Firing, zone: Tz) -> String {
    let local = firing.at.with_timezone(&zone).format("%Y-%m-%d %H:%M:%S %:z");
    format!("{:<16}  {local}  {}", firing.job, firing.at.format("%Y-%m-%d %H:%M:%SZ"))
}
