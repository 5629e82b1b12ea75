//! `rapport close`: closes a quarter, or every quarter still to close, oldest first.

use std::process::ExitCode;

use rapport_entities::Quarter;

use super::run;
use crate::{Error, Settings};

/// What `close` takes.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Which quarter, as in 2026-Q3 [default: every quarter that is over and not closed with its data]
    #[arg(long, value_name = "QUARTER")]
    quarter: Option<Quarter>,
    /// Closes a quarter that is not over, or not final: the current one, if none is named
    #[arg(long)]
    provisional: bool,
}

pub async fn run(settings: &Settings, args: Args) -> Result<ExitCode, Error> {
    let job = if args.provisional { "refresh-quarter" } else { "close-quarter" };
    run::run(settings, run::Args { job: job.to_owned(), quarter: args.quarter }).await
}
