//! A complaint.

use sea_orm::entity::prelude::*;

use crate::{CaseState, Risk, Severity, tables::At};

/// A complaint.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "complaint")]
pub struct Model {
    /// The customer.
    #[sea_orm(primary_key, auto_increment = false)]
    pub customer_id: i64,
    /// Where it came from.
    #[sea_orm(primary_key, auto_increment = false)]
    pub source: String,
    /// The source's own key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub code: String,
    /// When it was received.
    pub at: At,
    /// How it came.
    pub channel: Option<String>,
    /// The unit of the company that it is about or that handles it.
    pub unit: Option<String>,
    /// What it is about.
    pub product: Option<String>,
    /// How grave.
    pub severity: Option<Severity>,
    /// Which risk.
    pub risk: Option<Risk>,
    /// In the customer's words.
    pub text: Option<String>,
    /// When it was resolved, as its source says; decides only while no move does.
    pub said_resolved_at: Option<At>,
    /// Where it stands: after its moves or, without any, as its source says.
    pub state: CaseState,
    /// How many moves there were: the number of the last.
    pub moves: i32,
    /// How often it was taken up again.
    pub reopened: i32,
    /// When the customer was first told that it came in.
    pub acknowledged_at: Option<At>,
    /// When it was resolved; none while it is not, also again.
    pub resolved_at: Option<At>,
    /// Whether the customer said to be satisfied with the outcome; none until asked.
    pub satisfied: Option<bool>,
    /// When something last happened to it.
    pub last_event_at: Option<At>,
    /// When somebody first took it up; faults and notes do not.
    pub taken_up_at: Option<At>,
    /// When it was first resolved by a move.
    pub first_resolved_at: Option<At>,
    /// When the customer last said whether it is satisfied with the outcome.
    pub confirmed_at: Option<At>,
    /// How many faults there were in its handling.
    pub faults: i32,
    /// The service standards are decided: kept or not, it will not change any more.
    pub judged: bool,
    /// What an import wrote of it was not yet put in order.
    pub replay: bool,
}

/// Every fact has a customer.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// Whose it is.
    #[sea_orm(
        belongs_to = "super::customer::Entity",
        from = "Column::CustomerId",
        to = "super::customer::Column::CustomerId",
        on_delete = "Cascade"
    )]
    Customer,
}

impl Related<super::customer::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Customer.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
