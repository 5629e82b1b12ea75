//! `rapport charts`: writes the charts of a published quarter as files.

use std::{path::PathBuf, process::ExitCode};

use rapport_entities::{ALL, Quarter, artifact, published};
use rapport_jobs::charts;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::{Error, Settings, database};

/// What `charts` takes.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Which quarter, as in 2026-Q3
    #[arg(long, value_name = "QUARTER")]
    quarter: Quarter,
    /// Into which folder; it is made if it is not there
    #[arg(long, value_name = "FOLDER")]
    out: PathBuf,
    /// The charts of every segment too, not only of all customers
    #[arg(long)]
    segments: bool,
}

pub async fn run(settings: &Settings, args: Args) -> Result<ExitCode, Error> {
    let database = database::open(&settings.database, false).await?;
    let publication = published::revision(&database, args.quarter, None).await?;
    let publication = publication.ok_or_else(|| {
        Error::NotFound(format!(
            "{0} is not published; close it with `rapport close --quarter {0}`",
            args.quarter
        ))
    })?;
    let drawn = artifact::Entity::find()
        .filter(artifact::Column::SetId.eq(&publication.set_id))
        .order_by_asc(artifact::Column::Name)
        .all(&database)
        .await?;
    std::fs::create_dir_all(&args.out).map_err(|source| unwritable(&args.out, source))?;
    let company_wide = format!("/{ALL}/{ALL}/");
    let wanted = drawn.into_iter().filter(|chart| args.segments || chart.name.contains(&company_wide));
    let mut files = 0;
    for chart in wanted {
        write(&args, &chart)?;
        files += 2;
    }
    println!("{files} files in {}", args.out.display());
    Ok(ExitCode::SUCCESS)
}

/// One drawing as SVG and as PNG at twice the pixels.
fn write(args: &Args, chart: &artifact::Model) -> Result<(), Error> {
    let svg = String::from_utf8_lossy(&chart.bytes);
    let png = charts::png(&svg, 2.0)?;
    for (ending, bytes) in [("svg", svg.as_bytes()), ("png", &png)] {
        let path = args.out.join(file_name(args.quarter, &chart.name, ending));
        std::fs::write(&path, bytes).map_err(|source| unwritable(&path, source))?;
    }
    Ok(())
}

/// `2026-Q3-nps-region-east-en.png`; what no file system takes in a name is a dash, and of all customers one `all`.
fn file_name(quarter: Quarter, chart: &str, ending: &str) -> String {
    let plain =
        |text: &str| text.replace(|one: char| !one.is_alphanumeric() && one != '-' && one != '_', "-");
    let name = chart.replacen(&format!("/{ALL}/{ALL}/"), &format!("/{ALL}/"), 1);
    format!("{quarter}-{}.{ending}", name.split('/').map(plain).collect::<Vec<_>>().join("-"))
}

fn unwritable(path: &std::path::Path, source: std::io::Error) -> Error {
    Error::Io { what: format!("{} cannot be written", path.display()), source }
}
