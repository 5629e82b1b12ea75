//! How the indexes of employees and partners go together with the customers' index and retention, unit by unit.

use async_graphql::{ID, SimpleObject};
use rapport_entities::linkage;

use super::{
    choice::{self, Audience, Metric, Unlinked},
    place_rows::{Row, place_rows},
    reading::Publication,
    slice::Slice,
};

/// How an index of the employees or partners of the units of a dimension goes together with an index or the retention of
/// the customers of the same units, so many quarters later. To go together is not to cause.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(complex, serial)]
pub struct LinkageRow {
    /// Global id.
    pub id: ID,
    /// Of the units of which dimension; the segment is `all`.
    #[graphql(flatten)]
    pub slice: Slice,
    /// Whose index: `EMPLOYEE` or `PARTNER`.
    pub audience: Option<Audience>,
    /// Whose index, as text.
    pub audience_code: String,
    /// Their index.
    pub metric: Option<Metric>,
    /// Their index, as text.
    pub metric_code: String,
    /// What of the customers: an index, or the retention rate.
    pub outcome: Option<Metric>,
    /// What of the customers, as text.
    pub outcome_code: String,
    /// Quarters that the customers are looked at later, 0 to 4.
    pub lag: i32,
    /// The quarter of the employees' or partners' index where it is an earlier one, written `2026-Q3`.
    pub base_quarter: Option<String>,
    /// Pearson's correlation, −1 to 1; null where it cannot be told.
    pub correlation: Option<f64>,
    /// Lower end of its 95 % interval.
    pub lower: Option<f64>,
    /// Upper end of its 95 % interval.
    pub upper: Option<f64>,
    /// What a point more of their index goes with: points of an index, or a fraction of 1 of the retention rate.
    pub slope: Option<f64>,
    /// Lower end of its 95 % interval.
    pub slope_lower: Option<f64>,
    /// Upper end of its 95 % interval.
    pub slope_upper: Option<f64>,
    /// Two-sided, against no linkage.
    pub p_value: Option<f64>,
    /// Units that have both figures.
    pub n: i32,
    /// Why it cannot be told; null where it can.
    pub unlinked: Option<Unlinked>,
    /// Why it cannot be told, as text.
    pub unlinked_code: Option<String>,
}

crate::graphql::label::labels! {
    LinkageRow {
        /// Name of whose index it is.
        audience_label: String = "audience" of audience_code,
        /// Name of their index.
        metric_label: String = "metric" of metric_code,
        /// Name of what of the customers.
        outcome_label: String = "metric" of outcome_code,
        /// Why it cannot be told, in words.
        unlinked_label: Option<String> = "unlinked" of unlinked_code,
    }
}

impl Row for LinkageRow {
    type Table = linkage::Entity;

    fn of(row: linkage::Model, slice: Slice, _: &Publication) -> Option<Self> {
        let (audience, metric, outcome) = (row.audience.as_str(), row.metric.as_str(), row.outcome.as_str());
        Some(Self {
            id: slice.id("linkage", &[audience, metric, outcome, &row.lag.to_string()]),
            slice,
            audience: Audience::of(row.audience),
            audience_code: choice::code(audience),
            metric: Metric::of(row.metric),
            metric_code: choice::code(metric),
            outcome: Metric::of(row.outcome),
            outcome_code: choice::code(outcome),
            lag: row.lag,
            base_quarter: row.base_quarter.map(|quarter| quarter.to_string()),
            correlation: row.correlation,
            lower: row.lower,
            upper: row.upper,
            slope: row.slope,
            slope_lower: row.slope_lower,
            slope_upper: row.slope_upper,
            p_value: row.p_value,
            n: row.n,
            unlinked: row.unlinked.and_then(Unlinked::of),
            unlinked_code: row.unlinked.map(|why| choice::code(why.as_str())),
        })
    }
}

place_rows! {
    /// How the indexes of employees and partners go together with the customers' index and retention as a flat table; ordered
    /// by quarter, dimension, whose index, metric, what of the customers, and lag.
    LinkageQuery.linkage_rows -> LinkageRow,
    by #[graphql(desc = "EMPLOYEE or PARTNER; both if not given")] audience: rapport_entities::Audience
}
