//! A question of a survey, with its scale and its place in the model.

use sea_orm::entity::prelude::*;

use crate::{Element, Measure, ValueSide};

/// A question of a survey, with its scale and its place in the model.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "question")]
pub struct Model {
    /// Code of the survey.
    #[sea_orm(primary_key, auto_increment = false)]
    pub survey: String,
    /// Its key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub code: String,
    /// Order in the survey.
    pub position: i32,
    /// As it was asked.
    pub text: String,
    /// The construct it measures: satisfaction, quality, value …
    pub construct: Option<String>,
    /// The single item it is, if a rule needs it by name.
    pub measure: Option<Measure>,
    /// Lowest answer.
    pub low: i32,
    /// Highest answer.
    pub high: i32,
    /// Answers that mean a missing value, separated by commas.
    pub missing: Option<String>,
    /// A high answer is bad.
    pub reversed: bool,
    /// Weight within its construct.
    pub weight: f64,
    /// Element of satisfaction.
    pub element: Option<Element>,
    /// Code of the question whose importance this one asks for.
    pub importance_of: Option<String>,
    /// Side of delivered value.
    pub value_side: Option<ValueSide>,
    /// Component of that side.
    pub value_component: Option<String>,
}

/// None that the database holds.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
