//! Whether anything was written to a SQLite file, by any process: what the file itself says of its commits, which takes a
//! microsecond where a statement through the pool takes a hundred.

use std::{
    fs::File,
    mem::ManuallyDrop,
    sync::{Mutex, PoisonError},
};

use rapport_entities::{Database, connection::is_sqlite};
use rusqlite::{Connection, OpenFlags};
use sea_orm::{ConnectionTrait, Statement};

/// A connection that writes nothing: what it sees change, others changed.
pub struct Watch {
    connection: Mutex<Connection>,
    /// The index of the write-ahead log, which is there as long as the connection is. It is never closed: that would take
    /// the locks on it from all of the process's connections.
    index: Option<ManuallyDrop<File>>,
}

/// What is another after a commit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Commits {
    /// The header of the log's index, both its copies. A commit writes them last: its count of changes, how far the log
    /// is valid, and its salt and checksum (<https://sqlite.org/walformat.html>, 2.1).
    Index([u8; HEADER]),
    /// The connection's own count.
    Counted(i64),
}

/// Bytes of both copies of the header.
const HEADER: usize = 96;
/// The header's version, which is the format's.
const VERSION: u32 = 3_007_000;

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
        let connection = Connection::open_with_flags(&file, flags).ok()?;
        // it opens the index when it first reads
        count(&connection)?;
        let index = File::open(format!("{file}-shm")).ok().map(ManuallyDrop::new);
        Some(Self { connection: Mutex::new(connection), index })
    }

    /// What is another after a commit; none if the file is locked for the moment.
    pub fn commits(&self) -> Option<Commits> {
        if let Some(header) = self.index.as_ref().and_then(|index| header(index)) {
            return Some(Commits::Index(header));
        }
        let connection = self.connection.lock().unwrap_or_else(PoisonError::into_inner);
        count(&connection).map(Commits::Counted)
    }
}

fn count(connection: &Connection) -> Option<i64> {
    let mut statement = connection.prepare_cached("PRAGMA data_version").ok()?;
    statement.query_row([], |row| row.get(0)).ok()
}

/// The header of the log's index; none where it is not as this version of the format has it.
#[cfg(unix)]
fn header(index: &File) -> Option<[u8; HEADER]> {
    use std::os::unix::fs::FileExt;

    let mut header = [0; HEADER];
    index.read_exact_at(&mut header, 0).ok()?;
    let (one, other) = header.split_at(HEADER / 2);
    let version = u32::from_ne_bytes(one[..4].try_into().ok()?);
    (version == VERSION && one == other).then_some(header)
}

/// Elsewhere a file that is read need not be what is mapped of it.
#[cfg(not(unix))]
fn header(_: &File) -> Option<[u8; HEADER]> {
    None
}
