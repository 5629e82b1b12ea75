//! A backup put in the database's place: the copy is checked before anything is touched, the place is never empty, and
//! nothing of the old database is left where the new one would read it.

use std::{
    fs::{self, File},
    io::{self, Read},
    path::{Path, PathBuf},
    time::Duration,
};

use rusqlite::{Connection, ErrorCode, OpenFlags};

use super::{copy, failed};
use crate::Error;

/// Files that SQLite keeps beside a database.
const BESIDE: [&str; 2] = ["-wal", "-shm"];

/// What a SQLite database begins with.
const HEADER: &[u8; 16] = b"SQLite format 3\0";

/// A backup, checked and copied to beside the database whose place it is to take. Gone if it is not put there.
#[derive(Debug)]
pub struct Staged {
    backup: PathBuf,
    path: PathBuf,
    target: PathBuf,
}

impl Staged {
    /// Copies a backup to beside its target and checks the copy. Fails if it is no whole SQLite database.
    pub fn new(backup: &Path, target: &Path) -> Result<Self, Error> {
        let refused = |error: io::Error| failed(backup, &format!("it cannot be copied: {error}"));
        File::open(backup).map_err(refused)?;
        let path = beside(target, ".restoring");
        let staged = Self { backup: backup.to_owned(), path, target: target.to_owned() };
        fs::copy(backup, &staged.path).map_err(refused)?;
        File::open(&staged.path).and_then(|file| file.sync_all()).map_err(refused)?;
        copy::check(&staged.path, backup)?;
        Ok(staged)
    }

    /// The migrations that made its schema, oldest first. Fails if it is not Rapport's.
    pub fn migrations(&self) -> Result<Vec<String>, Error> {
        let found = copy::open(&self.path).and_then(|database| {
            if !database.table_exists(None, "seaql_migrations")? {
                return Ok(Vec::new());
            }
            let mut statement = database.prepare("SELECT version FROM seaql_migrations ORDER BY version")?;
            statement.query_map([], |row| row.get(0))?.collect()
        });
        match found {
            Ok(found) if found.is_empty() => Err(failed(&self.backup, "it is no database of Rapport's")),
            Ok(found) => Ok(found),
            Err(error) => Err(failed(&self.backup, &copy::unreadable(&error))),
        }
    }

    /// Puts it in place. A database that is there is kept beside, and its path is the answer.
    ///
    /// Fails with [`Error::InUse`] while another process has that database open.
    pub fn put(self) -> Result<Option<PathBuf>, Error> {
        let refused = |error: io::Error| failed(&self.target, &error.to_string());
        if !self.target.exists() {
            // of a database that was removed without them
            self.clear_beside().map_err(refused)?;
            copy::put(&self.path, &self.target).map_err(refused)?;
            return Ok(None);
        }
        let lock = self.lock()?;
        let kept = self.free_name();
        if lock.is_none() {
            self.set_aside(&kept).map_err(refused)?;
        }
        // from here on the old database has two names, and then each has its own
        fs::hard_link(&self.target, &kept).or_else(|_| fs::rename(&self.target, &kept)).map_err(refused)?;
        copy::put(&self.path, &self.target).map_err(refused)?;
        Ok(Some(kept))
    }

    /// Locks the old database against everybody, with its WAL folded in and gone: SQLite refuses that while any other
    /// connection is open. `None` if it is too damaged to be opened at all.
    fn lock(&self) -> Result<Option<Connection>, Error> {
        if !self.begins_as_a_database() {
            return Ok(None);
        }
        let locked =
            Connection::open_with_flags(&self.target, OpenFlags::SQLITE_OPEN_READ_WRITE).and_then(|old| {
                old.busy_timeout(Duration::from_secs(1))?;
                let mode: String = old.query_row("PRAGMA journal_mode = DELETE", [], |row| row.get(0))?;
                old.execute_batch("BEGIN EXCLUSIVE")?;
                Ok((old, mode))
            });
        match locked {
            Ok((old, mode)) if mode == "delete" => Ok(Some(old)),
            Ok(_) => Err(Error::InUse { path: self.target.clone() }),
            Err(error) => match error.sqlite_error_code() {
                Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt) => Ok(None),
                Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
                    Err(Error::InUse { path: self.target.clone() })
                }
                _ => Err(failed(&self.target, &copy::unreadable(&error))),
            },
        }
    }

    /// If not, SQLite would take its WAL for a stranger's and remove it.
    fn begins_as_a_database(&self) -> bool {
        let mut beginning = [0; HEADER.len()];
        let read = File::open(&self.target).and_then(|mut file| file.read_exact(&mut beginning));
        read.is_ok() && beginning == *HEADER
    }

    /// The files beside a damaged database go with it.
    fn set_aside(&self, kept: &Path) -> io::Result<()> {
        for suffix in BESIDE {
            let path = beside(&self.target, suffix);
            if path.exists() {
                fs::rename(path, beside(kept, suffix))?;
            }
        }
        Ok(())
    }

    fn clear_beside(&self) -> io::Result<()> {
        for path in BESIDE.map(|suffix| beside(&self.target, suffix)).into_iter().filter(|path| path.exists())
        {
            fs::remove_file(path)?;
        }
        Ok(())
    }

    /// An earlier restore's database is kept too.
    fn free_name(&self) -> PathBuf {
        let first = beside(&self.target, ".before-restore");
        let numbered = (2..).map(|number| beside(&self.target, &format!(".before-restore-{number}")));
        std::iter::once(first).chain(numbered).find(|path| !path.exists()).unwrap_or_default()
    }
}

impl Drop for Staged {
    fn drop(&mut self) {
        // not there if it was put in place
        let _ = fs::remove_file(&self.path);
    }
}

fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}
