//! One import's hold on one quarter.

use sea_orm::entity::prelude::*;

use crate::{BatchState, Quarter, tables::At};

/// One import's hold on one quarter.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "import_batch")]
pub struct Model {
    /// Batch id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub batch_id: String,
    /// The quarter.
    #[sea_orm(primary_key, auto_increment = false)]
    pub quarter: Quarter,
    /// Of the mapping.
    pub source: String,
    /// State.
    pub state: BatchState,
    /// While it lives, it renews this.
    pub lease_until: At,
    /// Rows of facts seen.
    pub rows: i64,
    /// It changed what the quarter reads.
    pub changed: bool,
    /// Version of the inputs it left.
    pub closed_version: Option<i64>,
    /// When it was done.
    pub closed_at: Option<At>,
}

/// None that the database holds.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
