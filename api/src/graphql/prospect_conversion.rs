//! What became of prospects by grade, as a flat table and at a segment or a quarter.

use async_graphql::{ID, SimpleObject};
use rapport_entities::{ALL, prospect_conversion};

use super::{
    choice, label,
    place_rows::{Row, place_rows},
    reading::Publication,
    slice::Slice,
};

/// What became in a quarter of the prospects of a grade, of a segment.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(complex, serial)]
pub struct ProspectConversionRow {
    /// Global id.
    pub id: ID,
    /// Whose.
    #[graphql(flatten)]
    pub slice: Slice,
    /// Place of the grade, from 0; 4 of all grades together.
    pub place: i32,
    /// The grade at the start of the quarter, or at the first contact of those new in it: `A` to `D`; `ALL` of all grades.
    pub grade_code: String,
    /// Open at the start of the quarter; null if suppressed.
    pub open_start: Option<i64>,
    /// First in contact in the quarter.
    pub met: Option<i64>,
    /// Became customers in the quarter.
    pub converted: Option<i64>,
    /// Were lost in the quarter.
    pub lost: Option<i64>,
    /// Were given a better grade by the end of the quarter, or by when they were converted or lost.
    pub raised: Option<i64>,
    /// Were given a worse one.
    pub lowered: Option<i64>,
    /// Open at the end of the quarter, by the grade they had then.
    pub open_end: Option<i64>,
    /// Share that became customers of those open at the start or new, a fraction of 1; null where they are too few.
    pub conversion: Option<f64>,
    /// Lower end of the 95 % interval of the conversion.
    pub lower: Option<f64>,
    /// Upper end of the 95 % interval of the conversion.
    pub upper: Option<f64>,
    /// Days from the first contact to the conversion: the median of those who became customers; null where they are too few.
    pub median_days: Option<f64>,
    /// Open at the start or new: the base of the conversion.
    pub n: i64,
    /// True if the segment has too few prospects: there are then no figures.
    pub suppressed: bool,
}

#[async_graphql::ComplexObject]
impl ProspectConversionRow {
    /// Name of the grade.
    async fn grade_label(
        &self,
        #[graphql(desc = "The language of the name; English if not given")] locale: Option<label::Locale>,
    ) -> String {
        if self.grade_code.eq_ignore_ascii_case(ALL) {
            let locale = locale.map_or(rapport_messages::Locale::En, Into::into);
            return locale.text("prospects-all").into_owned();
        }
        label::label("prospect", &self.grade_code, locale)
    }
}

impl Row for ProspectConversionRow {
    type Table = prospect_conversion::Entity;

    fn of(row: prospect_conversion::Model, slice: Slice, _: &Publication) -> Option<Self> {
        Some(Self {
            id: slice.id("prospects", &[&row.place.to_string()]),
            slice,
            place: row.place,
            grade_code: choice::code(&row.grade),
            open_start: row.open_start,
            met: row.met,
            converted: row.converted,
            lost: row.lost,
            raised: row.raised,
            lowered: row.lowered,
            open_end: row.open_end,
            conversion: row.conversion,
            lower: row.lower,
            upper: row.upper,
            median_days: row.median_days,
            n: row.n,
            suppressed: row.suppressed,
        })
    }
}

place_rows! {
    /// What became of prospects by grade, as a flat table, ordered by quarter, dimension, segment and grade.
    ProspectConversionQuery.prospect_conversion_rows -> ProspectConversionRow
}
