//! What became of the prospects of a grade in a quarter, of a segment.

use sea_orm::entity::prelude::*;

/// What became of a segment's prospects of a grade in a quarter.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "prospect_conversion")]
pub struct Model {
    /// The set it belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub set_id: String,
    /// `all` for all prospects.
    #[sea_orm(primary_key, auto_increment = false)]
    pub dimension: String,
    /// `all` for all prospects.
    #[sea_orm(primary_key, auto_increment = false)]
    pub segment: String,
    /// The place of the grade, 0 the most likely to close; 4 of all grades.
    #[sea_orm(primary_key, auto_increment = false)]
    pub place: i32,
    /// A [`crate::ProspectGrade`], as graded at the start of the quarter or, if new in it, at first contact; or `all`.
    pub grade: String,
    /// Open at the start of the quarter; none if suppressed.
    pub open_start: Option<i64>,
    /// First in contact in the quarter.
    pub met: Option<i64>,
    /// Became customers in the quarter.
    pub converted: Option<i64>,
    /// Were lost in the quarter.
    pub lost: Option<i64>,
    /// Were given a better grade by its end, or by when they were converted or lost.
    pub raised: Option<i64>,
    /// Were given a worse one.
    pub lowered: Option<i64>,
    /// Open at the end of the quarter, by the grade they had then.
    pub open_end: Option<i64>,
    /// The share that became customers, 0–1; none where there are too few.
    pub conversion: Option<f64>,
    /// Lower end of its interval.
    pub lower: Option<f64>,
    /// Upper end of its interval.
    pub upper: Option<f64>,
    /// Days from first contact to conversion: the median of those who became customers; none where they are too few.
    pub median_days: Option<f64>,
    /// Open at the start or new: the base of the conversion.
    pub n: i64,
    /// The segment is under the floor.
    pub suppressed: bool,
}

/// None that the database holds.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
