//! `rapport restore`: puts a backup in the place of the SQLite database, which is kept beside it.

use std::{path::PathBuf, process::ExitCode};

use rapport_jobs::backup::Staged;
use rapport_migration::judge;

use crate::{Error, Settings, database};

/// What `restore` takes.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The backup
    file: PathBuf,
    /// Puts it in the place of a database that is there, which is kept beside it
    #[arg(long)]
    replace: bool,
}

pub fn run(settings: &Settings, args: &Args) -> Result<ExitCode, Error> {
    let target = database::file(&settings.database)?;
    if target.exists() && !args.replace {
        return Err(Error::BadInput(format!(
            "there is a database {}; give --replace to put the backup in its place and keep it beside",
            target.display()
        )));
    }
    let staged = Staged::new(&args.file, &target)?;
    database::ours(&args.file.display().to_string(), judge(&staged.migrations()?))?;
    let kept = staged.put()?;
    println!("{} is now what {} holds", target.display(), args.file.display());
    if let Some(kept) = kept {
        println!("the database that was there is kept as {}", kept.display());
    }
    Ok(ExitCode::SUCCESS)
}
