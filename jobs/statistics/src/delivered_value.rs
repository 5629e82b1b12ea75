//! Delivered value: what the customer gets (product, service, personnel, image) less what it costs the customer
//! (money, time, energy, psychic), all on 0–100.
//!
//! Source: P. Kotler, Marketing Management, 10th ed. (2000), chapter 2. The components have a common unit only because
//! each is put on 0–100; difference and ratio are both given, since they rank customers differently.

use crate::{Estimate, Mean, mean::is_value};

/// The running delivered value of weighted respondents.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct DeliveredValue {
    difference: Mean,
    value: Mean,
    cost: Mean,
}

impl DeliveredValue {
    /// Adds one respondent: total value and total cost, each the mean of its components on 0–100, a high cost being
    /// much to bear. A respondent with a missing side says nothing.
    pub fn add(&mut self, value: f64, cost: f64, weight: f64) {
        if !(is_value(value) && is_value(cost) && is_value(value - cost)) {
            return;
        }
        self.difference.add(value - cost, weight);
        self.value.add(value, weight);
        self.cost.add(cost, weight);
    }

    /// Adds another part.
    pub fn merge(&mut self, other: &Self) {
        self.difference.merge(&other.difference);
        self.value.merge(&other.value);
        self.cost.merge(&other.cost);
    }

    /// Total value less total cost, −100…100; `None` without a respondent.
    pub fn difference(&self) -> Option<Estimate> {
        self.difference.estimate(-100.0, 100.0)
    }

    /// Mean total value, 0–100.
    pub fn value(&self) -> Option<Estimate> {
        self.value.estimate(0.0, 100.0)
    }

    /// Mean total cost, 0–100.
    pub fn cost(&self) -> Option<Estimate> {
        self.cost.estimate(0.0, 100.0)
    }

    /// Mean total value over mean total cost; `None` where there is no cost, or too little to divide by.
    pub fn ratio(&self) -> Option<f64> {
        let (value, cost) = (self.value()?.value, self.cost()?.value);
        (cost > 0.0).then(|| value / cost).filter(|ratio| ratio.is_finite())
    }
}
