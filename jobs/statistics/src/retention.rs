//! Who stays: cohorts by age, contracts by renewal, and retention as satisfaction rises.

mod cohort;
mod contract;
mod satisfaction;

pub use cohort::{Cohort, Cohorts, Counting};
pub use contract::{Contract, Renewal, renewals};
pub use satisfaction::{RateRatio, RetentionCurve, RetentionPoint, Zones};
