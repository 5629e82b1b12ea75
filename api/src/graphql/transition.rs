//! Transitions: how many customers moved from one loyalty type to another since the quarter before.

use async_graphql::{ID, SimpleObject};
use rapport_entities::{LoyaltyType as Stored, transition};

use super::{
    choice::{self, LoyaltyType},
    money::Money,
    place_rows::{Row, place_rows},
    reading::Publication,
    slice::Slice,
};

/// The customers of a segment that were of one type in the quarter before and are of another (or the same) now.
/// Segments of too few customers have no rows.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(serial)]
pub struct TransitionRow {
    /// Global id.
    pub id: ID,
    /// Whose.
    #[graphql(flatten)]
    pub slice: Slice,
    /// Type in the quarter before; null for the unclassified and the new.
    pub from_type: Option<LoyaltyType>,
    /// Type in the quarter before as text; also `UNCLASSIFIED` and `NEW`.
    pub from_type_code: String,
    /// Type now; null for the unclassified.
    pub to_type: Option<LoyaltyType>,
    /// Type now as text; also `UNCLASSIFIED`.
    pub to_type_code: String,
    /// Customers that moved so.
    pub customers: i64,
    /// Their revenue in the quarter, in major units.
    pub revenue: f64,
    /// Their revenue in the quarter, exactly.
    pub revenue_decimal: String,
    /// Currency of the money, by its ISO 4217 code.
    pub currency: Option<String>,
    /// All customers of the segment.
    pub n: i64,
}

impl Row for TransitionRow {
    type Table = transition::Entity;

    fn of(row: transition::Model, slice: Slice, publication: &Publication) -> Option<Self> {
        let money = Money::of(publication.currency.as_deref());
        let to = row.to_type.as_str();
        Some(Self {
            id: slice.id("transition", &[&row.from_type, to]),
            slice,
            from_type: row.from_type.parse::<Stored>().ok().and_then(LoyaltyType::of),
            from_type_code: choice::code(&row.from_type),
            to_type: LoyaltyType::of(row.to_type),
            to_type_code: choice::code(to),
            customers: row.customers,
            revenue: money.float(row.revenue),
            revenue_decimal: money.decimal(row.revenue),
            currency: publication.currency.clone(),
            n: row.n,
        })
    }
}

place_rows! {
    /// Transitions as a flat table, ordered by quarter, dimension, segment, type before and type now.
    TransitionQuery.transition_rows -> TransitionRow
}
