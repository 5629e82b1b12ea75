//! `rapport serve`: serves the API and the pages until it is told to stop.

use std::{net::SocketAddr, process::ExitCode};

use crate::{Error, Settings, database, http};

/// What `serve` takes.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Where it listens [default: 127.0.0.1:8000]
    #[arg(long, value_name = "ADDRESS")]
    address: Option<SocketAddr>,
}

pub async fn run(mut settings: Settings, args: Args) -> Result<ExitCode, Error> {
    if let Some(address) = args.address {
        settings.serve.address = address;
    }
    let listener = http::bind(settings.serve.address).await?;
    let database = database::open(&settings.database, true).await?;
    http::serve(listener, database, settings).await?;
    Ok(ExitCode::SUCCESS)
}
