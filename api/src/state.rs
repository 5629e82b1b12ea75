//! What a request must know before anything else: the data version, and which tokens there are. Read anew for every
//! request, in one statement for all the requests that wait for it together, so that what another process did holds at
//! once. On SQLite no statement is needed while nothing is written.

use std::sync::{
    Arc, PoisonError, RwLock,
    atomic::{AtomicU64, Ordering},
};

use rapport_entities::{Database, token};
use sea_orm::{ConnectionTrait, DbErr, Statement};
use tokio::sync::{Mutex, OnceCell};

mod watch;

use watch::{Commits, Watch};

/// The database as it was when a request came in.
#[derive(Clone, Debug)]
pub struct State {
    /// The data version; none while data change.
    pub data: Option<Arc<str>>,
    /// Every token there ever was.
    pub tokens: Arc<[token::Model]>,
}

/// Reads the state.
pub struct States {
    database: Database,
    /// Readings begun.
    begun: AtomicU64,
    last: Mutex<Last>,
    watch: OnceCell<Option<Watch>>,
    /// The state, and the commits before it was read.
    seen: RwLock<Option<(Commits, Arc<State>)>>,
}

/// The last reading.
struct Last {
    /// Its number.
    number: u64,
    /// How many tokens there were, how many of them were revoked, and when they expire: nothing else happens to them.
    tokens: Option<[i64; 3]>,
    state: Arc<State>,
}

impl States {
    /// Nothing is known yet.
    pub fn new(database: Database) -> Self {
        let state = Arc::new(State { data: None, tokens: Arc::new([]) });
        let last = Mutex::new(Last { number: 0, tokens: None, state });
        let (watch, seen) = (OnceCell::new(), RwLock::default());
        Self { database, begun: AtomicU64::new(0), last, watch, seen }
    }

    /// The state as it is now: by a reading that began after this was called.
    pub async fn now(&self) -> Result<Arc<State>, DbErr> {
        let watch = self.watch.get_or_init(|| Watch::of(&self.database)).await;
        let commits = watch.as_ref().and_then(Watch::commits);
        if let Some((seen, state)) = &*self.seen.read().unwrap_or_else(PoisonError::into_inner)
            && commits == Some(*seen)
        {
            return Ok(state.clone());
        }
        self.read_after(commits).await
    }

    /// The state by a statement that begins after the commits were counted.
    async fn read_after(&self, commits: Option<Commits>) -> Result<Arc<State>, DbErr> {
        let before = self.begun.load(Ordering::SeqCst);
        let mut last = self.last.lock().await;
        if last.number <= before {
            let number = self.begun.fetch_add(1, Ordering::SeqCst) + 1;
            self.read(&mut last).await?;
            last.number = number;
        }
        if let Some(commits) = commits {
            let mut seen = self.seen.write().unwrap_or_else(PoisonError::into_inner);
            *seen = Some((commits, last.state.clone()));
        }
        Ok(last.state.clone())
    }

    async fn read(&self, last: &mut Last) -> Result<(), DbErr> {
        let statement = Statement::from_string(self.database.get_database_backend(), SQL);
        let Some(row) = self.database.query_one_raw(statement).await? else { return Ok(()) };
        let numbers =
            (0..11).map(|place| row.try_get_by_index::<i64>(place)).collect::<Result<Vec<_>, _>>()?;
        let (data, tokens) = (&numbers[..8], [numbers[8], numbers[9], numbers[10]]);
        // before there are facts, an import has no quarter to open
        let settled = data[0] == 0 && data[3] > 0;
        let data = settled.then(|| format!("{data:?}").into());
        let known = if last.tokens == Some(tokens) {
            last.state.tokens.clone()
        } else {
            rapport_jobs::token::all(&self.database).await?.into()
        };
        last.tokens = Some(tokens);
        last.state = Arc::new(State { data, tokens: known });
        Ok(())
    }
}

const SQL: &str = "SELECT CAST((SELECT count(*) FROM import_batch WHERE closed_at IS NULL) AS bigint), \
                   CAST((SELECT count(*) FROM import_batch) AS bigint), \
                   CAST((SELECT coalesce(max(closed_at), 0) FROM import_batch) AS bigint), \
                   CAST((SELECT coalesce(sum(version), 0) FROM period_inputs) AS bigint), \
                   CAST((SELECT count(*) FROM publication) AS bigint), \
                   CAST((SELECT coalesce(max(published_at), 0) FROM publication) AS bigint), \
                   CAST((SELECT coalesce(max(pruned_at), 0) FROM publication) AS bigint), \
                   CAST((SELECT coalesce(sum(version), 0) FROM action) AS bigint), \
                   CAST((SELECT count(*) FROM token) AS bigint), \
                   CAST((SELECT count(revoked_at) FROM token) AS bigint), \
                   CAST((SELECT coalesce(sum(expires_at), 0) FROM token) AS bigint)";
