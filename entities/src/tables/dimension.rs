//! A way the company divides its customers: region, plan, industry …

use sea_orm::entity::prelude::*;

/// A way the company divides its customers: region, plan, industry …
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "dimension")]
pub struct Model {
    /// Its key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub code: String,
    /// Shown to readers.
    pub name: String,
    /// Order in reports.
    pub position: i32,
}

/// None that the database holds.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
