//! What must hold of moments, models, drivers and their intervals.

use rapport_statistics::{
    ConstructFit, Covariance, Drivers, Estimate, Items, Model, PathError, PathFit, Resampled,
};

use crate::check;

/// Means on their scales, variances not negative.
pub fn covariance(items: &Items, it: &Covariance) {
    let p = items.len();
    assert!(it.means.len() == p && it.matrix.len() == p * p);
    it.matrix.iter().for_each(|value| check::finite("covariance", *value));
    for (at, (item, mean)) in items.iter().zip(&it.means).enumerate() {
        check::within("mean", (mean - item.scale.low) / (item.scale.high - item.scale.low), 0.0, 1.0);
        assert!(it.deviation(at) >= 0.0, "{it:?}");
    }
    assert!(it.n <= it.rows && it.complete <= it.rows);
    check::within("effective base", it.effective_n / it.n as f64, 0.0, 1.0);
}

/// A model's paths run from construct to construct and never back.
pub fn model(model: Result<Model, PathError>) -> bool {
    let Ok(model) = model else { return false };
    let count = model.constructs().len();
    assert!(model.paths().iter().all(|(from, to)| from != to && *from < count && *to < count));
    assert!(model.items().count() >= count);
    true
}

/// An index by weights; on 0–100 where no weight is negative.
pub fn weighted(it: &Estimate, on_scale: bool) {
    check::finite("index", it.value);
    it.interval.into_iter().for_each(|range| check::holds("index", range, it.value));
    it.standard_error.into_iter().for_each(|error| check::finite("error of an index", error));
    if on_scale {
        check::estimate_within("index", it, 0.0, 100.0);
    }
}

/// A construct's index.
pub fn index(it: &Estimate, construct: &ConstructFit) {
    weighted(it, !construct.has_negative_weight);
}

/// Every number of a fit; of real answers also that shares are shares.
pub fn fit(it: &PathFit, is_real: bool) {
    for item in &it.items {
        [item.weight, item.normalised_weight].into_iter().for_each(|value| check::finite("weight", value));
        bounded("loading", item.loading, -1.0, is_real);
        bounded("communality", item.communality, 0.0, is_real);
    }
    for construct in &it.constructs {
        weighted(&construct.index, is_real && !construct.has_negative_weight);
        assert!(construct.deviation >= 0.0 && construct.deviation.is_finite(), "{construct:?}");
        construct.r_squared.into_iter().for_each(|value| bounded("R²", value, 0.0, is_real));
        construct.r_squared_adjusted.into_iter().for_each(|value| check::finite("R² adjusted", value));
        if let Some(it) = construct.reliability {
            [it.alpha_standardised, it.alpha_raw, it.rho_a]
                .iter()
                .for_each(|it| check::finite("reliability", *it));
            bounded("composite reliability", it.rho_c, 0.0, is_real);
            bounded("variance extracted", it.average_variance_extracted, 0.0, is_real);
        }
    }
    it.paths.iter().for_each(|path| check::finite("path", path.coefficient));
    for effect in &it.effects {
        [effect.total, effect.importance, effect.performance]
            .iter()
            .for_each(|it| check::finite("effect", *it));
    }
    for relation in &it.relations {
        bounded("correlation", relation.correlation, -1.0, is_real);
        relation.heterotrait_monotrait.into_iter().for_each(|it| check::finite("ratio", it));
    }
    it.goodness_of_fit.into_iter().for_each(|value| bounded("goodness of fit", value, 0.0, is_real));
}

fn bounded(what: &str, value: f64, low: f64, is_real: bool) {
    check::finite(what, value);
    if is_real {
        check::within(what, value, low, 1.0);
    }
}

/// Drivers: shares of R² that sum to it, probabilities, performances on the scale.
pub fn drivers(it: &Drivers, is_real: bool) {
    check::share("R²", it.r_squared);
    let rest = [it.r_squared_adjusted, it.crosshair_importance, it.crosshair_performance];
    rest.into_iter().for_each(|value| check::finite("drivers", value));
    for driver in &it.drivers {
        for value in [driver.beta, driver.relative_weight, driver.performance, driver.variance_inflation] {
            assert!(value.is_finite(), "{driver:?}");
        }
        driver.t.into_iter().for_each(|t| check::finite("t", t));
        driver.p_value.into_iter().for_each(|p| check::share("p-value", p));
        driver.shapley.into_iter().for_each(|share| check::finite("Shapley's share", share));
        bounded("correlation", driver.correlation, -1.0, is_real);
        if is_real {
            check::within("performance", driver.performance, 0.0, 100.0);
            check::within("relative weight", driver.relative_weight, 0.0, 1.0);
        }
    }
    let sum: Option<f64> = it.drivers.iter().map(|driver| driver.shapley).sum();
    sum.filter(|_| is_real).into_iter().for_each(|sum| assert!((sum - it.r_squared).abs() < 1e-4, "{it:?}"));
}

/// Resampled estimates; percentiles need not hold the value of the whole.
pub fn resampled(it: &Resampled, is_symmetric: bool) {
    let lists = [&it.paths, &it.weights, &it.loadings, &it.indexes, &it.effects];
    for estimate in lists.into_iter().flatten().chain(it.r_squared.iter().flatten()) {
        if is_symmetric {
            check::estimate("resampled", estimate)
        } else {
            check::loose_estimate("resampled", estimate)
        }
    }
    it.loadings.iter().for_each(|it| check::within("loading", it.value, -1.0, 1.0));
    it.r_squared.iter().flatten().for_each(|it| check::within("R²", it.value, 0.0, 1.0));
}
