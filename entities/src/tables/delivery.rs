//! Something on its way to a subscriber: made once, tried until it arrives or is given up.

use sea_orm::entity::prelude::*;

use crate::{DeliveryState, tables::At};

/// Something on its way to a subscriber.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "delivery")]
pub struct Model {
    /// Derived from subscription and what is delivered; the receiver sees the same at every attempt.
    #[sea_orm(primary_key, auto_increment = false)]
    pub delivery_id: String,
    /// Name of the subscription.
    pub subscription: String,
    /// `alert:ID` or `report:QUARTER:REVISION`.
    pub what: String,
    /// State.
    pub state: DeliveryState,
    /// Attempts made.
    pub attempt: i32,
    /// Not to be tried before; moved ahead by the one who tries, as a lease.
    pub not_before: At,
    /// In words.
    pub last_error: Option<String>,
    /// Created at.
    pub created_at: At,
    /// Delivered at.
    pub delivered_at: Option<At>,
}

/// None that the database holds.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
