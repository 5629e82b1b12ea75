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

use crate::{Estimate, Interval, MomentsError, PathError, Z95};

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
    let half = quantile(freedom)? * error;
    half.is_finite().then_some(Interval { lower: value - half, upper: value + half })
}

/// Student's 97.5 % quantile; `None` below half a degree of freedom, where it has no digits and no use.
///
/// From 1,000 degrees on by its expansion in 1/ν (Abramowitz & Stegun 26.7.5), exact to rounding: the search by the
/// distribution loses digits there, and beyond 10⁷ does not end.
fn quantile(freedom: f64) -> Option<f64> {
    if freedom.is_nan() || freedom < 0.5 {
        return None;
    }
    if freedom < 1000.0 {
        return Some(StudentsT::new(0.0, 1.0, freedom).ok()?.inverse_cdf(0.975));
    }
    let (z, square) = (Z95, Z95 * Z95);
    let first = z * (square + 1.0) / 4.0;
    let second = z * ((5.0 * square + 16.0) * square + 3.0) / 96.0;
    let third = z * (((3.0 * square + 19.0) * square + 17.0) * square - 15.0) / 384.0;
    Some(z + (first + (second + third / freedom) / freedom) / freedom)
}

#[cfg(test)]
mod tests {
    use super::quantile;
    use crate::Z95;

    /// Tables (Abramowitz & Stegun 26.10), and both ways where they meet.
    #[test]
    fn the_quantile_has_its_digits_and_an_end_at_every_base() {
        let near = |freedom: f64, expected: f64, off: f64| {
            let found = quantile(freedom).unwrap_or(f64::NAN);
            assert!((found - expected).abs() < off, "{found} of {freedom}");
        };
        near(1.0, 12.706_204_736, 1e-8);
        near(10.0, 2.228_138_852, 1e-8);
        near(999.999_999, quantile(1000.0).unwrap_or(f64::NAN), 1e-8);
        near(2e7, Z95 + 1.19e-7, 1e-9);
        near(f64::MAX, Z95, 1e-15);
        assert_eq!([quantile(0.1), quantile(f64::NAN)], [None, None]);
    }
}
