//! A path of the structural model.

use sea_orm::entity::prelude::*;

/// A path of the structural model.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "path_estimate")]
pub struct Model {
    /// The set it belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub set_id: String,
    /// Dimension.
    #[sea_orm(primary_key, auto_increment = false)]
    pub dimension: String,
    /// Segment.
    #[sea_orm(primary_key, auto_increment = false)]
    pub segment: String,
    /// Construct.
    #[sea_orm(primary_key, auto_increment = false)]
    pub source: String,
    /// Construct.
    #[sea_orm(primary_key, auto_increment = false)]
    pub target: String,
    /// Value.
    pub value: Option<f64>,
    /// Lower.
    pub lower: Option<f64>,
    /// Upper.
    pub upper: Option<f64>,
    /// Standard error.
    pub standard_error: Option<f64>,
    /// Base.
    pub n: i64,
    /// The base is under the floor.
    pub suppressed: bool,
}

/// None that the database holds.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
