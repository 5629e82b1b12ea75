//! What an action did to an index: the change where it was taken, less the change of comparable segments without it.
//!
//! Segments change of themselves, some more than others; a single one that changed more than their mean shows nothing
//! yet. What they differ by beyond their samples is estimated from the comparable segments (R. Paule and J. Mandel, Journal
//! of Research of the National Bureau of Standards 87 (1982)) and counts for the acted-on segment as well, as in an interval
//! for one more of its kind (J. Higgins and others, Journal of the Royal Statistical Society A 172 (2009)). Where they
//! differ by less than their samples let expect, the interval is scaled with them (G. Knapp and J. Hartung, Statistics in
//! Medicine 22 (2003)): of equal bases it is then exact.

use statrs::distribution::{ContinuousCDF, StudentsT};
use thiserror::Error;

use crate::Interval;

/// Comparable segments below which nothing can be told.
pub const FEWEST: usize = 4;
/// A segment whose change is measured with more than so many times the variance of the acted-on segment's is not comparable:
/// what it adds is its sample's chance, which hides how much segments change of themselves.
pub const MOST_VARIANCE: f64 = 4.0;

/// Degrees of freedom from which on Student's distribution is the normal one, to four figures.
const AS_NORMAL: f64 = 10_000.0;

/// An index of a segment before and after, each a value with its standard error.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BeforeAfter {
    /// In the quarter before the action.
    pub before: (f64, f64),
    /// In a quarter after it.
    pub after: (f64, f64),
}

/// What an action did.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Effect {
    /// In the index's own unit.
    pub value: f64,
    /// 95 %.
    pub interval: Interval,
    /// Of `value`.
    pub standard_error: f64,
    /// Two-sided, against no effect.
    pub p_value: f64,
    /// The mean change of the comparable segments, by their precision.
    pub expected_change: f64,
    /// The standard deviation of the segments' own changes, beyond that of their samples.
    pub spread: f64,
    /// How many segments it is compared with.
    pub comparable: usize,
}

/// Why the base cannot tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum NoEffect {
    /// Too few segments to compare with, whose bases are large enough.
    #[error("{0} comparable segments, {FEWEST} are needed")]
    TooFew(usize),
    /// A value is none, or a standard error none or not above 0.
    #[error("a segment's index has no value or no standard error")]
    NotMeasured,
}

impl BeforeAfter {
    /// The change and its sampling variance; the samples are taken to be independent, as those of two quarters are.
    fn change(&self) -> Option<(f64, f64)> {
        let (change, variance) = (self.after.0 - self.before.0, self.after.1.powi(2) + self.before.1.powi(2));
        let is_measured = self.after.1 > 0.0 && self.before.1 > 0.0;
        (is_measured && change.is_finite() && variance.is_finite()).then_some((change, variance))
    }
}

/// The effect of an action on an index where it was taken, held against comparable segments without it.
///
/// # Errors
/// [`NoEffect`] where the base cannot tell.
pub fn difference_in_differences(
    acted_on: BeforeAfter,
    comparable: &[BeforeAfter],
) -> Result<Effect, NoEffect> {
    let (own, own_variance) = acted_on.change().ok_or(NoEffect::NotMeasured)?;
    let changes: Option<Vec<_>> = comparable.iter().map(BeforeAfter::change).collect();
    let mut others = Others(changes.ok_or(NoEffect::NotMeasured)?);
    others.0.retain(|(_, variance)| *variance <= MOST_VARIANCE * own_variance);
    if others.0.len() < FEWEST {
        return Err(NoEffect::TooFew(others.0.len()));
    }
    let spread = others.spread();
    let (expected, weight) = others.mean(spread);
    // 1 unless they differ by less than their samples let expect
    let scale = (others.dispersion(spread) / others.freedom()).min(1.0);
    // by how much the own sample's chance is beyond theirs is known, and not scaled with theirs
    let known = (own_variance - 2.0 * others.0.len() as f64 / weight).max(0.0);
    let variance = scale * (own_variance - known + spread + 1.0 / weight) + known;
    let standard_error = variance.sqrt();
    if !(standard_error > 0.0 && standard_error.is_finite()) {
        return Err(NoEffect::NotMeasured);
    }
    let freedom = others.freedom_of(variance, known, spread).min(AS_NORMAL);
    let value = own - expected;
    let student = StudentsT::new(0.0, 1.0, freedom).map_err(|_| NoEffect::NotMeasured)?;
    let reach = student.inverse_cdf(0.975) * standard_error;
    let p_value = 2.0 * student.sf(value.abs() / standard_error);
    Ok(Effect {
        value,
        interval: Interval { lower: value - reach, upper: value + reach },
        standard_error,
        p_value,
        expected_change: expected,
        spread: spread.sqrt(),
        comparable: others.0.len(),
    })
}

/// The changes of the comparable segments with their sampling variances.
struct Others(Vec<(f64, f64)>);

impl Others {
    fn freedom(&self) -> f64 {
        (self.0.len() - 1) as f64
    }

    /// Their mean, weighted by precision, and the sum of the weights.
    fn mean(&self, spread: f64) -> (f64, f64) {
        let weights = || self.0.iter().map(|(change, variance)| (change, 1.0 / (variance + spread)));
        let sum: f64 = weights().map(|(_, weight)| weight).sum();
        (weights().map(|(change, weight)| change * weight).sum::<f64>() / sum, sum)
    }

    /// The weighted sum of squares about the mean; as many as the degrees of freedom are to be expected.
    fn dispersion(&self, spread: f64) -> f64 {
        let (mean, _) = self.mean(spread);
        self.0.iter().map(|(change, variance)| (change - mean).powi(2) / (variance + spread)).sum()
    }

    /// The variance of the segments' own changes: what makes the dispersion as large as is to be expected; 0 where it is
    /// not larger by itself.
    fn spread(&self) -> f64 {
        let freedom = self.freedom();
        if self.dispersion(0.0) <= freedom {
            return 0.0;
        }
        // it falls in the spread: between 0 and where every term is below its share
        let (mean, _) = self.mean(0.0);
        let mut high: f64 = self.0.iter().map(|(change, _)| (change - mean).powi(2)).sum();
        while self.dispersion(high) > freedom {
            high *= 2.0;
        }
        let mut low = 0.0;
        for _ in 0..200 {
            let middle = 0.5 * (low + high);
            if self.dispersion(middle) > freedom { low = middle } else { high = middle }
        }
        0.5 * (low + high)
    }

    /// Satterthwaite's degrees of freedom of the variance, of which the spread alone is estimated, or, where there is none,
    /// all that is scaled.
    fn freedom_of(&self, variance: f64, known: f64, spread: f64) -> f64 {
        if spread == 0.0 {
            return self.freedom() * (variance / (variance - known)).powi(2);
        }
        let weights = self.0.iter().map(|(_, sampling)| 1.0 / (sampling + spread));
        let (sum, squares) = weights.fold((0.0, 0.0), |(sum, squares), w: f64| (sum + w, squares + w * w));
        let slope = 1.0 + squares / (sum * sum);
        let of_spread = 2.0 / (squares * self.freedom() / self.0.len() as f64);
        (2.0 * variance * variance / (slope * slope * of_spread)).max(self.freedom())
    }
}
