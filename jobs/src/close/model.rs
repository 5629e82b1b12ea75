//! What became of the models of a close: a row for every segment and model, fitted or not, with the reason in words.

use rapport_entities::{
    CurveKind, FitOutcome, ModelKind, curve_point, driver, model_fit, parameter, path_estimate,
};
use rapport_statistics::{Estimate, MomentsError, behaviour::Parameter};

/// Where rows of a close belong: set, dimension and segment.
#[derive(Clone, Debug)]
pub struct Place {
    /// The set.
    pub set_id: String,
    /// Code of the dimension.
    pub dimension: String,
    /// Code of the segment.
    pub segment: String,
}

/// Why a model was not estimated.
#[derive(Clone, Debug, PartialEq)]
pub enum Failure {
    /// The base is under the model's floor.
    TooFew {
        /// The base.
        n: u64,
        /// The floor.
        needed: u64,
    },
    /// In words.
    Named(String),
}

/// The rows of models.
#[derive(Default)]
pub struct Models {
    /// What became of each.
    pub fits: Vec<model_fit::Model>,
    /// Their figures.
    pub parameters: Vec<parameter::Model>,
    /// The structural model's estimates.
    pub paths: Vec<path_estimate::Model>,
    /// The drivers.
    pub drivers: Vec<driver::Model>,
}

impl Models {
    /// Puts down a fitted model with its parameters; `warning` says what the data do not determine.
    pub fn fitted(
        &mut self,
        place: &Place,
        (model, n): (ModelKind, u64),
        warning: Option<&str>,
        details: &serde_json::Value,
        parameters: &[Parameter],
    ) {
        self.fits.push(model_fit::Model {
            outcome: if warning.is_some() { FitOutcome::Warned } else { FitOutcome::Fitted },
            reason: warning.map(str::to_owned),
            details: details.to_string(),
            ..place.fit(model, n)
        });
        self.parameters.extend(parameters.iter().map(|one| parameter::Model {
            lower: one.interval.map(|interval| interval.lower),
            upper: one.interval.map(|interval| interval.upper),
            standard_error: one.standard_error,
            ..place.parameter(model, one.name, Some(one.value), n)
        }));
    }
}

impl From<MomentsError> for Failure {
    fn from(error: MomentsError) -> Self {
        match error {
            MomentsError::TooFew { n, needed } => Self::TooFew { n, needed },
            other => Self::Named(other.to_string()),
        }
    }
}

impl Place {
    /// A fitted model.
    pub fn fit(&self, model: ModelKind, n: u64) -> model_fit::Model {
        model_fit::Model {
            set_id: self.set_id.clone(),
            dimension: self.dimension.clone(),
            segment: self.segment.clone(),
            model,
            outcome: FitOutcome::Fitted,
            reason: None,
            // bases are far below 2⁶³
            n: n as i64,
            complete: None,
            effective_n: None,
            details: "{}".to_owned(),
        }
    }

    /// A model that was not estimated.
    pub fn failed(&self, model: ModelKind, failure: Failure) -> model_fit::Model {
        let (outcome, n, reason) = match failure {
            Failure::TooFew { n, needed } => {
                (FitOutcome::TooFew, n, format!("the base of {n} is under the floor of {needed}"))
            }
            Failure::Named(reason) => (FitOutcome::Failed, 0, reason),
        };
        model_fit::Model { outcome, reason: Some(reason), ..self.fit(model, n) }
    }

    /// A figure of a model.
    pub fn parameter(&self, model: ModelKind, name: &str, value: Option<f64>, n: u64) -> parameter::Model {
        parameter::Model {
            set_id: self.set_id.clone(),
            dimension: self.dimension.clone(),
            segment: self.segment.clone(),
            model,
            name: name.to_owned(),
            value,
            lower: None,
            upper: None,
            standard_error: None,
            n: n as i64,
        }
    }

    /// A point of a curve.
    pub fn point(&self, curve: CurveKind, place: i32, (x, y): (f64, f64), n: u64) -> curve_point::Model {
        curve_point::Model {
            set_id: self.set_id.clone(),
            dimension: self.dimension.clone(),
            segment: self.segment.clone(),
            curve,
            place,
            x,
            y,
            lower: None,
            upper: None,
            monotone: None,
            zone: None,
            n: n as i64,
        }
    }

    /// A figure that is an estimate.
    pub fn estimate(&self, model: ModelKind, name: &str, estimate: Estimate) -> parameter::Model {
        parameter::Model {
            lower: estimate.interval.map(|interval| interval.lower),
            upper: estimate.interval.map(|interval| interval.upper),
            standard_error: estimate.standard_error,
            ..self.parameter(model, name, Some(estimate.value), estimate.n)
        }
    }
}
