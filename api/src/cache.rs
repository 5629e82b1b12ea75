//! Answers that need no second reckoning. What is published never changes, so an answer over it stands until data come
//! in or a quarter is published: the data version says so, is read anew for every request, and is the same in every
//! replica. While an import is at work nothing is kept.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use axum::body::Bytes;
use quick_cache::{Weighter, sync::Cache};
use rapport_entities::Database;
use sea_orm::{ConnectionTrait, DbErr, Statement};
use sha2::{Digest, Sha256};
use tokio::sync::Mutex;

use crate::Settings;

/// Names an answer: of what was asked, by whom it may be seen, the data version, and the program and its settings, which
/// the client may have asked before.
pub type Key = [u8; 32];

/// Answers, as JSON, that are kept, up to so many bytes.
#[derive(Clone)]
pub struct Answers {
    kept: Arc<Cache<Key, Bytes, Weight>>,
    /// Of the program and its settings.
    program: Key,
    version: Arc<Version>,
}

/// The most answers that are expected at a time.
const EXPECTED: usize = 10_000;

impl Answers {
    /// None yet, with room for as many bytes as the settings say.
    pub fn new(database: Database, settings: &Settings) -> Self {
        let kept = Cache::with_weighter(EXPECTED, settings.serve.cache_bytes, Weight);
        let program = format!("{} {:?}", env!("CARGO_PKG_VERSION"), (&settings.calendar, &settings.rules));
        let version = Version::new(database);
        Self { kept: Arc::new(kept), program: Sha256::digest(program).into(), version: Arc::new(version) }
    }

    /// The name of an answer to what these parts ask, as the data are now; none while they change.
    pub async fn key(&self, parts: &[&[u8]]) -> Result<Option<Key>, DbErr> {
        let Some(version) = self.version.now().await? else { return Ok(None) };
        let mut hash = Sha256::new();
        for part in parts.iter().copied().chain([&self.program[..], version.as_bytes()]) {
            // a length before each part: no two lists of parts run into the same bytes
            hash.update((part.len() as u64).to_le_bytes());
            hash.update(part);
        }
        Ok(Some(hash.finalize().into()))
    }

    /// The answer of this name, if it was kept.
    pub fn get(&self, key: &Key) -> Option<Bytes> {
        self.kept.get(key)
    }

    /// Keeps an answer.
    pub fn keep(&self, key: Key, answer: Bytes) {
        self.kept.insert(key, answer);
    }
}

#[derive(Clone)]
struct Weight;

impl Weighter<Key, Bytes> for Weight {
    fn weight(&self, _: &Key, answer: &Bytes) -> u64 {
        (size_of::<Key>() + size_of::<Bytes>() + answer.len()) as u64
    }
}

/// The data version; one statement for all the requests that wait for it together.
struct Version {
    database: Database,
    /// Readings begun.
    begun: AtomicU64,
    /// The number of the last reading, and what it found.
    last: Mutex<(u64, Option<Arc<str>>)>,
}

impl Version {
    fn new(database: Database) -> Self {
        Self { database, begun: AtomicU64::new(0), last: Mutex::new((0, None)) }
    }

    /// The version as it is now: by a reading that began after this was called. None while data change.
    async fn now(&self) -> Result<Option<Arc<str>>, DbErr> {
        let before = self.begun.load(Ordering::SeqCst);
        let mut last = self.last.lock().await;
        if last.0 <= before {
            let number = self.begun.fetch_add(1, Ordering::SeqCst) + 1;
            *last = (number, self.read().await?);
        }
        Ok(last.1.clone())
    }

    async fn read(&self) -> Result<Option<Arc<str>>, DbErr> {
        let sql = "SELECT CAST((SELECT count(*) FROM import_batch WHERE closed_at IS NULL) AS bigint), \
                   CAST((SELECT count(*) FROM import_batch) AS bigint), \
                   CAST((SELECT coalesce(max(closed_at), 0) FROM import_batch) AS bigint), \
                   CAST((SELECT coalesce(sum(version), 0) FROM period_inputs) AS bigint), \
                   CAST((SELECT count(*) FROM publication) AS bigint), \
                   CAST((SELECT coalesce(max(published_at), 0) FROM publication) AS bigint), \
                   CAST((SELECT coalesce(max(pruned_at), 0) FROM publication) AS bigint)";
        let statement = Statement::from_string(self.database.get_database_backend(), sql);
        let Some(row) = self.database.query_one_raw(statement).await? else { return Ok(None) };
        let numbers =
            (0..7).map(|place| row.try_get_by_index::<i64>(place)).collect::<Result<Vec<_>, _>>()?;
        // before there are facts, an import has no quarter to open
        let settled = numbers[0] == 0 && numbers[3] > 0;
        Ok(settled.then(|| format!("{numbers:?}").into()))
    }
}
