//! A complaint.

use sea_orm::entity::prelude::*;

use crate::{Risk, Severity, tables::At};

/// A complaint.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "complaint")]
pub struct Model {
    /// The customer.
    #[sea_orm(primary_key, auto_increment = false)]
    pub customer_id: i64,
    /// Where it came from.
    #[sea_orm(primary_key, auto_increment = false)]
    pub source: String,
    /// The source's own key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub code: String,
    /// When it was received.
    pub at: At,
    /// How it came.
    pub channel: Option<String>,
    /// What it is about.
    pub product: Option<String>,
    /// How grave.
    pub severity: Option<Severity>,
    /// Which risk.
    pub risk: Option<Risk>,
    /// In the customer's words.
    pub text: Option<String>,
    /// When it was resolved.
    pub resolved_at: Option<At>,
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
