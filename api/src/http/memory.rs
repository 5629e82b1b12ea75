//! Who read the metrics of late. They are wanted most when the database does not answer, and say nothing that stands in
//! it: then, and for them alone, who came in before comes in again.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use axum::http::{HeaderMap, header};
use sha2::{Digest, Sha256};

use crate::{Access, Error, state::State};

/// So long the database may take to tell who asks.
const PATIENCE: Duration = Duration::from_secs(2);

/// A reader, and the state it came in by.
type Known = (Arc<Access>, Arc<State>);

/// Those who came in, by the hash of what they showed.
#[derive(Clone, Debug, Default)]
pub struct Memory(Arc<Mutex<HashMap<[u8; 32], Known>>>);

impl Memory {
    /// Who asks, by the database's word; by memory if it does not answer in time.
    pub async fn of(
        &self,
        headers: &HeaderMap,
        ask: impl Future<Output = Result<Option<Known>, Error>>,
    ) -> Result<Option<Known>, Error> {
        let shown = |name| headers.get(name).map_or(&[][..], |shown| shown.as_bytes());
        let mut hash = Sha256::new();
        hash.update(shown(header::AUTHORIZATION));
        hash.update(shown(header::COOKIE));
        let key: [u8; 32] = hash.finalize().into();
        let told = tokio::time::timeout(PATIENCE, ask).await;
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match told {
            Ok(Ok(Some(one))) => {
                known.insert(key, one.clone());
                Ok(Some(one))
            }
            Ok(Ok(None)) => {
                known.remove(&key);
                Ok(None)
            }
            Ok(Err(error)) => known.get(&key).cloned().map(Some).ok_or(error),
            Err(_) => known.get(&key).cloned().map(Some).ok_or(Error::TooSlow(PATIENCE.as_secs())),
        }
    }
}
