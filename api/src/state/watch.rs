//! Whether anything was written to a SQLite file, by any process: the file's own count of commits, which takes microseconds
//! where a statement through the pool takes a hundred.

use std::sync::{Mutex, PoisonError};

use rapport_entities::{Database, connection::is_sqlite};
use rusqlite::{Connection, OpenFlags};
use sea_orm::{ConnectionTrait, Statement};

/// A connection that writes nothing: what it sees change, others changed.
pub struct Watch(Mutex<Connection>);

impl Watch {
    /// Over the database's file; none where there is no file, or it cannot be watched.
    pub async fn of(database: &Database) -> Option<Self> {
        if !is_sqlite(database) {
            return None;
        }
        let statement =
            Statement::from_string(database.get_database_backend(), "SELECT file FROM pragma_database_list");
        let row = database.query_one_raw(statement).await.ok()??;
        let file = row.try_get_by_index::<Option<String>>(0).ok()?.filter(|file| !file.is_empty())?;
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(file, flags).ok()?;
        Some(Self(Mutex::new(connection)))
    }

    /// A number that is another after a commit; none if the file is locked for the moment.
    pub fn commits(&self) -> Option<i64> {
        let connection = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut statement = connection.prepare_cached("PRAGMA data_version").ok()?;
        statement.query_row([], |row| row.get(0)).ok()
    }
}
