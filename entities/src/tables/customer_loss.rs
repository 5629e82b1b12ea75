//! That a customer was lost, when and why, as somebody recorded it.

use sea_orm::entity::prelude::*;

use crate::tables::At;

/// That a customer was lost, as somebody recorded it.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "customer_loss")]
pub struct Model {
    /// The customer.
    #[sea_orm(primary_key, auto_increment = false)]
    pub customer_id: i64,
    /// Where it came from: a source of imports, or here.
    #[sea_orm(primary_key, auto_increment = false)]
    pub source: String,
    /// Its key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub code: String,
    /// When the customer was lost.
    pub at: At,
    /// Why: a [`crate::LossReason`], or one of the company's own.
    pub reason: String,
    /// Free text.
    pub note: Option<String>,
    /// Who recorded it.
    pub recorded_by: Option<String>,
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
