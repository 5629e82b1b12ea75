//! A figure of a model in a segment.

use sea_orm::entity::prelude::*;

use crate::ModelKind;

/// A figure of a model in a segment.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "parameter")]
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
    /// Which model.
    #[sea_orm(primary_key, auto_increment = false)]
    pub model: ModelKind,
    /// Which figure.
    #[sea_orm(primary_key, auto_increment = false)]
    pub name: String,
    /// Its value.
    pub value: Option<f64>,
    /// Lower end of the interval.
    pub lower: Option<f64>,
    /// Upper end of the interval.
    pub upper: Option<f64>,
    /// Of `value`.
    pub standard_error: Option<f64>,
    /// Base.
    pub n: i64,
}

/// None that the database holds.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
