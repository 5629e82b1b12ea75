//! The tables of Rapport, their column types, the connection, and the queries both sides use.
//!
//! Entities know no wire format: GraphQL, CSV and pages have types of their own.

pub mod calendar;
pub mod clock;
pub mod column;
pub mod connection;
pub mod customer_key;
pub mod published;
pub mod quarter;
pub mod tables;

pub use calendar::{Calendar, CalendarError, WorkingHours};
pub use column::*;
pub use connection::{Database, connect};
pub use customer_key::customer_id;
pub use quarter::{Quarter, QuarterError};
pub use tables::*;

/// The code of the pseudo-dimension and pseudo-segment "all customers".
pub const ALL: &str = "all";
