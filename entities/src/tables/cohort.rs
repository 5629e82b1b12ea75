//! Of those who first bought in a quarter, how many are still there.

use sea_orm::entity::prelude::*;

use crate::Quarter;

/// Of those who first bought in a quarter, how many are still there.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "cohort")]
pub struct Model {
    /// The set it belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub set_id: String,
    /// `all` for all customers.
    #[sea_orm(primary_key, auto_increment = false)]
    pub dimension: String,
    /// `all` for all customers.
    #[sea_orm(primary_key, auto_increment = false)]
    pub segment: String,
    /// Quarter of the first purchase.
    #[sea_orm(primary_key, auto_increment = false)]
    pub acquired: Quarter,
    /// Quarters since.
    #[sea_orm(primary_key, auto_increment = false)]
    pub age: i32,
    /// Acquired.
    pub customers: Option<i64>,
    /// Bought in that very quarter.
    pub retained: Option<i64>,
    /// The same as a share, 0–1.
    pub share: Option<f64>,
    /// Lower end of the interval of the share.
    pub lower: Option<f64>,
    /// Upper end of the interval of the share.
    pub upper: Option<f64>,
    /// Bought in that quarter or a later one, as a share.
    pub unbounded_share: Option<f64>,
    /// The base is under the floor.
    pub suppressed: bool,
}

/// None that the database holds.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
