//! Funnels: how the customers of a segment come through the stages and the phases from quarter to quarter.

use async_graphql::{ID, SimpleObject};
use rapport_entities::funnel_step;

use super::{
    choice::{self, Scheme},
    place_rows::{Row, place_rows},
    reading::Publication,
    slice::Slice,
};

/// A step of a funnel: the customers of a stage or phase, and what became of those who were there the quarter before.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(complex, serial)]
pub struct FunnelRow {
    /// Global id.
    pub id: ID,
    /// Whose.
    #[graphql(flatten)]
    pub slice: Slice,
    /// `STAGE`, or `LIFECYCLE` for the phases.
    pub scheme: Scheme,
    /// The scheme, as text.
    pub scheme_code: String,
    /// Number of the step on the way, from 0.
    pub place: i32,
    /// The stage or phase as text, such as `FIRST_TIME` or `MATURITY`.
    pub class_code: String,
    /// Customers who are there now; null if suppressed.
    pub customers: Option<i64>,
    /// How many quarters in a row they have been there, this one included, in the mean; null if suppressed.
    pub quarters: Option<f64>,
    /// Of those who were there the quarter before, who are at a later step now; to come out of decline is to come further.
    /// Null where they are too few, and of the last step.
    pub advanced: Option<i64>,
    /// Of those who were there the quarter before, who are at an earlier step now, or in decline; null where they are too few.
    pub fell_back: Option<i64>,
    /// Share of those who were there the quarter before who came further, a fraction of 1; null where they are too few, and
    /// of the last step.
    pub conversion: Option<f64>,
    /// Lower end of the 95 % interval of the conversion.
    pub lower: Option<f64>,
    /// Upper end of the 95 % interval of the conversion.
    pub upper: Option<f64>,
    /// Who were there the quarter before and are classified now: the base of the conversion.
    pub n: i64,
    /// True if the segment is too small: there are then no counts.
    pub suppressed: bool,
}

crate::graphql::label::labels! {
    FunnelRow {
        /// Name of the scheme.
        scheme_label: String = "scheme" of scheme_code,
    }
}

impl Row for FunnelRow {
    type Table = funnel_step::Entity;

    fn of(row: funnel_step::Model, slice: Slice, _: &Publication) -> Option<Self> {
        let scheme = row.scheme.as_str();
        Some(Self {
            id: slice.id("funnel", &[scheme, &row.class]),
            slice,
            scheme: Scheme::of(row.scheme)?,
            scheme_code: choice::code(scheme),
            place: row.place,
            class_code: choice::code(&row.class),
            customers: row.customers,
            quarters: row.quarters,
            advanced: row.advanced,
            fell_back: row.fell_back,
            conversion: row.conversion,
            lower: row.lower,
            upper: row.upper,
            n: row.n,
            suppressed: row.suppressed,
        })
    }
}

place_rows! {
    /// The six stages and the four phases of the relationship as a flat table, each in the order of the way; ordered by quarter,
    /// dimension, segment, scheme and step.
    FunnelQuery.funnel_rows -> FunnelRow,
    by #[graphql(desc = "STAGE or LIFECYCLE; both if not given")] scheme: rapport_entities::Scheme
}
