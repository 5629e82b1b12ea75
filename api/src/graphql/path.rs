//! Paths: the structural model's estimates of a segment.

use async_graphql::{ID, SimpleObject};
use rapport_entities::path_estimate;

use super::{
    choice::{self, PathKind},
    place_rows::{Row, place_rows},
    reading::Publication,
    slice::Slice,
};

/// An estimate of the structural model in a segment. Segments of too few answers have no rows.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(serial)]
pub struct PathRow {
    /// Global id.
    pub id: ID,
    /// Whose.
    #[graphql(flatten)]
    pub slice: Slice,
    /// What it is.
    pub kind: PathKind,
    /// What it is, as text.
    pub kind_code: String,
    /// Construct or item it begins at; empty for the whole model.
    pub source: String,
    /// Construct it ends at; the same again if it is of one construct.
    pub target: String,
    /// Its value.
    pub value: Option<f64>,
    /// Lower end of the 95 % interval; null where there is none.
    pub lower: Option<f64>,
    /// Upper end of the 95 % interval; null where there is none.
    pub upper: Option<f64>,
    /// Standard error of the value.
    pub standard_error: Option<f64>,
    /// Number of answers it rests on, unweighted.
    pub n: i64,
}

impl Row for PathRow {
    type Table = path_estimate::Entity;

    fn of(row: path_estimate::Model, slice: Slice, _: &Publication) -> Option<Self> {
        Some(Self {
            id: slice.id("path", &[row.kind.as_str(), &row.source, &row.target]),
            slice,
            kind: PathKind::of(row.kind)?,
            kind_code: choice::code(row.kind.as_str()),
            source: row.source,
            target: row.target,
            value: row.value,
            lower: row.lower,
            upper: row.upper,
            standard_error: row.standard_error,
            n: row.n,
        })
    }
}

place_rows! {
    /// Estimates of the structural model as a flat table, ordered by quarter, dimension, segment, kind, source and target.
    PathQuery.path_rows -> PathRow,
    by #[graphql(desc = "A kind's code, such as PATH or LOADING; all if not given")]
    kind: rapport_entities::PathKind
}
