//! `rapport jobs`: lists the runs of the jobs, newest first; `next` what comes.

use std::process::ExitCode;

use rapport_entities::job_run;
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
    Ok(ExitCode::SUCCESS)
}

/// One run as a line: when, what, how it stands, and why it failed.
fn line(run: &job_run::Model) -> String {
    let stage = run.stage.as_deref().map(|stage| format!(" ({stage})")).unwrap_or_default();
    let error = run.last_error.as_deref().map(|error| format!(": {error}")).unwrap_or_default();
    let provisional = if run.provisional { " provisional" } else { "" };
    format!(
        "{} {} {}{provisional} {}{stage}, attempt {} of {}{error}",
        run.created_at.format("%Y-%m-%d %H:%M:%SZ"),
        run.job,
        run.quarter,
        run.state,
        run.attempt,
        run.max_attempts,
    )
}
