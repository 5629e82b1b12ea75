//! The iteration: weights, inner proxies, paths and indexes from one covariance matrix, in buffers used again.
//!
//! Wold (1982), Lohmöller (1989); on covariances alone after matrixpls: W′SW is all an iteration needs.

use super::{Frame, Metric, Mode, PathError, Scheme, Settings};
use crate::{Covariance, matrix};

/// Weights whose sum is this small a share of their sizes cancel.
const CANCELLED: f64 = 1e-9;

/// Items whose correlations with their construct's proxy are this small go with it by rounding alone.
const UNRELATED: f64 = 1e-14;

/// Buffers and results of one estimation after the other.
pub(crate) struct Solver<'a> {
    pub(crate) frame: &'a Frame<'a>,
    settings: Settings,
    /// p × p: correlations, or covariances in the raw metric.
    pub(crate) matrix: Vec<f64>,
    /// Standard deviation of each item, and of its part in the metric (1 if standardised).
    pub(crate) deviations: Vec<f64>,
    /// Item means on 0–100.
    means: Vec<f64>,
    /// Factors of the mode B blocks, in place of their covariances.
    factors: Vec<f64>,
    pub(crate) weights: Vec<f64>,
    before: Vec<f64>,
    /// Row j: covariances of every item with construct j.
    covariances: Vec<f64>,
    inner: Vec<f64>,
    scratch: Scratch,
    /// J × J.
    pub(crate) correlations: Vec<f64>,
    pub(crate) loadings: Vec<f64>,
    /// In the order of the model's paths.
    pub(crate) paths: Vec<f64>,
    /// Per construct; NaN never, 0 where nothing leads to it.
    pub(crate) r_squared: Vec<f64>,
    /// J × J.
    pub(crate) effects: Vec<f64>,
    /// Weights on 0–100 items that sum to one within a construct.
    pub(crate) normalised: Vec<f64>,
    pub(crate) indexes: Vec<f64>,
    pub(crate) iterations: u32,
}

#[derive(Default)]
struct Scratch {
    factor: Vec<f64>,
    coefficients: Vec<f64>,
}

impl<'a> Solver<'a> {
    pub(crate) fn new(frame: &'a Frame<'a>, settings: Settings) -> Self {
        let (p, j, paths) = (frame.len(), frame.model.constructs.len(), frame.model.paths.len());
        let zeros = |length: usize| vec![0.0; length];
        Self {
            frame,
            settings,
            matrix: zeros(p * p),
            deviations: zeros(p),
            means: zeros(p),
            factors: zeros(p * p),
            weights: zeros(p),
            before: zeros(p),
            covariances: zeros(j * p),
            inner: zeros(j * j),
            scratch: Scratch::default(),
            correlations: zeros(j * j),
            loadings: zeros(p),
            paths: zeros(paths),
            r_squared: zeros(j),
            effects: zeros(j * j),
            normalised: zeros(p),
            indexes: zeros(j),
            iterations: 0,
        }
    }

    /// Estimates the model. `start` are the full sample's weights, to begin with, and its loadings, to turn each
    /// construct to; without it weights begin at 1 and most loadings of a construct are made positive.
    pub(crate) fn solve(
        &mut self,
        covariance: &Covariance,
        start: Option<(&[f64], &[f64])>,
    ) -> Result<(), PathError> {
        self.settings.check()?;
        self.frame.read(covariance, &mut self.matrix, &mut self.deviations, &mut self.means)?;
        if self.settings.metric == Metric::Standardised {
            self.standardise();
        }
        self.factor_blocks()?;
        match start {
            Some((weights, _)) => self.weights.copy_from_slice(weights),
            None => self.weights.fill(1.0),
        }
        self.iterate()?;
        self.load();
        self.orient(start.map(|(_, loadings)| loadings));
        self.correlate();
        self.regress()?;
        self.add_effects();
        self.index()
    }

    fn standardise(&mut self) {
        let p = self.frame.len();
        for (i, row) in self.matrix.chunks_exact_mut(p).enumerate() {
            for (value, deviation) in row.iter_mut().zip(&self.deviations) {
                *value /= deviation * self.deviations[i];
            }
            row[i] = 1.0;
        }
    }

    fn factor_blocks(&mut self) -> Result<(), PathError> {
        let p = self.frame.len();
        for (at, block) in self.frame.model.blocks.iter().enumerate() {
            if self.frame.model.constructs[at].mode == Mode::A {
                continue;
            }
            let k = block.len();
            let factor = &mut self.factors[block.start * p..block.start * p + k * k];
            for (row, i) in factor.chunks_exact_mut(k).zip(block.clone()) {
                row.copy_from_slice(&self.matrix[i * p + block.start..i * p + block.end]);
            }
            matrix::cholesky(factor, k).map_err(|row| PathError::SingularBlock {
                construct: self.frame.construct(at),
                item: self.frame.item(block.start + row),
            })?;
        }
        Ok(())
    }

    fn iterate(&mut self) -> Result<(), PathError> {
        self.normalise()?;
        let mut change = f64::INFINITY;
        for iteration in 1..=self.settings.iterations {
            self.correlate();
            self.weigh_inner()?;
            self.before.copy_from_slice(&self.weights);
            self.weigh_outer()?;
            self.normalise()?;
            let pairs = self.weights.iter().zip(&self.before);
            change = pairs.map(|(new, old)| (new.abs() - old.abs()).abs()).fold(0.0, f64::max);
            if change < self.settings.tolerance {
                self.iterations = iteration;
                return Ok(());
            }
        }
        Err(PathError::NotConverged { iterations: self.settings.iterations, change })
    }

    /// Gives each construct unit variance, and its covariances with every item.
    fn normalise(&mut self) -> Result<(), PathError> {
        let p = self.frame.len();
        for (at, block) in self.frame.model.blocks.iter().enumerate() {
            let covariances = &mut self.covariances[at * p..(at + 1) * p];
            covariances.fill(0.0);
            for i in block.clone() {
                let weight = self.weights[i];
                let row = &self.matrix[i * p..(i + 1) * p];
                covariances.iter_mut().zip(row).for_each(|(sum, value)| *sum += weight * value);
            }
            let weights = &mut self.weights[block.clone()];
            let variance: f64 = weights.iter().zip(&covariances[block.clone()]).map(|(w, c)| w * c).sum();
            // also false for NaN
            if !(variance > f64::MIN_POSITIVE && variance.is_finite()) {
                return Err(PathError::Unrelated { construct: self.frame.construct(at) });
            }
            let scale = 1.0 / variance.sqrt();
            weights.iter_mut().for_each(|weight| *weight *= scale);
            covariances.iter_mut().for_each(|value| *value *= scale);
        }
        Ok(())
    }

    /// C = W′SW.
    fn correlate(&mut self) {
        let (p, blocks) = (self.frame.len(), &self.frame.model.blocks);
        let count = blocks.len();
        for (i, block) in blocks.iter().enumerate() {
            self.correlations[i * count + i] = 1.0;
            let weights = &self.weights[block.clone()];
            for j in 0..i {
                let covariances = &self.covariances[j * p..(j + 1) * p][block.clone()];
                let value = weights.iter().zip(covariances).map(|(w, c)| w * c).sum::<f64>();
                self.correlations[i * count + j] = value;
                self.correlations[j * count + i] = value;
            }
        }
    }

    /// Column j of the inner weights: what each neighbour gives to the proxy of construct j.
    fn weigh_inner(&mut self) -> Result<(), PathError> {
        let model = self.frame.model;
        let count = model.constructs.len();
        let weight = |correlation: f64| match self.settings.scheme {
            Scheme::Centroid if correlation == 0.0 => 0.0,
            Scheme::Centroid => correlation.signum(),
            Scheme::Factorial | Scheme::Path => correlation,
        };
        for j in 0..count {
            let predecessors = &model.predecessors[j];
            for &k in predecessors.iter().chain(&model.successors[j]) {
                self.inner[k * count + j] = weight(self.correlations[k * count + j]);
            }
            // with one predecessor the coefficient is the correlation
            if self.settings.scheme == Scheme::Path && predecessors.len() > 1 {
                self.scratch.regress(self.frame, &self.correlations, j)?;
                for (&k, coefficient) in predecessors.iter().zip(&self.scratch.coefficients) {
                    self.inner[k * count + j] = *coefficient;
                }
            }
        }
        Ok(())
    }

    /// Covariances of a construct's items with its inner proxy; in mode B the regression on the items.
    fn weigh_outer(&mut self) -> Result<(), PathError> {
        let p = self.frame.len();
        let model = self.frame.model;
        let count = model.constructs.len();
        for (j, block) in model.blocks.iter().enumerate() {
            let weights = &mut self.weights[block.clone()];
            weights.fill(0.0);
            for &k in model.predecessors[j].iter().chain(&model.successors[j]) {
                let inner = self.inner[k * count + j];
                let covariances = &self.covariances[k * p..(k + 1) * p][block.clone()];
                weights.iter_mut().zip(covariances).for_each(|(weight, value)| *weight += inner * value);
            }
            let goes_with = |(at, value): (usize, &f64)| {
                let at = block.start + at;
                value.abs() > UNRELATED * self.matrix[at * p + at].sqrt()
            };
            if !weights.iter().enumerate().any(goes_with) {
                return Err(PathError::Unrelated { construct: self.frame.construct(j) });
            }
            if model.constructs[j].mode == Mode::B {
                let k = block.len();
                matrix::solve(&self.factors[block.start * p..block.start * p + k * k], k, weights);
            }
        }
        Ok(())
    }

    /// Correlation of each item with its construct.
    fn load(&mut self) {
        let p = self.frame.len();
        for (j, block) in self.frame.model.blocks.iter().enumerate() {
            for i in block.clone() {
                self.loadings[i] = self.covariances[j * p + i] / self.matrix[i * p + i].sqrt();
            }
        }
    }

    fn orient(&mut self, toward: Option<&[f64]>) {
        let p = self.frame.len();
        for (j, block) in self.frame.model.blocks.iter().enumerate() {
            let loadings = &self.loadings[block.clone()];
            let turned = match toward {
                Some(toward) => {
                    loadings.iter().zip(&toward[block.clone()]).map(|(one, other)| one * other).sum::<f64>()
                        < 0.0
                }
                None => mostly_negative(loadings),
            };
            if turned {
                let negate = |value: &mut f64| *value = -*value;
                self.weights[block.clone()].iter_mut().for_each(negate);
                self.loadings[block.clone()].iter_mut().for_each(negate);
                self.covariances[j * p..(j + 1) * p].iter_mut().for_each(negate);
            }
        }
    }

    /// Least squares of each construct on those that lead to it.
    fn regress(&mut self) -> Result<(), PathError> {
        let model = self.frame.model;
        let count = model.constructs.len();
        for j in (0..count).filter(|&j| !model.predecessors[j].is_empty()) {
            self.scratch.regress(self.frame, &self.correlations, j)?;
            let coefficients = model.predecessors[j].iter().zip(&self.scratch.coefficients);
            self.r_squared[j] = coefficients.map(|(&k, b)| b * self.correlations[k * count + j]).sum();
            let own = model.paths.iter().zip(&mut self.paths).filter(|((_, to), _)| *to == j);
            own.zip(&self.scratch.coefficients).for_each(|((_, path), coefficient)| *path = *coefficient);
        }
        Ok(())
    }

    /// Σ Bᵏ, construct by construct after those that lead to it.
    fn add_effects(&mut self) {
        let model = self.frame.model;
        let count = model.constructs.len();
        self.effects.fill(0.0);
        for &to in &model.order {
            for (&(direct, _), path) in model.paths.iter().zip(&self.paths).filter(|((_, at), _)| *at == to) {
                self.effects[direct * count + to] += path;
                for from in 0..count {
                    self.effects[from * count + to] += self.effects[from * count + direct] * path;
                }
            }
        }
    }

    /// Fornell's index: 100 (Σw̃x̄ − a)/(b − a), w̃ the weights on items of one unit, normalised to one.
    fn index(&mut self) -> Result<(), PathError> {
        for (j, block) in self.frame.model.blocks.iter().enumerate() {
            for i in block.clone() {
                let deviation =
                    if self.settings.metric == Metric::Standardised { self.deviations[i] } else { 1.0 };
                self.normalised[i] = self.weights[i] / deviation * self.frame.width[i];
            }
            let normalised = &mut self.normalised[block.clone()];
            let (sum, size) = normalised.iter().fold((0.0, 0.0), |(sum, size), w| (sum + w, size + w.abs()));
            if sum.is_nan() || sum.abs() <= CANCELLED * size {
                return Err(PathError::WeightsCancel { construct: self.frame.construct(j) });
            }
            normalised.iter_mut().for_each(|weight| *weight /= sum);
            self.indexes[j] =
                normalised.iter().zip(&self.means[block.clone()]).map(|(w, mean)| w * mean).sum();
        }
        Ok(())
    }
}

impl Scratch {
    /// Coefficients of construct `j` on its predecessors, from correlations.
    fn regress(&mut self, frame: &Frame, correlations: &[f64], j: usize) -> Result<(), PathError> {
        let predecessors = &frame.model.predecessors[j];
        let (count, k) = (frame.model.constructs.len(), predecessors.len());
        self.factor.clear();
        self.coefficients.clear();
        for &row in predecessors {
            self.factor.extend(predecessors.iter().map(|&column| correlations[row * count + column]));
            self.coefficients.push(correlations[row * count + j]);
        }
        matrix::cholesky(&mut self.factor, k).map_err(|at| PathError::SingularPaths {
            construct: frame.construct(j),
            predecessor: frame.construct(predecessors[at]),
        })?;
        matrix::solve(&self.factor, k, &mut self.coefficients);
        Ok(())
    }
}

/// Most loadings are negative; as many as positive, and the largest is.
fn mostly_negative(loadings: &[f64]) -> bool {
    let negative = loadings.iter().filter(|loading| **loading < 0.0).count();
    let largest = loadings.iter().copied().fold(0.0_f64, |a, b| if b.abs() > a.abs() { b } else { a });
    2 * negative > loadings.len() || (2 * negative == loadings.len() && largest < 0.0)
}

#[cfg(test)]
mod tests {
    use super::mostly_negative;

    #[test]
    fn most_loadings_are_made_positive_and_of_a_tie_the_largest() {
        assert!(!mostly_negative(&[0.9, 0.2, -0.95]) && mostly_negative(&[-0.9, -0.2, 0.95]));
        assert!(mostly_negative(&[0.5, -0.8]) && !mostly_negative(&[0.8, -0.5]) && mostly_negative(&[-0.1]));
    }
}
