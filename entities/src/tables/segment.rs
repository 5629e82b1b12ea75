//! A part of a dimension.

use sea_orm::entity::prelude::*;

/// A part of a dimension.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "segment")]
pub struct Model {
    /// Code of the dimension.
    #[sea_orm(primary_key, auto_increment = false)]
    pub dimension: String,
    /// Its key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub code: String,
    /// Shown to readers.
    pub name: String,
}

/// None that the database holds.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
