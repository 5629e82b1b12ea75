//! Answers of an employee or a channel partner, of whom nothing is known but the unit.

use sea_orm::entity::prelude::*;

use crate::{Audience, tables::At};

/// Answers to one survey of an employee or a channel partner, of whom nothing is known but the unit.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "unit_response")]
pub struct Model {
    /// Employee or partner.
    #[sea_orm(primary_key, auto_increment = false)]
    pub audience: Audience,
    /// Where it came from.
    #[sea_orm(primary_key, auto_increment = false)]
    pub source: String,
    /// The source's own key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub code: String,
    /// Dimension of the unit.
    pub dimension: String,
    /// The unit: a segment of customers.
    pub segment: String,
    /// Code of the survey.
    pub survey: String,
    /// When it was given.
    pub at: At,
    /// Case weight; none is 1.
    pub weight: Option<f64>,
    /// JSON object, question code to number, in the survey's order; missing answers are absent.
    pub answers: String,
}

/// None that the database holds.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
