//! The names of backups, and which of them are kept.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};

use super::failed;
use crate::Error;

/// As in `rapport-2026-11-22T040000Z`: names in their order are times in theirs.
const STEM: &str = "rapport-%Y-%m-%dT%H%M%SZ";
/// What follows in the name of a backup.
const WHOLE: &str = "sqlite";
/// What the name of a copy that is not done ends with; SQLite's journal of it has more behind it.
const PART: &str = "part";

/// The name of the backup of a moment.
pub fn name(now: DateTime<Utc>) -> String {
    format!("{}.{}", now.format(STEM), WHOLE)
}

/// The name of a copy on its way to one, no other process's: two may copy in the same second.
pub fn part_name(now: DateTime<Utc>) -> String {
    format!("{}.{}.{}", now.format(STEM), std::process::id(), PART)
}

/// Removes all but the newest backups. Other files in the folder stay. Says how many it removed.
pub fn keep(folder: &Path, newest: u32) -> Result<usize, Error> {
    let refused = |error: io::Error| failed(folder, &format!("an old backup could not be removed: {error}"));
    let mut backups = named(folder, |end| end == WHOLE).map_err(refused)?;
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
    for (begun, path) in named(folder, |end| end.split(['.', '-']).any(|word| word == PART))? {
        if begun >= yesterday {
            continue;
        }
        fs::remove_file(path)?;
    }
    Ok(())
}

/// The files whose names are a moment and what follows in such names.
fn named(folder: &Path, follows: impl Fn(&str) -> bool) -> io::Result<Vec<(NaiveDateTime, PathBuf)>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name();
        let Some((stem, end)) = name.to_str().and_then(|name| name.split_once('.')) else { continue };
        if let Ok(moment) = NaiveDateTime::parse_from_str(stem, STEM)
            && follows(end)
        {
            found.push((moment, entry.path()));
        }
    }
    Ok(found)
}
