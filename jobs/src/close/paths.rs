//! The rows of a fitted structural model.

use rapport_entities::{PathKind, path_estimate};
use rapport_statistics::{Estimate, PathFit, Resampled};

use super::model::Place;

/// Every estimate of a model, with the interval that resampling gave it.
pub fn rows(place: &Place, fit: &PathFit, resampled: Option<&Resampled>) -> Vec<path_estimate::Model> {
    let mut rows = Rows { place, n: fit.n as i64, rows: Vec::new() };
    let of = |list: fn(&Resampled) -> &Vec<Estimate>, at: usize| {
        resampled.and_then(|resampled| list(resampled).get(at)).copied()
    };
    for (at, path) in fit.paths.iter().enumerate() {
        rows.put(PathKind::Path, &path.from, &path.to, path.coefficient, of(|all| &all.paths, at));
    }
    for (at, effect) in fit.effects.iter().enumerate() {
        rows.put(PathKind::TotalEffect, &effect.from, &effect.to, effect.total, of(|all| &all.effects, at));
        rows.put(PathKind::Importance, &effect.from, &effect.to, effect.importance, None);
    }
    for (at, item) in fit.items.iter().enumerate() {
        rows.put(PathKind::Weight, &item.item, &item.construct, item.weight, of(|all| &all.weights, at));
        rows.put(PathKind::NormalisedWeight, &item.item, &item.construct, item.normalised_weight, None);
        rows.put(PathKind::Loading, &item.item, &item.construct, item.loading, of(|all| &all.loadings, at));
    }
    for (at, construct) in fit.constructs.iter().enumerate() {
        let name = construct.construct.as_str();
        let index = of(|all| &all.indexes, at).unwrap_or(construct.index);
        // what is 0 or 1 has a rate, which is a score of its own
        if !construct.is_rate {
            rows.put(PathKind::Index, name, name, index.value, Some(index));
        }
        let explained = resampled.and_then(|all| all.r_squared.get(at).copied().flatten());
        rows.put_known(PathKind::RSquared, name, construct.r_squared, explained);
        rows.put_known(PathKind::RSquaredAdjusted, name, construct.r_squared_adjusted, None);
        if let Some(reliability) = construct.reliability {
            rows.put(PathKind::Alpha, name, name, reliability.alpha_standardised, None);
            rows.put(PathKind::AlphaRaw, name, name, reliability.alpha_raw, None);
            rows.put(PathKind::RhoA, name, name, reliability.rho_a, None);
            rows.put(PathKind::RhoC, name, name, reliability.rho_c, None);
            rows.put(PathKind::Ave, name, name, reliability.average_variance_extracted, None);
        }
    }
    for relation in &fit.relations {
        rows.put(PathKind::Correlation, &relation.one, &relation.other, relation.correlation, None);
        if let Some(ratio) = relation.heterotrait_monotrait {
            rows.put(PathKind::Htmt, &relation.one, &relation.other, ratio, None);
        }
    }
    rows.put_known(PathKind::GoodnessOfFit, "", fit.goodness_of_fit, None);
    rows.rows
}

struct Rows<'a> {
    place: &'a Place,
    n: i64,
    rows: Vec<path_estimate::Model>,
}

impl Rows<'_> {
    fn put(&mut self, kind: PathKind, source: &str, target: &str, value: f64, estimate: Option<Estimate>) {
        let interval = estimate.and_then(|estimate| estimate.interval);
        self.rows.push(path_estimate::Model {
            set_id: self.place.set_id.clone(),
            dimension: self.place.dimension.clone(),
            segment: self.place.segment.clone(),
            kind,
            source: source.to_owned(),
            target: target.to_owned(),
            value: Some(value),
            lower: interval.map(|interval| interval.lower),
            upper: interval.map(|interval| interval.upper),
            standard_error: estimate.and_then(|estimate| estimate.standard_error),
            n: self.n,
        });
    }

    fn put_known(&mut self, kind: PathKind, name: &str, value: Option<f64>, estimate: Option<Estimate>) {
        if let Some(value) = value {
            self.put(kind, name, name, value, estimate);
        }
    }
}
