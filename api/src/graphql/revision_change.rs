//! What a revision changed: its scores beside those of the revision before it, and the imports that lie between.

use std::collections::{BTreeMap, HashMap};

use async_graphql::{Context, ID, Object, SimpleObject};
use rapport_entities::{Calendar, import_batch, publication, published, score};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::{
    choice::{self, Metric},
    guard,
    list::List,
    page::{self, Window},
    period,
    reading::{Names, Publication, Reading, parse},
    scalar::{Date, DateTime},
};
use crate::Error;

/// A score that differs between two revisions of a quarter.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(complex, serial)]
pub struct RevisionChangeRow {
    /// Global id.
    pub id: ID,
    /// The quarter, written `2026-Q3`.
    pub quarter: String,
    /// The quarter's first day.
    pub quarter_start: Date,
    /// The later revision.
    pub revision: i32,
    /// The revision it is compared with.
    pub against: i32,
    /// Code of the segment's dimension; `all` for all customers.
    pub dimension: String,
    /// Code of the segment; `all` for all customers.
    pub segment: String,
    /// Name of the segment.
    pub segment_name: String,
    /// What is measured.
    pub metric: Metric,
    /// What is measured, as text.
    pub metric_code: String,
    /// In the earlier revision; null if it was not there, or suppressed.
    pub before: Option<f64>,
    /// In the later revision; null if it is not there, or suppressed.
    pub after: Option<f64>,
    /// Later less earlier.
    pub difference: Option<f64>,
    /// Base in the earlier revision; 0 if it was not there.
    pub n_before: i64,
    /// Base in the later revision; 0 if it is not there.
    pub n_after: i64,
}

crate::graphql::label::labels! {
    RevisionChangeRow {
        /// Name of the metric.
        metric_label: String = "metric" of metric_code,
    }
}

/// An import that touched a quarter's data.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(serial)]
pub struct ImportRow {
    /// Global id.
    pub id: ID,
    /// The quarter, written `2026-Q3`.
    pub quarter: String,
    /// The quarter's first day.
    pub quarter_start: Date,
    /// The source, as its mapping names it.
    pub source: String,
    /// `LOADING` or `CLOSED`.
    pub state_code: String,
    /// Rows of facts read.
    pub rows: i64,
    /// Whether the quarter's data changed by it.
    pub changed: bool,
    /// Version of the quarter's inputs it left.
    pub inputs_version: Option<i64>,
    /// When it was done; null until then.
    pub closed_at: Option<DateTime>,
}

/// What revisions changed, and which imports did it.
#[derive(Default)]
pub struct RevisionQuery;

#[Object]
impl RevisionQuery {
    /// Scores that differ between two revisions of a quarter as a flat table, ordered by quarter, dimension, segment
    /// and metric.
    #[graphql(complexity = "page::cost(limit, page::ROWS, child_complexity)")]
    async fn revision_change_rows(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "A quarter, written 2026-Q3; all published quarters if not given")] quarter: Option<
            String,
        >,
        #[graphql(desc = "The later revision; the newest if not given")] revision: Option<i32>,
        #[graphql(desc = "The earlier revision; the one before if not given")] against: Option<i32>,
        #[graphql(desc = "Rows to pass over; 0 if not given")] offset: Option<i32>,
        #[graphql(desc = "Rows at most, up to 10,000; 1,000 if not given")] limit: Option<i32>,
    ) -> Result<List<RevisionChangeRow>, Error> {
        let window = Window::new(offset, limit)?;
        let reading = Reading::of(context)?;
        if against.is_some() && quarter.is_none() {
            return Err(Error::BadInput("against goes with quarter; give both".to_owned()));
        }
        let later = reading.sets(quarter.as_deref(), revision).await?;
        let pairs = pairs(reading, later, against).await?;
        Ok(window.of(changes(reading, &pairs).await?).collect())
    }

    /// Imports that touched a quarter as a flat table, newest first.
    #[graphql(guard = "guard::WORK", complexity = "page::cost(limit, page::ROWS, child_complexity)")]
    async fn import_rows(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "A quarter, written 2026-Q3; all if not given")] quarter: Option<String>,
        #[graphql(desc = "A revision: only the imports it has and the one before has not")] revision: Option<
            i32,
        >,
        #[graphql(desc = "Rows to pass over; 0 if not given")] offset: Option<i32>,
        #[graphql(desc = "Rows at most, up to 10,000; 1,000 if not given")] limit: Option<i32>,
    ) -> Result<List<ImportRow>, Error> {
        use import_batch::Column;
        let window = Window::new(offset, limit)?;
        let reading = Reading::of(context)?;
        let mut select = import_batch::Entity::find();
        if let Some(revision) = revision {
            let Some(text) = &quarter else {
                return Err(Error::BadInput("revision goes with quarter; give both".to_owned()));
            };
            let Some(later) = reading.sets(Some(text), Some(revision)).await?.pop() else {
                return Ok(List(Vec::new()));
            };
            let earlier = published::revision(&reading.database, later.quarter, Some(revision - 1)).await?;
            select = select
                .filter(Column::Changed.eq(true))
                .filter(Column::ClosedVersion.gt(earlier.map_or(0, |one| one.inputs_version)))
                .filter(Column::ClosedVersion.lte(later.inputs_version));
        }
        if let Some(quarter) = &quarter {
            select = select.filter(Column::Quarter.eq(parse(quarter)?));
        }
        let batches = select
            .order_by_desc(Column::BatchId)
            .order_by_desc(Column::Quarter)
            .offset(window.offset)
            .limit(window.limit)
            .all(&reading.database)
            .await?;
        let calendar = period::calendar(context)?;
        Ok(batches.into_iter().map(|batch| ImportRow::of(batch, &calendar)).collect())
    }
}

impl ImportRow {
    fn of(batch: import_batch::Model, calendar: &Calendar) -> Self {
        let quarter_start = period::first_day(calendar, batch.quarter);
        let quarter = batch.quarter.to_string();
        Self {
            id: page::pack(&["import", &batch.batch_id, &quarter]).into(),
            quarter,
            quarter_start,
            source: batch.source,
            state_code: choice::code(batch.state.as_str()),
            rows: batch.rows,
            changed: batch.changed,
            inputs_version: batch.closed_version,
            closed_at: batch.closed_at.map(|at| DateTime(*at)),
        }
    }
}

/// A later revision and an earlier one of the same quarter.
type Pair = (Publication, Publication);

/// Each revision with the one it is compared with; without those whose other one is not there, or was cleared away.
async fn pairs(reading: &Reading, later: Vec<Publication>, against: Option<i32>) -> Result<Vec<Pair>, Error> {
    let key = |one: &Publication| (one.quarter, against.unwrap_or(one.revision - 1));
    let stored = publication::Entity::find()
        .filter(publication::Column::Job.eq(published::CLOSE))
        .filter(publication::Column::PrunedAt.is_null())
        .filter(publication::Column::Quarter.is_in(later.iter().map(|one| one.quarter)))
        .all(&reading.database)
        .await?;
    let mut earlier: HashMap<_, _> =
        stored.into_iter().map(|one| ((one.quarter, one.revision), one.into())).collect();
    Ok(later.into_iter().filter_map(|one| earlier.remove(&key(&one)).map(|other| (one, other))).collect())
}

/// The scores of one place and metric before and after.
type Change = (Option<score::Model>, Option<score::Model>);

/// The scores of two revisions side by side, by pair, dimension, segment and metric.
async fn scores(
    reading: &Reading,
    pairs: &[Pair],
) -> Result<BTreeMap<(usize, String, String, &'static str), Change>, Error> {
    use score::Column;
    let sides = pairs.iter().enumerate().flat_map(|(place, (later, earlier))| {
        [(later.set_id.as_str(), (place, true)), (earlier.set_id.as_str(), (place, false))]
    });
    let sides: HashMap<&str, (usize, bool)> = sides.collect();
    let rows = score::Entity::find()
        .filter(Column::SetId.is_in(sides.keys().copied()))
        .filter(reading.access.places(Column::Dimension, Column::Segment))
        .all(&reading.database)
        .await?;
    let mut changes: BTreeMap<_, Change> = BTreeMap::new();
    for row in rows {
        let Some((place, later)) = sides.get(row.set_id.as_str()) else { continue };
        let key = (*place, row.dimension.clone(), row.segment.clone(), row.metric.as_str());
        let change = changes.entry(key).or_default();
        *(if *later { &mut change.1 } else { &mut change.0 }) = Some(row);
    }
    Ok(changes)
}

async fn changes(reading: &Reading, pairs: &[Pair]) -> Result<Vec<RevisionChangeRow>, Error> {
    let names = reading.names().await?;
    let rows = scores(reading, pairs).await?;
    Ok(rows
        .into_iter()
        .filter_map(|((place, dimension, segment, _), change)| {
            row(&pairs[place], dimension, segment, change, names)
        })
        .collect())
}

/// The row of a score; none if it is the same in both.
fn row(
    (later, earlier): &Pair,
    dimension: String,
    segment: String,
    (before, after): Change,
    names: &Names,
) -> Option<RevisionChangeRow> {
    let metric = after.as_ref().or(before.as_ref())?.metric;
    let value = |one: &Option<score::Model>| one.as_ref().and_then(|one| one.value);
    let n = |one: &Option<score::Model>| one.as_ref().map_or(0, |one| one.n);
    if value(&before) == value(&after) && n(&before) == n(&after) {
        return None;
    }
    let (quarter, revision) = (later.quarter.to_string(), later.revision);
    let (this, that) = (revision.to_string(), earlier.revision.to_string());
    let id = ["revision-change", metric.as_str(), &quarter, &this, &that, &dimension, &segment];
    Some(RevisionChangeRow {
        id: page::pack(&id).into(),
        quarter_start: Date(later.quarter_start),
        segment_name: names.of(&dimension, &segment),
        metric: Metric::of(metric)?,
        metric_code: choice::code(metric.as_str()),
        before: value(&before),
        after: value(&after),
        difference: value(&after).zip(value(&before)).map(|(after, before)| after - before),
        n_before: n(&before),
        n_after: n(&after),
        against: earlier.revision,
        quarter,
        revision,
        dimension,
        segment,
    })
}
