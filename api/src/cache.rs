//! Answers that need no second reckoning. What is published never changes, so an answer over it stands until data come
//! in or a quarter is published: the data version says so, is read anew for every request, and is the same in every
//! replica. While an import is at work nothing is kept.

use axum::body::Bytes;
use quick_cache::{Weighter, sync::Cache};
use sha2::{Digest, Sha256};

use crate::{Settings, state::State};

/// Names an answer: of what was asked, by whom it may be seen, the data version, and the program and its settings, which
/// the client may have asked before.
pub type Key = [u8; 32];

/// Answers, as JSON, that are kept, up to so many bytes.
pub struct Answers {
    kept: Cache<Key, Bytes, Weight>,
    /// Of the program and its settings.
    program: Key,
}

/// The most answers that are expected at a time.
const EXPECTED: usize = 10_000;

impl Answers {
    /// None yet, with room for as many bytes as the settings say.
    pub fn new(settings: &Settings) -> Self {
        let kept = Cache::with_weighter(EXPECTED, settings.serve.cache_bytes, Weight);
        let program = format!("{} {:?}", env!("CARGO_PKG_VERSION"), (&settings.calendar, &settings.rules));
        Self { kept, program: Sha256::digest(program).into() }
    }

    /// The name of an answer to what these parts ask, as the data are in this state; none while they change.
    pub fn key(&self, state: &State, parts: &[&[u8]]) -> Option<Key> {
        let version = state.data.as_deref()?;
        let mut hash = Sha256::new();
        for part in parts.iter().copied().chain([&self.program[..], version.as_bytes()]) {
            // a length before each part: no two lists of parts run into the same bytes
            hash.update((part.len() as u64).to_le_bytes());
            hash.update(part);
        }
        Some(hash.finalize().into())
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
