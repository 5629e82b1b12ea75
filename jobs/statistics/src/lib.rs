//! Every formula of Rapport. No I/O, no clock, no database, no async: the same input gives the same bits.
//!
//! Sums run in `f64` in the order of the rows; nothing here returns NaN for finite input that can be (an age is not
//! negative, a scale has a width): a figure that does not exist is `None`.

pub mod behaviour;
pub mod change;
pub mod delivered_value;
pub mod difference_in_differences;
pub mod disconfirmation;
pub mod driver;
pub mod estimate;
pub mod linkage;
pub mod loyalty;
pub mod matched;
mod matrix;
pub mod mean;
pub mod median;
pub mod moments;
pub mod net_promoter;
pub mod path;
pub mod proportion;
mod quadrature;
pub mod resample;
pub mod retention;
pub mod scale;
pub mod special;
pub mod value;
pub mod value_class;
pub mod weighted_index;
pub mod weighting;

pub use change::{Change, benjamini_hochberg, change, holm};
pub use delivered_value::DeliveredValue;
pub use difference_in_differences::{BeforeAfter, NoEffect, difference_in_differences};
pub use disconfirmation::Disconfirmation;
pub use driver::{
    Crosshair, Driver, DriverError, DriverSettings, Drivers, Importance, Quadrant, drivers,
    importance_agreement,
};
pub use estimate::{Estimate, Interval};
pub use linkage::{Linkage, NoLinkage, linkage};
pub use loyalty::{Axes, Basis, Loyalty, LoyaltyRule, LoyaltyType, Subtype};
pub use matched::{Matched, matched_difference};
pub use mean::Mean;
pub use median::median;
pub use moments::{Answers, Covariance, Item, Items, Missing, Moments, MomentsError};
pub use net_promoter::NetPromoter;
pub use path::{
    AcsiItems, Construct, ConstructFit, Effect, ItemFit, Metric, Mode, Model, PathCoefficient, PathError,
    PathFit, Relation, Reliability, Scheme, Settings, fit,
};
pub use proportion::Proportion;
pub use resample::{BOOTSTRAP_BELOW, ResampleError, ResampleRule, Resampled, Rows, bootstrap, jackknife};
pub use scale::Scale;
pub use value_class::{ValueClass, ValueCuts, ValueRule};
pub use weighted_index::weighted_index;
pub use weighting::{Cell, Margin, WeightCap, Weighting, WeightingError, rake};

/// The version of the methods: stored with every publication, raised whenever a formula changes a figure.
pub const METHOD_VERSION: &str = "6";

/// The standard normal quantile of a two-sided interval of 95 %.
pub const Z95: f64 = 1.959_963_984_540_054;
