//! How well the items of a reflective construct measure it together, and how well constructs stand apart.

/// Reliability of a reflective construct with two items or more.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reliability {
    /// Cronbach's α of standardised items, k r̄/(1 + (k − 1) r̄).
    pub alpha_standardised: f64,
    /// Cronbach's α of the answers (Cronbach, Psychometrika 16 (1951)).
    pub alpha_raw: f64,
    /// Dijkstra & Henseler's ρ_A (MIS Quarterly 39 (2015)).
    pub rho_a: f64,
    /// Composite reliability from the loadings, (Σλ)²/((Σλ)² + Σ(1 − λ²)).
    pub rho_c: f64,
    /// Average variance extracted, the mean λ².
    pub average_variance_extracted: f64,
}

/// Of the items of a block: correlations (k × k), deviations, standardised weights, loadings. `None` if a figure does
/// not exist.
pub(crate) fn reliability(
    correlations: &[f64],
    deviations: &[f64],
    weights: &[f64],
    loadings: &[f64],
) -> Option<Reliability> {
    let k = loadings.len();
    if k < 2 {
        return None;
    }
    let count = k as f64;
    let off = |value: &dyn Fn(usize, usize) -> f64| -> f64 {
        (0..k)
            .flat_map(|i| (0..k).map(move |j| (i, j)))
            .filter(|(i, j)| i != j)
            .map(|(i, j)| value(i, j))
            .sum()
    };
    let correlation = |i: usize, j: usize| correlations[i * k + j];
    let mean = off(&correlation) / (count * (count - 1.0));
    let covariances = off(&|i, j| correlation(i, j) * deviations[i] * deviations[j]);
    let variances: f64 = deviations.iter().map(|deviation| deviation * deviation).sum();
    let squared: f64 = weights.iter().map(|weight| weight * weight).sum();
    let common = off(&|i, j| weights[i] * weights[j] * correlation(i, j));
    let rank_one = off(&|i, j| (weights[i] * weights[j]).powi(2));
    let sum: f64 = loadings.iter().sum();
    let communality: f64 = loadings.iter().map(|loading| loading * loading).sum();
    let reliability = Reliability {
        alpha_standardised: count * mean / (1.0 + (count - 1.0) * mean),
        alpha_raw: count / (count - 1.0) * covariances / (variances + covariances),
        rho_a: squared * squared * common / rank_one,
        rho_c: sum * sum / (sum * sum + count - communality),
        average_variance_extracted: communality / count,
    };
    let Reliability { alpha_standardised, alpha_raw, rho_a, rho_c, .. } = reliability;
    [alpha_standardised, alpha_raw, rho_a, rho_c].iter().all(|value| value.is_finite()).then_some(reliability)
}

/// Heterotrait–monotrait ratio of two constructs (Henseler, Ringle & Sarstedt, JAMS 43 (2015)): the mean correlation
/// between their items over the geometric mean of those within, a lone item standing for 1. Signed, as in the paper.
pub(crate) fn heterotrait_monotrait(
    between: impl Iterator<Item = f64>,
    within: impl Iterator<Item = f64>,
    other: impl Iterator<Item = f64>,
) -> Option<f64> {
    let (within, other) = (mean(within).unwrap_or(1.0), mean(other).unwrap_or(1.0));
    let ratio = mean(between)? / (within * other).sqrt();
    // items that do not go together within a construct have no ratio
    (within > 0.0 && other > 0.0 && ratio.is_finite()).then_some(ratio)
}

pub(crate) fn mean(values: impl Iterator<Item = f64>) -> Option<f64> {
    let (sum, count) = values.fold((0.0, 0.0), |(sum, count), value| (sum + value, count + 1.0));
    (count > 0.0).then(|| sum / count)
}
