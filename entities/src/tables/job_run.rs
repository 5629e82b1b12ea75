//! One run of a job: one for every quarter, inputs and settings.

use sea_orm::entity::prelude::*;

use crate::{Quarter, RunState, tables::At};

/// One run of a job: one for every quarter, inputs and settings.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "job_run")]
pub struct Model {
    /// Derived from job, quarter, inputs and settings.
    #[sea_orm(primary_key, auto_increment = false)]
    pub run_id: String,
    /// Name of the job.
    pub job: String,
    /// The quarter.
    pub quarter: Quarter,
    /// Inputs version.
    pub inputs_version: i64,
    /// Of settings and method version.
    pub params_hash: String,
    /// Provisional.
    pub provisional: bool,
    /// State.
    pub state: RunState,
    /// What it is doing.
    pub stage: Option<String>,
    /// Progress.
    pub rows_done: i64,
    /// Progress.
    pub rows_known: Option<i64>,
    /// Attempt.
    pub attempt: i32,
    /// Max attempts.
    pub max_attempts: i32,
    /// Grows with every claim.
    pub fence: i64,
    /// Owner.
    pub owner: Option<String>,
    /// Lease until.
    pub lease_until: Option<At>,
    /// Not before.
    pub not_before: At,
    /// Who or what asked.
    pub reason: String,
    /// In words.
    pub last_error: Option<String>,
    /// Created at.
    pub created_at: At,
    /// Finished at.
    pub finished_at: Option<At>,
}

/// None that the database holds.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
