//! A metric of the answers that were given in one way, and how they differ from the others, like compared with like.

use sea_orm::entity::prelude::*;

use crate::{AnswerFacet, Metric};

/// A metric of the answers that were given in one way, and how they differ from the others, like compared with like.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "mode_effect")]
pub struct Model {
    /// The set it belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub set_id: String,
    /// The metric.
    #[sea_orm(primary_key, auto_increment = false)]
    pub metric: Metric,
    /// `all` for all customers.
    #[sea_orm(primary_key, auto_increment = false)]
    pub dimension: String,
    /// `all` for all customers.
    #[sea_orm(primary_key, auto_increment = false)]
    pub segment: String,
    /// Mode or channel.
    #[sea_orm(primary_key, auto_increment = false)]
    pub facet: AnswerFacet,
    /// Which: the word of a mode, or the channel's.
    #[sea_orm(primary_key, auto_increment = false)]
    pub way: String,
    /// The metric of its answers; none if suppressed.
    pub value: Option<f64>,
    /// Lower end of its interval.
    pub lower: Option<f64>,
    /// Upper end of its interval.
    pub upper: Option<f64>,
    /// Its answers.
    pub n: i64,
    /// The base is under the floor.
    pub suppressed: bool,
    /// Its answers less those given in other ways by customers of the same segments.
    pub effect: Option<f64>,
    /// Lower end of its interval.
    pub effect_lower: Option<f64>,
    /// Upper end of its interval.
    pub effect_upper: Option<f64>,
    /// Two-sided, against no effect; before the correction for many comparisons.
    pub p_value: Option<f64>,
    /// True if it is more than chance, corrected for many comparisons.
    pub significant: Option<bool>,
    /// Its answers that have others to be compared with.
    pub matched: Option<i64>,
    /// The answers they are compared with.
    pub others: Option<i64>,
}

/// None that the database holds.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
