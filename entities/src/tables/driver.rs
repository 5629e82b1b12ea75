//! How much an item drives satisfaction, and how well it is met.

use sea_orm::entity::prelude::*;

/// How much an item drives satisfaction, and how well it is met.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "driver")]
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
    /// Question.
    #[sea_orm(primary_key, auto_increment = false)]
    pub question: String,
    /// Stated importance.
    pub stated: Option<f64>,
    /// Derived importance, a share of R².
    pub importance: Option<f64>,
    /// On 0–100.
    pub performance: Option<f64>,
    /// Quadrant.
    pub quadrant: Option<String>,
    /// Of the model.
    pub r_squared: Option<f64>,
    /// Base.
    pub n: i64,
    /// The base is under the floor.
    pub suppressed: bool,
}

/// None that the database holds.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
