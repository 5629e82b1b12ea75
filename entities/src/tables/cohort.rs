//! Of those who came in a quarter, how many are still there.

use sea_orm::entity::prelude::*;

use crate::Quarter;

/// Of those who came in a quarter, how many are still there.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "cohort")]
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
    /// Quarter of the first purchase.
    #[sea_orm(primary_key, auto_increment = false)]
    pub acquired: Quarter,
    /// Quarters since.
    #[sea_orm(primary_key, auto_increment = false)]
    pub age: i32,
    /// Acquired.
    pub customers: i64,
    /// Still there.
    pub retained: Option<i64>,
    /// The base is under the floor.
    pub suppressed: bool,
}

/// None that the database holds.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
