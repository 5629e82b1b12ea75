//! A survey that is asked again and again.

use sea_orm::entity::prelude::*;

use crate::Audience;

/// A survey that is asked again and again.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "survey")]
pub struct Model {
    /// Its key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub code: String,
    /// Shown to readers.
    pub name: String,
    /// Whom it asks.
    pub audience: Audience,
}

/// None that the database holds.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
