//! Cohorts: of those who first bought in a quarter, how many are still there.

use async_graphql::{ID, SimpleObject};
use chrono::Months;
use rapport_entities::{Quarter, cohort};

use super::{
    place_rows::{Row, place_rows},
    reading::Publication,
    scalar::Date,
    slice::Slice,
};

/// Of those of a segment who first bought in a quarter, how many bought so many quarters later.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(serial)]
pub struct CohortRow {
    /// Global id.
    pub id: ID,
    /// Whose.
    #[graphql(flatten)]
    pub slice: Slice,
    /// Quarter of the first purchase, written `2026-Q3`.
    pub acquired: String,
    /// First day of that quarter.
    pub acquired_start: Option<Date>,
    /// Quarters since; 0 is the quarter of the first purchase itself.
    pub age: i32,
    /// Customers acquired in that quarter; null if suppressed.
    pub customers: Option<i64>,
    /// Of these, those who bought in the quarter of that age; null if suppressed.
    pub retained: Option<i64>,
    /// The same as a fraction of 1; null if suppressed.
    pub share: Option<f64>,
    /// Lower end of the 95 % interval of the share.
    pub lower: Option<f64>,
    /// Upper end of the 95 % interval of the share.
    pub upper: Option<f64>,
    /// Those who bought in the quarter of that age or in a later one, a fraction of 1; null if suppressed.
    pub unbounded_share: Option<f64>,
    /// True if the cohort is too small: there are then no figures.
    pub suppressed: bool,
}

impl Row for CohortRow {
    type Table = cohort::Entity;

    fn of(row: cohort::Model, slice: Slice, publication: &Publication) -> Option<Self> {
        Some(Self {
            id: slice.id("cohort", &[&row.acquired.to_string(), &row.age.to_string()]),
            slice,
            acquired: row.acquired.to_string(),
            acquired_start: start(row.acquired, publication).map(Date),
            age: row.age,
            customers: row.customers,
            retained: row.retained,
            share: row.share,
            lower: row.lower,
            upper: row.upper,
            unbounded_share: row.unbounded_share,
            suppressed: row.suppressed,
        })
    }
}

/// The first day of a quarter that lies before the published one, or is it: quarters are three months each.
fn start(quarter: Quarter, publication: &Publication) -> Option<chrono::NaiveDate> {
    let number = |quarter: Quarter| quarter.year() * 4 + i32::from(quarter.number());
    let before = u32::try_from(number(publication.quarter) - number(quarter)).ok()?;
    publication.quarter_start.checked_sub_months(Months::new(before * 3))
}

place_rows! {
    /// Cohorts as a flat table, ordered by quarter, dimension, segment, quarter of the first purchase and age.
    CohortQuery.cohort_rows -> CohortRow
}
