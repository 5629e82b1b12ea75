//! A step of a funnel: the customers of a stage or phase of a segment, and what became of those of the quarter before.

use sea_orm::entity::prelude::*;

use crate::Scheme;

/// A step of a funnel: the customers of a stage or phase of a segment, and what became of those of the quarter before.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "funnel_step")]
pub struct Model {
    /// The set it belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub set_id: String,
    /// Stages, or phases of the lifecycle.
    #[sea_orm(primary_key, auto_increment = false)]
    pub scheme: Scheme,
    /// `all` for all customers.
    #[sea_orm(primary_key, auto_increment = false)]
    pub dimension: String,
    /// `all` for all customers.
    #[sea_orm(primary_key, auto_increment = false)]
    pub segment: String,
    /// Its number on the way, from 0.
    #[sea_orm(primary_key, auto_increment = false)]
    pub place: i32,
    /// Word of the class.
    pub class: String,
    /// Who are there now; none if suppressed.
    pub customers: Option<i64>,
    /// How many quarters in a row they have been there, this one included: the mean.
    pub quarters: Option<f64>,
    /// Of those who were there the quarter before, who came further.
    pub advanced: Option<i64>,
    /// Of those who were there the quarter before, who fell back.
    pub fell_back: Option<i64>,
    /// The share who came further, 0–1.
    pub conversion: Option<f64>,
    /// Lower end of its interval.
    pub lower: Option<f64>,
    /// Upper end of its interval.
    pub upper: Option<f64>,
    /// Who were there the quarter before: the base of the conversion.
    pub n: i64,
    /// The segment is under the floor.
    pub suppressed: bool,
}

/// None that the database holds.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
