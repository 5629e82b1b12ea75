//! Which segment, in which edition of a quarter, a row belongs to.

use async_graphql::{ID, SimpleObject};

use super::{
    edition::Edition,
    page,
    reading::{Names, Publication},
};

/// The columns that every row of a segment in a published quarter has.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(serial)]
pub struct Slice {
    /// Which edition.
    #[graphql(flatten)]
    pub edition: Edition,
    /// Code of the dimension; `all` for all customers.
    pub dimension: String,
    /// Code of the segment; `all` for all customers.
    pub segment: String,
    /// Name of the segment.
    pub segment_name: String,
}

impl Slice {
    /// Of a publication and the segment's codes.
    pub fn of(publication: &Publication, dimension: String, segment: String, names: &Names) -> Self {
        let edition = Edition::of(publication);
        Self { edition, segment_name: names.of(&dimension, &segment), dimension, segment }
    }

    /// The global id of a row: what it is, where it belongs, and the rest of its key.
    pub fn id(&self, kind: &str, rest: &[&str]) -> ID {
        let revision = self.edition.revision.to_string();
        let place = [kind, &self.edition.quarter, &revision, &self.dimension, &self.segment];
        page::pack(&[&place, rest].concat()).into()
    }
}
