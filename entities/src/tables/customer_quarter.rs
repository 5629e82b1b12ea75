//! What a closed quarter says of a customer.

use sea_orm::entity::prelude::*;

use crate::{
    Growth, Lifecycle, LoyaltyBasis, LoyaltySubtype, LoyaltyType, RiskBasis, Size, Stage, ValueClass,
};

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
    /// What it is worth and could be worth.
    pub growth: Growth,
    /// By turnover in the window.
    pub size: Size,
    /// Phase of the relationship.
    pub lifecycle: Lifecycle,
    /// Came back after a silence over the lapse point, in the quarter.
    pub won_back: Option<bool>,
    /// Stage on the way to loyalty.
    pub stage: Stage,
    /// Quintiles of recency, frequency and money, 111 to 555; 5 is best.
    pub rfm: Option<i32>,
    /// By turnover in the window, 1 the highest.
    pub rank: Option<i64>,
    /// Share of the turnover that the customers up to this rank have.
    pub cumulative_share: Option<f64>,
    /// Probability of not having left.
    pub p_alive: Option<f64>,
    /// Over the horizon.
    pub expected_purchases: Option<f64>,
    /// Money expected of a purchase, in major units.
    pub expected_spend: Option<f64>,
    /// Discounted margin of the periods ahead, in major units.
    pub lifetime_value: Option<f64>,
    /// What the customer's talk is worth, in major units, under the assumptions in the settings.
    pub word_of_mouth: Option<f64>,
    /// What those the customer brought are worth, in major units, under the assumptions in the settings.
    pub referral_value: Option<f64>,
    /// Quarters in a row in the stage, this one included; none without a stage.
    pub stage_quarters: Option<i32>,
    /// Quarters in a row in the phase, this one included; none without a phase.
    pub lifecycle_quarters: Option<i32>,
    /// What is lost if the customer leaves, in major units; none where nothing is known of it.
    pub value_at_risk: Option<f64>,
    /// What that is reckoned from; none with the value.
    pub risk_basis: Option<RiskBasis>,
    /// Why the customer is to be cared for, as words of [`crate::CareReason`], the gravest first and a space between; empty
    /// without a reason, none in a quarter that was closed before reasons were looked for.
    pub care: Option<String>,
}

/// None that the database holds.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
