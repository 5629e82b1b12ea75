//! Models: what became of each model of a segment, estimated or why not.

use async_graphql::{ID, SimpleObject};
use rapport_entities::model_fit;

use super::{
    choice::{self, FitOutcome, ModelKind},
    place_rows::{Row, place_rows},
    reading::Publication,
    slice::Slice,
};

/// What became of a model in a segment: estimated, or why not.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(serial)]
pub struct ModelRow {
    /// Global id.
    pub id: ID,
    /// Whose.
    #[graphql(flatten)]
    pub slice: Slice,
    /// Which model.
    pub model: ModelKind,
    /// Which model, as text.
    pub model_code: String,
    /// What became of it.
    pub outcome: FitOutcome,
    /// What became of it, as text.
    pub outcome_code: String,
    /// Why it was not estimated, or a warning; in words.
    pub reason: Option<String>,
    /// Number of answers (or customers) it rests on, unweighted.
    pub n: i64,
    /// Of these, answers to everything; null where that is no other number.
    pub complete: Option<i64>,
    /// Effective base, where the survey has weights.
    pub effective_n: Option<f64>,
    /// How it was estimated, as a JSON object.
    pub details: String,
}

impl Row for ModelRow {
    type Table = model_fit::Entity;

    fn of(row: model_fit::Model, slice: Slice, _: &Publication) -> Option<Self> {
        Some(Self {
            id: slice.id("model", &[row.model.as_str()]),
            slice,
            model: ModelKind::of(row.model)?,
            model_code: choice::code(row.model.as_str()),
            outcome: FitOutcome::of(row.outcome)?,
            outcome_code: choice::code(row.outcome.as_str()),
            reason: row.reason,
            n: row.n,
            complete: row.complete,
            effective_n: row.effective_n,
            details: row.details,
        })
    }
}

place_rows! {
    /// Models as a flat table, ordered by quarter, dimension, segment and model.
    ModelQuery.model_rows -> ModelRow,
    by #[graphql(desc = "A model's code, such as STRUCTURE or RETENTION; all if not given")]
    model: rapport_entities::ModelKind
}
