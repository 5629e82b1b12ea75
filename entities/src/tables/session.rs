//! A browser that signed in; only the hash of its cookie is known. It opens what its token opens, and no longer.

use sea_orm::entity::prelude::*;

use crate::tables::At;

/// A browser that signed in.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "session")]
pub struct Model {
    /// SHA-256 of the cookie, in hexadecimal.
    #[sea_orm(primary_key, auto_increment = false)]
    pub hash: String,
    /// By which token.
    pub token_id: String,
    /// Created at.
    pub created_at: At,
    /// Expires at.
    pub expires_at: At,
}

/// None that the database holds.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
