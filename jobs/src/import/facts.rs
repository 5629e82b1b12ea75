//! What a mapping can fill: one file an entity, each saying which columns it takes, how a row becomes facts, and how
//! facts are written.

pub mod action;
pub mod complaint;
pub mod complaint_event;
pub mod customer;
pub mod customer_loss;
pub mod definition;
pub mod prospect;
pub mod prospect_grade;
pub mod purchase;
pub mod remark;
pub mod response;
pub mod unit_response;
pub mod winback_attempt;

use std::{
    collections::{HashMap, HashSet},
    hash::{DefaultHasher, Hash, Hasher},
};

use rapport_entities::{ActionState, At, Audience, Quarter, question};
use sea_orm::{DatabaseTransaction, DbErr};

use super::{
    bulk::Bulk,
    rejects::Fault,
    row::Row,
    upsert::{Span, Tally},
};
use crate::{Error, settings::LossRules};

/// A kind of facts.
pub trait Fact: Sized + Send + 'static {
    /// The entity's word in the mapping and in the report.
    const ENTITY: &'static str;
    /// Columns that a SELECT must have.
    const REQUIRED: &'static [&'static str];
    /// Columns that it may have.
    const OPTIONAL: &'static [&'static str];

    /// Whether a column may be the answer to a question.
    const ANSWERS: bool = false;

    /// True if a column that is neither required nor optional means something all the same.
    fn takes(column: &str, known: &Known) -> bool {
        let _ = (column, known);
        false
    }

    /// Reads a row.
    fn read(row: &Row<'_>, known: &mut Known) -> Result<Self, Fault>;

    /// What may stand only once in an import.
    fn key(&self) -> Key<'_>;

    /// The code that a row with a key already met is shown by.
    fn code(&self) -> &str {
        self.key().code
    }

    /// When it was; `None` for what has no time.
    fn at(&self) -> Option<At> {
        None
    }

    /// Inserts the facts whose key is new the fast way, and returns those that are left to [`Self::write`].
    fn insert_new(bulk: &Bulk, facts: Vec<Self>) -> Result<Vec<Self>, Error> {
        let _ = bulk;
        Ok(facts)
    }

    /// Writes facts, all of one quarter if they have a time; says what became of them, and whether what has no time
    /// changed for quarters past.
    fn write(
        transaction: &DatabaseTransaction,
        facts: Vec<Self>,
        span: Option<Span>,
    ) -> impl Future<Output = Result<Written, DbErr>> + Send;
}

/// The source's key of a fact. Facts of a chunk are written by customer, so that the pages of the key's index are met
/// one after the other.
#[derive(Clone, Copy, Debug, Default, Hash)]
pub struct Key<'a> {
    /// Whose it is; 0 of what is nobody's.
    pub customer: i64,
    /// Where it came from, or whose code it is.
    pub source: &'a str,
    /// What it is a part of, where that belongs to the key.
    pub of: &'a str,
    /// The code.
    pub code: &'a str,
}

impl Key<'_> {
    /// So many keys are known that their hashes are kept in their stead.
    pub fn hashed(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        self.hash(&mut hasher);
        hasher.finish()
    }
}

/// What became of facts.
#[derive(Clone, Copy, Debug, Default)]
pub struct Written {
    /// By key.
    pub tally: Tally,
    /// Quarters other than the facts' own changed: something without a time, or a fact that left its quarter.
    pub past_changed: bool,
    /// The quarters from this one on changed by something that counts from there.
    pub changed_since: Option<Quarter>,
}

impl Written {
    /// Something that counts from this quarter on changed.
    pub fn since(&mut self, quarter: Quarter) {
        self.changed_since = Some(self.changed_since.map_or(quarter, |first| first.min(quarter)));
    }
}

impl From<(Tally, u64)> for Written {
    fn from((tally, moved): (Tally, u64)) -> Self {
        Self { tally, past_changed: moved > 0, changed_since: None }
    }
}

/// What an import knows while it reads: what the database held, and what it read before.
#[derive(Debug, Default)]
pub struct Known {
    /// The mapping's source.
    pub source: String,
    /// Keys of customers, each with the fingerprint of its code.
    pub customers: HashMap<i64, u64>,
    /// Keys of customers who were erased: nothing of theirs is read again.
    pub erased: HashSet<i64>,
    /// When each complaint was received, by the hash of its key.
    pub complaints: HashMap<u64, i64>,
    /// The actions there are, each with its source and where it stands.
    pub actions: HashMap<String, (String, ActionState)>,
    /// The reasons for losing customers that there are.
    pub losses: LossRules,
    /// The prospects there are, by source and code: when each was first in contact, and whether it was erased.
    pub prospects: HashMap<(String, String), (At, bool)>,
    /// Codes of surveys, and whom each asks.
    pub surveys: Vec<(String, Audience)>,
    /// Questions by survey and code.
    pub questions: HashMap<String, Vec<question::Model>>,
    /// Dimensions and segments.
    pub segments: HashSet<(String, String)>,
}

impl Known {
    /// The key of a customer that must be known.
    pub fn customer(&self, row: &Row<'_>) -> Result<i64, Fault> {
        let id = row.customer_id("customer")?;
        if self.customers.contains_key(&id) {
            Ok(id)
        } else {
            Err(row.fault("customer", "there is no such customer"))
        }
    }

    /// Puts down when a complaint was received.
    pub fn complained(&mut self, key: &Key<'_>, at: At) {
        self.complaints.insert(key.hashed(), at.0.timestamp_millis());
    }

    /// When a complaint was received; none if nobody told of it.
    pub fn complaint(&self, key: &Key<'_>) -> Option<At> {
        let millis = self.complaints.get(&key.hashed())?;
        chrono::DateTime::from_timestamp_millis(*millis).map(sea_orm::prelude::ChronoUnixTimestampMillis)
    }

    /// What a row says of a customer as a person, or in the customer's words; nothing once the customer was erased.
    pub fn personal(&self, customer: i64, row: &Row<'_>, column: &str) -> Option<String> {
        if self.erased.contains(&customer) { None } else { row.text(column) }
    }

    /// The source of a row: its own, or the mapping's.
    pub fn source(&self, row: &Row<'_>) -> String {
        row.text("source").unwrap_or_else(|| self.source.clone())
    }
}
