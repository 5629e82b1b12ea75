//! What an action did to the index it was to move, by a quarter since it took effect.

use sea_orm::entity::prelude::*;

use crate::{Metric, Quarter, Untold, Verdict};

/// The change of the index since the quarter before the action took effect, less that of comparable segments.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "action_effect")]
pub struct Model {
    /// The set it belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub set_id: String,
    /// Code of the action.
    #[sea_orm(primary_key, auto_increment = false)]
    pub action: String,
    /// Dimension of the action's segment.
    pub dimension: String,
    /// The action's segment.
    pub segment: String,
    /// The index that is to move.
    pub metric: Metric,
    /// The quarter that it is compared with: the last published one before the action took effect.
    pub base_quarter: Option<Quarter>,
    /// The set of that quarter.
    pub base_set_id: Option<String>,
    /// The index in that quarter.
    pub before: Option<f64>,
    /// Its base there.
    pub n_before: i64,
    /// The index in this quarter.
    pub after: Option<f64>,
    /// Its base here.
    pub n_after: i64,
    /// The mean change of the comparable segments, by their precision.
    pub expected_change: Option<f64>,
    /// The change less that of the comparable segments, in the index's own unit.
    pub value: Option<f64>,
    /// Lower end of its interval.
    pub lower: Option<f64>,
    /// Upper end of its interval.
    pub upper: Option<f64>,
    /// Of `value`.
    pub standard_error: Option<f64>,
    /// Two-sided, against no effect.
    pub p_value: Option<f64>,
    /// With how many segments it is compared; where it could not be, how many there would have been.
    pub comparable: i32,
    /// The effect that was expected.
    pub expected: Option<f64>,
    /// What came of it.
    pub verdict: Verdict,
    /// Why the base cannot tell.
    pub untold: Option<Untold>,
}

/// None that the database holds.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
