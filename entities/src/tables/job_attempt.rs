//! One attempt of a run.

use sea_orm::entity::prelude::*;

use crate::tables::At;

/// One attempt of a run.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "job_attempt")]
pub struct Model {
    /// Run id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub run_id: String,
    /// Fence.
    #[sea_orm(primary_key, auto_increment = false)]
    pub fence: i64,
    /// Owner.
    pub owner: String,
    /// Started at.
    pub started_at: At,
    /// Ended at.
    pub ended_at: Option<At>,
    /// Outcome.
    pub outcome: Option<String>,
    /// When the rows of an attempt that published nothing were cleared away.
    pub collected_at: Option<At>,
}

/// None that the database holds.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
