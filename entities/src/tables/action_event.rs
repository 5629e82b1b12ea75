//! What happened to an improvement action. Never changed.

use sea_orm::entity::prelude::*;

use crate::{ActionEvent, ActionState, tables::At};

/// Something that happened to an action. Never changed.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "action_event")]
pub struct Model {
    /// Code of the action.
    #[sea_orm(primary_key, auto_increment = false)]
    pub action: String,
    /// Which of its events it is, from 1.
    #[sea_orm(primary_key, auto_increment = false)]
    pub number: i32,
    /// When.
    pub at: At,
    /// What happened.
    pub kind: ActionEvent,
    /// Who did it, as the audit trail names them.
    pub who: String,
    /// Free text.
    pub note: Option<String>,
    /// The state it moved the action from; none if it moved nothing.
    pub from_state: Option<ActionState>,
    /// The state it moved the action to; none if it moved nothing.
    pub to_state: Option<ActionState>,
}

/// None that the database holds.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
