//! What became of a model in a segment: estimated, or why not.

use sea_orm::entity::prelude::*;

use crate::{FitOutcome, ModelKind};

/// What became of a model in a segment: estimated, or why not.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "model_fit")]
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
    /// What became of it.
    pub outcome: FitOutcome,
    /// Why it was not estimated, or a warning; in words.
    pub reason: Option<String>,
    /// Unweighted base.
    pub n: i64,
    /// Answers to everything, where that is another number.
    pub complete: Option<i64>,
    /// Kish's effective base.
    pub effective_n: Option<f64>,
    /// How it was estimated: a JSON object.
    pub details: String,
}

/// None that the database holds.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
