//! The structural model of every segment: from the sums that were gathered to indexes, paths and reliability.

use std::{
    collections::BTreeMap,
    sync::atomic::{AtomicUsize, Ordering},
};

use rapport_entities::{FitOutcome, Metric, ModelKind, model_fit, path_estimate};
use rapport_statistics::{
    BOOTSTRAP_BELOW, Construct, Estimate, Mode, Model, PathError, PathFit, ResampleRule, Resampled, fit,
    jackknife, resample,
};
use serde_json::json;

use super::{
    gathering::Gathering,
    model::{Failure, Place},
    paths,
    segments::SegmentIndex,
    survey::Survey,
};
use crate::settings::StructureRules;

/// The model of a survey, and what was gathered for it.
pub struct Structure {
    model: Model,
    /// What was gathered.
    pub gathering: Gathering,
}

/// What was estimated of all segments.
#[derive(Default)]
pub struct Structural {
    /// What became of the model, segment by segment.
    pub fits: Vec<model_fit::Model>,
    /// Its estimates.
    pub paths: Vec<path_estimate::Model>,
    /// The indexes that are scores.
    pub indexes: Vec<(SegmentIndex, Metric, Estimate)>,
}

impl Structure {
    /// The model over the survey that asks most of its constructs; `None` if no survey asks for two that a path
    /// joins, or not for satisfaction.
    pub fn of(surveys: &BTreeMap<String, Survey>, rules: &StructureRules, segments: usize) -> Option<Self> {
        let asked = |survey: &Survey| constructs(survey, rules);
        let (code, survey) = surveys.iter().rev().max_by_key(|(_, survey)| asked(survey).len())?;
        let asked = asked(survey);
        let there = |name: &String| asked.iter().any(|construct| construct == name);
        let paths: Vec<(&str, &str)> = rules
            .paths
            .iter()
            .filter(|(from, to)| there(from) && there(to))
            .map(|(from, to)| (from.as_str(), to.as_str()))
            .collect();
        let joined = |name: &String| paths.iter().any(|(from, to)| from == name || to == name);
        if !asked.iter().any(|name| name == Metric::Satisfaction.as_str() && joined(name)) {
            return None;
        }
        let joined: Vec<&String> = asked.iter().filter(|name| joined(name)).collect();
        let places: Vec<usize> = joined.iter().flat_map(|name| survey.of_construct(name)).collect();
        let construct = |name: &&String| Construct {
            name: (*name).clone(),
            items: survey.of_construct(name).map(|place| survey.items()[place].code.clone()).collect(),
            mode: if rules.formative.contains(name) { Mode::B } else { Mode::A },
        };
        let model = Model::new(joined.iter().map(construct).collect(), &paths).ok()?;
        let keep = Some(BOOTSTRAP_BELOW as usize);
        let gathering = Gathering::new(code, survey, places, segments, rules.groups, keep).ok()?;
        Some(Self { model, gathering })
    }

    /// Estimates every segment: one with base enough by itself, a smaller one by the weights of all customers.
    pub fn estimate(&self, places: &[Place], rules: &StructureRules, floor: u64) -> Structural {
        let mut structural = Structural::default();
        let estimated = self.of_all(places.len(), rules);
        let pooled = estimated.first().and_then(|all| all.as_ref().ok()).map(|all| all.fit.clone());
        for (segment, (place, estimated)) in places.iter().zip(estimated).enumerate() {
            match estimated {
                Ok(estimated) => structural.add(segment, place, &estimated, rules),
                Err(failure) => {
                    let by_all = pooled.as_ref().and_then(|all| self.by_weights_of(all, segment, rules));
                    let shown = by_all.filter(|indexes| indexes.iter().all(|(_, one)| one.n >= floor));
                    structural.put_by_weights(segment, place, failure, shown);
                }
            }
        }
        structural
    }

    /// Segment by segment, on every core: resampling is all the work there is, and each has a seed of its own.
    fn of_all(&self, segments: usize, rules: &StructureRules) -> Vec<Result<Estimated, Failure>> {
        let workers = std::thread::available_parallelism().map_or(1, usize::from);
        let next = AtomicUsize::new(0);
        let work = || {
            let mut done = Vec::new();
            loop {
                let segment = next.fetch_add(1, Ordering::Relaxed);
                if segment >= segments {
                    return done;
                }
                done.push((segment, self.of_segment(segment, rules)));
            }
        };
        let mut all: Vec<_> = std::thread::scope(|threads| {
            let working: Vec<_> = (0..workers).map(|_| threads.spawn(work)).collect();
            let done = working
                .into_iter()
                .flat_map(|worker| worker.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
            done.collect()
        });
        all.sort_by_key(|(segment, _)| *segment);
        all.into_iter().map(|(_, estimated)| estimated).collect()
    }

    fn of_segment(&self, segment: SegmentIndex, rules: &StructureRules) -> Result<Estimated, Failure> {
        let gathering = &self.gathering;
        let covariance = gathering.moments(segment)?.covariance(&gathering.items, rules.missing())?;
        if covariance.n < rules.minimum_base {
            return Err(Failure::TooFew { n: covariance.n, needed: rules.minimum_base });
        }
        let settings = rules.settings();
        let fit = fit(&self.model, &gathering.items, &covariance, settings)?;
        let resampled = match gathering.rows(segment) {
            Some(rows) => resample::bootstrap(
                &self.model,
                &gathering.items,
                rows,
                rules.missing(),
                settings,
                rules.resamples,
                rules.seed,
            ),
            None => {
                jackknife(&self.model, &gathering.items, gathering.groups(segment), rules.missing(), settings)
            }
        };
        let (resampled, warning) = match resampled {
            Ok(resampled) => (Some(resampled), None),
            // the estimates stand; only their uncertainty is unknown, and that is said
            Err(error) => (None, Some(format!("no intervals by resampling: {error}"))),
        };
        Ok(Estimated { fit, resampled, warning })
    }

    fn by_weights_of(
        &self,
        all: &PathFit,
        segment: SegmentIndex,
        rules: &StructureRules,
    ) -> Option<Vec<(Metric, Estimate)>> {
        let gathering = &self.gathering;
        let covariance =
            gathering.moments(segment).ok()?.covariance(&gathering.items, rules.missing()).ok()?;
        let indexes = all.indexes_of(&gathering.items, &covariance).ok()?;
        let named = all.constructs.iter().zip(indexes).filter(|(construct, _)| !construct.is_rate);
        Some(named.filter_map(|(one, index)| Some((one.construct.parse().ok()?, index))).collect())
    }
}

/// The constructs of the rules' paths that a survey asks for, in the order of the paths.
fn constructs(survey: &Survey, rules: &StructureRules) -> Vec<String> {
    let mut asked: Vec<String> = Vec::new();
    for name in rules.paths.iter().flat_map(|(from, to)| [from, to]) {
        if !asked.contains(name) && survey.of_construct(name).next().is_some() {
            asked.push(name.clone());
        }
    }
    asked
}

/// A segment's estimates.
struct Estimated {
    fit: PathFit,
    resampled: Option<Resampled>,
    warning: Option<String>,
}

impl Structural {
    fn add(&mut self, segment: SegmentIndex, place: &Place, estimated: &Estimated, rules: &StructureRules) {
        let Estimated { fit, resampled, warning } = estimated;
        let resampled = resampled.as_ref();
        for (construct, own) in fit.constructs.iter().enumerate().filter(|(_, one)| !one.is_rate) {
            let index = resampled.and_then(|all| all.indexes.get(construct)).unwrap_or(&own.index);
            if let Ok(metric) = own.construct.parse::<Metric>() {
                self.indexes.push((segment, metric, *index));
            }
        }
        self.paths.extend(paths::rows(place, fit, resampled));
        let negative: Vec<&str> = fit
            .constructs
            .iter()
            .filter(|construct| construct.has_negative_weight)
            .map(|construct| construct.construct.as_str())
            .collect();
        let signs = (!negative.is_empty())
            .then(|| format!("an item counts against its own construct in {}", negative.join(", ")));
        let reason: Vec<String> = warning.iter().cloned().chain(signs).collect();
        let outcome = if reason.is_empty() { FitOutcome::Fitted } else { FitOutcome::Warned };
        let details = json!({
            "scheme": rules.scheme,
            "metric": rules.metric,
            "missing": rules.missing,
            "iterations": fit.iterations,
            "goodnessOfFit": fit.goodness_of_fit,
            "resampling": resampled.map(|all| resampling(all.rule)),
            "failedResamples": resampled.map(|all| all.failed),
            "weights": "own",
        });
        self.fits.push(model_fit::Model {
            outcome,
            reason: (!reason.is_empty()).then(|| reason.join("; ")),
            complete: Some(fit.complete as i64),
            effective_n: Some(fit.effective_n),
            details: details.to_string(),
            ..place.fit(ModelKind::Structure, fit.n)
        });
    }

    /// A segment that could not be estimated by itself; `shown` are its indexes by the weights of all customers.
    fn put_by_weights(
        &mut self,
        segment: SegmentIndex,
        place: &Place,
        failure: Failure,
        shown: Option<Vec<(Metric, Estimate)>>,
    ) {
        let weights = if shown.is_some() { "of all customers" } else { "none" };
        self.fits.push(model_fit::Model {
            details: json!({ "weights": weights }).to_string(),
            ..place.failed(ModelKind::Structure, failure)
        });
        self.indexes.extend(shown.into_iter().flatten().map(|(metric, one)| (segment, metric, one)));
    }
}

fn resampling(rule: ResampleRule) -> serde_json::Value {
    match rule {
        ResampleRule::Bootstrap { resamples, seed } => {
            json!({ "rule": "bootstrap", "resamples": resamples, "seed": seed })
        }
        ResampleRule::Jackknife { groups } => json!({ "rule": "jackknife", "groups": groups }),
    }
}

impl From<PathError> for Failure {
    fn from(error: PathError) -> Self {
        Self::Named(error.to_string())
    }
}
