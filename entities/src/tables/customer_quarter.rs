//! What a closed quarter says of a customer.

use sea_orm::entity::prelude::*;

use crate::{LoyaltyBasis, LoyaltySubtype, LoyaltyType, ValueClass};

/// What a closed quarter says of a customer.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "customer_quarter")]
pub struct Model {
    /// The customer.
    #[sea_orm(primary_key, auto_increment = false)]
    pub customer_id: i64,
    /// The set it belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub set_id: String,
    /// Loyalty type.
    pub loyalty_type: LoyaltyType,
    /// Loyalty subtype.
    pub loyalty_subtype: Option<LoyaltySubtype>,
    /// What the loyalty axis was read from.
    pub loyalty_basis: Option<LoyaltyBasis>,
    /// Latest overall satisfaction in the window, of 10.
    pub satisfaction: Option<f64>,
    /// Behaviour: contract or repeat purchases.
    pub staying: Option<bool>,
    /// Latest stated intention in the window, of 10.
    pub intention: Option<f64>,
    /// Latest likelihood to recommend, 0–10.
    pub recommend: Option<f64>,
    /// In the window, by record or by answer.
    pub complained: bool,
    /// In the quarter.
    pub purchases: i32,
    /// In the quarter, minor units.
    pub revenue: i64,
    /// In the quarter, minor units; none where a cost is unknown.
    pub profit: Option<i64>,
    /// In the window.
    pub window_purchases: i32,
    /// In the window, minor units.
    pub window_revenue: i64,
    /// In the window, minor units.
    pub window_profit: Option<i64>,
    /// Value class.
    pub value_class: ValueClass,
}

/// None that the database holds.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
