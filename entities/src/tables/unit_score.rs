//! An index of the employees or the channel partners of a unit.

use sea_orm::entity::prelude::*;

use crate::{Audience, Metric};

/// An index of the employees or the channel partners of a unit.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "unit_score")]
pub struct Model {
    /// The set it belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub set_id: String,
    /// `all` for all units.
    #[sea_orm(primary_key, auto_increment = false)]
    pub dimension: String,
    /// The unit; `all` for all units.
    #[sea_orm(primary_key, auto_increment = false)]
    pub segment: String,
    /// Employees or partners.
    #[sea_orm(primary_key, auto_increment = false)]
    pub audience: Audience,
    /// The metric.
    #[sea_orm(primary_key, auto_increment = false)]
    pub metric: Metric,
    /// Its value; none if suppressed.
    pub value: Option<f64>,
    /// Lower end of its interval.
    pub lower: Option<f64>,
    /// Upper end of its interval.
    pub upper: Option<f64>,
    /// Of `value`.
    pub standard_error: Option<f64>,
    /// Answers.
    pub n: i64,
    /// The base is under the floor.
    pub suppressed: bool,
}

/// None that the database holds.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
