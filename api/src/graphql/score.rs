//! Scores: a metric of a segment in a quarter.

use async_graphql::{ID, SimpleObject};
use rapport_entities::score;

use super::{
    choice::{self, Metric},
    list::List,
    loader::MovedOf,
    place_rows::{self, Row, place_rows},
    reading::{Publication, Reading},
    slice::Slice,
};
use crate::Error;

/// So many changes are told at most.
pub const MOVED: usize = 100;

/// A metric of a segment in a quarter, with its base and its interval.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(complex, serial)]
pub struct ScoreRow {
    /// Global id.
    pub id: ID,
    /// Whose.
    #[graphql(flatten)]
    pub slice: Slice,
    /// What is measured.
    pub metric: Metric,
    /// What is measured, as text.
    pub metric_code: String,
    /// In the metric's own unit: 0–100 for indexes and means, −100…100 for NPS, a fraction of 1 for shares and rates;
    /// null if suppressed.
    pub value: Option<f64>,
    /// Lower end of the 95 % interval.
    pub lower: Option<f64>,
    /// Upper end of the 95 % interval.
    pub upper: Option<f64>,
    /// Standard error of the value.
    pub standard_error: Option<f64>,
    /// Number of answers (or customers) it rests on, unweighted.
    pub n: i64,
    /// Effective base, where the survey has weights.
    pub effective_n: Option<f64>,
    /// True if the base is too small: there is then no value.
    pub suppressed: bool,
    /// Value less that of the quarter before.
    pub change: Option<f64>,
    /// Whether the change is more than chance, corrected for all segments compared.
    pub change_significant: Option<bool>,
    /// Value less that of the same quarter a year before.
    pub change_year: Option<f64>,
    /// Whether the change in the year is more than chance, corrected for all segments compared.
    pub change_year_significant: Option<bool>,
}

crate::graphql::label::labels! {
    ScoreRow {
        /// Name of what is measured.
        metric_label: String = "metric" of metric_code,
    }
}

impl Row for ScoreRow {
    type Table = score::Entity;

    fn of(score: score::Model, slice: Slice, _: &Publication) -> Option<Self> {
        Some(Self {
            id: slice.id("score", &[score.metric.as_str()]),
            slice,
            metric: Metric::of(score.metric)?,
            metric_code: choice::code(score.metric.as_str()),
            value: score.value,
            lower: score.lower,
            upper: score.upper,
            standard_error: score.standard_error,
            n: score.n,
            effective_n: score.effective_n,
            suppressed: score.suppressed,
            change: score.change,
            change_significant: score.change_significant,
            change_year: score.change_year,
            change_year_significant: score.change_year_significant,
        })
    }
}

/// The scores of a set whose change on the quarter before is more than chance: of one segment, or of all that the reader
/// sees, all customers first.
pub async fn moved(
    reading: &Reading,
    set: &Publication,
    place: Option<(&str, &str)>,
) -> Result<List<ScoreRow>, Error> {
    let rows = reading.loader.load_one(MovedOf(set.set_id.clone())).await?.unwrap_or_default();
    let names = reading.names().await?;
    let is_wanted = |row: &score::Model| {
        place.is_none_or(|(dimension, segment)| row.dimension == dimension && row.segment == segment)
    };
    let row = |row: score::Model| {
        let (dimension, segment) = (row.dimension.clone(), row.segment.clone());
        place_rows::of::<ScoreRow>(row, set, dimension, segment, names)
    };
    Ok(rows.into_iter().filter(is_wanted).filter_map(row).take(MOVED).collect())
}

place_rows! {
    /// Scores as a flat table, ordered by quarter, dimension, segment and metric.
    ScoreQuery.score_rows -> ScoreRow,
    by #[graphql(desc = "A metric's code, such as CSI or NPS")] metric: rapport_entities::Metric
}
