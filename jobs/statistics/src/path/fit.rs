//! A fitted path model in full: measurement, structure, indexes, importance and performance.

use super::{Frame, Metric, Mode, Model, PathError, Reliability, Settings, Solver, fixed, reliability};
use crate::{Covariance, Estimate, Items, Missing};

/// A fitted model with what it was fitted from and how.
#[derive(Clone, Debug, PartialEq)]
pub struct PathFit {
    /// As given.
    pub settings: Settings,
    /// The rule for missing answers.
    pub missing: Missing,
    /// Rows with any answer.
    pub rows: u64,
    /// Rows that answer every item.
    pub complete: u64,
    /// Unweighted base of the rule.
    pub n: u64,
    /// Kish's effective base of the same.
    pub effective_n: f64,
    /// Until the weights stood.
    pub iterations: u32,
    /// Construct by construct, in the model's order.
    pub items: Vec<ItemFit>,
    /// In the model's order.
    pub constructs: Vec<ConstructFit>,
    /// In the model's order.
    pub paths: Vec<PathCoefficient>,
    /// Every pair with an effect, direct or not: importance and performance of `from` for `to`.
    pub effects: Vec<Effect>,
    /// Every pair of constructs.
    pub relations: Vec<Relation>,
    /// √(mean communality of the items of blocks with two or more × mean R²) (Tenenhaus et al. 2005); `None` without
    /// such a block.
    pub goodness_of_fit: Option<f64>,
}

/// An item as its construct's measure.
#[derive(Clone, Debug, PartialEq)]
pub struct ItemFit {
    /// The item.
    pub item: String,
    /// Its construct.
    pub construct: String,
    /// Outer weight, of the standardised item or the raw one as the metric says; the construct has unit variance.
    pub weight: f64,
    /// Weight on the answer put on 0–100; a construct's sum to one.
    pub normalised_weight: f64,
    /// Correlation with the construct.
    pub loading: f64,
    /// The loading's square.
    pub communality: f64,
}

/// A construct: its index and how well it is measured and explained.
#[derive(Clone, Debug, PartialEq)]
pub struct ConstructFit {
    /// Its name.
    pub construct: String,
    /// Reflective or formative.
    pub mode: Mode,
    /// 0–100; error and interval hold the weights fixed (resampling moves them too). Of a lone item on 0…1 it is the
    /// rate in percent.
    pub index: Estimate,
    /// The lone item is 0 or 1: report a rate, not an index.
    pub is_rate: bool,
    /// Standard deviation of the respondents' scores on 0–100.
    pub deviation: f64,
    /// A warning: a normalised weight is negative, so the index may leave 0–100.
    pub has_negative_weight: bool,
    /// Share explained by the constructs that lead to it; `None` if none does.
    pub r_squared: Option<f64>,
    /// 1 − (1 − R²)(n − 1)/(n − k − 1).
    pub r_squared_adjusted: Option<f64>,
    /// Of reflective constructs with two items or more.
    pub reliability: Option<Reliability>,
}

/// A path.
#[derive(Clone, Debug, PartialEq)]
pub struct PathCoefficient {
    /// Where it begins.
    pub from: String,
    /// Where it ends.
    pub to: String,
    /// Standardised.
    pub coefficient: f64,
}

/// The total effect of a construct on another, and what importance–performance analysis makes of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Effect {
    /// Whose effect.
    pub from: String,
    /// On what.
    pub to: String,
    /// Standardised, along all paths.
    pub total: f64,
    /// Unstandardised: points of `to`'s index for one point of `from`'s.
    pub importance: f64,
    /// The index of `from`.
    pub performance: f64,
}

/// How two constructs go together.
#[derive(Clone, Debug, PartialEq)]
pub struct Relation {
    /// One construct.
    pub one: String,
    /// The other.
    pub other: String,
    /// Of their scores.
    pub correlation: f64,
    /// Heterotrait–monotrait ratio, of reflective constructs; above 0.85–0.90 they do not stand apart.
    pub heterotrait_monotrait: Option<f64>,
}

/// Fits a model to means and covariances.
///
/// # Errors
/// [`PathError`] names the item or construct that stands in the way, or says how far from converged the weights were.
pub fn fit(
    model: &Model,
    items: &Items,
    covariance: &Covariance,
    settings: Settings,
) -> Result<PathFit, PathError> {
    let frame = Frame::new(model, items)?;
    let mut solver = Solver::new(&frame, settings);
    solver.solve(covariance, None)?;
    Ok(Report { solver: &solver, model, covariance, settings }.write())
}

/// What a fit is written from.
struct Report<'a> {
    solver: &'a Solver<'a>,
    model: &'a Model,
    covariance: &'a Covariance,
    settings: Settings,
}

impl Report<'_> {
    fn write(&self) -> PathFit {
        let constructs: Vec<ConstructFit> =
            (0..self.model.constructs.len()).map(|at| self.construct(at)).collect();
        PathFit {
            settings: self.settings,
            missing: self.covariance.missing,
            rows: self.covariance.rows,
            complete: self.covariance.complete,
            n: self.covariance.n,
            effective_n: self.covariance.effective_n,
            iterations: self.solver.iterations,
            items: self.items(),
            paths: self.paths(),
            effects: self.effects(&constructs),
            relations: self.relations(),
            goodness_of_fit: self.goodness_of_fit(&constructs),
            constructs,
        }
    }

    fn name(&self, construct: usize) -> String {
        self.model.constructs[construct].name.clone()
    }

    fn items(&self) -> Vec<ItemFit> {
        let solver = self.solver;
        let item = |(construct, at): (usize, usize)| ItemFit {
            item: solver.frame.item(at),
            construct: self.name(construct),
            weight: solver.weights[at],
            normalised_weight: solver.normalised[at],
            loading: solver.loadings[at],
            communality: solver.loadings[at].powi(2),
        };
        let blocks = self.model.blocks.iter().enumerate();
        blocks.flat_map(|(j, block)| block.clone().map(move |at| (j, at))).map(item).collect()
    }

    fn construct(&self, j: usize) -> ConstructFit {
        let block = self.model.blocks[j].clone();
        let normalised = &self.solver.normalised[block.clone()];
        let has_negative_weight = normalised.iter().any(|weight| *weight < 0.0);
        let deviation = self.deviation(j);
        let predecessors = self.model.predecessors[j].len() as f64;
        let r_squared = (predecessors > 0.0).then(|| self.solver.r_squared[j]);
        let n = self.covariance.n as f64;
        let adjusted = |r_squared| 1.0 - (1.0 - r_squared) * (n - 1.0) / (n - predecessors - 1.0);
        ConstructFit {
            construct: self.name(j),
            mode: self.model.constructs[j].mode,
            index: fixed::estimate(self.solver.indexes[j], deviation, self.covariance, has_negative_weight),
            // a width of one is that of 0 and 1 alone
            is_rate: block.len() == 1 && self.solver.frame.width[block.start] == 1.0,
            deviation,
            has_negative_weight,
            r_squared,
            r_squared_adjusted: r_squared.filter(|_| n > predecessors + 1.0).map(adjusted),
            reliability: self.reliability(j),
        }
    }

    /// √(w̃′Sw̃) with the items on 0–100.
    fn deviation(&self, j: usize) -> f64 {
        let solver = self.solver;
        let block = self.model.blocks[j].clone();
        let unit = |i: usize| solver.normalised[i] * 100.0 / solver.frame.width[i] * self.scale(i);
        let p = solver.frame.len();
        let products = block.clone().flat_map(|i| block.clone().map(move |k| (i, k)));
        products.map(|(i, k)| unit(i) * unit(k) * solver.matrix[i * p + k]).sum::<f64>().max(0.0).sqrt()
    }

    /// What turns the metric's unit into the answer's.
    fn scale(&self, item: usize) -> f64 {
        if self.settings.metric == Metric::Standardised { self.solver.deviations[item] } else { 1.0 }
    }

    fn correlation(&self, i: usize, k: usize) -> f64 {
        let solver = self.solver;
        let (own, other) = (solver.deviations[i] / self.scale(i), solver.deviations[k] / self.scale(k));
        solver.matrix[i * solver.frame.len() + k] / (own * other)
    }

    fn reliability(&self, j: usize) -> Option<Reliability> {
        let block = self.model.blocks[j].clone();
        if self.model.constructs[j].mode == Mode::B {
            return None;
        }
        let pairs = block.clone().flat_map(|i| block.clone().map(move |k| (i, k)));
        let correlations: Vec<f64> = pairs.map(|(i, k)| self.correlation(i, k)).collect();
        // weights on standardised items, whatever the metric
        let weight = |i: usize| self.solver.weights[i] * self.solver.deviations[i] / self.scale(i);
        let weights: Vec<f64> = block.clone().map(weight).collect();
        let (deviations, loadings) = (&self.solver.deviations[block.clone()], &self.solver.loadings[block]);
        reliability::reliability(&correlations, deviations, &weights, loadings)
    }

    fn paths(&self) -> Vec<PathCoefficient> {
        let paths = self.model.paths.iter().zip(&self.solver.paths);
        paths
            .map(|(&(from, to), &coefficient)| PathCoefficient {
                from: self.name(from),
                to: self.name(to),
                coefficient,
            })
            .collect()
    }

    fn effects(&self, constructs: &[ConstructFit]) -> Vec<Effect> {
        let effect = |(from, to): (usize, usize)| {
            let total = self.solver.effects[from * constructs.len() + to];
            Effect {
                from: self.name(from),
                to: self.name(to),
                total,
                importance: total * constructs[to].deviation / constructs[from].deviation,
                performance: constructs[from].index.value,
            }
        };
        self.model.reach().into_iter().map(effect).collect()
    }

    fn relations(&self) -> Vec<Relation> {
        let count = self.model.constructs.len();
        let relation = |(i, j): (usize, usize)| Relation {
            one: self.name(i),
            other: self.name(j),
            correlation: self.solver.correlations[i * count + j],
            heterotrait_monotrait: self.heterotrait_monotrait(i, j),
        };
        (0..count).flat_map(|i| (i + 1..count).map(move |j| (i, j))).map(relation).collect()
    }

    fn heterotrait_monotrait(&self, i: usize, j: usize) -> Option<f64> {
        let reflective = |at: usize| self.model.constructs[at].mode == Mode::A;
        let (one, other) = (self.model.blocks[i].clone(), self.model.blocks[j].clone());
        let pair = |(i, k): (usize, usize)| self.correlation(i, k);
        let within = |block: std::ops::Range<usize>| {
            block.clone().flat_map(move |i| (i + 1..block.end).map(move |k| (i, k))).map(pair)
        };
        let between = one.clone().flat_map(|i| other.clone().map(move |k| (i, k))).map(pair);
        (reflective(i) && reflective(j))
            .then(|| reliability::heterotrait_monotrait(between, within(one.clone()), within(other.clone())))
            .flatten()
    }

    fn goodness_of_fit(&self, constructs: &[ConstructFit]) -> Option<f64> {
        let blocks = self.model.blocks.iter().filter(|block| block.len() > 1);
        let communality =
            reliability::mean(blocks.flat_map(|block| &self.solver.loadings[block.clone()]).map(|l| l * l))?;
        let r_squared = reliability::mean(constructs.iter().filter_map(|construct| construct.r_squared))?;
        Some((communality * r_squared).max(0.0).sqrt())
    }
}
