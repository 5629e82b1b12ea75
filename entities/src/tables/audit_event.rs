//! A denied or changing request. Each event holds the hash of the one before: none can be changed or taken out unseen.

use sea_orm::entity::prelude::*;

use crate::tables::At;

/// A denied or changing request.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_event")]
pub struct Model {
    /// From 1, without a gap.
    #[sea_orm(primary_key, auto_increment = false)]
    pub number: i64,
    /// When.
    pub at: At,
    /// `token ID`, `command line`, `open` for a reader of an open server, or `stranger`.
    pub who: String,
    /// What was asked for.
    pub action: String,
    /// Of what; never a value or a secret.
    pub subject: Option<String>,
    /// What became of it.
    pub outcome: String,
    /// How often: denials of one cause are told together.
    pub times: i32,
    /// Hash of the event before; that of nothing for the first.
    pub previous: String,
    /// SHA-256 of all the others, in hexadecimal.
    pub hash: String,
}

/// None that the database holds.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
