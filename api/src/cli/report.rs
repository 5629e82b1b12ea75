//! `rapport report`: writes the report of a published quarter as a file.

use std::{
    io::Write,
    path::{Path, PathBuf},
    process::ExitCode,
};

use rapport_entities::Quarter;
use rapport_jobs::charts::Theme;
use rapport_messages::Locale;

use super::export::tempfile;
use crate::{Error, Settings, database, http};

/// What `report` takes.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Which quarter, as in 2026-Q3
    #[arg(long, value_name = "QUARTER")]
    quarter: Quarter,
    /// The file; its ending says what it is: .pdf, .xlsx or .zip
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// In which language: en or zh
    #[arg(long, value_name = "LOCALE", default_value = "en")]
    locale: Locale,
    /// The report of one segment, as in region:east
    #[arg(long, value_name = "DIMENSION:CODE")]
    segment: Option<String>,
    /// A revision of the quarter; the newest if not given
    #[arg(long, value_name = "NUMBER")]
    revision: Option<i32>,
    /// Pictures for a screen or for a printer without colours: light or print
    #[arg(long, value_name = "THEME", default_value = "light")]
    theme: Theme,
}

pub async fn run(settings: Settings, args: Args) -> Result<ExitCode, Error> {
    let ending = args.out.extension().unwrap_or_default().to_string_lossy().to_lowercase();
    let unknown = |_| Error::BadInput(format!("{}: end with .pdf, .xlsx or .zip", args.out.display()));
    let wanted = http::WantedReport {
        quarter: args.quarter.to_string(),
        format: ending.parse().map_err(unknown)?,
        segment: args.segment,
        locale: args.locale,
        revision: args.revision,
        theme: args.theme,
    };
    let database = database::open(&settings.database, false).await?;
    let bytes = http::report_file(database, settings, &wanted).await?;
    write(&args.out, &bytes)
        .map_err(|source| Error::Io { what: format!("{} cannot be written", args.out.display()), source })?;
    println!("{}", args.out.display());
    Ok(ExitCode::SUCCESS)
}

/// Under another name until it is whole.
fn write(out: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let folder = out.parent().filter(|folder| !folder.as_os_str().is_empty());
    let mut file = tempfile(folder.unwrap_or(Path::new(".")))?;
    file.write_all(bytes)?;
    file.persist(out).map_err(|error| error.error)?;
    Ok(())
}
