//! `rapport charts`: writes the charts of a published quarter as files.

use std::{num::NonZero, panic::resume_unwind, path::PathBuf, process::ExitCode};

use rapport_entities::{ALL, Quarter, artifact, published};
use rapport_jobs::charts::{self, Theme};
use rapport_messages::Locale;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::{Error, Settings, database, graphql, http::place};

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
    #[arg(long, conflicts_with = "segment")]
    segments: bool,
    /// The charts of one segment, as in region:east
    #[arg(long, value_name = "DIMENSION:CODE")]
    segment: Option<String>,
    /// In one language, en or zh; in both if not given
    #[arg(long, value_name = "LOCALE")]
    locale: Option<Locale>,
    /// For a screen or for a printer without colours: light or print
    #[arg(long, value_name = "THEME", default_value = "light")]
    theme: Theme,
    /// As drawings or as pictures; as both if not given
    #[arg(long, value_enum, value_name = "FORMAT")]
    format: Option<Format>,
    /// A revision of the quarter; the newest if not given
    #[arg(long, value_name = "NUMBER")]
    revision: Option<i32>,
}

/// What a chart is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// The drawing
    Svg,
    /// The drawing as pixels, two a point
    Png,
}

pub async fn run(settings: &Settings, args: Args) -> Result<ExitCode, Error> {
    let database = database::open(&settings.database, false).await?;
    let publication = published::revision(&database, args.quarter, args.revision).await?;
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
    let place = place(args.segment.as_deref())?;
    let wanted: Vec<_> = drawn.into_iter().filter(|chart| is_wanted(&args, &place, &chart.name)).collect();
    let files = write_all(&args, &wanted)?;
    if files == 0 {
        let (dimension, segment) = &place;
        return Err(Error::NotFound(format!("{} has no chart of {dimension}:{segment}", args.quarter)));
    }
    println!("{files} files in {}", args.out.display());
    Ok(ExitCode::SUCCESS)
}

fn is_wanted(args: &Args, (dimension, segment): &(String, String), name: &str) -> bool {
    let Some((_, of, code, locale)) = graphql::parts(name) else { return false };
    let place = args.segments || (of, code) == (dimension.as_str(), segment.as_str());
    place && args.locale.is_none_or(|wanted| wanted.as_str() == locale)
}

/// Writes these charts, on every core at once: it is the pixels that take long. Says how many files that made.
fn write_all(args: &Args, charts: &[artifact::Model]) -> Result<usize, Error> {
    let cores = std::thread::available_parallelism().map_or(1, NonZero::get);
    std::thread::scope(|threads| {
        let part = |first: usize| -> Result<usize, Error> {
            charts.iter().skip(first).step_by(cores).map(|chart| write(args, chart)).sum()
        };
        let parts: Vec<_> = (0..cores).map(|first| threads.spawn(move || part(first))).collect();
        let joined = parts.into_iter().map(|part| part.join().unwrap_or_else(|fault| resume_unwind(fault)));
        joined.sum()
    })
}

/// One drawing as SVG, and as PNG at twice the pixels; says how many files that made.
fn write(args: &Args, chart: &artifact::Model) -> Result<usize, Error> {
    let light = String::from_utf8_lossy(&chart.bytes);
    let svg = args.theme.apply(&light);
    let formats = match args.format {
        Some(format) => vec![format],
        None => vec![Format::Svg, Format::Png],
    };
    for format in &formats {
        let (ending, bytes) = match format {
            Format::Svg => ("svg", svg.clone().into_owned().into_bytes()),
            Format::Png => ("png", charts::png(&svg, 2.0)?),
        };
        let theme = if args.theme == Theme::Light { String::new() } else { format!("-{}", args.theme) };
        let path = args.out.join(file_name(args.quarter, &chart.name, &theme, ending));
        std::fs::write(&path, bytes).map_err(|source| unwritable(&path, source))?;
    }
    Ok(formats.len())
}

/// `2026-Q3-nps-region-east-en.png`; what no file system takes in a name is a dash, and of all customers one `all`.
fn file_name(quarter: Quarter, chart: &str, theme: &str, ending: &str) -> String {
    let plain =
        |text: &str| text.replace(|one: char| !one.is_alphanumeric() && one != '-' && one != '_', "-");
    let name = chart.replacen(&format!("/{ALL}/{ALL}/"), &format!("/{ALL}/"), 1);
    format!("{quarter}-{}{theme}.{ending}", name.split('/').map(plain).collect::<Vec<_>>().join("-"))
}

fn unwritable(path: &std::path::Path, source: std::io::Error) -> Error {
    Error::Io { what: format!("{} cannot be written", path.display()), source }
}
