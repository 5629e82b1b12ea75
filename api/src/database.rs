//! Opens the database a command works on: only Rapport's own, brought to this program's schema.

use std::{path::PathBuf, str::FromStr};

use rapport_entities::{Database, connect};
use rapport_migration::{MigrateError, Schema, bring_up, inspect};
use sea_orm::{DbErr, sqlx::sqlite::SqliteConnectOptions};

use crate::Error;

/// Opens the database at `url` and brings its schema up to date. An empty or missing one becomes Rapport's if
/// `create`, and is refused otherwise.
///
/// Fails with an error that says whose database it is or why it cannot be opened.
pub async fn open(url: &str, create: bool) -> Result<Database, Error> {
    let database = connect(url, create).await.map_err(|error| unusable(url, error))?;
    let mut schema = inspect(&database).await.map_err(|error| unusable(url, error))?;
    if schema == Schema::Empty && !create {
        return Err(missing(url, None));
    }
    if matches!(schema, Schema::Empty | Schema::Ours { pending: 1.. }) {
        bring_up(&database, &format!("process {}", std::process::id())).await.map_err(
            |error| match error {
                MigrateError::Busy => Error::Migrating { url: shown(url) },
                MigrateError::Database(error) => unusable(url, error),
            },
        )?;
        schema = inspect(&database).await.map_err(|error| unusable(url, error))?;
    }
    ours(url, schema)?;
    Ok(database)
}

/// Fails if it is not our schema, or not one that this program knows.
pub fn ours(url: &str, schema: Schema) -> Result<(), Error> {
    match schema {
        Schema::Ours { .. } => Ok(()),
        Schema::Empty => Err(missing(url, None)),
        Schema::Newer { migration } => Err(Error::Newer { url: shown(url), migration }),
        Schema::Foreign { table } => Err(Error::Foreign { url: shown(url), table }),
    }
}

/// The file of a SQLite database. Fails if the URL is of another.
pub fn file(url: &str) -> Result<PathBuf, Error> {
    let options = url.strip_prefix("sqlite:").and_then(|_| SqliteConnectOptions::from_str(url).ok());
    let file = options.map(|options| options.get_filename().to_owned());
    file.filter(|_| !url.contains(":memory:")).ok_or_else(|| {
        Error::BadInput(format!(
            "{} is no SQLite file; backups of PostgreSQL are its server's own, made and put back with its tools \
             (pg_dump and pg_restore)",
            shown(url)
        ))
    })
}

/// The URL as it may be shown: without its password.
pub fn shown(url: &str) -> String {
    let parts = url.split_once("://").and_then(|(scheme, rest)| {
        let (user, host) = rest.rsplit_once('@')?;
        let (name, _) = user.split_once(':')?;
        Some(format!("{scheme}://{name}:***@{host}"))
    });
    parts.unwrap_or_else(|| url.to_owned())
}

fn missing(url: &str, source: Option<DbErr>) -> Error {
    let why = "there is nothing of Rapport's in it; make it with `rapport migrate`, or give another with --database";
    Error::Unusable { url: shown(url), why: why.to_owned(), source }
}

/// Says what the driver's error means for the one who gave the URL.
fn unusable(url: &str, source: DbErr) -> Error {
    let text = source.to_string();
    let path =
        url.trim_start_matches("sqlite:").trim_start_matches("//").split('?').next().unwrap_or_default();
    if !url.starts_with("sqlite:") {
        return if url.starts_with("postgres:") || url.starts_with("postgresql:") {
            Error::Unreachable { url: shown(url), source }
        } else {
            let why = "the URL must begin with sqlite: or postgres://".to_owned();
            Error::Unusable { url: shown(url), why, source: None }
        };
    }
    if text.contains("disk I/O error") || text.contains("disk is full") {
        return Error::NoRoom { url: shown(url), source };
    }
    let why = if text.contains("not a database") {
        format!("the file {path} is not a SQLite database; give another with --database")
    } else if text.contains("readonly") || text.contains("read-only") || text.contains("permission") {
        format!("{path} cannot be written; change its permissions, or give another with --database")
    } else if text.contains("unable to open") && std::path::Path::new(path).exists() {
        format!("{path} cannot be read or written; change its permissions, or give another with --database")
    } else if text.contains("unable to open") {
        let folder = std::path::Path::new(path).parent().filter(|folder| !folder.as_os_str().is_empty());
        let folder = folder.map_or_else(|| ".".to_owned(), |folder| folder.display().to_string());
        if std::path::Path::new(&folder).is_dir() {
            format!(
                "there is no file {path}, or its folder {folder} cannot be written; make it with `rapport migrate`, \
                 or give another with --database"
            )
        } else {
            format!("the folder {folder} does not exist; make it, or give another with --database")
        }
    } else if text.contains("locked") {
        format!("another program holds {path}; try again later")
    } else {
        format!("see that {path} is a readable SQLite database")
    };
    Error::Unusable { url: shown(url), why, source: Some(source) }
}
