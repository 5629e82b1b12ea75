//! Contracts from quarter to quarter: how many are renewed at each age, and the model of how long customers stay.

use rapport_entities::{CurveKind, ModelKind, Quarter, curve_point};
use rapport_statistics::{
    behaviour::{FitStatus, ShiftedBetaGeometric},
    retention::{Contract, renewals},
};
use serde_json::json;

use super::{
    buying::number_of,
    model::{Failure, Models, Place},
};

/// The renewals of a segment's contracts up to a quarter, and the model fitted to them.
pub fn of_segment(
    contracts: &[Contract],
    quarter: Quarter,
    place: &Place,
    floor: u64,
    models: &mut Models,
) -> Vec<curve_point::Model> {
    let n = contracts.len() as u64;
    if n < floor {
        models.fits.push(place.failed(ModelKind::Contracts, Failure::TooFew { n, needed: floor }));
        return Vec::new();
    }
    let last = number_of(quarter);
    match ShiftedBetaGeometric::fit_contracts(contracts, last) {
        Ok(fit) => {
            let seen = fit.status == FitStatus::Identified;
            let warning = (!seen).then_some("retention is not seen to rise with age");
            let details = json!({ "model": "sbg", "logLikelihood": fit.log_likelihood });
            let base = (ModelKind::Contracts, fit.contracts);
            models.fitted(place, base, warning, &details, &fit.parameters);
        }
        Err(error) => {
            let failure = Failure::Named(error.to_string());
            models.fits.push(place.failed(ModelKind::Contracts, failure));
        }
    }
    let renewals = renewals(contracts, last);
    let shown = renewals.iter().filter(|renewal| renewal.retention.n >= floor);
    let point = |(at, renewal): (i32, &rapport_statistics::retention::Renewal)| {
        let interval = renewal.retention.interval;
        curve_point::Model {
            lower: interval.map(|interval| interval.lower),
            upper: interval.map(|interval| interval.upper),
            ..place.point(
                CurveKind::Renewal,
                at,
                (f64::from(renewal.renewal), renewal.retention.value),
                renewal.retention.n,
            )
        }
    };
    (0..).zip(shown).map(point).collect()
}
