//! The heart of a run: it renews the lease while the run works, and says when the run is another's.

use std::sync::{Arc, Mutex, PoisonError};

use indicatif::ProgressBar;
use rapport_entities::Database;
use sea_orm::DbErr;
use tokio::{sync::Notify, task::JoinHandle, time::Instant};

use crate::{
    ledger::{self, Claim},
    settings::Lease,
};

/// Renews the lease while a run works. A run that lost its lease is told so, and is fenced off if it publishes.
pub struct Heart {
    stage: Arc<Mutex<&'static str>>,
    lost: Arc<Notify>,
    beat: JoinHandle<()>,
}

impl Heart {
    /// Begins to beat.
    pub fn start(database: &Database, claim: &Claim, progress: &ProgressBar, lease: Lease) -> Self {
        let stage = Arc::new(Mutex::new("begin"));
        let lost = Arc::new(Notify::new());
        let beat = Beat {
            database: database.clone(),
            claim: claim.clone(),
            progress: progress.clone(),
            stage: stage.clone(),
            lost: lost.clone(),
            lease,
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
    lease: Lease,
}

impl Beat {
    async fn go_on(self) {
        let beat = self.lease.duration() / 3;
        // without a renewal for so long, by this machine's own steady clock, the run is taken to be another's
        let trust = self.lease.duration() * 5 / 6;
        let mut renewed = Instant::now();
        while renewed.elapsed() < trust {
            tokio::time::sleep(beat).await;
            let stage = *self.stage.lock().unwrap_or_else(PoisonError::into_inner);
            let rows = (self.progress.position(), self.progress.length());
            match tokio::time::timeout(beat, self.renew(stage, rows)).await {
                Ok(Ok(true)) => renewed = Instant::now(),
                Ok(Ok(false)) => break,
                Ok(Err(error)) => tracing::warn!(%error, "the lease could not be renewed"),
                Err(_) => tracing::warn!("the lease could not be renewed in time"),
            }
        }
        self.lost.notify_one();
    }

    async fn renew(&self, stage: &str, rows: (u64, Option<u64>)) -> Result<bool, DbErr> {
        ledger::renew(&self.database, &self.claim, stage, rows, self.lease).await
    }
}
