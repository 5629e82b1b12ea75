//! A point of a curve of a segment. Curves of a base under the floor are never stored.

use sea_orm::entity::prelude::*;

use crate::{CurveKind, Zone};

/// A point of a curve of a segment. Curves of a base under the floor are never stored.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "curve_point")]
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
    /// Which curve.
    #[sea_orm(primary_key, auto_increment = false)]
    pub curve: CurveKind,
    /// Its number, from 0.
    #[sea_orm(primary_key, auto_increment = false)]
    pub place: i32,
    /// Across.
    pub x: f64,
    /// Up.
    pub y: f64,
    /// Lower end of the interval.
    pub lower: Option<f64>,
    /// Upper end of the interval.
    pub upper: Option<f64>,
    /// `y` smoothed so that it never falls.
    pub monotone: Option<f64>,
    /// Zone of the satisfaction–retention curve.
    pub zone: Option<Zone>,
    /// Base of the point.
    pub n: i64,
}

/// None that the database holds.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
