//! A published revision of a quarter. Never changed.

use sea_orm::entity::prelude::*;

use crate::{Quarter, tables::At};

/// A published revision of a quarter. Never changed.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "publication")]
pub struct Model {
    /// Name of the job.
    #[sea_orm(primary_key, auto_increment = false)]
    pub job: String,
    /// The quarter.
    #[sea_orm(primary_key, auto_increment = false)]
    pub quarter: Quarter,
    /// Revision.
    #[sea_orm(primary_key, auto_increment = false)]
    pub revision: i32,
    /// Run id.
    pub run_id: String,
    /// The set it belongs to.
    pub set_id: String,
    /// Provisional.
    pub provisional: bool,
    /// Inputs version.
    pub inputs_version: i64,
    /// Params hash.
    pub params_hash: String,
    /// JSON.
    pub settings: String,
    /// Method version.
    pub method_version: String,
    /// The set its changes and transitions are against.
    pub previous_set_id: Option<String>,
    /// The set of the same quarter a year before, if there was one.
    pub year_before_set_id: Option<String>,
    /// JSON: the sets before it that its trends show, oldest first.
    pub trend: String,
    /// The company's name, as its charts bear it.
    pub company: Option<String>,
    /// Of its money; none without purchases.
    pub currency: Option<String>,
    /// First day, as the calendar cut it.
    pub quarter_start: Date,
    /// JSON: control totals.
    pub totals: String,
    /// SHA-256 of the rows.
    pub digest: String,
    /// Published at.
    pub published_at: At,
    /// When its rows were given up; only of provisional revisions that a newer one replaced.
    pub pruned_at: Option<At>,
}

/// None that the database holds.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
