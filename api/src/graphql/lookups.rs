//! What requests look up before their own rows: which sets are published, and how segments are called. Looked up once
//! for all the requests that find the data in the same version and see the same.

use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::OnceCell;

use super::reading::{Names, Publication};
use crate::{Access, state::State};

/// What was looked up so far.
#[derive(Debug, Default)]
pub struct Lookups {
    /// The newest revision of every quarter, oldest quarter first.
    pub published: OnceCell<Vec<Publication>>,
    /// The segments that the reader sees.
    pub names: OnceCell<Names>,
}

/// The lookups of one data version.
#[derive(Debug, Default)]
pub struct Known(Mutex<OfVersion>);

#[derive(Debug, Default)]
struct OfVersion {
    version: Option<Arc<str>>,
    /// By the readers' rights.
    of_rights: Vec<(String, Arc<Lookups>)>,
}

/// Lookups are kept for so many different rights.
const MOST: usize = 100;

impl Known {
    /// What readers of these rights have looked up in this state; nothing yet while data change.
    pub fn of(&self, state: &State, access: &Access) -> Arc<Lookups> {
        let Some(version) = &state.data else { return Arc::default() };
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known.version.as_ref() != Some(version) {
            *known = OfVersion { version: Some(version.clone()), of_rights: Vec::new() };
        }
        let rights = access.rights();
        if let Some((_, lookups)) = known.of_rights.iter().find(|(one, _)| *one == rights) {
            return lookups.clone();
        }
        let lookups = Arc::<Lookups>::default();
        if known.of_rights.len() < MOST {
            known.of_rights.push((rights.to_owned(), lookups.clone()));
        }
        lookups
    }
}
