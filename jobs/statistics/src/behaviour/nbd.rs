//! Purchases without drop-out: Poisson counts whose rates are gamma over the buyers.

use super::{
    BuyerError, BuyerGroups,
    error::positive,
    newton::{Derivatives, Optimum, maximise},
};
use crate::special::Rising;

/// The NBD: what the other models become where nobody is seen to leave.
///
/// Source: A. S. C. Ehrenberg, "The pattern of consumer purchases", Applied Statistics 8 (1959).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Nbd {
    /// Shape of the rates.
    pub r: f64,
    /// Their scale, in the unit of time: the mean rate is r/α.
    pub alpha: f64,
}

impl Nbd {
    /// # Errors
    /// [`BuyerError::Parameter`] for one that is not positive and finite.
    pub fn new(r: f64, alpha: f64) -> Result<Self, BuyerError> {
        Ok(Self { r: positive("r", r)?, alpha: positive("alpha", alpha)? })
    }

    /// Σw·ln f, without terms free of the parameters.
    #[must_use]
    pub fn log_likelihood(&self, buyers: &BuyerGroups) -> f64 {
        derivatives(buyers, &[self.r, self.alpha]).value
    }

    /// Purchases expected in the next `time` of a buyer with so many repeats at this age; 0 for a time that is not positive
    /// and finite, as of the other models, and NaN for an age that is negative or no number.
    #[must_use]
    pub fn expected_purchases(&self, repeats: u32, age: f64, time: f64) -> f64 {
        if age.is_nan() || age < 0.0 {
            return f64::NAN;
        }
        if !(time > 0.0 && time.is_finite()) {
            return 0.0;
        }
        ((self.r + f64::from(repeats)) / (self.alpha + age) * time).min(f64::MAX)
    }

    pub(crate) fn fit(buyers: &BuyerGroups) -> Result<Optimum<2>, BuyerError> {
        let repeats = buyers.mean(|group| f64::from(group.repeats));
        if repeats <= 0.0 {
            return Err(BuyerError::NoRepeats);
        }
        let rate = repeats / buyers.mean(|group| group.age);
        maximise("NBD", buyers.cases(), [0.5, 0.5 / rate], |at| derivatives(buyers, at))
    }
}

/// r and α alone: lnΓ(r+x) − lnΓ(r) + r·lnα − (r+x)·ln(α+T).
fn derivatives(buyers: &BuyerGroups, &[r, alpha]: &[f64; 2]) -> Derivatives<2> {
    let mut sum = counts(buyers, r, alpha);
    for group in buyers.groups() {
        let (weight, shape, span) = (group.weight, r + f64::from(group.repeats), alpha + group.age);
        let (ln, inverse) = (span.ln(), 1.0 / span);
        sum.value -= weight * shape * ln;
        sum.gradient[0] -= weight * ln;
        sum.gradient[1] -= weight * shape * inverse;
        sum.hessian[0][1] -= weight * inverse;
        sum.hessian[1][0] -= weight * inverse;
        sum.hessian[1][1] += weight * shape * inverse * inverse;
    }
    sum
}

/// The part that all models share and that hangs on the number of repeats alone: lnΓ(r+x) − lnΓ(r) + r·lnα.
pub(crate) fn counts<const N: usize>(buyers: &BuyerGroups, r: f64, alpha: f64) -> Derivatives<N> {
    let mut sum = Derivatives::zero();
    let (mut rising, mut from) = (Rising::default(), 0);
    for (repeats, weight) in buyers.repeats() {
        let to = u64::from(*repeats);
        rising = rising.extended(r, from, to);
        from = to;
        sum.value += weight * rising.value;
        sum.gradient[0] += weight * rising.slope;
        sum.hessian[0][0] += weight * rising.curvature;
    }
    let cases = buyers.cases();
    sum.value += cases * r * alpha.ln();
    sum.gradient[0] += cases * alpha.ln();
    sum.gradient[1] += cases * r / alpha;
    sum.hessian[0][1] += cases / alpha;
    sum.hessian[1][0] += cases / alpha;
    sum.hessian[1][1] -= cases * r / (alpha * alpha);
    sum
}
