//! How two groups of answers differ, like compared with like: within the strata that hold both, so that a group is not
//! taken for better because other people are in it.
//!
//! Each stratum counts by n₁n₀/(n₁+n₀), the precision of its own difference, as in a regression on the group and the
//! strata (J. Angrist and J.-S. Pischke, "Mostly Harmless Econometrics", 2009, 3.3.1). Each group has one variance within
//! the strata, pooled over them, and the degrees of freedom are Welch's and Satterthwaite's: of a single stratum it is
//! Welch's test (B. L. Welch, Biometrika 34 (1947)).

use statrs::distribution::{ContinuousCDF, StudentsT};

use crate::{Interval, Mean};

/// Degrees of freedom from which on Student's distribution is the normal one, to four figures.
const AS_NORMAL: f64 = 10_000.0;

/// How two groups of answers differ, like compared with like.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Matched {
    /// The first group less the second, in the answers' own unit.
    pub value: f64,
    /// 95 %.
    pub interval: Interval,
    /// Of `value`.
    pub standard_error: f64,
    /// Two-sided, against no difference.
    pub p_value: f64,
    /// Answers of the first group, of strata that hold both.
    pub these: u64,
    /// Answers of the second.
    pub others: u64,
}

/// The difference of two groups within strata, each given as the first group's answers and the second's. `None` where no
/// stratum holds both, a group has no two answers of one stratum, or nothing differs at all.
pub fn matched_difference(strata: impl IntoIterator<Item = (Mean, Mean)>) -> Option<Matched> {
    let mut sums = Sums::default();
    for (these, others) in strata {
        if these.n() > 0 && others.n() > 0 {
            sums.add(&these, &others);
        }
    }
    sums.matched()
}

/// What strata add up to.
#[derive(Debug, Default)]
struct Sums {
    weight: f64,
    difference: f64,
    these: Group,
    others: Group,
}

/// A group over the strata: its squares within them, their degrees of freedom, and how much a unit of its variance counts.
#[derive(Debug, Default)]
struct Group {
    n: u64,
    squares: f64,
    freedom: f64,
    share: f64,
}

impl Sums {
    fn add(&mut self, these: &Mean, others: &Mean) {
        let (n, m) = (these.effective_n(), others.effective_n());
        let weight = n * m / (n + m);
        self.weight += weight;
        self.difference += weight * (these.mean() - others.mean());
        self.these.add(these, weight * weight / n);
        self.others.add(others, weight * weight / m);
    }

    fn matched(&self) -> Option<Matched> {
        let (one, other) = (self.these.variance(self.weight)?, self.others.variance(self.weight)?);
        let variance = one + other;
        if !(variance > 0.0 && variance.is_finite()) {
            return None;
        }
        let freedom =
            variance * variance / (one * one / self.these.freedom + other * other / self.others.freedom);
        let student = StudentsT::new(0.0, 1.0, freedom.min(AS_NORMAL)).ok()?;
        let (value, standard_error) = (self.difference / self.weight, variance.sqrt());
        let reach = student.inverse_cdf(0.975) * standard_error;
        Some(Matched {
            value,
            interval: Interval { lower: value - reach, upper: value + reach },
            standard_error,
            p_value: 2.0 * student.sf(value.abs() / standard_error),
            these: self.these.n,
            others: self.others.n,
        })
    }
}

impl Group {
    fn add(&mut self, answers: &Mean, share: f64) {
        self.n += answers.n();
        self.squares += answers.squares();
        self.freedom += answers.effective_n() - 1.0;
        self.share += share;
    }

    /// What it adds to the variance of the difference.
    fn variance(&self, weight: f64) -> Option<f64> {
        (self.freedom >= 1.0 - 1e-9).then(|| self.squares / self.freedom * self.share / (weight * weight))
    }
}
