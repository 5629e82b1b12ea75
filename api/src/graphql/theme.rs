//! The themes of problems and suggestions, as a flat table and at a segment or a quarter.

use async_graphql::{ID, SimpleObject};
use rapport_entities::theme;

use super::{
    choice::{self, RemarkKind},
    place_rows::{Row, place_rows},
    reading::Publication,
    slice::Slice,
};

/// A theme under which the customers of a segment named problems or made suggestions in a quarter.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(complex, serial)]
pub struct ThemeRow {
    /// Global id.
    pub id: ID,
    /// Whose.
    #[graphql(flatten)]
    pub slice: Slice,
    /// Problems, or suggestions.
    pub kind: RemarkKind,
    /// Problems or suggestions, as text.
    pub kind_code: String,
    /// The theme, in the company's own words.
    pub theme: String,
    /// Customers who named it; null if suppressed.
    pub customers: Option<i64>,
    /// How often it was named; null if suppressed.
    pub remarks: Option<i64>,
    /// Share of those heard who named it, a fraction of 1; null if suppressed.
    pub share: Option<f64>,
    /// Lower end of the 95 % interval of the share.
    pub lower: Option<f64>,
    /// Upper end of the 95 % interval of the share.
    pub upper: Option<f64>,
    /// Customers heard in the quarter, by an answer or a remark: the base of the share.
    pub n: i64,
    /// True if too few were heard: there are then no figures.
    pub suppressed: bool,
}

crate::graphql::label::labels! {
    ThemeRow {
        /// Name of the kind.
        kind_label: String = "remark" of kind_code,
    }
}

impl Row for ThemeRow {
    type Table = theme::Entity;

    fn of(row: theme::Model, slice: Slice, _: &Publication) -> Option<Self> {
        Some(Self {
            id: slice.id("theme", &[row.kind.as_str(), &row.theme]),
            slice,
            kind: RemarkKind::of(row.kind)?,
            kind_code: choice::code(row.kind.as_str()),
            theme: row.theme,
            customers: row.customers,
            remarks: row.remarks,
            share: row.share,
            lower: row.lower,
            upper: row.upper,
            n: row.n,
            suppressed: row.suppressed,
        })
    }
}

place_rows! {
    /// The themes of problems and suggestions as a flat table, ordered by quarter, dimension, segment, kind and theme.
    ThemeQuery.theme_rows -> ThemeRow,
    by #[graphql(desc = "PROBLEM or SUGGESTION; both if not given")] kind: rapport_entities::RemarkKind
}
