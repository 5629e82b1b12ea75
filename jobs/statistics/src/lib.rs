//! Every formula of Rapport. No I/O, no clock, no database, no async: the same input gives the same bits.
//!
//! Sums run in `f64` in the order of the rows; nothing here returns NaN for finite input: a figure that does not exist
//! is `None`.

pub mod behaviour;
pub mod change;
pub mod estimate;
pub mod loyalty;
pub mod mean;
pub mod net_promoter;
pub mod proportion;
mod quadrature;
pub mod retention;
pub mod scale;
pub mod special;
pub mod value;
pub mod value_class;

pub use change::{Change, change, holm};
pub use estimate::{Estimate, Interval};
pub use loyalty::{Axes, Basis, Loyalty, LoyaltyRule, LoyaltyType, Subtype};
pub use mean::Mean;
pub use net_promoter::NetPromoter;
pub use proportion::Proportion;
pub use scale::Scale;
pub use value_class::{ValueClass, ValueCuts, ValueRule};

/// The version of the methods: stored with every publication, raised whenever a formula changes a figure.
pub const METHOD_VERSION: &str = "1";

/// The standard normal quantile of a two-sided interval of 95 %.
pub const Z95: f64 = 1.959_963_984_540_054;
