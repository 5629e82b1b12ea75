//! What a revision changed: its scores beside those of the revision before it, and the imports that lie between.

use std::collections::BTreeMap;

use async_graphql::{Context, ID, Object, SimpleObject};
use rapport_entities::{import_batch, published, score};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::{
    choice::{self, Metric},
    guard,
    page::{self, Window},
    reading::{Publication, Reading, parse},
    scalar::DateTime,
};
use crate::Error;

/// A score that differs between two revisions of a quarter.
#[derive(Clone, Debug, SimpleObject)]
pub struct RevisionChangeRow {
    /// Global id.
    pub id: ID,
    /// The quarter, written `2026-Q3`.
    pub quarter: String,
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

/// An import that touched a quarter's data.
#[derive(Clone, Debug, SimpleObject)]
pub struct ImportRow {
    /// Global id.
    pub id: ID,
    /// The quarter, written `2026-Q3`.
    pub quarter: String,
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
    /// Scores that differ between two revisions of a quarter as a flat table, ordered by dimension, segment and
    /// metric.
    #[graphql(complexity = "page::cost(limit, page::ROWS, child_complexity)")]
    async fn revision_change_rows(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The quarter, written 2026-Q3")] quarter: String,
        #[graphql(desc = "The later revision; the newest if not given")] revision: Option<i32>,
        #[graphql(desc = "The earlier revision; the one before if not given")] against: Option<i32>,
        #[graphql(desc = "Rows to pass over; 0 if not given")] offset: Option<i32>,
        #[graphql(desc = "Rows at most, up to 10,000; 1,000 if not given")] limit: Option<i32>,
    ) -> Result<Vec<RevisionChangeRow>, Error> {
        let window = Window::new(offset, limit)?;
        let reading = Reading::of(context)?;
        let Some((later, earlier)) = pair(reading, &quarter, revision, against).await? else {
            return Ok(Vec::new());
        };
        Ok(window.of(changes(reading, &earlier, &later).await?).collect())
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
    ) -> Result<Vec<ImportRow>, Error> {
        use import_batch::Column;
        let window = Window::new(offset, limit)?;
        let reading = Reading::of(context)?;
        let mut select = import_batch::Entity::find();
        if let Some(revision) = revision {
            let Some(text) = &quarter else {
                return Err(Error::BadInput("revision goes with quarter; give both".to_owned()));
            };
            let Some(later) = reading.sets(Some(text), Some(revision)).await?.pop() else {
                return Ok(Vec::new());
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
        Ok(batches.into_iter().map(ImportRow::from).collect())
    }
}

impl From<import_batch::Model> for ImportRow {
    fn from(batch: import_batch::Model) -> Self {
        let quarter = batch.quarter.to_string();
        Self {
            id: page::pack(&["import", &batch.batch_id, &quarter]).into(),
            quarter,
            source: batch.source,
            state_code: choice::code(batch.state.as_str()),
            rows: batch.rows,
            changed: batch.changed,
            inputs_version: batch.closed_version,
            closed_at: batch.closed_at.map(|at| DateTime(*at)),
        }
    }
}

/// The later and the earlier revision; `None` if one of them is not there.
async fn pair(
    reading: &Reading,
    quarter: &str,
    revision: Option<i32>,
    against: Option<i32>,
) -> Result<Option<(Publication, Publication)>, Error> {
    let Some(later) = reading.sets(Some(quarter), revision).await?.pop() else { return Ok(None) };
    let against = against.unwrap_or(later.revision - 1);
    let earlier = reading.sets(Some(quarter), Some(against)).await?.pop();
    Ok(earlier.map(|earlier| (later, earlier)))
}

type Scores = BTreeMap<(String, String, String), score::Model>;

async fn scores(reading: &Reading, publication: &Publication) -> Result<Scores, Error> {
    let rows = score::Entity::find()
        .filter(score::Column::SetId.eq(&publication.set_id))
        .filter(reading.access.places(score::Column::Dimension, score::Column::Segment));
    let key =
        |row: &score::Model| (row.dimension.clone(), row.segment.clone(), row.metric.as_str().to_owned());
    Ok(rows.all(&reading.database).await?.into_iter().map(|row| (key(&row), row)).collect())
}

async fn changes(
    reading: &Reading,
    earlier: &Publication,
    later: &Publication,
) -> Result<Vec<RevisionChangeRow>, Error> {
    let names = reading.names().await?;
    let (mut old, new) = (scores(reading, earlier).await?, scores(reading, later).await?);
    let mut rows: BTreeMap<_, (Option<score::Model>, Option<score::Model>)> = new
        .into_iter()
        .map(|(key, row)| {
            let before = old.remove(&key);
            (key, (before, Some(row)))
        })
        .collect();
    rows.extend(old.into_iter().map(|(key, row)| (key, (Some(row), None))));
    let row =
        |((dimension, segment, _), (before, after)): (_, (Option<score::Model>, Option<score::Model>))| {
            let metric = after.as_ref().or(before.as_ref())?.metric;
            let value = |one: &Option<score::Model>| one.as_ref().and_then(|one| one.value);
            let n = |one: &Option<score::Model>| one.as_ref().map_or(0, |one| one.n);
            let same = value(&before) == value(&after) && n(&before) == n(&after);
            let (quarter, revision) = (later.quarter.to_string(), later.revision);
            let parts =
                [&quarter, &revision.to_string(), &earlier.revision.to_string(), &dimension, &segment];
            let mut id = vec!["revision-change", metric.as_str()];
            id.extend(parts.map(|part| part.as_str()));
            (!same).then_some(RevisionChangeRow {
                id: page::pack(&id).into(),
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
        };
    Ok(rows.into_iter().filter_map(row).collect())
}
