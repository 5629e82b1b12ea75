//! A theme of the problems or suggestions of a segment's customers in a quarter.

use sea_orm::entity::prelude::*;

use crate::RemarkKind;

/// A theme of the problems or suggestions of a segment's customers in a quarter.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "theme")]
pub struct Model {
    /// The set it belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub set_id: String,
    /// Problems, or suggestions.
    #[sea_orm(primary_key, auto_increment = false)]
    pub kind: RemarkKind,
    /// `all` for all customers.
    #[sea_orm(primary_key, auto_increment = false)]
    pub dimension: String,
    /// `all` for all customers.
    #[sea_orm(primary_key, auto_increment = false)]
    pub segment: String,
    /// The theme.
    #[sea_orm(primary_key, auto_increment = false)]
    pub theme: String,
    /// Who named it; none if suppressed.
    pub customers: Option<i64>,
    /// How often it was named.
    pub remarks: Option<i64>,
    /// The share of those heard who named it, 0–1.
    pub share: Option<f64>,
    /// Lower end of its interval.
    pub lower: Option<f64>,
    /// Upper end of its interval.
    pub upper: Option<f64>,
    /// Who were heard in the quarter, by an answer or a remark: the base of the share.
    pub n: i64,
    /// Too few were heard: there are no figures.
    pub suppressed: bool,
}

/// None that the database holds.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
