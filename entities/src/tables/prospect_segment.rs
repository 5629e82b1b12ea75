//! The one segment a prospect has in a dimension.

use sea_orm::entity::prelude::*;

/// The one segment a prospect has in a dimension, as customers have theirs.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "prospect_segment")]
pub struct Model {
    /// The prospect's source.
    #[sea_orm(primary_key, auto_increment = false)]
    pub source: String,
    /// The prospect's code.
    #[sea_orm(primary_key, auto_increment = false)]
    pub prospect: String,
    /// Code of the dimension.
    #[sea_orm(primary_key, auto_increment = false)]
    pub dimension: String,
    /// Code of the segment.
    pub segment: String,
}

/// None that the database holds.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
