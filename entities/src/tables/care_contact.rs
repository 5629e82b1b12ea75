//! A contact with a customer, and what came of it. Never changed.

use sea_orm::entity::prelude::*;

use crate::{ContactOutcome, tables::At};

/// A contact with a customer.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "care_contact")]
pub struct Model {
    /// The customer.
    #[sea_orm(primary_key, auto_increment = false)]
    pub customer_id: i64,
    /// Its key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub code: String,
    /// When.
    pub at: At,
    /// Who made it.
    pub who: String,
    /// How: by telephone, in person …
    pub channel: Option<String>,
    /// What came of it.
    pub outcome: ContactOutcome,
    /// Free text.
    pub note: Option<String>,
    /// By when what was promised is due, or the next contact.
    pub next_at: Option<At>,
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
