//! The names of backups, and which of them are kept.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};

use super::failed;
use crate::Error;

/// What a copy that is not done ends with.
pub const PART: &str = "part";

/// What SQLite's journal of such a copy ends with.
pub const JOURNAL: &str = "part-journal";

/// As in `rapport-2026-11-22T040000Z.sqlite`: names in their order are times in theirs.
const NAME: &str = "rapport-%Y-%m-%dT%H%M%SZ.sqlite";
const PART_NAME: &str = "rapport-%Y-%m-%dT%H%M%SZ.part";
const JOURNAL_NAME: &str = "rapport-%Y-%m-%dT%H%M%SZ.part-journal";

/// The name of the backup of a moment.
pub fn name(now: DateTime<Utc>) -> String {
    now.format(NAME).to_string()
}

/// Removes all but the newest backups. Other files in the folder stay. Says how many it removed.
pub fn keep(folder: &Path, newest: u32) -> Result<usize, Error> {
    let refused = |error: io::Error| failed(folder, &format!("an old backup could not be removed: {error}"));
    let mut backups = named(folder, NAME).map_err(refused)?;
    let surplus = backups.len().saturating_sub(newest as usize);
    backups.sort();
    for (_, path) in &backups[..surplus] {
        fs::remove_file(path).map_err(refused)?;
    }
    Ok(surplus)
}

/// Removes what processes that died at it left: copies that were begun more than a day ago.
pub fn sweep(folder: &Path, now: DateTime<Utc>) -> io::Result<()> {
    let yesterday = now.naive_utc() - TimeDelta::days(1);
    for form in [PART_NAME, JOURNAL_NAME] {
        for (_, path) in named(folder, form)?.into_iter().filter(|(begun, _)| *begun < yesterday) {
            fs::remove_file(path)?;
        }
    }
    Ok(())
}

/// The files whose names are moments in this form.
fn named(folder: &Path, form: &str) -> io::Result<Vec<(NaiveDateTime, PathBuf)>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let moment =
            entry.file_name().to_str().and_then(|name| NaiveDateTime::parse_from_str(name, form).ok());
        found.extend(moment.map(|moment| (moment, entry.path())));
    }
    Ok(found)
}
