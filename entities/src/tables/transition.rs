//! How many customers moved from one loyalty type to another since the quarter before.

use sea_orm::entity::prelude::*;

use crate::LoyaltyType;

/// How many customers moved from one loyalty type to another since the quarter before.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "transition")]
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
    /// A loyalty type, or `new`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub from_type: String,
    /// To type.
    #[sea_orm(primary_key, auto_increment = false)]
    pub to_type: LoyaltyType,
    /// How many; segments under the floor have no rows.
    pub customers: i64,
    /// In the quarter, minor units.
    pub revenue: i64,
    /// All customers of the segment.
    pub n: i64,
}

/// None that the database holds.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
