//! How often customers are kept, won back and newly won, and what that costs.

use sea_orm::entity::prelude::*;

use crate::Effort;

/// How often an effort succeeds, and what that costs.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "effort")]
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
    /// What is done.
    #[sea_orm(primary_key, auto_increment = false)]
    pub effort: Effort,
    /// For customers lost for this reason; `all` for all.
    #[sea_orm(primary_key, auto_increment = false)]
    pub reason: String,
    /// On how many it was tried, as far as is known what became of it.
    pub n: i64,
    /// How often it succeeded; none if suppressed.
    pub successes: Option<i64>,
    /// Attempts of which it is not known; of winning back alone.
    pub open: Option<i64>,
    /// Successes ÷ n, 0–1; none where they are too few.
    pub share: Option<f64>,
    /// Lower end of its interval.
    pub lower: Option<f64>,
    /// Upper end of its interval.
    pub upper: Option<f64>,
    /// What a try costs, in major units.
    pub cost: Option<f64>,
    /// Of how many attempts that is the mean; 0 where it is the setting.
    pub cost_n: i64,
    /// Cost ÷ share, in major units.
    pub cost_per_success: Option<f64>,
    /// The segment is under the floor.
    pub suppressed: bool,
}

/// None that the database holds.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
