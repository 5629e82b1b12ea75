//! The input gate of a quarter: it exists once the quarter has data.

use sea_orm::entity::prelude::*;

use crate::{Quarter, tables::At};

/// The input gate of a quarter: it exists once the quarter has data.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "period_inputs")]
pub struct Model {
    /// The quarter.
    #[sea_orm(primary_key, auto_increment = false)]
    pub quarter: Quarter,
    /// Grows with every import that changed something.
    pub version: i64,
    /// A quarter closes only at 0.
    pub open_imports: i32,
    /// Imports wait until then.
    pub hold_until: Option<At>,
    /// As the calendar cut it.
    pub starts_at: At,
    /// As the calendar cut it.
    pub ends_at: At,
}

/// None that the database holds.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    /// Whether these are still the inputs of this version, and none is being changed.
    pub fn is_still(&self, version: i64) -> bool {
        self.open_imports == 0 && self.version == version
    }
}
