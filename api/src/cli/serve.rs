//! `rapport serve`: serves the API and the pages, and does the jobs, until it is told to stop.

use std::{net::SocketAddr, process::ExitCode};

use rapport_entities::{Database, clock};
use rapport_jobs::{
    job::Lane,
    schedule,
    worker::{self, Stop},
};
use tokio::task::JoinSet;

use super::signal;
use crate::{Error, Settings, access, database, http};

/// What `serve` takes.
#[derive(Debug, clap::Args)]
#[group(skip)]
pub struct Args {
    /// Where it listens [default: 127.0.0.1:8000]
    #[arg(long, value_name = "ADDRESS")]
    address: Option<SocketAddr>,
    /// Leaves the schedule to others, and does only what is asked for
    #[arg(long)]
    without_schedule: bool,
}

pub async fn run(mut settings: Settings, args: Args) -> Result<ExitCode, Error> {
    if let Some(address) = args.address {
        settings.serve.address = address;
    }
    let listener = http::bind(settings.serve.address).await?;
    let database = database::open(&settings.database, true).await?;
    access::may_serve(&database, settings.serve.address, clock::now()).await?;
    let stop = signal::listen();
    let schedule = match args.without_schedule {
        true => None,
        false => Some(schedule::start(&database, &settings.jobs()).await?),
    };
    let mut workers = workers(&database, &settings, &stop);
    http::serve(listener, database, settings, stop.draining.clone()).await?;
    // a failure of the server stops the workers too
    stop.draining.cancel();
    if let Some(schedule) = schedule {
        schedule.stop().await;
    }
    while workers.join_next().await.is_some() {}
    Ok(ExitCode::SUCCESS)
}

/// One worker a lane.
fn workers(database: &Database, settings: &Settings, stop: &Stop) -> JoinSet<()> {
    let mut workers = JoinSet::new();
    for lane in Lane::ALL {
        workers.spawn(worker::go_on(database.clone(), settings.jobs(), lane, super::owner(), stop.clone()));
    }
    workers
}
