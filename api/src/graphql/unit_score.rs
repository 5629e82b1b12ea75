//! The indexes of employees and of channel partners, unit by unit.

use async_graphql::{ID, SimpleObject};
use rapport_entities::unit_score;

use super::{
    choice::{self, Audience, Metric},
    place_rows::{Row, place_rows},
    reading::Publication,
    slice::Slice,
};

/// An index of the employees or the channel partners of a unit, which is a segment of customers; of all units for `all`.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(complex, serial)]
pub struct UnitScoreRow {
    /// Global id.
    pub id: ID,
    /// Of which unit.
    #[graphql(flatten)]
    pub slice: Slice,
    /// Whose answers: `EMPLOYEE` or `PARTNER`.
    pub audience: Option<Audience>,
    /// Whose answers, as text.
    pub audience_code: String,
    /// The metric.
    pub metric: Option<Metric>,
    /// The metric, as text.
    pub metric_code: String,
    /// Its value; null if suppressed.
    pub value: Option<f64>,
    /// Lower end of the 95 % interval.
    pub lower: Option<f64>,
    /// Upper end of the 95 % interval.
    pub upper: Option<f64>,
    /// Answers.
    pub n: i64,
    /// True if the base is too small: there is then nothing but its size.
    pub suppressed: bool,
}

crate::graphql::label::labels! {
    UnitScoreRow {
        /// Name of whose answers they are.
        audience_label: String = "audience" of audience_code,
        /// Name of the metric.
        metric_label: String = "metric" of metric_code,
    }
}

impl Row for UnitScoreRow {
    type Table = unit_score::Entity;

    fn of(row: unit_score::Model, slice: Slice, _: &Publication) -> Option<Self> {
        let (audience, metric) = (row.audience.as_str(), row.metric.as_str());
        Some(Self {
            id: slice.id("unit-score", &[audience, metric]),
            slice,
            audience: Audience::of(row.audience),
            audience_code: choice::code(audience),
            metric: Metric::of(row.metric),
            metric_code: choice::code(metric),
            value: row.value,
            lower: row.lower,
            upper: row.upper,
            n: row.n,
            suppressed: row.suppressed,
        })
    }
}

place_rows! {
    /// The indexes of employees and of channel partners as a flat table, a row for each unit and metric; ordered by quarter,
    /// dimension, unit, whose answers they are, and metric.
    UnitScoreQuery.unit_score_rows -> UnitScoreRow,
    by #[graphql(desc = "EMPLOYEE or PARTNER; both if not given")] audience: rapport_entities::Audience
}
