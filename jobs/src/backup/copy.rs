//! One copy: written under a temporary name, read back, and only then given its own.

use std::{
    fs::{self, File, OpenOptions},
    io,
    path::{Path, PathBuf},
};

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OpenFlags, OptionalExtension};

use super::{failed, keep};
use crate::Error;

/// A copy that is not done. What is left of it goes with it.
#[derive(Debug)]
pub struct Part {
    path: PathBuf,
    file: PathBuf,
}

/// A copy that is done.
#[derive(Debug)]
pub struct Done {
    /// Where it is.
    pub file: PathBuf,
    /// Its size.
    pub bytes: u64,
}

impl Part {
    /// An empty file that none but its owner can read: a backup holds all that the database does.
    pub fn new(folder: &Path, now: DateTime<Utc>) -> Result<Self, Error> {
        let refused = |error: io::Error| {
            failed(folder, &format!("{error}; set backup.folder to one that can be written"))
        };
        fs::create_dir_all(folder).map_err(refused)?;
        keep::sweep(folder, now).map_err(refused)?;
        let file = folder.join(keep::name(now));
        let path = folder.join(keep::part_name(now));
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        options.open(&path).map_err(refused)?;
        Ok(Self { path, file })
    }

    /// Where it is written.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Reads the copy back and gives it its name. `newest` is the set and digest of a publication that it must hold.
    pub fn finish(self, newest: Option<(&str, &str)>) -> Result<Done, Error> {
        check(&self.path, &self.file)?;
        if let Some((set, digest)) = newest {
            holds(&self.path, set, digest)?;
        }
        let refused = |error: io::Error| failed(&self.file, &error.to_string());
        let file = File::open(&self.path).map_err(refused)?;
        file.sync_all().map_err(refused)?;
        let bytes = file.metadata().map_err(refused)?.len();
        put(&self.path, &self.file).map_err(refused)?;
        Ok(Done { file: self.file.clone(), bytes })
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        // not there if it was finished
        let _ = fs::remove_file(&self.path);
    }
}

/// Renames a file, for good: the folder is written out too.
pub fn put(from: &Path, to: &Path) -> io::Result<()> {
    fs::rename(from, to)?;
    sync_folder(to)
}

/// Writes out the folder a file is in.
pub fn sync_folder(file: &Path) -> io::Result<()> {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    #[cfg(unix)]
    File::open(folder)?.sync_all()?;
    #[cfg(not(unix))]
    let _ = folder;
    Ok(())
}

/// Fails if the file is no SQLite database, or a damaged one; the error names the backup it is of.
pub fn check(file: &Path, backup: &Path) -> Result<(), Error> {
    let findings: Result<Vec<String>, rusqlite::Error> = open(file).and_then(|database| {
        let mut statement = database.prepare("PRAGMA integrity_check(3)")?;
        statement.query_map([], |row| row.get(0))?.collect()
    });
    match findings {
        Ok(findings) if findings == ["ok"] => Ok(()),
        Ok(findings) => Err(failed(backup, &format!("it is damaged: {}", findings.join("; ")))),
        Err(error) => Err(failed(backup, &unreadable(&error))),
    }
}

/// Fails if a copy lacks a publication.
fn holds(file: &Path, set: &str, digest: &str) -> Result<(), Error> {
    let found = open(file).and_then(|database| {
        let sql = "SELECT digest FROM publication WHERE set_id = ?1";
        database.query_row(sql, [set], |row| row.get::<_, String>(0)).optional()
    });
    match found {
        Ok(Some(found)) if found == digest => Ok(()),
        Ok(_) => Err(failed(file, "the copy lacks the newest publication")),
        Err(error) => Err(failed(file, &unreadable(&error))),
    }
}

/// Opens a database to read it, as it lies there: nothing is written beside it.
pub fn open(file: &Path) -> Result<Connection, rusqlite::Error> {
    let path = file.to_string_lossy().replace('%', "%25").replace('?', "%3f").replace('#', "%23");
    let flags =
        OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_URI;
    Connection::open_with_flags(format!("file:{path}?immutable=1"), flags)
}

/// What a failure to read means.
pub fn unreadable(error: &rusqlite::Error) -> String {
    match error.sqlite_error_code() {
        Some(rusqlite::ErrorCode::NotADatabase) => {
            "it is no SQLite database, or its beginning is damaged".to_owned()
        }
        Some(rusqlite::ErrorCode::DatabaseCorrupt) => "it is damaged".to_owned(),
        Some(rusqlite::ErrorCode::CannotOpen) => "there is no such file, or it cannot be read".to_owned(),
        _ => {
            tracing::error!(%error, "a database could not be read");
            "it cannot be read".to_owned()
        }
    }
}
