//! `rapport import`: loads files as a mapping says. A bar on a terminal, plain lines in a log.

use std::{path::PathBuf, process::ExitCode};

use rapport_jobs::import::{self, Options, Report, Tally};

use super::progress;
use crate::{Error, Settings, database};

/// What `import` takes.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The mapping: which files, and a SELECT over them for every entity
    mapping: PathBuf,
    /// Puts another file in the place of one that the mapping names
    #[arg(long = "file", value_name = "NAME=PATH", value_parser = named)]
    files: Vec<(String, PathBuf)>,
    /// Validates only; loads nothing
    #[arg(long)]
    check: bool,
    /// Loads nothing if any row is refused
    #[arg(long)]
    strict: bool,
    /// Where the rejects are written [default: beside each file]
    #[arg(long, value_name = "FOLDER")]
    rejects: Option<PathBuf>,
}

fn named(text: &str) -> Result<(String, PathBuf), String> {
    let (name, path) = text.split_once('=').ok_or("write NAME=PATH, as in orders=exports/orders.csv")?;
    Ok((name.to_owned(), path.into()))
}

pub async fn run(settings: &Settings, args: Args) -> Result<ExitCode, Error> {
    let database = database::open(&settings.database, true).await?;
    let options = Options {
        mapping: args.mapping,
        files: args.files.into_iter().collect(),
        check: args.check,
        strict: args.strict,
        rejects: args.rejects,
    };
    let bar = progress::rows();
    let now = rapport_entities::clock::now();
    let report = import::import(&database, &settings.jobs(), &options, &bar, now).await;
    bar.finish_and_clear();
    print!("{}", in_words(&report?, options.check));
    Ok(ExitCode::SUCCESS)
}

/// The report as a table, and where the rejects are.
pub fn in_words(report: &Report, checked_only: bool) -> String {
    let header = if checked_only {
        ["valid", "rejected", "", ""]
    } else {
        ["created", "updated", "unchanged", "rejected"]
    };
    let mut text = line("", &header.map(str::to_owned));
    for (entity, tally) in &report.entities {
        text += &line(entity, &numbers(tally, checked_only));
    }
    if let Some(example) = &report.idle.example {
        text += &format!(
            "{} events of complaints are kept and moved nothing: no such move is legal from the state reached ({example})\n",
            report.idle.events
        );
    }
    for (path, rows) in &report.rejects {
        text += &format!("{rows} rejected, with line and reason: {}\n", path.display());
    }
    if checked_only {
        text += "checked only; nothing was loaded\n";
    }
    text
}

fn numbers(tally: &Tally, checked_only: bool) -> [String; 4] {
    let shown = |number: u64| number.to_string();
    if checked_only {
        return [shown(tally.unchanged), shown(tally.rejected), String::new(), String::new()];
    }
    [tally.created, tally.updated, tally.unchanged, tally.rejected].map(shown)
}

fn line(entity: &str, numbers: &[String; 4]) -> String {
    let [first, second, third, fourth] = numbers;
    format!("{entity:<16}{first:>11}{second:>11}{third:>11}{fourth:>11}").trim_end().to_owned() + "\n"
}
