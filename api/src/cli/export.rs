//! `rapport export`: writes a saved query's table as a file, the same bytes as its address on a server.

use std::{
    io::Write,
    path::{Path, PathBuf},
    process::ExitCode,
    sync::Arc,
};

use futures_util::TryStreamExt;
use tempfile::NamedTempFile;

use crate::{
    Access, Error, Settings, database,
    export::{Export, Format, Parts},
    graphql::Api,
    saved::{Library, Reader, Variable},
};

/// What `export` takes.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Name of the saved query; without it, what there are
    name: Option<String>,
    /// json, csv or xlsx
    #[arg(long, default_value = "csv")]
    format: String,
    /// A variable of the query, such as quarter=2026-Q3; may be repeated
    #[arg(long = "set", value_name = "NAME=VALUE", value_parser = pair)]
    variables: Vec<(String, String)>,
    /// Which of its tables, where it has several
    #[arg(long)]
    table: Option<String>,
    /// Begins CSV with a byte order mark, by which Excel knows UTF-8
    #[arg(long)]
    bom: bool,
    /// The file; standard output if not given
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

fn pair(text: &str) -> Result<(String, String), String> {
    let (name, value) = text.split_once('=').ok_or("it must be written NAME=VALUE")?;
    Ok((name.to_owned(), value.to_owned()))
}

pub async fn run(settings: &Settings, args: Args) -> Result<ExitCode, Error> {
    let library = Library::read(settings.queries.as_deref())?;
    let Some(name) = args.name else {
        list(&library);
        return Ok(ExitCode::SUCCESS);
    };
    let format: Format = args.format.parse()?;
    let saved = library.find(&name)?.clone();
    let export = Export {
        variables: Variable::read(&saved.variables, &args.variables)?,
        table: args.table,
        bom: args.bom,
        reader: Reader::new(Access::of_command_line().into(), Arc::default(), Arc::new(|_| ())),
        saved,
    };
    let database = database::open(&settings.database, false).await?;
    let mut parts = export.file(&Api::new(database, settings), format).await?;
    match args.out {
        None => write(&mut parts, &mut std::io::stdout().lock(), "standard output").await?,
        Some(out) => {
            // under another name until it is whole
            let unwritable = |source| unwritten(&out.display().to_string(), source);
            let folder = out.parent().filter(|folder| !folder.as_os_str().is_empty());
            let mut file = tempfile(folder.unwrap_or(Path::new("."))).map_err(unwritable)?;
            write(&mut parts, &mut file, &out.display().to_string()).await?;
            file.persist(&out).map_err(|error| unwritable(error.error))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

async fn write(parts: &mut Parts, file: &mut impl Write, name: &str) -> Result<(), Error> {
    while let Some(part) = parts.try_next().await? {
        file.write_all(&part).map_err(|source| unwritten(name, source))?;
    }
    file.flush().map_err(|source| unwritten(name, source))
}

/// A file that goes with the process unless it is kept; readable as any that the user makes.
pub fn tempfile(folder: &Path) -> std::io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder.prefix(".rapport-").tempfile_in(folder)
}

fn list(library: &Library) {
    for saved in library.iter() {
        let variable = |one: &Variable| format!("{}: {}", one.name, one.kind);
        let variables = saved.variables.iter().map(variable).collect::<Vec<_>>().join(", ");
        println!("{} ({variables})\n  {}\n", saved.name, saved.about.replace('\n', "\n  "));
    }
}

fn unwritten(name: &str, source: std::io::Error) -> Error {
    Error::Io { what: format!("{name} cannot be written"), source }
}
