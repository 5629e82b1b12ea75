//! A customer who was lost and is not back, and what winning it back is worth.

use sea_orm::entity::prelude::*;

use crate::{LostValueBasis, Quarter, SuccessBasis, WinbackOutcome};

/// A customer who was lost and is not back.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "lost_customer")]
pub struct Model {
    /// The customer.
    #[sea_orm(primary_key, auto_increment = false)]
    pub customer_id: i64,
    /// The set it belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub set_id: String,
    /// The quarter in which it stayed no longer.
    pub lost_in: Quarter,
    /// Why, where somebody recorded it.
    pub reason: Option<String>,
    /// What it was worth before, in major units.
    pub value: Option<f64>,
    /// What that is read from.
    pub value_basis: Option<LostValueBasis>,
    /// Attempts to win it back in the window.
    pub attempts: i32,
    /// What became of the latest.
    pub outcome: Option<WinbackOutcome>,
    /// The share of attempts that succeed, as measured.
    pub success: Option<f64>,
    /// Its base.
    pub success_n: i64,
    /// Of which attempts.
    pub success_basis: Option<SuccessBasis>,
    /// Value × success, in major units.
    pub gain: Option<f64>,
    /// What an attempt costs by the settings, in major units.
    pub cost: Option<f64>,
    /// Gain less cost, in major units; none without either.
    pub expected: Option<f64>,
    /// Place in the list, 1 the first; none of who was won back already.
    pub rank: Option<i64>,
}

/// None that the database holds.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
