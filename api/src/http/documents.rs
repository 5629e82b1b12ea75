//! Documents by their SHA-256. Saved queries are known from the start; others once a client has sent them with their
//! hash, as automatic persisted queries have it. Where only saved queries are answered, operators alone may send others.

use std::{collections::HashMap, sync::Arc};

use async_graphql::{Request, Value};
use quick_cache::{Weighter, sync::Cache};
use rapport_entities::Role;
use sha2::{Digest, Sha256};

use crate::{Access, Error, Serve, saved::Library};

/// Room for documents that clients sent, in bytes, and how many are expected.
const ROOM: u64 = 4 * 1024 * 1024;
const EXPECTED: usize = 1_000;

/// The extension that names a document by its hash.
const EXTENSION: &str = "persistedQuery";

/// A SHA-256.
type Hash = [u8; 32];

/// Known documents.
pub struct Documents {
    saved: HashMap<Hash, Arc<str>>,
    sent: Cache<Hash, Arc<str>, Weight>,
    saved_only: bool,
    characters: usize,
}

impl Documents {
    /// The saved queries.
    pub fn new(library: &Library, settings: &Serve) -> Self {
        let saved = library.iter().map(|saved| (hash(&saved.text), saved.text.as_str().into()));
        Self {
            saved: saved.collect(),
            sent: Cache::with_weighter(EXPECTED, ROOM, Weight),
            saved_only: settings.saved_only,
            characters: settings.query_characters,
        }
    }

    /// Gives a request its document, if it names one by its hash alone. Fails if that is unknown, or is another's, and if
    /// the reader may ask saved queries only.
    pub fn complete(&self, request: &mut Request, access: &Access) -> Result<(), Error> {
        let named = named(request)?;
        if let Some(named) = named {
            if request.query.is_empty() {
                let known = self.saved.get(&named).cloned().or_else(|| self.sent.get(&named));
                request.query = known.ok_or(Error::UnknownDocument)?.to_string();
            } else if hash(&request.query) != named {
                let text = "extensions.persistedQuery.sha256Hash is not the SHA-256 of the query";
                return Err(Error::BadInput(text.to_owned()));
            }
        }
        if request.query.is_empty() {
            let text = "there is no query; give one as {\"query\": \"…\"}, or as ?query=…";
            return Err(Error::BadInput(text.to_owned()));
        }
        let is_saved = || self.saved.contains_key(&hash(request.query.trim()));
        if self.saved_only && access.role < Role::Operator && !is_saved() {
            return Err(Error::NotSaved);
        }
        if let Some(named) = named.filter(|_| request.query.len() <= self.characters) {
            self.sent.insert(named, request.query.as_str().into());
        }
        Ok(())
    }
}

/// The hash that a request names its document by. Fails if it is none.
fn named(request: &Request) -> Result<Option<Hash>, Error> {
    let Some(extension) = request.extensions.get(EXTENSION) else { return Ok(None) };
    let wrong =
        || Error::BadInput("extensions.persistedQuery must be {version: 1, sha256Hash: …}".to_owned());
    let Value::Object(fields) = extension else { return Err(wrong()) };
    let Some(Value::String(text)) = fields.get("sha256Hash") else { return Err(wrong()) };
    let mut named = Hash::default();
    hex::decode_to_slice(text, &mut named).map_err(|_| wrong())?;
    Ok(Some(named))
}

fn hash(document: &str) -> Hash {
    Sha256::digest(document).into()
}

#[derive(Clone)]
struct Weight;

impl Weighter<Hash, Arc<str>> for Weight {
    fn weight(&self, _: &Hash, document: &Arc<str>) -> u64 {
        (size_of::<Hash>() + document.len()) as u64
    }
}
