//! `rapport migrate`: makes the database, or brings its schema up to date.

use std::process::ExitCode;

use crate::{Error, Settings, database};

pub async fn run(settings: &Settings) -> Result<ExitCode, Error> {
    database::open(&settings.database, true).await?;
    println!("{} is up to date", database::shown(&settings.database));
    Ok(ExitCode::SUCCESS)
}
