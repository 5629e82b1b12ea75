//! What every refit gives, as one list of numbers, and its way back to named estimates.

use super::{ResampleRule, Resampled};
use crate::{Covariance, Estimate, Interval, path::Solver};

/// Where each kind of quantity stands in the list.
pub(super) struct Quantities {
    /// Pairs with an effect.
    reach: Vec<(usize, usize)>,
}

impl Quantities {
    pub(super) fn of(solver: &Solver) -> Self {
        Self { reach: solver.frame.model.reach() }
    }

    /// Appends paths, weights, loadings, indexes, R² and effects of the solver's last solution.
    pub(super) fn read(&self, solver: &Solver, list: &mut Vec<f64>) {
        let count = solver.indexes.len();
        for part in [&solver.paths, &solver.weights, &solver.loadings, &solver.indexes, &solver.r_squared] {
            list.extend_from_slice(part);
        }
        list.extend(self.reach.iter().map(|(from, to)| solver.effects[from * count + to]));
    }

    /// The estimates: `full` is the list of the full sample, `spread` gives the error and interval of a quantity by
    /// its place.
    pub(super) fn write(
        &self,
        solver: &Solver,
        full: &[f64],
        covariance: &Covariance,
        rule: ResampleRule,
        failed: u32,
        mut spread: impl FnMut(usize) -> (f64, Option<Interval>),
    ) -> Resampled {
        let (n, effective_n) = (covariance.n, covariance.effective_n);
        let mut estimates = full.iter().enumerate().map(|(at, &value)| {
            let (error, interval) = spread(at);
            Estimate { value, interval, standard_error: Some(error), n, effective_n }
        });
        let mut take = |length: usize| -> Vec<Estimate> { estimates.by_ref().take(length).collect() };
        let model = solver.frame.model;
        let paths = take(solver.paths.len());
        let weights = take(solver.weights.len());
        let loadings = within(take(solver.loadings.len()), -1.0, 1.0);
        let indexes = within(take(solver.indexes.len()), 0.0, 100.0);
        let r_squared = within(take(solver.r_squared.len()), 0.0, 1.0).into_iter().enumerate();
        let r_squared =
            r_squared.map(|(j, it)| Some(it).filter(|_| !model.predecessors[j].is_empty())).collect();
        let effects = take(self.reach.len());
        Resampled { rule, failed, paths, weights, loadings, indexes, r_squared, effects }
    }
}

/// Intervals cut to what the quantity can be, where the estimate itself is that (negative weights leave the scale).
fn within(mut estimates: Vec<Estimate>, low: f64, high: f64) -> Vec<Estimate> {
    for estimate in estimates.iter_mut().filter(|estimate| (low..=high).contains(&estimate.value)) {
        estimate.interval = estimate.interval.map(|interval| interval.within(low, high));
    }
    estimates
}
