//! Answers that need no second reckoning. What is published never changes, so an answer over it stands until data come
//! in or a quarter is published: the data version says so, is read anew for every request, and is the same in every
//! replica. While an import is at work nothing is kept.

use std::sync::Arc;

use axum::body::Bytes;
use quick_cache::{Equivalent, Weighter, sync::Cache};
use sha2::{Digest, Sha256};

use crate::{Settings, state::State};

/// Names an answer: of what was asked, by whom it may be seen, the data version, and the program and its settings, which
/// the client may have asked before.
pub type Key = [u8; 32];

/// Answers, as JSON, that are kept, up to so many bytes.
pub struct Answers {
    kept: Cache<Key, Bytes, Weight>,
    /// The names of answers to bodies that came before: to the same bytes, they need not be read again.
    named: Cache<Body, Key, Weight>,
    /// Of the program and its settings.
    program: Key,
}

/// The most answers that are expected at a time.
const EXPECTED: usize = 10_000;
/// Room for bodies that came before, in bytes.
const ROOM: u64 = 16 * 1024 * 1024;

/// A request's body, the rights of whom it came from, and the data version.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Body {
    bytes: Box<[u8]>,
    rights: Box<str>,
    version: Arc<str>,
}

/// The same, of a request that is being answered.
#[derive(Hash)]
struct Sent<'a> {
    bytes: &'a [u8],
    rights: &'a str,
    version: &'a str,
}

impl Equivalent<Body> for Sent<'_> {
    fn equivalent(&self, body: &Body) -> bool {
        *self.bytes == *body.bytes && *self.rights == *body.rights && *self.version == *body.version
    }
}

impl Answers {
    /// None yet, with room for as many bytes as the settings say.
    pub fn new(settings: &Settings) -> Self {
        let kept = Cache::with_weighter(EXPECTED, settings.serve.cache_bytes, Weight);
        let program = format!("{} {:?}", env!("CARGO_PKG_VERSION"), (&settings.calendar, &settings.rules));
        // where no answer is kept none is named
        let named = Cache::with_weighter(EXPECTED, ROOM.min(settings.serve.cache_bytes), Weight);
        Self { kept, named, program: Sha256::digest(program).into() }
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

    /// The name of the answer to a body that came before, from a reader of the same rights, as the data are in this state.
    pub fn name(&self, state: &State, rights: &str, bytes: &[u8]) -> Option<Key> {
        let version = state.data.as_deref()?;
        self.named.get(&Sent { bytes, rights, version })
    }

    /// Keeps the name of the answer to a body.
    pub fn call(&self, state: &State, rights: &str, bytes: &[u8], key: Key) {
        if let Some(version) = state.data.clone() {
            self.named.insert(Body { bytes: bytes.into(), rights: rights.into(), version }, key);
        }
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

impl Weighter<Body, Key> for Weight {
    fn weight(&self, body: &Body, _: &Key) -> u64 {
        (size_of::<Body>() + size_of::<Key>() + body.bytes.len() + body.rights.len()) as u64
    }
}
