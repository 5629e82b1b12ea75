//! The delete-a-group jackknife: one pass over the rows, then as many small fits as there are groups.

use super::{ResampleError, ResampleRule, Resampled, quantities::Quantities, student};
use crate::{
    Items, Missing, Model, Moments,
    path::{Frame, Settings, Solver},
};

/// Refits the model without one group at a time: variance (G − 1)/G · Σ(θ_g − θ̄)², Student's interval with G − 1
/// degrees of freedom (Kott, Journal of Official Statistics 17 (2001)).
///
/// The groups must be random and of like size, and hold a sampling cluster whole (a customer who answered twice is one
/// cluster): a hash of the customer's number modulo G does it. Empty groups are left out.
///
/// # Errors
/// [`ResampleError`]: the full sample's own error, fewer than two groups with rows, or refits of which most failed.
pub fn jackknife(
    model: &Model,
    items: &Items,
    groups: &[Moments],
    missing: Missing,
    settings: Settings,
) -> Result<Resampled, ResampleError> {
    let mut whole = Moments::new(items);
    groups.iter().try_for_each(|group| whole.merge(group))?;
    let base = |group: &&Moments| if missing == Missing::Listwise { group.complete() } else { group.rows() };
    let groups: Vec<&Moments> = groups.iter().filter(|group| base(group) > 0).collect();
    let count = groups.len() as u32;
    if count < 2 {
        return Err(ResampleError::TooFew { found: count });
    }
    let frame = Frame::new(model, items)?;
    let mut solver = Solver::new(&frame, settings);
    let covariance = whole.covariance(items, missing)?;
    solver.solve(&covariance, None)?;
    let quantities = Quantities::of(&solver);
    let mut full = Vec::new();
    quantities.read(&solver, &mut full);
    let (weights, loadings) = (solver.weights.clone(), solver.loadings.clone());
    let mut samples = Vec::with_capacity(full.len() * groups.len());
    for group in groups {
        let mut rest = whole.clone();
        rest.subtract(group)?;
        let refit = rest.covariance(items, missing).ok();
        if refit.is_some_and(|covariance| solver.solve(&covariance, Some((&weights, &loadings))).is_ok()) {
            quantities.read(&solver, &mut samples);
        }
    }
    let succeeded = samples.len() / full.len();
    let failed = count - succeeded as u32;
    if succeeded < 2 || failed > count / 2 {
        return Err(ResampleError::MostFailed { failed, of: count });
    }
    let rule = ResampleRule::Jackknife { groups: count };
    Ok(quantities.write(&solver, &full, &covariance, rule, failed, |at| {
        let error = deviation(samples.iter().skip(at).step_by(full.len()).copied(), succeeded as f64);
        (error, student(full[at], error, succeeded as f64 - 1.0))
    }))
}

/// √((G − 1)/G · Σ(θ_g − θ̄)²).
fn deviation(refits: impl Iterator<Item = f64> + Clone, count: f64) -> f64 {
    let mean = refits.clone().sum::<f64>() / count;
    let squares: f64 = refits.map(|value| (value - mean).powi(2)).sum();
    ((count - 1.0) / count * squares).sqrt()
}
