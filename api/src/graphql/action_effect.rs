//! What actions did: the change of an index since the quarter before an action took effect, less that of comparable
//! segments without it; as the close stored it.

use std::collections::HashMap;

use async_graphql::{Context, ID, SimpleObject};
use rapport_entities::{action, action_effect, current_publication, published};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait};

use super::{
    batch::{Load, Loaded},
    choice::{self, Metric, Untold, Verdict},
    list::List,
    loader::{CHUNK, Loader},
    place_rows::{self, Row, place_rows},
    reading::{Publication, Reading},
    slice::Slice,
};
use crate::Error;

/// What an action did to its index, as a quarter shows it.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(complex, serial)]
pub struct ActionEffectRow {
    /// Global id.
    pub id: ID,
    /// Where the action was taken, and the quarter that shows it.
    #[graphql(flatten)]
    pub slice: Slice,
    /// The action's code.
    pub action: String,
    /// The index that is to move.
    pub metric: Metric,
    /// The index that is to move, as text.
    pub metric_code: String,
    /// The quarter that it is compared with, the last published one before the action took effect, written `2026-Q3`;
    /// null if there is none.
    pub base_quarter: Option<String>,
    /// The index in that quarter; null if suppressed.
    pub before: Option<f64>,
    /// Number of answers or customers it rests on there.
    pub n_before: i64,
    /// The index in this quarter; null if suppressed.
    pub after: Option<f64>,
    /// Number of answers or customers it rests on here.
    pub n_after: i64,
    /// The mean change of the comparable segments, weighted by precision: what was to be expected without the action.
    pub expected_change: Option<f64>,
    /// The effect: the index's own change less that, in its own unit; null if the base cannot tell.
    pub value: Option<f64>,
    /// Lower end of the 95 % interval of the effect.
    pub lower: Option<f64>,
    /// Upper end of the 95 % interval of the effect.
    pub upper: Option<f64>,
    /// Standard error of the effect.
    pub standard_error: Option<f64>,
    /// Two-sided p of no effect.
    pub p_value: Option<f64>,
    /// With how many segments of the same dimension it is compared; where it could not be, how many there were to compare
    /// with, of four that it takes.
    pub comparable: i32,
    /// The effect that was expected.
    pub expected: Option<f64>,
    /// What came of it.
    pub verdict: Option<Verdict>,
    /// What came of it, as text.
    pub verdict_code: String,
    /// Why the base cannot tell; null if it can.
    pub untold: Option<Untold>,
    /// Why the base cannot tell, as text.
    pub untold_code: Option<String>,
}

crate::graphql::label::labels! {
    ActionEffectRow {
        /// Name of the index.
        metric_label: String = "metric" of metric_code,
        /// What came of it, in words.
        verdict_label: String = "verdict" of verdict_code,
        /// Why the base cannot tell, in words.
        untold_label: Option<String> = "untold" of untold_code,
    }
    and {
        /// What was to be done.
        async fn action_title(&self, context: &Context<'_>) -> Result<Option<String>, Error> {
            let reading = Reading::of(context)?;
            Ok(reading.loader.load_one(TitleOf(self.action.clone())).await?)
        }
    }
}

impl Row for ActionEffectRow {
    type Table = action_effect::Entity;

    fn of(row: action_effect::Model, slice: Slice, _: &Publication) -> Option<Self> {
        Some(Self {
            id: slice.id("action-effect", &[&row.action]),
            slice,
            metric: Metric::of(row.metric)?,
            metric_code: choice::code(row.metric.as_str()),
            base_quarter: row.base_quarter.map(|quarter| quarter.to_string()),
            before: row.before,
            n_before: row.n_before,
            after: row.after,
            n_after: row.n_after,
            expected_change: row.expected_change,
            value: row.value,
            lower: row.lower,
            upper: row.upper,
            standard_error: row.standard_error,
            p_value: row.p_value,
            comparable: row.comparable,
            expected: row.expected,
            verdict: Verdict::of(row.verdict),
            verdict_code: choice::code(row.verdict.as_str()),
            untold: row.untold.and_then(Untold::of),
            untold_code: row.untold.map(|why| choice::code(why.as_str())),
            action: row.action,
        })
    }
}

/// What is to be done, by an action's code. A key of the loader.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct TitleOf(pub String);

impl Load<TitleOf> for Loader {
    type Value = String;

    async fn load(&self, keys: &[TitleOf]) -> Loaded<TitleOf, Self::Value> {
        use action::Column;
        let mut all = HashMap::new();
        for keys in keys.chunks(CHUNK) {
            let rows: Vec<(String, String)> = action::Entity::find()
                .select_only()
                .columns([Column::Code, Column::Title])
                .filter(self.access.places(Column::Dimension, Column::Segment))
                .filter(Column::Code.is_in(keys.iter().map(|key| key.0.as_str())))
                .into_tuple()
                .all(&self.database)
                .await?;
            all.extend(rows.into_iter().map(|(code, title)| (TitleOf(code), title)));
        }
        Ok(all)
    }
}

/// What an action did in the newest revision of every quarter, by its code. A key of the loader.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct EffectsOf(pub String);

impl Load<EffectsOf> for Loader {
    type Value = Vec<action_effect::Model>;

    async fn load(&self, keys: &[EffectsOf]) -> Loaded<EffectsOf, Self::Value> {
        use action_effect::Column;
        let newest = current_publication::Entity::find()
            .select_only()
            .column(current_publication::Column::SetId)
            .filter(current_publication::Column::Job.eq(published::CLOSE));
        let newest = QueryTrait::into_query(newest);
        let mut all: HashMap<EffectsOf, Vec<action_effect::Model>> = HashMap::new();
        for keys in keys.chunks(CHUNK) {
            let rows = action_effect::Entity::find()
                .filter(self.access.places(Column::Dimension, Column::Segment))
                .filter(Column::Action.is_in(keys.iter().map(|key| key.0.as_str())))
                .filter(Column::SetId.in_subquery(newest.clone()))
                .order_by_asc(Column::Action)
                .all(&self.database)
                .await?;
            for row in rows {
                all.entry(EffectsOf(row.action.clone())).or_default().push(row);
            }
        }
        Ok(all)
    }
}

/// What an action did, quarter by quarter.
pub async fn of_action(reading: &Reading, code: &str) -> Result<List<ActionEffectRow>, Error> {
    let mut stored = reading.loader.load_one(EffectsOf(code.to_owned())).await?.unwrap_or_default();
    let names = reading.names().await?;
    let mut rows = Vec::with_capacity(stored.len());
    for set in reading.published().await? {
        let Some(place) = stored.iter().position(|row| row.set_id == set.set_id) else { continue };
        let row = stored.swap_remove(place);
        let (dimension, segment) = (row.dimension.clone(), row.segment.clone());
        rows.extend(place_rows::of::<ActionEffectRow>(row, set, dimension, segment, names));
    }
    Ok(List(rows))
}

place_rows! {
    /// What actions did as a flat table, ordered by quarter, dimension, segment, metric and action.
    ActionEffectQuery.action_effect_rows -> ActionEffectRow,
    by #[graphql(desc = "The code of the index that is to move, such as CSI")] metric: rapport_entities::Metric
}
