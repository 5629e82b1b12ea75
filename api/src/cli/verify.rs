//! `rapport verify`: computes published revisions again from their inputs and compares them bit for bit.

use std::process::ExitCode;

use rapport_entities::Quarter;

use super::run;
use crate::{Error, Settings};

/// What `verify` takes.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Which quarter, as in 2026-Q3 [default: every published quarter]
    #[arg(long, value_name = "QUARTER")]
    quarter: Option<Quarter>,
}

pub async fn run(settings: &Settings, args: Args) -> Result<ExitCode, Error> {
    run::run(settings, run::Args { job: "verify".to_owned(), quarter: args.quarter }).await
}
