//! An attempt to win a lost customer back, and what became of it.

use sea_orm::entity::prelude::*;

use crate::{WinbackOutcome, tables::At};

/// An attempt to win a lost customer back.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "winback_attempt")]
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
    /// When.
    pub at: At,
    /// Who tried.
    pub person: Option<String>,
    /// By which way.
    pub channel: Option<String>,
    /// What was offered.
    pub offer: Option<String>,
    /// What it cost, in minor units.
    pub cost: Option<i64>,
    /// Its currency.
    pub currency: Option<String>,
    /// What became of it.
    pub outcome: WinbackOutcome,
    /// When that was known; none while it is open.
    pub ended_at: Option<At>,
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
