//! An improvement action: what is to be done for whom, by whom and by when, and which index is to move by it.

use sea_orm::entity::prelude::*;

use crate::{ActionOrigin, ActionState, Metric, Quarter, tables::At};

/// An improvement action.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "action")]
pub struct Model {
    /// Its key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub code: String,
    /// Where it came from: a source of imports, or here.
    pub source: String,
    /// What is to be done.
    pub title: String,
    /// What it was opened from.
    pub origin: ActionOrigin,
    /// The quarter whose figures it was opened from.
    pub origin_quarter: Option<Quarter>,
    /// The driver, segment, risk or metric it was opened from, by its code.
    pub origin_code: Option<String>,
    /// For customers of a segment of this dimension; `all` for all customers.
    pub dimension: String,
    /// For customers of this segment; `all` for all customers.
    pub segment: String,
    /// The index that is to move.
    pub metric: Metric,
    /// The quarter from which on it is to show.
    pub effect_from: Quarter,
    /// Who answers for it.
    pub owner: String,
    /// By when it is to be done.
    pub due: Date,
    /// By how much the index is to move, in its own unit.
    pub expected: Option<f64>,
    /// Where it stands.
    pub state: ActionState,
    /// How many events there were.
    pub version: i32,
    /// Who opened it, as the audit trail names them.
    pub opened_by: String,
    /// When.
    pub opened_at: At,
    /// The quarter in which it was given up: from then on it does not count.
    pub abandoned_in: Option<Quarter>,
}

impl Model {
    /// Whether it counts in a quarter: from the one it takes effect in until it is given up.
    pub fn counts_in(&self, quarter: Quarter) -> bool {
        self.counts_between(quarter, quarter)
    }

    /// Whether it counts in any quarter from one to another.
    pub fn counts_between(&self, first: Quarter, last: Quarter) -> bool {
        self.effect_from <= last
            && self.abandoned_in.is_none_or(|given_up| first < given_up && self.effect_from < given_up)
    }
}

/// None that the database holds.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
