//! Value classes: how the customers of a segment divide by turnover × profitability in a quarter.

use async_graphql::{ID, SimpleObject};
use rapport_entities::{Scheme, ValueClass as Stored, composition};

use super::{
    choice::{self, ValueClass},
    composition::Part,
    place_rows::{Row, place_rows},
    reading::Publication,
    slice::Slice,
};

/// A value class of a segment in a quarter; the unclassified have a row too.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(serial)]
pub struct ValueRow {
    /// Global id.
    pub id: ID,
    /// The class; null for the unclassified.
    #[graphql(name = "class")]
    pub kind: Option<ValueClass>,
    /// The class as text; `UNCLASSIFIED` where turnover or profit is unknown.
    pub class_code: String,
    /// Whose, and how many.
    #[graphql(flatten)]
    pub part: Part,
}

impl Row for ValueRow {
    type Table = composition::Entity;

    const KIND: Option<&'static str> = Some(Scheme::ValueClass.as_str());

    fn of(row: composition::Model, slice: Slice, publication: &Publication) -> Option<Self> {
        let stored: Stored = row.class.parse().ok()?;
        Some(Self {
            id: slice.id("value", &[&row.class]),
            kind: ValueClass::of(stored),
            class_code: choice::code(&row.class),
            part: Part::of(&row, slice, publication),
        })
    }
}

place_rows! {
    /// Value classes as a flat table, ordered by quarter, dimension, segment and class.
    ValueQuery.value_rows -> ValueRow
}
