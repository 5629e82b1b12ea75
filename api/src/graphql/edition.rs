//! Which edition of a quarter a row belongs to.

use async_graphql::SimpleObject;

use super::{reading::Publication, scalar::Date};

/// Final, or of a quarter that still runs.
pub fn status(publication: &Publication) -> String {
    if publication.provisional { "PROVISIONAL" } else { "FINAL" }.to_owned()
}

/// The columns that every row of a published quarter has.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(serial)]
pub struct Edition {
    /// The quarter, written `2026-Q3`.
    pub quarter: String,
    /// The quarter's first day.
    pub quarter_start: Date,
    /// The revision, from 1: late data makes a new one.
    pub revision: i32,
    /// `FINAL`, or `PROVISIONAL` for a quarter that still runs.
    pub status: String,
}

impl Edition {
    /// Of a publication.
    pub fn of(publication: &Publication) -> Self {
        Self {
            quarter: publication.quarter.to_string(),
            quarter_start: Date(publication.quarter_start),
            revision: publication.revision,
            status: status(publication),
        }
    }
}
