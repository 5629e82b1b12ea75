//! How the customers of a segment came from using to kept or lost, state by state.

use sea_orm::entity::prelude::*;

use crate::LossState;

/// How many came from one state to the next, of those who stayed in the quarter before.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "loss_flow")]
pub struct Model {
    /// The set it belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub set_id: String,
    /// `all` for all customers.
    #[sea_orm(primary_key, auto_increment = false)]
    pub dimension: String,
    /// `all` for all customers.
    #[sea_orm(primary_key, auto_increment = false)]
    pub segment: String,
    /// Its number in the flow, from 0.
    #[sea_orm(primary_key, auto_increment = false)]
    pub place: i32,
    /// Which step of the way it is, from 1.
    pub step: i32,
    /// The state they came from.
    pub from_state: LossState,
    /// The state they came to.
    pub to_state: LossState,
    /// How many; none if suppressed.
    pub customers: Option<i64>,
    /// Their revenue in the window, minor units.
    pub revenue: Option<i64>,
    /// Their profit in the window, minor units; none where a cost is unknown.
    pub profit: Option<i64>,
    /// Of those in the first state, 0–1; none where they are too few.
    pub share: Option<f64>,
    /// Lower end of its interval.
    pub lower: Option<f64>,
    /// Upper end of its interval.
    pub upper: Option<f64>,
    /// Who were in the first state; of a suppressed segment, in the whole flow.
    pub n: i64,
    /// The segment is under the floor.
    pub suppressed: bool,
}

/// None that the database holds.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
