//! The pointer every reader takes once.

use sea_orm::entity::prelude::*;

use crate::Quarter;

/// The pointer every reader takes once.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "current_publication")]
pub struct Model {
    /// Name of the job.
    #[sea_orm(primary_key, auto_increment = false)]
    pub job: String,
    /// The quarter.
    #[sea_orm(primary_key, auto_increment = false)]
    pub quarter: Quarter,
    /// Revision.
    pub revision: i32,
    /// The set it belongs to.
    pub set_id: String,
    /// Inputs version.
    pub inputs_version: i64,
}

/// None that the database holds.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
