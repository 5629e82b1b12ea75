//! Loyalty types: how the customers of a segment divide in a quarter.

use async_graphql::{ID, SimpleObject};
use rapport_entities::{LoyaltyType as Stored, Scheme, composition};

use super::{
    choice::{self, LoyaltyType},
    composition::Part,
    place_rows::{Row, place_rows},
    reading::Publication,
    slice::Slice,
};

/// A loyalty type of a segment in a quarter; the unclassified have a row too.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(serial)]
pub struct LoyaltyRow {
    /// Global id.
    pub id: ID,
    /// The type; null for the unclassified.
    #[graphql(name = "type")]
    pub kind: Option<LoyaltyType>,
    /// The type as text; `UNCLASSIFIED` where an axis is unknown.
    pub type_code: String,
    /// Whose, and how many.
    #[graphql(flatten)]
    pub part: Part,
}

impl Row for LoyaltyRow {
    type Table = composition::Entity;

    const KIND: Option<&'static str> = Some(Scheme::Loyalty.as_str());

    fn of(row: composition::Model, slice: Slice, publication: &Publication) -> Option<Self> {
        let stored: Stored = row.class.parse().ok()?;
        Some(Self {
            id: slice.id("loyalty", &[&row.class]),
            kind: LoyaltyType::of(stored),
            type_code: choice::code(&row.class),
            part: Part::of(&row, slice, publication),
        })
    }
}

place_rows! {
    /// Loyalty types as a flat table, ordered by quarter, dimension, segment and type.
    LoyaltyQuery.loyalty_rows -> LoyaltyRow
}
