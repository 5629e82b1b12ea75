//! A step in the handling of a complaint.

use sea_orm::entity::prelude::*;

use crate::tables::At;

/// A step in the handling of a complaint.
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
    pub kind: String,
    /// Who did it.
    pub person: Option<String>,
    /// Free text.
    pub note: Option<String>,
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
