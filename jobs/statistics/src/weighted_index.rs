//! An index of items by weights that are given: Σ weight·performance/Σ weight, on 0–100.

use crate::{Covariance, Estimate, Items, resample::student};

/// The index of the items at these places by these weights, from means and covariances on the items' own scales;
/// weights in any unit, importances for instance. Error and interval hold the weights fixed: sd/√nₑ with Student's t,
/// cut to 0–100 unless a weight is negative.
///
/// `None` if the weights do not sum above 0, a place is no item's, or the index is no number.
pub fn weighted_index(items: &Items, covariance: &Covariance, weights: &[(usize, f64)]) -> Option<Estimate> {
    let p = covariance.size();
    let total: f64 = weights.iter().map(|(_, weight)| weight).sum();
    if !(total > 0.0 && total.is_finite()) || items.len() != p {
        return None;
    }
    let part = |(place, weight): &(usize, f64)| {
        let scale = items.iter().nth(*place)?.scale;
        let unit = 100.0 / (scale.high - scale.low) * weight / total;
        Some((*place, unit, unit * (covariance.means[*place] - scale.low)))
    };
    let parts: Vec<(usize, f64, f64)> = weights.iter().map(part).collect::<Option<_>>()?;
    let value: f64 = parts.iter().map(|(_, _, points)| points).sum();
    let product = |(i, one, _): &(usize, f64, f64), (j, other, _): &(usize, f64, f64)| {
        one * other * covariance.matrix[i * p + j]
    };
    let variance: f64 =
        parts.iter().map(|one| parts.iter().map(|other| product(one, other)).sum::<f64>()).sum();
    let (n, effective_n) = (covariance.n, covariance.effective_n);
    // weights so uneven that one answer is all there is leave nothing to estimate a spread from
    let standard_error = (effective_n > 1.0 + 1e-9).then(|| variance.max(0.0).sqrt() / effective_n.sqrt());
    let interval = standard_error.and_then(|error| student(value, error, effective_n - 1.0));
    let on_scale = weights.iter().all(|(_, weight)| *weight >= 0.0);
    let cut = |cut: crate::Interval| cut.within(value.min(0.0), value.max(100.0));
    let interval = interval.map(|whole| if on_scale { cut(whole) } else { whole });
    (value.is_finite() && variance.is_finite()).then_some(Estimate {
        value,
        interval,
        standard_error,
        n,
        effective_n,
    })
}
