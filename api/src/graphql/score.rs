//! Scores: a metric of a segment in a quarter.

use async_graphql::{Context, ID, Object, SimpleObject};
use rapport_entities::{Metric as Stored, score};
use sea_orm::ColumnTrait;

use super::{
    choice::{self, Metric},
    edition::Edition,
    loader::{Place, ScoresOf},
    page::{self, Window},
    place_rows::{Filter, Table},
    reading::{Names, Publication, Reading},
};
use crate::Error;

/// A metric of a segment in a quarter, with its base and its interval.
#[derive(Clone, Debug, SimpleObject)]
pub struct ScoreRow {
    /// Global id.
    pub id: ID,
    /// Which edition.
    #[graphql(flatten)]
    pub edition: Edition,
    /// Code of the dimension; `all` for all customers.
    pub dimension: String,
    /// Code of the segment; `all` for all customers.
    pub segment: String,
    /// Name of the segment.
    pub segment_name: String,
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
}

impl ScoreRow {
    /// Of a stored score.
    pub fn of(score: score::Model, publication: &Publication, names: &Names) -> Option<Self> {
        let edition = Edition::of(publication);
        let revision = edition.revision.to_string();
        let id =
            ["score", &edition.quarter, &revision, &score.dimension, &score.segment, score.metric.as_str()];
        Some(Self {
            id: page::pack(&id).into(),
            segment_name: names.of(&score.dimension, &score.segment),
            metric: Metric::of(score.metric)?,
            metric_code: choice::code(score.metric.as_str()),
            edition,
            dimension: score.dimension,
            segment: score.segment,
            value: score.value,
            lower: score.lower,
            upper: score.upper,
            standard_error: score.standard_error,
            n: score.n,
            effective_n: score.effective_n,
            suppressed: score.suppressed,
            change: score.change,
            change_significant: score.change_significant,
        })
    }
}

/// Which scores.
#[derive(Debug, Default)]
pub struct ScoreFilter {
    /// Of which segments.
    pub place: Filter,
    /// The metric.
    pub metric: Option<Stored>,
}

/// The scores of these sets, ordered by quarter, dimension, segment and metric.
pub async fn rows(
    reading: &Reading,
    sets: &[Publication],
    filter: ScoreFilter,
    window: Window,
) -> Result<Vec<ScoreRow>, Error> {
    use score::Column;
    let table = Table::<score::Entity> {
        place: [Column::SetId, Column::Dimension, Column::Segment],
        order: &[Column::Metric],
    };
    let of_metric = filter.metric.map(|metric| Column::Metric.eq(metric));
    let scores = table.rows(reading, sets, filter.place, of_metric, window).await?;
    let names = reading.names().await?;
    Ok(scores.into_iter().filter_map(|(score, set)| ScoreRow::of(score, &set, names)).collect())
}

/// The scores of a segment in these sets, quarter by quarter; of one metric, or of all.
pub async fn at(
    reading: &Reading,
    sets: &[Publication],
    (dimension, segment): (&str, &str),
    metric: Option<Metric>,
) -> Result<Vec<ScoreRow>, Error> {
    let key = |set: &Publication| {
        let (dimension, segment) = (dimension.to_owned(), segment.to_owned());
        ScoresOf(Place { set_id: set.set_id.clone(), dimension, segment })
    };
    let mut found = reading.loader.load_many(sets.iter().map(key)).await?;
    let names = reading.names().await?;
    let of_set = |set| found.remove(&key(set)).unwrap_or_default().into_iter().map(move |row| (row, set));
    let wanted = |row: &ScoreRow| metric.is_none_or(|metric| row.metric == metric);
    let rows = sets.iter().flat_map(of_set).filter_map(|(row, set)| ScoreRow::of(row, set, names));
    Ok(rows.filter(wanted).collect())
}

/// The rows of scores.
#[derive(Default)]
pub struct ScoreQuery;

#[Object]
impl ScoreQuery {
    /// Scores as a flat table, ordered by quarter, dimension, segment and metric.
    #[graphql(complexity = "page::cost(limit, page::ROWS, child_complexity)")]
    #[allow(clippy::too_many_arguments)]
    async fn score_rows(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "A quarter, written 2026-Q3; all published quarters if not given")] quarter: Option<
            String,
        >,
        #[graphql(desc = "Code of a dimension; `all` for all customers")] dimension: Option<String>,
        #[graphql(desc = "Code of a segment; `all` for all customers")] segment: Option<String>,
        #[graphql(desc = "A metric's code, such as CSI or NPS")] metric: Option<String>,
        #[graphql(desc = "A revision of the quarter; the newest if not given")] revision: Option<i32>,
        #[graphql(desc = "Rows to pass over; 0 if not given")] offset: Option<i32>,
        #[graphql(desc = "Rows at most, up to 10,000; 1,000 if not given")] limit: Option<i32>,
    ) -> Result<Vec<ScoreRow>, Error> {
        let window = Window::new(offset, limit)?;
        let filter = ScoreFilter {
            place: Filter { dimension, segment },
            metric: choice::word("metric", metric.as_deref())?,
        };
        let reading = Reading::of(context)?;
        let sets = reading.sets(quarter.as_deref(), revision).await?;
        rows(reading, &sets, filter, window).await
    }
}
