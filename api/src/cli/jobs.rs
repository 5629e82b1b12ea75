//! `rapport jobs`: lists the runs of the jobs, newest first, and the quarters whose data have changed since; `next` what
//! comes.

use std::process::ExitCode;

use rapport_entities::{Database, job_run, published};
use rapport_jobs::ledger;
use sea_orm::{EntityTrait, QueryOrder, QuerySelect};

use crate::{Error, Settings, database};

mod next;

/// What `jobs` takes.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: Option<What>,
    /// At most so many
    #[arg(long, default_value_t = 20, value_name = "N")]
    limit: u64,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// Prints the coming firings of every job, in the company's time zone and in UTC
    Next(next::Args),
}

pub async fn run(settings: &Settings, args: Args) -> Result<ExitCode, Error> {
    if let Some(What::Next(next)) = &args.what {
        return next::run(settings, next);
    }
    let database = database::open(&settings.database, false).await?;
    let runs = job_run::Entity::find()
        .order_by_desc(job_run::Column::CreatedAt)
        .order_by_asc(job_run::Column::RunId)
        .limit(args.limit)
        .all(&database)
        .await?;
    if runs.is_empty() {
        println!("no job has run yet");
    }
    for run in runs {
        println!("{}", line(&run));
    }
    for line in stale(&database).await? {
        println!("{line}");
    }
    Ok(ExitCode::SUCCESS)
}

/// One run as a line: when, what, how it stands, and why it failed.
fn line(run: &job_run::Model) -> String {
    let stage = run.stage.as_deref().map(|stage| format!(" ({stage})")).unwrap_or_default();
    let error = run.last_error.as_deref().map(|error| format!(": {error}")).unwrap_or_default();
    format!(
        "{} {} {} {}{stage}, attempt {} of {}, asked by {}{error}",
        run.created_at.format("%Y-%m-%d %H:%M:%SZ"),
        run.job,
        run.period,
        run.state,
        run.attempt,
        run.max_attempts,
        run.reason,
    )
}

/// A line for every published quarter that is not of its data any more.
async fn stale(database: &Database) -> Result<Vec<String>, Error> {
    let mut lines = Vec::new();
    for publication in published::current(database).await? {
        let inputs = ledger::inputs(database, publication.quarter).await?;
        let Some(inputs) = inputs else { continue };
        if inputs.open_imports > 0 {
            lines.push(format!("{}: an import is open", publication.quarter));
        } else if inputs.version != publication.inputs_version {
            lines.push(format!(
                "{}: its data have changed since revision {}; `rapport close` restates it",
                publication.quarter, publication.revision
            ));
        }
    }
    Ok(lines)
}
