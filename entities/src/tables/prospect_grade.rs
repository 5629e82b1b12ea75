//! A grade that a prospect was given, and when: all of a prospect's are its history.

use sea_orm::entity::prelude::*;

use crate::ProspectGrade;

/// A grade that a prospect was given. It holds until the next.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "prospect_grade")]
pub struct Model {
    /// The prospect's source.
    #[sea_orm(primary_key, auto_increment = false)]
    pub source: String,
    /// The prospect's code.
    #[sea_orm(primary_key, auto_increment = false)]
    pub prospect: String,
    /// From when it holds, the first contact at the earliest: milliseconds since 1970 in UTC, as [`crate::tables::At`] stores
    /// them, which is no type of a key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub at: i64,
    /// How likely the prospect was held to close.
    pub grade: ProspectGrade,
}

/// None that the database holds.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
