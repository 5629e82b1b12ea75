//! Opens the database a command works on: only Rapport's own, brought to this program's schema.

use rapport_entities::{Database, connect};
use rapport_migration::{Migrator, Schema, inspect};
use sea_orm::DbErr;
use sea_orm_migration::MigratorTrait;

use crate::Error;

/// Opens the database at `url` and brings its schema up to date. An empty or missing one becomes Rapport's if
/// `create`, and is refused otherwise.
///
/// Fails with an error that says whose database it is or why it cannot be opened.
pub async fn open(url: &str, create: bool) -> Result<Database, Error> {
    let database = connect(url, create).await.map_err(|error| unusable(url, error))?;
    match inspect(&database).await.map_err(|error| unusable(url, error))? {
        Schema::Ours { pending: 0 } => {}
        Schema::Empty if !create => return Err(missing(url, None)),
        Schema::Empty | Schema::Ours { .. } => {
            Migrator::up(&database, None).await.map_err(|error| unusable(url, error))?;
        }
        Schema::Newer { migration } => return Err(Error::Newer { url: shown(url), migration }),
        Schema::Foreign { table } => return Err(Error::Foreign { url: shown(url), table }),
    }
    Ok(database)
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
