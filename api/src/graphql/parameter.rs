//! Parameters: the figures of the models of a segment.

use async_graphql::{ID, SimpleObject};
use rapport_entities::parameter;

use super::{
    choice::{self, ModelKind},
    place_rows::{Row, place_rows},
    reading::Publication,
    slice::Slice,
};

/// A figure of a model in a segment.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(serial)]
pub struct ParameterRow {
    /// Global id.
    pub id: ID,
    /// Whose.
    #[graphql(flatten)]
    pub slice: Slice,
    /// Which model.
    pub model: ModelKind,
    /// Which model, as text.
    pub model_code: String,
    /// Which figure of the model, such as `gini` or `affection_from`.
    pub name: String,
    /// Its value; null where there is none, as Gini's of losses.
    pub value: Option<f64>,
    /// Lower end of the 95 % interval; null where there is none.
    pub lower: Option<f64>,
    /// Upper end of the 95 % interval; null where there is none.
    pub upper: Option<f64>,
    /// Standard error of the value.
    pub standard_error: Option<f64>,
    /// Number of answers (or customers) it rests on, unweighted.
    pub n: i64,
}

impl Row for ParameterRow {
    type Table = parameter::Entity;

    fn of(row: parameter::Model, slice: Slice, _: &Publication) -> Option<Self> {
        Some(Self {
            id: slice.id("parameter", &[row.model.as_str(), &row.name]),
            slice,
            model: ModelKind::of(row.model)?,
            model_code: choice::code(row.model.as_str()),
            name: row.name,
            value: row.value,
            lower: row.lower,
            upper: row.upper,
            standard_error: row.standard_error,
            n: row.n,
        })
    }
}

place_rows! {
    /// The models' figures as a flat table, ordered by quarter, dimension, segment, model and name.
    ParameterQuery.parameter_rows -> ParameterRow,
    by #[graphql(desc = "A model's code, such as STRUCTURE or RETENTION; all if not given")]
    model: rapport_entities::ModelKind
}
