//! Backups of the SQLite database: a file under its final name is a whole copy that was read back.
//!
//! The copy is made by `VACUUM INTO`: one read transaction of one statement. In WAL mode writers go on beside it, and
//! it sees none of what they write; SQLite's other way, its backup API, begins anew whenever another process writes,
//! and during an import never ends. It needs no more memory than the connection's cache, and leaves the free pages out.

mod copy;
mod keep;
mod restore;

use std::path::Path;

use chrono::{DateTime, Utc};
use rapport_entities::{Database, connection::is_sqlite, publication};
use sea_orm::{ConnectionTrait, EntityTrait, QueryOrder, Statement};
use serde_json::{Map, Value, json};

pub use restore::Staged;

use crate::{Error, settings::Backup};

/// What an operator of PostgreSQL is told.
const LEFT_TO_THE_SERVER: &str = "no backup was made: on PostgreSQL backups are the server's own; \
     use pg_dump, or a base backup with its WAL archived (point-in-time recovery)";

/// Backs the database up into the folder of the settings, and keeps the newest files there. Says where the copy is,
/// or that backups of this database are left to its server.
///
/// Fails if the folder cannot be written, or the copy is not whole; a file that is not whole has no backup's name.
pub async fn backup(
    database: &Database,
    settings: &Backup,
    now: DateTime<Utc>,
) -> Result<Map<String, Value>, Error> {
    if !is_sqlite(database) {
        tracing::info!("{LEFT_TO_THE_SERVER}");
        return Ok(figures([("skipped", json!(LEFT_TO_THE_SERVER))]));
    }
    let part = copy::Part::new(&settings.folder, now)?;
    let newest = newest(database).await?;
    copy(database, part.path()).await?;
    let (folder, keep) = (settings.folder.clone(), settings.keep);
    let work = move || {
        let done = part.finish(newest.as_ref().map(|newest| (&*newest.set_id, &*newest.digest)))?;
        let removed = keep::keep(&folder, keep)?;
        Ok::<_, Error>((done, removed))
    };
    let (done, removed) = tokio::task::spawn_blocking(work)
        .await
        .map_err(|error| failed(&settings.folder, &error.to_string()))??;
    tracing::info!(file = %done.file.display(), bytes = done.bytes, "backed up");
    Ok(figures([
        ("file", json!(done.file.display().to_string())),
        ("bytes", json!(done.bytes)),
        ("removed", json!(removed)),
    ]))
}

/// The newest publication; the copy must hold it.
async fn newest(database: &Database) -> Result<Option<publication::Model>, Error> {
    let newest = publication::Entity::find()
        .order_by_desc(publication::Column::PublishedAt)
        .order_by_desc(publication::Column::SetId);
    Ok(newest.one(database).await?)
}

async fn copy(database: &Database, part: &Path) -> Result<(), Error> {
    let path = part.to_str().ok_or_else(|| failed(part, "its name is not UTF-8; set backup.folder"))?;
    let statement =
        Statement::from_sql_and_values(database.get_database_backend(), "VACUUM INTO $1", [path.into()]);
    match database.execute_raw(statement).await {
        Ok(_) => Ok(()),
        Err(error) => {
            // the driver's words go to the log
            tracing::error!(%error, "VACUUM INTO failed");
            let why = if error.to_string().contains("full") {
                "there is no room on the disk"
            } else {
                "SQLite could not write the copy; see that there is room, and that the folder can be written"
            };
            Err(failed(part, why))
        }
    }
}

fn figures<const N: usize>(figures: [(&str, Value); N]) -> Map<String, Value> {
    figures.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

fn failed(path: &Path, why: &str) -> Error {
    Error::Backup { path: path.to_owned(), why: why.to_owned() }
}
