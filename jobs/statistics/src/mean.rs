//! A weighted mean and its standard error, in one pass; parts merge.

use crate::{Estimate, moments::SIZES, resample::student};

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
    /// Adds a value. A weight outside 1e-100…1e100, or a value beyond ±1e40, is left out: nothing could be reckoned with
    /// its square.
    pub fn add(&mut self, value: f64, weight: f64) {
        if !(SIZES.contains(&weight) && is_value(value)) {
            return;
        }
        self.n += 1;
        self.weight += weight;
        self.weight_squared += weight * weight;
        let delta = value - self.mean;
        self.mean += delta * weight / self.weight;
        self.squares += weight * delta * (value - self.mean);
    }

    /// Of values of one weight that somebody added up: how many, their sum, and the sum of their squares. Cancels as such
    /// sums do: for values far from 0 beside their spread, add them one by one.
    pub fn of_sums(n: u64, sum: f64, squares: f64) -> Self {
        let weight = n as f64;
        let mean = if n == 0 { 0.0 } else { sum / weight };
        if !(is_value(mean) && squares.is_finite()) {
            return Self::default();
        }
        Self { n, weight, weight_squared: weight, mean, squares: (squares - mean * sum).max(0.0) }
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

    /// The mean; 0 without a value.
    pub(crate) fn mean(&self) -> f64 {
        self.mean
    }

    /// Kish's effective base; 0 without a value.
    pub(crate) fn effective_n(&self) -> f64 {
        if self.n == 0 { 0.0 } else { self.weight * self.weight / self.weight_squared }
    }

    /// The sum of squares about the mean, of as many values as the effective base.
    pub(crate) fn squares(&self) -> f64 {
        if self.n == 0 { 0.0 } else { self.squares.max(0.0) / self.weight * self.effective_n() }
    }

    /// Mean with Student's t interval, cut to `low…high` and the mean; `None` without a value. One value has no interval, nor has an effective base below 1.5.
    pub fn estimate(&self, low: f64, high: f64) -> Option<Estimate> {
        if self.n == 0 {
            return None;
        }
        let effective_n = self.effective_n();
        let error = self.standard_error(effective_n);
        let interval = error.and_then(|error| {
            // an interval never ends before its value, whatever rounding or answers off the scale did to it
            let cut = student(self.mean, error, effective_n - 1.0)?;
            Some(cut.within(low.min(self.mean), high.max(self.mean)))
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

/// A number whose square, by the weights of two parts that are merged, is one too.
pub(crate) fn is_value(value: f64) -> bool {
    value.abs() <= 1e40
}
