//! A picture of a published set.

use sea_orm::entity::prelude::*;

/// A picture of a published set.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "artifact")]
pub struct Model {
    /// The set it belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub set_id: String,
    /// `kind/dimension/segment/locale`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub name: String,
    /// Media type.
    pub media_type: String,
    /// What it shows, in words.
    pub description: String,
    /// Of the bytes, in hexadecimal.
    pub sha256: String,
    /// Bytes.
    pub bytes: Vec<u8>,
}

/// None that the database holds.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
