//! Reports as files, each made once for as long as it stands. Setting one takes a processor for a second and memory
//! beside: few are made at a time, and others wait.

use std::sync::Arc;

use axum::body::Bytes;
use quick_cache::{Weighter, sync::Cache};
use rapport_reports::Report;
use tokio::sync::{AcquireError, Semaphore};

use crate::{Error, cache::Key, report::Format};

/// So many are made at a time.
const AT_ONCE: usize = 2;
/// The most that are expected to be kept.
const EXPECTED: usize = 50;

/// A report as a file.
#[derive(Clone, Debug)]
pub struct File {
    /// Says what it is.
    pub name: Arc<str>,
    /// The file.
    pub bytes: Bytes,
}

/// Reports, up to so many bytes.
#[derive(Clone)]
pub struct Reports {
    kept: Arc<Cache<Key, File, Weight>>,
    turns: Arc<Semaphore>,
}

impl Reports {
    /// None yet.
    pub fn new(room: u64) -> Self {
        let kept = Arc::new(Cache::with_weighter(EXPECTED, room, Weight));
        Self { kept, turns: Arc::new(Semaphore::new(AT_ONCE)) }
    }

    /// The report of this name, made if it is not kept; not kept at all while the data change, when it has no name.
    pub async fn of(
        &self,
        key: Option<Key>,
        format: Format,
        gathered: impl Future<Output = Result<(Report, String), Error>>,
    ) -> Result<File, Error> {
        let make = self.made(format, gathered);
        match key {
            Some(key) => self.kept.get_or_insert_async(&key, make).await,
            None => make.await,
        }
    }

    async fn made(
        &self,
        format: Format,
        gathered: impl Future<Output = Result<(Report, String), Error>>,
    ) -> Result<File, Error> {
        let turn = self.turns.clone().acquire_owned().await.map_err(closed)?;
        let (report, name) = gathered.await?;
        // the turn is over when the file is made, also where nobody waits for it any more
        let made = tokio::task::spawn_blocking(move || {
            let file = format.file(&report);
            drop(turn);
            file
        });
        let bytes = made.await.map_err(broken)??;
        Ok(File { name: name.into(), bytes: bytes.into() })
    }
}

fn broken(error: tokio::task::JoinError) -> Error {
    Error::Io { what: "the report could not be made".to_owned(), source: error.into() }
}

fn closed(error: AcquireError) -> Error {
    Error::Io { what: "no more reports are made".to_owned(), source: std::io::Error::other(error) }
}

#[derive(Clone)]
struct Weight;

impl Weighter<Key, File> for Weight {
    fn weight(&self, _: &Key, file: &File) -> u64 {
        (size_of::<Key>() + size_of::<File>() + file.name.len() + file.bytes.len()) as u64
    }
}
