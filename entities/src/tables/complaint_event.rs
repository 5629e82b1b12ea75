//! What happened to a complaint: moves from state to state, steps and faults of its handling, promises and notes.

use sea_orm::entity::prelude::*;

use crate::{CaseEvent, CaseState, tables::At};

/// Something that happened to a complaint.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "complaint_event")]
pub struct Model {
    /// The customer.
    #[sea_orm(primary_key, auto_increment = false)]
    pub customer_id: i64,
    /// Source.
    #[sea_orm(primary_key, auto_increment = false)]
    pub source: String,
    /// Code of the complaint.
    #[sea_orm(primary_key, auto_increment = false)]
    pub complaint: String,
    /// Its key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub code: String,
    /// When.
    pub at: At,
    /// What happened.
    pub kind: CaseEvent,
    /// Who did it.
    pub person: Option<String>,
    /// Free text.
    pub note: Option<String>,
    /// What the customer was given, in minor units.
    pub amount: Option<i64>,
    /// Its currency.
    pub currency: Option<String>,
    /// By when something was promised.
    pub due_at: Option<At>,
    /// Which of the complaint's moves it was, from 1; 0 of what moved nothing, none until that was looked at.
    pub sequence: Option<i32>,
    /// The state it moved the complaint from.
    pub from_state: Option<CaseState>,
    /// The state it moved the complaint to.
    pub to_state: Option<CaseState>,
}

/// Every fact has a customer.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// Whose it is.
    #[sea_orm(
        belongs_to = "super::customer::Entity",
        from = "Column::CustomerId",
        to = "super::customer::Column::CustomerId",
        on_delete = "Cascade"
    )]
    Customer,
}

impl Related<super::customer::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Customer.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
