//! `rapport close`: closes a quarter, or every quarter still to close, oldest first.

use std::process::ExitCode;

use rapport_entities::{Quarter, clock};
use rapport_jobs::close::{self, Ask, Outcome};

use super::progress;
use crate::{Error, Settings, database};

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
    let database = database::open(&settings.database, false).await?;
    let ask = ask("command line", args.provisional);
    let (jobs, bar, now) = (settings.jobs(), progress::rows(), clock::now());
    let outcomes = match args.quarter {
        Some(quarter) => close::close(&database, &jobs, quarter, &ask, &bar, now).await.map(|one| vec![one]),
        None => close::close_all(&database, &jobs, &ask, &bar, now).await,
    };
    bar.finish_and_clear();
    let outcomes = outcomes?;
    outcomes.iter().for_each(|outcome| println!("{}", in_words(outcome)));
    if outcomes.is_empty() {
        println!("there is no quarter to close");
    }
    Ok(ExitCode::SUCCESS)
}

/// An ask of this process.
pub fn ask(reason: &str, provisional: bool) -> Ask {
    Ask { provisional, reason: reason.to_owned(), owner: owner() }
}

/// The name of this process in the ledger.
pub fn owner() -> String {
    format!("process {}", std::process::id())
}

/// What became of a quarter, in a line.
pub fn in_words(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Published { quarter, revision, totals } => format!(
            "{quarter} published as revision {revision}: {} customers, {} responses, {} purchases",
            totals.customers, totals.responses, totals.purchases
        ),
        Outcome::AlreadyDone { quarter } => format!("{quarter} was already closed with these data"),
    }
}
