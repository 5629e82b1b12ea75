//! The heart of a run: it renews the lease while the run works, and says when the run is another's.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use indicatif::ProgressBar;
use rapport_entities::Database;
use tokio::{sync::Notify, task::JoinHandle, time::Instant};

use crate::ledger::{self, Claim, LEASE};

/// Renews the lease while a run works. A run that lost its lease is told so, and is fenced off if it publishes.
pub struct Heart {
    stage: Arc<Mutex<&'static str>>,
    lost: Arc<Notify>,
    beat: JoinHandle<()>,
}

const BEAT: Duration = Duration::from_millis(LEASE as u64 / 3);
/// Without a renewal for so long by this machine's own steady clock, the run is taken to be another's.
const TRUST: Duration = Duration::from_millis(LEASE as u64 - 5_000);

impl Heart {
    /// Begins to beat.
    pub fn start(database: &Database, claim: &Claim, progress: &ProgressBar) -> Self {
        let stage = Arc::new(Mutex::new("begin"));
        let lost = Arc::new(Notify::new());
        let beat = Beat {
            database: database.clone(),
            claim: claim.clone(),
            progress: progress.clone(),
            stage: stage.clone(),
            lost: lost.clone(),
        };
        Self { stage, lost, beat: tokio::spawn(beat.go_on()) }
    }

    /// Says what the run is doing.
    pub fn stage(&self, stage: &'static str) {
        tracing::debug!(stage);
        crate::failpoint::reach(stage);
        *self.stage.lock().unwrap_or_else(PoisonError::into_inner) = stage;
    }

    /// Resolves when the lease is lost.
    pub async fn lost(&self) {
        self.lost.notified().await;
    }
}

impl Drop for Heart {
    fn drop(&mut self) {
        self.beat.abort();
    }
}

struct Beat {
    database: Database,
    claim: Claim,
    progress: ProgressBar,
    stage: Arc<Mutex<&'static str>>,
    lost: Arc<Notify>,
}

impl Beat {
    async fn go_on(self) {
        let mut renewed = Instant::now();
        while renewed.elapsed() < TRUST {
            tokio::time::sleep(BEAT).await;
            let stage = *self.stage.lock().unwrap_or_else(PoisonError::into_inner);
            let rows = (self.progress.position(), self.progress.length());
            match tokio::time::timeout(BEAT, ledger::renew(&self.database, &self.claim, stage, rows)).await {
                Ok(Ok(true)) => renewed = Instant::now(),
                Ok(Ok(false)) => break,
                Ok(Err(error)) => tracing::warn!(%error, "the lease could not be renewed"),
                Err(_) => tracing::warn!("the lease could not be renewed in time"),
            }
        }
        self.lost.notify_one();
    }
}
