//! Perceived against expected: how far what customers got lies from what they had expected.
//!
//! Difference scores are less reliable than their parts and their variance is cut at the ends of the scale (J. P. Peter,
//! G. A. Churchill and T. J. Brown, Journal of Consumer Research 19 (1993)), so the shares are told beside the gap.

use crate::{Estimate, Mean, Proportion, mean::is_value};

/// The running disconfirmation of weighted pairs of answers.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Disconfirmation {
    gap: Mean,
    perceived: Mean,
    expected: Mean,
    below: Proportion,
    at: Proportion,
    above: Proportion,
}

impl Disconfirmation {
    /// Adds one respondent: both answers on 0–100, high is good. A pair with a missing part says nothing.
    pub fn add(&mut self, perceived: f64, expected: f64, weight: f64) {
        let gap = perceived - expected;
        if !(is_value(perceived) && is_value(expected) && is_value(gap)) {
            return;
        }
        self.gap.add(gap, weight);
        self.perceived.add(perceived, weight);
        self.expected.add(expected, weight);
        // what rounding leaves of equal means of items is no difference
        let even = gap.abs() < 1e-9;
        self.below.add(gap < 0.0 && !even, weight);
        self.at.add(even, weight);
        self.above.add(gap > 0.0 && !even, weight);
    }

    /// Adds another part.
    pub fn merge(&mut self, other: &Self) {
        self.gap.merge(&other.gap);
        self.perceived.merge(&other.perceived);
        self.expected.merge(&other.expected);
        self.below.merge(&other.below);
        self.at.merge(&other.at);
        self.above.merge(&other.above);
    }

    /// The mean gap, −100…100, with its interval; `None` without a pair.
    pub fn gap(&self) -> Option<Estimate> {
        self.gap.estimate(-100.0, 100.0)
    }

    /// The ratio of the mean answers, perceived over expected, on the scale that began at `low` and ended at `high`;
    /// `None` without a pair or where nothing was expected. Means of individual ratios are unstable and not given.
    pub fn ratio(&self, low: f64, high: f64) -> Option<f64> {
        let own = |mean: &Mean| Some(low + mean.estimate(0.0, 100.0)?.value * (high - low) / 100.0);
        let (perceived, expected) = (own(&self.perceived)?, own(&self.expected)?);
        (expected > 0.0).then(|| perceived / expected).filter(|ratio| ratio.is_finite())
    }

    /// Share whose expectations were not met: the dissatisfied.
    pub fn below(&self) -> Option<Estimate> {
        self.below.estimate()
    }

    /// Share whose expectations were met exactly: the satisfied.
    pub fn at(&self) -> Option<Estimate> {
        self.at.estimate()
    }

    /// Share whose expectations were exceeded: the delighted.
    pub fn above(&self) -> Option<Estimate> {
        self.above.estimate()
    }
}
