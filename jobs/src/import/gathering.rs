//! Facts gathered by quarter while a file is read, each key once.

use std::collections::{BTreeMap, HashMap, hash_map::Entry};

use rapport_entities::{At, Calendar, Quarter};

use super::{facts::Fact, rejects::Fault};

/// Facts of one quarter (or without a time), ready to be written.
pub struct Chunk<F> {
    /// Which quarter.
    pub quarter: Option<Quarter>,
    /// Its facts, by customer.
    pub facts: Vec<F>,
}

/// Facts a quarter gathers before they are handed on.
const CHUNK: usize = 32_000;

/// Facts gathered by quarter until there are enough of one.
pub struct Gathering<F, T> {
    calendar: Calendar,
    take: T,
    seen: HashMap<u64, i64>,
    parts: BTreeMap<Option<Quarter>, Vec<F>>,
    /// The quarter met last, and its span: most rows stand beside one of the same quarter.
    last: Option<(Quarter, i64, i64)>,
}

impl<F: Fact, T: FnMut(Chunk<F>) -> bool> Gathering<F, T> {
    /// Nothing yet; `take` gets what was gathered and says whether it wants more.
    pub fn new(calendar: Calendar, take: T) -> Self {
        Self { calendar, take, seen: HashMap::new(), parts: BTreeMap::new(), last: None }
    }

    /// Adds a fact; false if nobody takes facts any more.
    pub fn add(&mut self, fact: F, line: Option<i64>) -> Result<bool, Fault> {
        match self.seen.entry(fact.key().hashed()) {
            Entry::Vacant(free) => free.insert(line.unwrap_or(0)),
            Entry::Occupied(first) => {
                let value = fact.code().to_owned();
                let first = first.get();
                let reason =
                    format!("the same key stands in line {first} already; of the two the first is loaded");
                return Err(Fault { column: "code".to_owned(), value, reason });
            }
        };
        let quarter = fact.at().map(|at| self.quarter(at));
        let part = self.parts.entry(quarter).or_default();
        part.push(fact);
        if part.len() < CHUNK {
            return Ok(true);
        }
        let facts = std::mem::take(part);
        Ok((self.take)(chunk(quarter, facts)))
    }

    fn quarter(&mut self, at: At) -> Quarter {
        let millis = at.0.timestamp_millis();
        if let Some((quarter, start, end)) = self.last
            && (start..end).contains(&millis)
        {
            return quarter;
        }
        let quarter = self.calendar.quarter_of(at.0);
        let span = (self.calendar.start(quarter), self.calendar.end(quarter));
        self.last = Some((quarter, span.0.timestamp_millis(), span.1.timestamp_millis()));
        quarter
    }

    /// Hands on what is left.
    pub fn finish(mut self) {
        for (quarter, facts) in std::mem::take(&mut self.parts) {
            if !facts.is_empty() && !(self.take)(chunk(quarter, facts)) {
                return;
            }
        }
    }
}

fn chunk<F: Fact>(quarter: Option<Quarter>, mut facts: Vec<F>) -> Chunk<F> {
    facts.sort_by_key(|fact| fact.key().customer);
    Chunk { quarter, facts }
}
