//! How sure a fitted path model is: the bootstrap of small samples, the delete-a-group jackknife of large ones.
//!
//! Both estimate the model again with its weights, so that their uncertainty is in the intervals; every refit is
//! turned towards the full sample's. The same seed gives the same bits.

mod bootstrap;
mod jackknife;
mod quantities;
mod rows;

use statrs::distribution::{ContinuousCDF, StudentsT};

pub use bootstrap::bootstrap;
pub use jackknife::jackknife;
pub use rows::Rows;

use crate::{Estimate, Interval, MomentsError, PathError};

/// Below this many rows the bootstrap is quick and the rows small; above it a jackknife needs no row at all.
pub const BOOTSTRAP_BELOW: u64 = 5_000;

/// More resamples than this say nothing new and fill the memory.
pub(crate) const MOST_RESAMPLES: u32 = 100_000;

/// How the intervals were made: stored with them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ResampleRule {
    /// Percentile intervals of refits to rows drawn with replacement.
    Bootstrap {
        /// Samples drawn: 500 to look, 5,000 to publish, 100,000 at most.
        resamples: u32,
        /// Of the random numbers.
        seed: u64,
    },
    /// Student's intervals of refits without one group at a time.
    Jackknife {
        /// Groups with a row in them: 100 or more keep the noise of the error under 7 %.
        groups: u32,
    },
}

impl ResampleRule {
    /// The rule for a base of `n` rows: the bootstrap below [`BOOTSTRAP_BELOW`], from there the jackknife.
    pub fn for_base(n: u64, resamples: u32, seed: u64, groups: u32) -> Self {
        if n < BOOTSTRAP_BELOW { Self::Bootstrap { resamples, seed } } else { Self::Jackknife { groups } }
    }
}

/// Why there are no intervals.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum ResampleError {
    /// The full sample gives no moments.
    #[error(transparent)]
    Moments(#[from] MomentsError),
    /// The full sample gives no fit.
    #[error(transparent)]
    Path(#[from] PathError),
    /// More rows were added than the store keeps: use the jackknife.
    #[error("{rows} rows are more than the {limit} that were kept")]
    RowsDropped {
        /// Rows added.
        rows: u64,
        /// Rows it keeps.
        limit: usize,
    },
    /// Fewer than two groups have rows, or fewer than two resamples were asked for.
    #[error("{found} is too few to resample from, two are the least")]
    TooFew {
        /// Groups or resamples.
        found: u32,
    },
    /// More resamples than there is room for.
    #[error("{found} resamples are too many, {most} are the most")]
    TooMany {
        /// Asked for.
        found: u32,
        /// The most there can be.
        most: u32,
    },
    /// Most refits failed: an interval of the rest would flatter.
    #[error("{failed} of {of} refits failed")]
    MostFailed {
        /// Refits without a solution.
        failed: u32,
        /// Refits made.
        of: u32,
    },
}

/// The estimates of a model with standard errors and 95 % intervals, each list in the order of the model.
#[derive(Clone, Debug, PartialEq)]
pub struct Resampled {
    /// How they were made.
    pub rule: ResampleRule,
    /// Refits without a solution, left out of the intervals.
    pub failed: u32,
    /// In the order of [`crate::PathFit::paths`].
    pub paths: Vec<Estimate>,
    /// In the order of [`crate::PathFit::items`].
    pub weights: Vec<Estimate>,
    /// In the order of [`crate::PathFit::items`].
    pub loadings: Vec<Estimate>,
    /// In the order of [`crate::PathFit::constructs`].
    pub indexes: Vec<Estimate>,
    /// In the order of [`crate::PathFit::constructs`]; `None` where nothing leads to the construct.
    pub r_squared: Vec<Option<Estimate>>,
    /// Standardised totals, in the order of [`crate::PathFit::effects`].
    pub effects: Vec<Estimate>,
}

/// A value with Student's 95 % interval.
pub(crate) fn student(value: f64, error: f64, freedom: f64) -> Option<Interval> {
    let half = StudentsT::new(0.0, 1.0, freedom).ok()?.inverse_cdf(0.975) * error;
    half.is_finite().then_some(Interval { lower: value - half, upper: value + half })
}
