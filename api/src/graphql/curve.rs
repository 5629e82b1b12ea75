//! Curves: points of the curves of a segment.

use async_graphql::{ID, SimpleObject};
use rapport_entities::curve_point;

use super::{
    choice::{self, CurveKind, Zone},
    place_rows::{Row, place_rows},
    reading::Publication,
    slice::Slice,
};

/// A point of a curve of a segment. Points of too few customers have no rows.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(serial)]
pub struct CurveRow {
    /// Global id.
    pub id: ID,
    /// Whose.
    #[graphql(flatten)]
    pub slice: Slice,
    /// Which curve.
    pub curve: CurveKind,
    /// Which curve, as text.
    pub curve_code: String,
    /// The point's number in its curve, from 0.
    pub place: i32,
    /// Across: a share of the customers (`LORENZ`, `WHALE`), or satisfaction of ten (`RETENTION`).
    pub x: f64,
    /// Up: a share of the turnover (`LORENZ`), profit added up in major units (`WHALE`), or the share of the customers
    /// that stayed (`RETENTION`).
    pub y: f64,
    /// Lower end of the 95 % interval of `y`; null where there is none.
    pub lower: Option<f64>,
    /// Upper end of the 95 % interval of `y`; null where there is none.
    pub upper: Option<f64>,
    /// `y` smoothed so that it never falls, of `RETENTION`.
    pub monotone: Option<f64>,
    /// Zone of the point, of `RETENTION`; null where no zones were found.
    pub zone: Option<Zone>,
    /// Zone of the point, as text.
    pub zone_code: Option<String>,
    /// Number of customers it rests on.
    pub n: i64,
}

impl Row for CurveRow {
    type Table = curve_point::Entity;

    fn of(row: curve_point::Model, slice: Slice, _: &Publication) -> Option<Self> {
        Some(Self {
            id: slice.id("curve", &[row.curve.as_str(), &row.place.to_string()]),
            slice,
            curve: CurveKind::of(row.curve)?,
            curve_code: choice::code(row.curve.as_str()),
            place: row.place,
            x: row.x,
            y: row.y,
            lower: row.lower,
            upper: row.upper,
            monotone: row.monotone,
            zone: row.zone.and_then(Zone::of),
            zone_code: row.zone.map(|zone| choice::code(zone.as_str())),
            n: row.n,
        })
    }
}

place_rows! {
    /// Points of curves as a flat table, ordered by quarter, dimension, segment, curve and place.
    CurveQuery.curve_rows -> CurveRow,
    by #[graphql(desc = "A curve's code: LORENZ, WHALE or RETENTION; all if not given")]
    curve: rapport_entities::CurveKind
}
