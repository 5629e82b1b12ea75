//! An estimate of the structural model in a segment.

use sea_orm::entity::prelude::*;

use crate::PathKind;

/// An estimate of the structural model in a segment.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "path_estimate")]
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
    /// What it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub kind: PathKind,
    /// Construct or item it begins at; empty for the whole.
    #[sea_orm(primary_key, auto_increment = false)]
    pub source: String,
    /// Construct it ends at; the same again if it is of one construct.
    #[sea_orm(primary_key, auto_increment = false)]
    pub target: String,
    /// Value.
    pub value: Option<f64>,
    /// Lower end of the interval.
    pub lower: Option<f64>,
    /// Upper end of the interval.
    pub upper: Option<f64>,
    /// Of `value`.
    pub standard_error: Option<f64>,
    /// Unweighted base.
    pub n: i64,
}

/// None that the database holds.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
