//! A weighted mean and its standard error, in one pass; parts merge.

use statrs::distribution::{ContinuousCDF, StudentsT};

use crate::{Estimate, Interval};

/// The running mean of weighted values (West's update, which does not cancel).
///
/// Source: D. H. D. West, "Updating mean and variance estimates", CACM 22 (1979); merging after Chan, Golub and
/// LeVeque (1979). With weights the standard error uses Kish's effective base.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Mean {
    n: u64,
    weight: f64,
    weight_squared: f64,
    mean: f64,
    squares: f64,
}

impl Mean {
    /// Adds a value. A weight that is not positive and finite, or a value that is not finite, is left out.
    pub fn add(&mut self, value: f64, weight: f64) {
        if !(weight > 0.0 && weight.is_finite() && value.is_finite()) {
            return;
        }
        self.n += 1;
        self.weight += weight;
        self.weight_squared += weight * weight;
        let delta = value - self.mean;
        self.mean += delta * weight / self.weight;
        self.squares += weight * delta * (value - self.mean);
    }

    /// Adds another part.
    pub fn merge(&mut self, other: &Self) {
        if other.n == 0 {
            return;
        }
        let weight = self.weight + other.weight;
        let delta = other.mean - self.mean;
        self.squares += other.squares + delta * delta * self.weight * other.weight / weight;
        self.mean += delta * other.weight / weight;
        self.weight = weight;
        self.weight_squared += other.weight_squared;
        self.n += other.n;
    }

    /// Unweighted base.
    pub fn n(&self) -> u64 {
        self.n
    }

    /// Mean with Student's t interval, cut to `low…high`; `None` without a value. One value has no interval.
    pub fn estimate(&self, low: f64, high: f64) -> Option<Estimate> {
        if self.n == 0 {
            return None;
        }
        let effective_n = self.weight * self.weight / self.weight_squared;
        let error = self.standard_error(effective_n);
        let interval = error.and_then(|error| {
            let quantile = StudentsT::new(0.0, 1.0, effective_n - 1.0).ok()?.inverse_cdf(0.975);
            let half = quantile * error;
            Some(Interval { lower: self.mean - half, upper: self.mean + half }.within(low, high))
        });
        Some(Estimate { value: self.mean, interval, standard_error: error, n: self.n, effective_n })
    }

    /// √(s²/nₑ), s² = Σw(x−x̄)²/Σw · nₑ/(nₑ−1): with equal weights, the usual s/√n.
    fn standard_error(&self, effective_n: f64) -> Option<f64> {
        // weights so uneven that one answer is all there is leave nothing to estimate a spread from
        (self.n > 1 && effective_n > 1.0 + 1e-9)
            .then(|| (self.squares.max(0.0) / self.weight / (effective_n - 1.0)).sqrt())
    }
}
