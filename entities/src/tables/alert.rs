//! Something that somebody should know of. A cause is found once: its hash is the key.

use sea_orm::entity::prelude::*;

use crate::{AlertRule, Quarter, tables::At};

/// Something that somebody should know of.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "alert")]
pub struct Model {
    /// Derived from rule and cause.
    #[sea_orm(primary_key, auto_increment = false)]
    pub alert_id: String,
    /// The rule that found it.
    pub rule: AlertRule,
    /// The quarter it is about.
    pub quarter: Option<Quarter>,
    /// The revision it was found in.
    pub revision: Option<i32>,
    /// Code of a dimension; `all` for all customers.
    pub dimension: String,
    /// Code of a segment; `all` for all customers.
    pub segment: String,
    /// The customer, where it is about one; no key holds it, so that customers can be erased.
    pub customer_id: Option<i64>,
    /// What tells it from others of its rule.
    pub cause: String,
    /// The numbers and their bases, as a JSON object. Names no person.
    pub details: String,
    /// Found at.
    pub found_at: At,
}

/// None that the database holds.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
