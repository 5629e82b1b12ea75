//! One respondent's answers to one survey, all in one row.

use sea_orm::entity::prelude::*;

use crate::{AnswerMode, tables::At};

/// One respondent's answers to one survey, all in one row.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "response")]
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
    /// Code of the survey.
    pub survey: String,
    /// When it was given.
    pub at: At,
    /// Case weight; none is 1.
    pub weight: Option<f64>,
    /// JSON object, question code to number, in the survey's order; missing answers are absent.
    pub answers: String,
    /// Free text.
    pub comment: Option<String>,
    /// How it was answered, where the source tells.
    pub mode: Option<AnswerMode>,
    /// The channel, in the company's own word.
    pub channel: Option<String>,
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
