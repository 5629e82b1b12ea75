//! The heart of a run: it renews the lease while the run works.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use indicatif::ProgressBar;
use rapport_entities::Database;
use tokio::task::JoinHandle;

use crate::ledger::{self, Claim};

/// Renews the lease while a run works. A run that lost its lease is fenced off when it publishes.
pub struct Heart {
    stage: Arc<Mutex<&'static str>>,
    beat: JoinHandle<()>,
}

const BEAT: Duration = Duration::from_secs(10);

impl Heart {
    /// Begins to beat.
    pub fn start(database: &Database, claim: &Claim, progress: &ProgressBar) -> Self {
        let stage = Arc::new(Mutex::new("load"));
        let (database, claim, progress, now) =
            (database.clone(), claim.clone(), progress.clone(), stage.clone());
        let beat = tokio::spawn(async move {
            loop {
                tokio::time::sleep(BEAT).await;
                let doing = *now.lock().unwrap_or_else(PoisonError::into_inner);
                match ledger::renew(&database, &claim, doing, progress.position()).await {
                    Ok(true) => {}
                    Ok(false) => tracing::warn!(run = claim.run_id, "another worker has taken this run over"),
                    Err(error) => {
                        tracing::warn!(run = claim.run_id, %error, "the lease could not be renewed")
                    }
                }
            }
        });
        Self { stage, beat }
    }

    /// Says what the run is doing.
    pub fn stage(&self, stage: &'static str) {
        tracing::debug!(stage);
        *self.stage.lock().unwrap_or_else(PoisonError::into_inner) = stage;
    }
}

impl Drop for Heart {
    fn drop(&mut self) {
        self.beat.abort();
    }
}
