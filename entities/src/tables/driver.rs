//! How much an item drives satisfaction, and how well it is met.

use sea_orm::entity::prelude::*;

use crate::Quadrant;

/// How much an item drives satisfaction, and how well it is met.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "driver")]
pub struct Model {
    /// The set it belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub set_id: String,
    /// `all` for all customers.
    #[sea_orm(primary_key, auto_increment = false)]
    pub dimension: String,
    /// `all` for all customers.
    #[sea_orm(primary_key, auto_increment = false)]
    pub segment: String,
    /// Code of the item.
    #[sea_orm(primary_key, auto_increment = false)]
    pub question: String,
    /// Code of what it drives.
    pub target: String,
    /// Stated importance, on 0–100.
    pub stated: Option<f64>,
    /// Derived importance, by which the quadrant is found.
    pub importance: Option<f64>,
    /// Shapley's share of R²; none above 15 drivers.
    pub shapley: Option<f64>,
    /// Johnson's share of R².
    pub relative_weight: Option<f64>,
    /// With the target.
    pub correlation: Option<f64>,
    /// Standardised coefficient, the other drivers held.
    pub beta: Option<f64>,
    /// Of the coefficient, two-sided.
    pub p_value: Option<f64>,
    /// Variance inflation.
    pub variance_inflation: Option<f64>,
    /// Mean on 0–100.
    pub performance: Option<f64>,
    /// What to do about it.
    pub quadrant: Option<Quadrant>,
    /// Importance at which the axes cross.
    pub crosshair_importance: Option<f64>,
    /// Performance at which the axes cross.
    pub crosshair_performance: Option<f64>,
    /// Share of the variance that all drivers explain.
    pub r_squared: Option<f64>,
    /// Unweighted base.
    pub n: i64,
}

/// None that the database holds.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
