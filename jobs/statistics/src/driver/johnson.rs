//! Johnson's relative weights (Multivariate Behavioral Research 35 (2000)).

use crate::matrix::eigen;

/// (L∘L)(L⁻¹r)² with L the symmetric root of the drivers' correlations; sums to R².
pub(super) fn relative_weights(between: &[f64], with_target: &[f64]) -> Vec<f64> {
    let k = with_target.len();
    let spectrum = eigen(between, k);
    let root = |power: f64| -> Vec<f64> {
        // of full rank, which rounding may hide in the least value
        let scaled: Vec<f64> =
            spectrum.values.iter().map(|value| value.max(f64::EPSILON).powf(power)).collect();
        let cell = |i: usize, j: usize| -> f64 {
            let vectors = &spectrum.vectors;
            (0..k).map(|m| vectors[i * k + m] * scaled[m] * vectors[j * k + m]).sum()
        };
        (0..k).flat_map(|i| (0..k).map(move |j| (i, j))).map(|(i, j)| cell(i, j)).collect()
    };
    let (whole, inverse) = (root(0.5), root(-0.5));
    let squared: Vec<f64> = inverse
        .chunks_exact(k)
        .map(|row| row.iter().zip(with_target).map(|(x, r)| x * r).sum::<f64>().powi(2))
        .collect();
    whole.chunks_exact(k).map(|row| row.iter().zip(&squared).map(|(x, b)| x * x * b).sum()).collect()
}
