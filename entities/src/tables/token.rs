//! An access token; only its hash is known.

use sea_orm::entity::prelude::*;

use crate::{Role, tables::At};

/// An access token; only its hash is known.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "token")]
pub struct Model {
    /// Token id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub token_id: String,
    /// Name.
    pub name: String,
    /// Role.
    pub role: Role,
    /// The only segments it sees, as a JSON list of pairs of dimension and code; none if it sees all.
    pub segments: Option<String>,
    /// SHA-256 in hexadecimal.
    pub hash: String,
    /// Created at.
    pub created_at: At,
    /// Expires at.
    pub expires_at: Option<At>,
    /// Revoked at.
    pub revoked_at: Option<At>,
}

/// None that the database holds.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
