//! Change between two independent estimates, and its significance among many.

use statrs::function::erf::erfc;

use crate::Estimate;

/// The difference of two estimates.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Change {
    /// Now less then; no number where one of them is none.
    pub difference: f64,
    /// Two-sided p-value of z = difference/√(SE₁²+SE₂²); `None` where a standard error is missing or both are 0, or where
    /// one of the four numbers is none.
    pub p_value: Option<f64>,
}

/// The change from `before` to `now`, each a value with its standard error.
pub fn change(now: (f64, Option<f64>), before: (f64, Option<f64>)) -> Change {
    let difference = now.0 - before.0;
    let p_value = now.1.zip(before.1).and_then(|(now, before)| {
        let error = now.hypot(before);
        (error > 0.0 && error.is_finite() && difference.is_finite())
            .then(|| erfc(difference.abs() / error / std::f64::consts::SQRT_2))
    });
    Change { difference, p_value }
}

impl Estimate {
    /// The value with its standard error, as [`change`] takes it.
    pub fn with_error(&self) -> (f64, Option<f64>) {
        (self.value, self.standard_error)
    }
}

/// Holm's step-down p-values of a family: compare each with the level, and the chance of any false alarm in the whole
/// family stays below it (S. Holm, Scandinavian Journal of Statistics 6 (1979)). Same order as given. What is no probability
/// counts as 1, which says nothing against chance.
pub fn holm(p_values: &[f64]) -> Vec<f64> {
    let p_values = probabilities(p_values);
    let mut order: Vec<usize> = (0..p_values.len()).collect();
    order.sort_by(|&a, &b| p_values[a].total_cmp(&p_values[b]));
    let mut adjusted = vec![1.0; p_values.len()];
    let mut least = 0.0_f64;
    for (rank, &index) in order.iter().enumerate() {
        let factor = (p_values.len() - rank) as f64;
        least = least.max((p_values[index] * factor).min(1.0));
        adjusted[index] = least;
    }
    adjusted
}

/// Benjamini and Hochberg's step-up p-values of a family: of the changes called significant at a level, no more than
/// that share is expected to be false alarms (Journal of the Royal Statistical Society B 57 (1995)). Same order as
/// given. What is no probability counts as 1.
pub fn benjamini_hochberg(p_values: &[f64]) -> Vec<f64> {
    let p_values = probabilities(p_values);
    let mut order: Vec<usize> = (0..p_values.len()).collect();
    order.sort_by(|&a, &b| p_values[b].total_cmp(&p_values[a]));
    let count = p_values.len() as f64;
    let mut adjusted = vec![1.0; p_values.len()];
    let mut most = 1.0_f64;
    for (place, &index) in order.iter().enumerate() {
        let rank = count - place as f64;
        most = most.min(p_values[index] * count / rank);
        adjusted[index] = most;
    }
    adjusted
}

fn probabilities(p_values: &[f64]) -> Vec<f64> {
    p_values.iter().map(|p| if (0.0..=1.0).contains(p) { *p } else { 1.0 }).collect()
}
