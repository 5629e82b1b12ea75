//! A service standard that a complaint missed.

use sea_orm::entity::prelude::*;

use crate::{Deadline, tables::At};

/// A missed deadline of a complaint, as it was when it was found.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "complaint_breach")]
pub struct Model {
    /// The customer.
    #[sea_orm(primary_key, auto_increment = false)]
    pub customer_id: i64,
    /// Source of the complaint.
    #[sea_orm(primary_key, auto_increment = false)]
    pub source: String,
    /// Code of the complaint.
    #[sea_orm(primary_key, auto_increment = false)]
    pub complaint: String,
    /// What was missed.
    #[sea_orm(primary_key, auto_increment = false)]
    pub deadline: Deadline,
    /// By when it should have been.
    pub due_at: At,
    /// When it was found.
    pub found_at: At,
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
