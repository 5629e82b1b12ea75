//! Why the customers of a segment were lost in a quarter.

use sea_orm::entity::prelude::*;

/// How many were lost in the quarter for a reason.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "loss_reason")]
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
    /// A [`crate::LossReason`], or one of the company's own.
    #[sea_orm(primary_key, auto_increment = false)]
    pub reason: String,
    /// How many; none if suppressed.
    pub customers: Option<i64>,
    /// Their revenue in the window, minor units.
    pub revenue: Option<i64>,
    /// Their profit in the window, minor units; none where a cost is unknown.
    pub profit: Option<i64>,
    /// Of those whose reason is known, 0–1; none where they are too few.
    pub share: Option<f64>,
    /// Lower end of its interval.
    pub lower: Option<f64>,
    /// Upper end of its interval.
    pub upper: Option<f64>,
    /// Lost customers whose reason is known.
    pub n: i64,
    /// All lost customers.
    pub lost: i64,
    /// The segment is under the floor.
    pub suppressed: bool,
}

/// None that the database holds.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
