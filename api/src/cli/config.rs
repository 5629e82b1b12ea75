//! `rapport config`: prints the settings in force as TOML, the database's password left out.

use std::process::ExitCode;

use crate::{Error, Settings, database};

pub fn run(settings: &Settings) -> Result<ExitCode, Error> {
    let shown = Settings { database: database::shown(&settings.database), ..settings.clone() };
    print!("{}", toml::to_string_pretty(&shown).map_err(|error| Error::Settings(error.to_string()))?);
    Ok(ExitCode::SUCCESS)
}
