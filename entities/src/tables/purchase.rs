//! A purchase; money in minor units of its currency.

use sea_orm::entity::prelude::*;

use crate::tables::At;

/// A purchase; money in minor units of its currency.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "purchase")]
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
    /// When it was made.
    pub at: At,
    /// Minor units.
    pub amount: i64,
    /// Minor units; none where unknown.
    pub cost: Option<i64>,
    /// ISO 4217.
    pub currency: String,
    /// Pieces.
    pub quantity: i32,
    /// What was bought.
    pub product: Option<String>,
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
