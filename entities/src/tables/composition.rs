//! How the customers of a segment divide into the classes of a scheme.

use sea_orm::entity::prelude::*;

use crate::Scheme;

/// How the customers of a segment divide into the classes of a scheme.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "composition")]
pub struct Model {
    /// The set it belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub set_id: String,
    /// Scheme.
    #[sea_orm(primary_key, auto_increment = false)]
    pub scheme: Scheme,
    /// Dimension.
    #[sea_orm(primary_key, auto_increment = false)]
    pub dimension: String,
    /// Segment.
    #[sea_orm(primary_key, auto_increment = false)]
    pub segment: String,
    /// Word of the class.
    #[sea_orm(primary_key, auto_increment = false)]
    pub class: String,
    /// None if suppressed.
    pub customers: Option<i64>,
    /// Of the classified, 0–1; none for the unclassified.
    pub share: Option<f64>,
    /// In the quarter, minor units.
    pub revenue: Option<i64>,
    /// In the quarter, minor units; none where unknown.
    pub profit: Option<i64>,
    /// All customers of the segment, the unclassified included.
    pub n: i64,
    /// The segment is under the floor.
    pub suppressed: bool,
}

/// None that the database holds.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
