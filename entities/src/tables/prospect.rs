//! A prospect: somebody who may become a customer, from the first contact to the conversion or the loss.

use sea_orm::entity::prelude::*;

use crate::tables::At;

/// A prospect, by the key of the source that works it. Its grades are in [`super::prospect_grade`].
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "prospect")]
pub struct Model {
    /// Where it came from.
    #[sea_orm(primary_key, auto_increment = false)]
    pub source: String,
    /// The source's own key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub code: String,
    /// Full name or company.
    pub name: Option<String>,
    /// Contact data.
    pub email: Option<String>,
    /// Contact data.
    pub phone: Option<String>,
    /// When it was first in contact.
    pub first_at: At,
    /// The account manager, by the company's own code of its staff; none where nobody has it.
    pub manager: Option<String>,
    /// The customer it became; none while it is open, and of the lost.
    pub customer_id: Option<i64>,
    /// When it became one.
    pub converted_at: Option<At>,
    /// When it was lost; none while it is open, and of the converted.
    pub lost_at: Option<At>,
    /// Why it was lost: a [`crate::LossReason`], or one of the company's own.
    pub reason: Option<String>,
    /// When name and contact data were erased for good; none while they are kept.
    pub erased_at: Option<At>,
}

/// None that the database holds: a customer's key is no key of another's table.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
