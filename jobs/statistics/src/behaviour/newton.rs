//! The maximum of a log-likelihood by damped Newton steps in the logarithms of its parameters.
//!
//! Gradient and Hessian are analytic; a step never lowers the likelihood; what does not converge is an error.

use super::BuyerError;

/// A log-likelihood with its first two derivatives, in natural parameters.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Derivatives<const N: usize> {
    pub value: f64,
    pub gradient: [f64; N],
    pub hessian: [[f64; N]; N],
}

/// Where the search ended.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Optimum<const N: usize> {
    pub parameters: [f64; N],
    pub value: f64,
    pub iterations: u32,
    /// Eigenvalues of the information in logs per case, and their vectors in columns.
    pub information: [f64; N],
    pub directions: [[f64; N]; N],
}

const ITERATIONS: u32 = 200;
/// The largest slope in logs, per case, that counts as level ground.
const LEVEL: f64 = 1e-12;
/// Below this information per case, in logs, a direction is not identified by the data.
const FLAT: f64 = 1e-8;
/// The same of all cases together: a standard error of 10 in logs, e^±20, knows nothing.
const FAINT: f64 = 0.01;
/// The longest step in logs.
const STRIDE: f64 = 2.0;

impl<const N: usize> Derivatives<N> {
    pub fn zero() -> Self {
        Self { value: 0.0, gradient: [0.0; N], hessian: [[0.0; N]; N] }
    }

    /// Per case, and with respect to the logarithms of the parameters: θᵢgᵢ; θᵢθⱼHᵢⱼ + δᵢⱼθᵢgᵢ.
    fn in_logs(&self, at: &[f64; N], cases: f64) -> Self {
        let mut logs = *self;
        logs.value /= cases;
        for i in 0..N {
            logs.gradient[i] *= at[i] / cases;
            for (j, entry) in logs.hessian[i].iter_mut().enumerate() {
                *entry *= at[i] * at[j] / cases;
            }
            logs.hessian[i][i] += logs.gradient[i];
        }
        logs
    }

    fn is_finite(&self) -> bool {
        self.value.is_finite()
            && self.gradient.iter().all(|slope| slope.is_finite())
            && self.hessian.iter().flatten().all(|entry| entry.is_finite())
    }
}

impl<const N: usize> Optimum<N> {
    /// Whether so many cases say enough of every direction.
    pub fn is_identified(&self, cases: f64) -> bool {
        self.information.iter().all(|value| *value > FLAT && value * cases > FAINT)
    }

    /// Standard errors of the logarithms of the parameters for so many cases; `None` if a direction is flat.
    pub fn log_errors(&self, cases: f64) -> Option<[f64; N]> {
        self.is_identified(cases).then(|| {
            let mut errors = [0.0; N];
            for (row, error) in errors.iter_mut().enumerate() {
                let parts = self.directions[row].iter().zip(&self.information);
                *error = (parts.map(|(part, value)| part * part / value).sum::<f64>() / cases).sqrt();
            }
            errors
        })
    }
}

/// Climbs from `start` to where the slope is level. `cases` is the sum of the weights, `model` names the model.
pub(crate) fn maximise<const N: usize>(
    model: &'static str,
    cases: f64,
    start: [f64; N],
    likelihood: impl Fn(&[f64; N]) -> Derivatives<N>,
) -> Result<Optimum<N>, BuyerError> {
    let mut at = start;
    let mut here = likelihood(&at).in_logs(&at, cases);
    for iterations in 0..ITERATIONS {
        if !here.is_finite() {
            return Err(BuyerError::NotConverged { model, iterations });
        }
        let (values, directions) = eigen(here.hessian);
        let step = step(&here.gradient, &values, &directions);
        let gain: f64 = step.iter().zip(&here.gradient).map(|(step, slope)| step * slope).sum();
        let level = here.gradient.iter().all(|slope| slope.abs() <= LEVEL);
        let next = if level { None } else { ahead(&at, &here, &step, gain, cases, &likelihood) };
        let Some((there, slopes)) = next else {
            // at rounding level no step improves: that is the top only if none promises anything, and NaN is no promise kept
            let none = gain <= 1e-11 * (1.0 + here.value.abs());
            if !level && !none {
                return Err(BuyerError::NotConverged { model, iterations });
            }
            let information = values.map(|value| -value);
            return Ok(Optimum {
                parameters: at,
                value: here.value * cases,
                iterations,
                information,
                directions,
            });
        };
        (at, here) = (there, slopes);
    }
    Err(BuyerError::NotConverged { model, iterations: ITERATIONS })
}

/// The first of the step, its half, its quarter … that improves the likelihood; `None` if none does.
fn ahead<const N: usize>(
    at: &[f64; N],
    here: &Derivatives<N>,
    step: &[f64; N],
    gain: f64,
    cases: f64,
    likelihood: &impl Fn(&[f64; N]) -> Derivatives<N>,
) -> Option<([f64; N], Derivatives<N>)> {
    // where the promised gain drowns in rounding, a smaller slope is the better place
    let drowned = gain < 1e-13 * here.value.abs();
    let steepness =
        |point: &Derivatives<N>| point.gradient.iter().fold(0.0_f64, |most, slope| most.max(slope.abs()));
    let mut share = 1.0;
    while share > 1e-8 {
        let there: [f64; N] = std::array::from_fn(|i| at[i] * (share * step[i]).exp());
        if there.iter().all(|value| value.is_normal()) {
            let slopes = likelihood(&there).in_logs(&there, cases);
            let better = slopes.value >= here.value + 1e-4 * share * gain;
            let levelled = drowned && steepness(&slopes) < 0.5 * steepness(here);
            if slopes.is_finite() && (better && !drowned || levelled) {
                return Some((there, slopes));
            }
        }
        if drowned {
            return None;
        }
        share *= 0.5;
    }
    None
}

/// Newton's step with every eigenvalue taken as negative, so that it climbs; no longer than the stride.
fn step<const N: usize>(gradient: &[f64; N], values: &[f64; N], directions: &[[f64; N]; N]) -> [f64; N] {
    let mut step = [0.0; N];
    for (column, value) in values.iter().enumerate() {
        let slope: f64 = (0..N).map(|row| directions[row][column] * gradient[row]).sum();
        let length = slope / value.abs().max(1e-14);
        for (row, part) in step.iter_mut().enumerate() {
            *part += directions[row][column] * length.clamp(-1e6, 1e6);
        }
    }
    let longest = step.iter().fold(0.0_f64, |most, part| most.max(part.abs()));
    if longest > STRIDE { step.map(|part| part * STRIDE / longest) } else { step }
}

/// Eigenvalues and eigenvectors (in columns) of a symmetric matrix, by Jacobi's rotations.
pub(crate) fn eigen<const N: usize>(mut matrix: [[f64; N]; N]) -> ([f64; N], [[f64; N]; N]) {
    let mut vectors = [[0.0; N]; N];
    (0..N).for_each(|i| vectors[i][i] = 1.0);
    for _ in 0..50 {
        let rest: f64 =
            (0..N).flat_map(|i| (0..i).map(move |j| (i, j))).map(|(i, j)| matrix[i][j].powi(2)).sum();
        if rest == 0.0 {
            break;
        }
        for q in 1..N {
            for p in 0..q {
                rotate(&mut matrix, &mut vectors, p, q);
            }
        }
    }
    (std::array::from_fn(|i| matrix[i][i]), vectors)
}

fn rotate<const N: usize>(matrix: &mut [[f64; N]; N], vectors: &mut [[f64; N]; N], p: usize, q: usize) {
    if matrix[p][q] == 0.0 {
        return;
    }
    let theta = (matrix[q][q] - matrix[p][p]) / (2.0 * matrix[p][q]);
    let tangent = theta.signum() / (theta.abs() + theta.hypot(1.0));
    let cosine = 1.0 / tangent.hypot(1.0);
    let sine = tangent * cosine;
    for row in matrix.iter_mut().chain(vectors.iter_mut()) {
        (row[p], row[q]) = (cosine * row[p] - sine * row[q], sine * row[p] + cosine * row[q]);
    }
    let (upper, lower) = (matrix[p], matrix[q]);
    matrix[p] = std::array::from_fn(|column| cosine * upper[column] - sine * lower[column]);
    matrix[q] = std::array::from_fn(|column| sine * upper[column] + cosine * lower[column]);
    (matrix[p][q], matrix[q][p]) = (0.0, 0.0);
}
