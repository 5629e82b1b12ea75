//! Classes: how the customers of a segment divide in a quarter, by every scheme in one table.

use async_graphql::{ID, SimpleObject};
use rapport_entities::composition;

use super::{
    choice::{self, Scheme},
    composition::Part,
    place_rows::{Row, place_rows},
    reading::Publication,
    slice::Slice,
};

/// A class of a scheme of a segment in a quarter; the unclassified have a row too.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(serial)]
pub struct ClassRow {
    /// Global id.
    pub id: ID,
    /// By what the customers are divided.
    pub scheme: Scheme,
    /// By what the customers are divided, as text.
    pub scheme_code: String,
    /// The class as text, such as `MOST_VALUABLE`; `UNCLASSIFIED` where too little is known.
    pub class_code: String,
    /// Whose, and how many.
    #[graphql(flatten)]
    pub part: Part,
}

impl Row for ClassRow {
    type Table = composition::Entity;

    fn of(row: composition::Model, slice: Slice, publication: &Publication) -> Option<Self> {
        let scheme = row.scheme.as_str();
        Some(Self {
            id: slice.id("class", &[scheme, &row.class]),
            scheme: Scheme::of(row.scheme)?,
            scheme_code: choice::code(scheme),
            class_code: choice::code(&row.class),
            part: Part::of(&row, slice, publication),
        })
    }
}

place_rows! {
    /// The classes of every scheme as a flat table, ordered by quarter, dimension, segment, scheme and class.
    ClassQuery.class_rows -> ClassRow,
    by #[graphql(desc = "A scheme's code, such as GROWTH or LIFECYCLE; all if not given")]
    scheme: rapport_entities::Scheme
}
