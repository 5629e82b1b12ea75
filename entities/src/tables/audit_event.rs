//! A denied or changing request.

use sea_orm::entity::prelude::*;

use crate::tables::At;

/// A denied or changing request.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_event")]
pub struct Model {
    /// Event id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub event_id: String,
    /// At.
    pub at: At,
    /// Token id.
    pub token_id: Option<String>,
    /// Action.
    pub action: String,
    /// Subject.
    pub subject: Option<String>,
    /// Outcome.
    pub outcome: String,
}

/// None that the database holds.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
