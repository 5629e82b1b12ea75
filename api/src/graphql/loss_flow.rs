//! The way customers are lost: how many of those who stayed in the quarter before came from state to state.

use async_graphql::{ID, SimpleObject};
use rapport_entities::loss_flow;

use super::{
    choice::{self, LossState},
    money::Money,
    place_rows::{Row, place_rows},
    reading::Publication,
    slice::Slice,
};

/// How many customers of a segment came from one state to the next on the way to kept or lost. Every customer who stayed by
/// contract or purchases in the quarter before passes it exactly one way; in the first published quarter there is none.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(complex, serial)]
pub struct LossFlowRow {
    /// Global id.
    pub id: ID,
    /// Whose.
    #[graphql(flatten)]
    pub slice: Slice,
    /// Its number in the flow, from 0.
    pub place: i32,
    /// The step: 1 contact, 2 satisfaction, 3 complaint, 4 handling, 5 outcome.
    pub step: i32,
    /// The state they came from.
    pub from: Option<LossState>,
    /// The state they came from, as text.
    pub from_code: String,
    /// The state they came to.
    pub to: Option<LossState>,
    /// The state they came to, as text.
    pub to_code: String,
    /// How many; null if suppressed, and of complaints where no source records them.
    pub customers: Option<i64>,
    /// Their revenue in the window, in major units.
    pub revenue: Option<f64>,
    /// Their revenue in the window, exactly.
    pub revenue_decimal: Option<String>,
    /// Their profit in the window, in major units; null where a cost is unknown.
    pub profit: Option<f64>,
    /// Their profit in the window, exactly.
    pub profit_decimal: Option<String>,
    /// Currency of the money, by its ISO 4217 code.
    pub currency: Option<String>,
    /// Share of those in the first state, a fraction of 1; null where they are too few.
    pub share: Option<f64>,
    /// Lower end of the 95 % interval of the share.
    pub lower: Option<f64>,
    /// Upper end of the 95 % interval of the share.
    pub upper: Option<f64>,
    /// Who were in the first state: the base of the share. Of a suppressed segment, who were in the whole flow.
    pub n: i64,
    /// True if the segment is too small: there are then no counts.
    pub suppressed: bool,
}

crate::graphql::label::labels! {
    LossFlowRow {
        /// Name of the state they came from.
        from_label: String = "loss-state" of from_code,
        /// Name of the state they came to.
        to_label: String = "loss-state" of to_code,
    }
}

impl Row for LossFlowRow {
    type Table = loss_flow::Entity;

    fn of(row: loss_flow::Model, slice: Slice, publication: &Publication) -> Option<Self> {
        let money = Money::of(publication.currency.as_deref());
        let (from, to) = (row.from_state.as_str(), row.to_state.as_str());
        Some(Self {
            id: slice.id("loss-flow", &[from, to]),
            slice,
            place: row.place,
            step: row.step,
            from: LossState::of(row.from_state),
            from_code: choice::code(from),
            to: LossState::of(row.to_state),
            to_code: choice::code(to),
            customers: row.customers,
            revenue: row.revenue.map(|minor| money.float(minor)),
            revenue_decimal: row.revenue.map(|minor| money.decimal(minor)),
            profit: row.profit.map(|minor| money.float(minor)),
            profit_decimal: row.profit.map(|minor| money.decimal(minor)),
            currency: publication.currency.clone(),
            share: row.share,
            lower: row.lower,
            upper: row.upper,
            n: row.n,
            suppressed: row.suppressed,
        })
    }
}

place_rows! {
    /// The way customers are lost as a flat table: using, contact, satisfaction, complaint, handling, kept or lost; ordered by
    /// quarter, dimension, segment and place.
    LossFlowQuery.loss_flow_rows -> LossFlowRow
}
