//! Drivers: how much each item drives satisfaction in a segment, and how well it is met.

use async_graphql::{ComplexObject, Context, ID, SimpleObject};
use rapport_entities::driver;

use super::{
    choice::{self, Quadrant},
    place_rows::{Row, place_rows},
    reading::{Publication, Reading},
    slice::Slice,
};
use crate::Error;

/// How much an item drives satisfaction, and how well it is met. Segments of too few answers have no rows.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(serial)]
#[graphql(complex)]
pub struct DriverRow {
    /// Global id.
    pub id: ID,
    /// Whose.
    #[graphql(flatten)]
    pub slice: Slice,
    /// Code of the item.
    pub question: String,
    /// Code of the item that it drives.
    pub target: String,
    /// Stated importance, on 0–100; null where it was not asked.
    pub stated: Option<f64>,
    /// Derived importance, the one by which the quadrant is found.
    pub importance: Option<f64>,
    /// Shapley's share of R²; null above 15 drivers.
    pub shapley: Option<f64>,
    /// Johnson's share of R².
    pub relative_weight: Option<f64>,
    /// Correlation with the target.
    pub correlation: Option<f64>,
    /// Standardised coefficient, the other drivers held.
    pub beta: Option<f64>,
    /// Of the coefficient, two-sided.
    pub p_value: Option<f64>,
    /// Variance inflation factor.
    pub variance_inflation: Option<f64>,
    /// Mean of the item, on 0–100.
    pub performance: Option<f64>,
    /// What to do about it.
    pub quadrant: Option<Quadrant>,
    /// What to do about it, as text.
    pub quadrant_code: Option<String>,
    /// Importance at which the axes of the quadrants cross.
    pub crosshair_importance: Option<f64>,
    /// Performance at which the axes of the quadrants cross.
    pub crosshair_performance: Option<f64>,
    /// Share of the target's variance that all drivers explain, a fraction of 1.
    pub r_squared: Option<f64>,
    /// Number of answers it rests on, unweighted.
    pub n: i64,
}

#[ComplexObject]
impl DriverRow {
    /// The item as it was asked; of several surveys that ask it, in the first by code.
    async fn question_text(&self, context: &Context<'_>) -> Result<Option<String>, Error> {
        Ok(Reading::of(context)?.questions().await?.get(&self.question).cloned())
    }
}

impl Row for DriverRow {
    type Table = driver::Entity;

    fn of(row: driver::Model, slice: Slice, _: &Publication) -> Option<Self> {
        Some(Self {
            id: slice.id("driver", &[&row.question]),
            slice,
            question: row.question,
            target: row.target,
            stated: row.stated,
            importance: row.importance,
            shapley: row.shapley,
            relative_weight: row.relative_weight,
            correlation: row.correlation,
            beta: row.beta,
            p_value: row.p_value,
            variance_inflation: row.variance_inflation,
            performance: row.performance,
            quadrant: row.quadrant.and_then(Quadrant::of),
            quadrant_code: row.quadrant.map(|quadrant| choice::code(quadrant.as_str())),
            crosshair_importance: row.crosshair_importance,
            crosshair_performance: row.crosshair_performance,
            r_squared: row.r_squared,
            n: row.n,
        })
    }
}

place_rows! {
    /// Drivers as a flat table, ordered by quarter, dimension, segment and question.
    DriverQuery.driver_rows -> DriverRow
}
