//! A customer, by the company's own code.

use sea_orm::entity::prelude::*;

use crate::tables::At;

/// A customer, by the company's own code.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "customer")]
pub struct Model {
    /// Derived from `code`; see [`crate::customer_id`].
    #[sea_orm(primary_key, auto_increment = false)]
    pub customer_id: i64,
    /// The company's own key.
    pub code: String,
    /// Full name or company.
    pub name: Option<String>,
    /// Contact data.
    pub email: Option<String>,
    /// Contact data.
    pub phone: Option<String>,
    /// When the contract began; none where there is no contract.
    pub contract_start: Option<At>,
    /// When the contract ended; none while it runs.
    pub contract_end: Option<At>,
    /// Others this one brought, as far as the source knows; none where it does not say.
    pub referrals: Option<i32>,
    /// The account manager, by the company's own code of its staff; none where nobody has the account.
    pub manager: Option<String>,
    /// When name, contact data and free text were erased for good; none while they are kept.
    pub erased_at: Option<At>,
}

/// None that the database holds.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
