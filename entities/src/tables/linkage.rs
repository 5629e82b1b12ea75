//! How an index of employees or partners goes together with one of the customers, over the units of a dimension.

use sea_orm::entity::prelude::*;

use crate::{Audience, Metric, Quarter, Unlinked};

/// How an index of employees or partners goes together with one of the customers, over the units of a dimension.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "linkage")]
pub struct Model {
    /// The set it belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub set_id: String,
    /// Dimension of the units.
    #[sea_orm(primary_key, auto_increment = false)]
    pub dimension: String,
    /// `all`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub segment: String,
    /// Employees or partners.
    #[sea_orm(primary_key, auto_increment = false)]
    pub audience: Audience,
    /// Their index.
    #[sea_orm(primary_key, auto_increment = false)]
    pub metric: Metric,
    /// The index of the customers, or their retention.
    #[sea_orm(primary_key, auto_increment = false)]
    pub outcome: Metric,
    /// Quarters that the customers are looked at later.
    #[sea_orm(primary_key, auto_increment = false)]
    pub lag: i32,
    /// The quarter of their index, where it is an earlier one.
    pub base_quarter: Option<Quarter>,
    /// Its set.
    pub base_set_id: Option<String>,
    /// Pearson's, −1 to 1.
    pub correlation: Option<f64>,
    /// Lower end of its interval.
    pub lower: Option<f64>,
    /// Upper end of its interval.
    pub upper: Option<f64>,
    /// What a point more of theirs goes with.
    pub slope: Option<f64>,
    /// Lower end of its interval.
    pub slope_lower: Option<f64>,
    /// Upper end of its interval.
    pub slope_upper: Option<f64>,
    /// Two-sided, against no linkage.
    pub p_value: Option<f64>,
    /// Units that have both.
    pub n: i32,
    /// Why it cannot be told.
    pub unlinked: Option<Unlinked>,
}

/// None that the database holds.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
