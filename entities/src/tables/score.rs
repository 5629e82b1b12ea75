//! A metric of a segment in a published set. Figures of a base under the floor are never stored.

use sea_orm::entity::prelude::*;

use crate::Metric;

/// A metric of a segment in a published set. Figures of a base under the floor are never stored.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "score")]
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
    /// Metric.
    #[sea_orm(primary_key, auto_increment = false)]
    pub metric: Metric,
    /// In the metric's own unit; none if suppressed.
    pub value: Option<f64>,
    /// Lower end of the interval.
    pub lower: Option<f64>,
    /// Upper end of the interval.
    pub upper: Option<f64>,
    /// Of `value`.
    pub standard_error: Option<f64>,
    /// Unweighted base.
    pub n: i64,
    /// Kish's effective base.
    pub effective_n: Option<f64>,
    /// The base is under the floor.
    pub suppressed: bool,
    /// Against the quarter before.
    pub change: Option<f64>,
    /// After correction for all segments of the metric.
    pub change_significant: Option<bool>,
    /// Against the same quarter a year before.
    pub change_year: Option<f64>,
    /// After correction for all segments of the metric.
    pub change_year_significant: Option<bool>,
}

/// None that the database holds.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
