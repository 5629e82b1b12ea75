//! What drives satisfaction, in every segment: the items of the rules' constructs against the overall item.

use std::collections::BTreeMap;

use rapport_entities::{FitOutcome, Measure, Metric, ModelKind, Quadrant, driver, model_fit};
use rapport_statistics::{
    Covariance, DriverError, Estimate, Mean, Missing, drivers, importance_agreement, weighted_index,
};
use serde_json::json;

use super::{
    gathering::Gathering,
    model::{Failure, Place},
    segments::SegmentIndex,
    survey::Survey,
};
use crate::settings::{DriverRules, Importance};

/// The drivers of a survey, and what was gathered for them.
pub struct Driving {
    code: String,
    target: String,
    /// Codes of the drivers.
    names: Vec<String>,
    /// Of each driver, the place of the question that asks for its importance.
    asked: Vec<Option<usize>>,
    /// What was gathered.
    pub gathering: Gathering,
    /// Stated importance, on 0–100, by segment and driver.
    stated: Vec<Vec<Mean>>,
}

/// What was estimated of all segments.
#[derive(Default)]
pub struct Driven {
    /// What became of the model, segment by segment.
    pub fits: Vec<model_fit::Model>,
    /// The drivers.
    pub drivers: Vec<driver::Model>,
    /// The attributes' indexes, by stated and by derived importance.
    pub indexes: Vec<(SegmentIndex, Metric, Estimate)>,
}

impl Driving {
    /// Over the survey that asks most of the drivers beside an overall item; `None` if none asks for both.
    pub fn of(surveys: &BTreeMap<String, Survey>, rules: &DriverRules, segments: usize) -> Option<Self> {
        let places = |survey: &Survey| -> Vec<usize> {
            let of = rules.constructs.iter().flat_map(|construct| survey.of_construct(construct));
            of.filter(|place| survey.items()[*place].measure.is_none()).collect()
        };
        let overall =
            |survey: &Survey| survey.items().iter().position(|item| item.measure == Some(Measure::Overall));
        let asking = surveys.iter().rev().filter(|(_, survey)| overall(survey).is_some());
        let (code, survey) = asking.max_by_key(|(_, survey)| places(survey).len())?;
        let (target, places) = (overall(survey)?, places(survey));
        if places.is_empty() {
            return None;
        }
        let name = |place: usize| survey.items()[place].code.clone();
        let names: Vec<String> = places.iter().map(|place| name(*place)).collect();
        let asked = names
            .iter()
            .map(|name| survey.items().iter().position(|item| item.importance_of.as_deref() == Some(name)));
        let asked = asked.collect();
        let all = std::iter::once(target).chain(places).collect();
        let stated = vec![vec![Mean::default(); names.len()]; segments];
        let gathering = Gathering::new(code, survey, all, segments, 1, None).ok()?;
        Some(Self { code: code.clone(), target: name(target), names, asked, gathering, stated })
    }

    /// Adds a response.
    pub fn add(
        &mut self,
        members: &[SegmentIndex],
        (code, survey): (&str, &Survey),
        answers: &[Option<f64>],
        weight: f64,
        customer: i64,
    ) {
        self.gathering.add(members, code, answers, weight, customer);
        if code != self.code {
            return;
        }
        for (driver, place) in self.asked.iter().enumerate() {
            let Some((place, answer)) = place.and_then(|place| Some((place, answers[place]?))) else {
                continue;
            };
            let stated = survey.items()[place].scale.percent(answer);
            members.iter().for_each(|member| self.stated[*member][driver].add(stated, weight));
        }
    }

    /// Estimates every segment with base enough.
    pub fn estimate(&self, places: &[Place], rules: &DriverRules, floor: u64) -> Driven {
        let mut driven = Driven::default();
        for (segment, place) in places.iter().enumerate() {
            if let Err(failure) = self.of_segment(segment, place, rules, floor, &mut driven) {
                driven.fits.push(place.failed(ModelKind::Drivers, failure));
            }
        }
        driven
    }

    fn of_segment(
        &self,
        segment: SegmentIndex,
        place: &Place,
        rules: &DriverRules,
        floor: u64,
        driven: &mut Driven,
    ) -> Result<(), Failure> {
        let items = &self.gathering.items;
        let covariance = self.gathering.moments(segment)?.covariance(items, Missing::Listwise)?;
        if covariance.n < floor {
            return Err(Failure::TooFew { n: covariance.n, needed: floor });
        }
        let names: Vec<&str> = self.names.iter().map(String::as_str).collect();
        let found = drivers(items, &covariance, &self.target, &names, rules.settings())?;
        let stated: Vec<Option<f64>> = self.stated(segment, floor);
        let derived: Vec<f64> =
            found.drivers.iter().map(|driver| driver.importance(found.settings.importance)).collect();
        self.weighted(segment, &covariance, (&stated, &derived), driven);
        let known: Vec<f64> = stated.iter().map(|stated| stated.unwrap_or(f64::NAN)).collect();
        let details = json!({
            "importance": Importance::from(found.settings.importance),
            "crosshair": rules.crosshair,
            "rSquaredAdjusted": found.r_squared_adjusted,
            "statedAgreesWithDerived": importance_agreement(&known, &derived),
        });
        let thin = found.is_thin.then(|| "fewer than ten answers for each driver".to_owned());
        driven.fits.push(model_fit::Model {
            outcome: if thin.is_some() { FitOutcome::Warned } else { FitOutcome::Fitted },
            reason: thin,
            effective_n: Some(found.effective_n),
            details: details.to_string(),
            ..place.fit(ModelKind::Drivers, found.n)
        });
        let place = place.clone();
        let row =
            |((one, stated), importance): ((&rapport_statistics::Driver, Option<f64>), f64)| driver::Model {
                set_id: place.set_id.clone(),
                dimension: place.dimension.clone(),
                segment: place.segment.clone(),
                question: one.item.clone(),
                target: found.target.clone(),
                stated,
                importance: Some(importance),
                shapley: one.shapley,
                relative_weight: Some(one.relative_weight),
                correlation: Some(one.correlation),
                beta: Some(one.beta),
                p_value: one.p_value,
                variance_inflation: Some(one.variance_inflation),
                performance: Some(one.performance),
                quadrant: Some(quadrant(one.quadrant)),
                crosshair_importance: Some(found.crosshair_importance),
                crosshair_performance: Some(found.crosshair_performance),
                r_squared: Some(found.r_squared),
                n: found.n as i64,
            };
        driven.drivers.extend(found.drivers.iter().zip(stated).zip(derived).map(row));
        Ok(())
    }

    fn stated(&self, segment: SegmentIndex, floor: u64) -> Vec<Option<f64>> {
        let mean = |mean: &Mean| mean.estimate(0.0, 100.0).filter(|one| one.n >= floor).map(|one| one.value);
        self.stated[segment].iter().map(mean).collect()
    }

    /// The index of the attributes by each importance: by the segment's own, since what matters differs.
    fn weighted(
        &self,
        segment: SegmentIndex,
        covariance: &Covariance,
        (stated, derived): (&[Option<f64>], &[f64]),
        driven: &mut Driven,
    ) {
        let stated: Option<Vec<f64>> = stated.iter().copied().collect();
        for (metric, weights) in [(Metric::CsiStated, stated), (Metric::CsiDerived, Some(derived.to_vec()))] {
            // the target stands first among the items
            let weights: Option<Vec<(usize, f64)>> = weights.map(|all| (1..).zip(all).collect());
            let index =
                weights.and_then(|weights| weighted_index(&self.gathering.items, covariance, &weights));
            driven.indexes.extend(index.map(|index| (segment, metric, index)));
        }
    }
}

fn quadrant(quadrant: rapport_statistics::Quadrant) -> Quadrant {
    use rapport_statistics::Quadrant as Kind;
    match quadrant {
        Kind::ConcentrateHere => Quadrant::ConcentrateHere,
        Kind::KeepUp => Quadrant::KeepUp,
        Kind::LowPriority => Quadrant::LowPriority,
        Kind::PossibleOverkill => Quadrant::PossibleOverkill,
    }
}

impl From<DriverError> for Failure {
    fn from(error: DriverError) -> Self {
        Self::Named(error.to_string())
    }
}
