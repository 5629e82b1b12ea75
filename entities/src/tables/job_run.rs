//! One run of a job: one for every period, inputs and settings.

use sea_orm::entity::prelude::*;

use crate::{RunState, tables::At};

/// One run of a job: one for every period, inputs and settings.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "job_run")]
pub struct Model {
    /// Derived from job, period, inputs and settings.
    #[sea_orm(primary_key, auto_increment = false)]
    pub run_id: String,
    /// Name of the job.
    pub job: String,
    /// The quarter, or the moment it was due or asked for.
    pub period: String,
    /// Inputs version.
    pub inputs_version: i64,
    /// Of settings and method version.
    pub params_hash: String,
    /// State.
    pub state: RunState,
    /// What it is doing.
    pub stage: Option<String>,
    /// Progress.
    pub rows_done: i64,
    /// Progress.
    pub rows_known: Option<i64>,
    /// Counted when it is claimed, so that a run that kills its process comes to an end.
    pub attempt: i32,
    /// After so many it is dead.
    pub max_attempts: i32,
    /// Grows with every claim.
    pub fence: i64,
    /// The process that has it.
    pub owner: Option<String>,
    /// The owner renews it; another takes the run over when it has passed.
    pub lease_until: Option<At>,
    /// No worker takes it earlier.
    pub not_before: At,
    /// Who or what asked.
    pub reason: String,
    /// Why the last attempt failed, in words.
    pub last_error: Option<String>,
    /// JSON: what it produced.
    pub figures: Option<String>,
    /// When it was asked for.
    pub created_at: At,
    /// When the last attempt began.
    pub started_at: Option<At>,
    /// When it ended.
    pub finished_at: Option<At>,
}

/// None that the database holds.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
