//! The command line: one file a command. A command reads its arguments, calls, and prints.

use std::{path::PathBuf, process::ExitCode};

use clap::{Parser, Subcommand};

use crate::{Error, Settings, settings::Format};

mod audit;
mod charts;
mod close;
mod config;
mod demo;
mod erase;
mod export;
mod import;
mod jobs;
mod migrate;
mod progress;
mod query;
mod report;
mod restore;
mod run;
mod schema;
mod serve;
mod signal;
mod token;
mod verify;

/// Satisfaction indexes, loyalty types and customer value, quarter by quarter.
#[derive(Debug, Parser)]
#[command(name = "rapport", version, about, arg_required_else_help = true, after_help = EXIT_CODES)]
pub struct Cli {
    /// The database: sqlite:FILE or postgres://… [default: sqlite:rapport.sqlite]
    #[arg(long, global = true, value_name = "URL")]
    database: Option<String>,
    /// The settings' file [default: rapport.toml, if it exists]
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

const EXIT_CODES: &str = "Settings: flags beat the environment (RAPPORT_DATABASE, RAPPORT_SERVE__ADDRESS, …), which \
beats the file, which beats the defaults; `rapport config` prints those in force.\n\
Exit codes: 0 done or already done, 1 failed, 2 usage, 75 try again later.";

#[derive(Debug, Subcommand)]
enum Command {
    /// Builds a sample company, closes its quarters and serves it: what to run first
    Demo(demo::Args),
    /// Loads files as a mapping says; rejects go to a file with line and reason
    Import(import::Args),
    /// Closes a quarter, or every quarter still to close
    Close(close::Args),
    /// Does a job of the table now: close-quarter, refresh-quarter, verify, prune …
    Run(run::Args),
    /// Computes published revisions again and compares them bit for bit
    Verify(verify::Args),
    /// Writes the charts of a quarter as files
    Charts(charts::Args),
    /// Writes a saved query's table as a file: CSV, JSON or a workbook
    Export(export::Args),
    /// Writes the report of a quarter: a PDF, a workbook, or an archive of all
    Report(report::Args),
    /// Serves the API and the pages
    Serve(serve::Args),
    /// Answers a GraphQL query, and prints the answer as JSON
    Query(query::Args),
    /// Prints the GraphQL schema
    Schema,
    /// Makes the database, or brings its schema up to date
    Migrate,
    /// Puts a backup in the database's place
    Restore(restore::Args),
    /// Prints the settings in force
    Config,
    /// Lists the runs of the jobs, newest first, and the quarters whose data have changed
    Jobs(jobs::Args),
    /// Makes, lists and revokes access tokens
    Token(token::Args),
    /// Erases a customer's name, contact data and free text for good
    Erase(erase::Args),
    /// Lists what was denied or changed, newest first, and verifies that the trail is whole
    Audit(audit::Args),
}

impl Cli {
    /// Runs the command.
    pub async fn run(self) -> Result<ExitCode, Error> {
        if matches!(self.command, Command::Schema) {
            return Ok(schema::run());
        }
        #[cfg(feature = "failpoints")]
        crate::settings::failure().into_iter().for_each(rapport_jobs::failpoint::set);
        let mut settings = Settings::read(self.config.as_deref())?;
        log(settings.log.format);
        rapport_jobs::charts::look_for_fonts_in(settings.charts.fonts.clone());
        let named = self.database.is_some() || settings.database != Settings::default().database;
        if let Some(database) = self.database {
            settings.database = database;
        }
        match self.command {
            Command::Demo(args) => demo::run(settings, args, named).await,
            Command::Import(args) => import::run(&settings, args).await,
            Command::Close(args) => close::run(&settings, args).await,
            Command::Run(args) => run::run(&settings, args).await,
            Command::Verify(args) => verify::run(&settings, args).await,
            Command::Charts(args) => charts::run(&settings, args).await,
            Command::Export(args) => export::run(&settings, args).await,
            Command::Report(args) => report::run(settings, args).await,
            Command::Serve(args) => serve::run(settings, args).await,
            Command::Query(args) => query::run(&settings, args).await,
            Command::Schema => Ok(schema::run()),
            Command::Migrate => migrate::run(&settings).await,
            Command::Restore(args) => restore::run(&settings, &args),
            Command::Config => config::run(&settings),
            Command::Jobs(args) => jobs::run(&settings, args).await,
            Command::Token(args) => token::run(&settings, args).await,
            Command::Erase(args) => erase::run(&settings, &args).await,
            Command::Audit(args) => audit::run(&settings, &args).await,
        }
    }
}

/// The name of this process in the ledger.
fn owner() -> String {
    format!("process {}", std::process::id())
}

/// Starts the log: lines on standard error, as much as `RUST_LOG` asks for. Where somebody watches, long work shows a
/// bar and only what went wrong is said in lines. The spans that a line was written in, such as the run of a job, stand
/// on it in either format.
fn log(format: Format) {
    use std::io::IsTerminal;
    let watched = std::io::stderr().is_terminal();
    let level = if watched { "warn,rapport=info" } else { "info,sqlx=warn,sea_orm_migration=warn" };
    let filter = tracing_subscriber::EnvFilter::try_from_default_env()
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new(level));
    let lines = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    // a second start, as in tests, changes nothing
    let _ = match format {
        Format::Text => lines.with_ansi(watched).try_init(),
        Format::Json => lines.json().flatten_event(true).with_current_span(false).try_init(),
    };
}
