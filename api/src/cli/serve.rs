//! `rapport serve`: serves the API and the pages until it is told to stop.

use std::{net::SocketAddr, process::ExitCode};

use rapport_jobs::schedule;

use crate::{Error, Settings, database, http};

/// What `serve` takes.
#[derive(Debug, clap::Args)]
#[group(skip)]
pub struct Args {
    /// Where it listens [default: 127.0.0.1:8000]
    #[arg(long, value_name = "ADDRESS")]
    address: Option<SocketAddr>,
    /// Leaves the schedule to others: for all replicas but one, or where cron does it
    #[arg(long)]
    without_schedule: bool,
}

pub async fn run(mut settings: Settings, args: Args) -> Result<ExitCode, Error> {
    if let Some(address) = args.address {
        settings.serve.address = address;
    }
    let listener = http::bind(settings.serve.address).await?;
    let database = database::open(&settings.database, true).await?;
    let schedule = match args.without_schedule {
        true => None,
        false => Some(schedule::start(&database, &settings.jobs(), &super::close::owner()).await?),
    };
    http::serve(listener, database, settings).await?;
    if let Some(schedule) = schedule {
        schedule.stop().await;
    }
    Ok(ExitCode::SUCCESS)
}
