//! A version of a card, as somebody wrote it. None is ever changed; the one before the first is shipped in the catalogue.

use sea_orm::entity::prelude::*;

use crate::{CardScheme, tables::At};

/// A version of a card, as somebody wrote it.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "playbook_card")]
pub struct Model {
    /// The scheme.
    #[sea_orm(primary_key, auto_increment = false)]
    pub scheme: CardScheme,
    /// Word of the class.
    #[sea_orm(primary_key, auto_increment = false)]
    pub class: String,
    /// Language: `en` or `zh`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub locale: String,
    /// From 1, without a gap.
    #[sea_orm(primary_key, auto_increment = false)]
    pub version: i32,
    /// What the class means.
    pub meaning: String,
    /// Where the work lies.
    pub focus: String,
    /// How to serve.
    pub service: String,
    /// How to speak.
    pub communication: String,
    /// What is asked of the manager.
    pub skill: String,
    /// What to avoid.
    pub avoid: String,
    /// Whom to bring together.
    pub together: String,
    /// As the audit trail names who wrote it.
    pub written_by: String,
    /// When.
    pub written_at: At,
}

/// None that the database holds.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
