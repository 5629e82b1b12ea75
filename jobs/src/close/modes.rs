//! How surveys were answered, and what difference that makes: the metrics of the answers given in each way, and how far they
//! are from those given in other ways to the same survey by customers of the same segments. Each stratum is a survey and a
//! combination of segments.

use std::collections::BTreeMap;

use rapport_entities::{AnswerFacet, AnswerMode, Measure, Metric, mode_effect};
use rapport_statistics::{Estimate, Matched, Mean, matched_difference};

use super::{
    scores::{Scores, corrected},
    segments::{Combination, SegmentIndex, Segments},
    survey::Survey,
};
use crate::Rules;

/// The metrics that are compared: each is the mean of a number that every response has.
const COMPARED: [Metric; 5] = [Metric::Csi, Metric::Csat, Metric::Top2, Metric::Nps, Metric::Ces];

/// The numbers of responses, in the order of [`COMPARED`].
type Numbers = [Mean; COMPARED.len()];

/// The ways in which answers were given.
#[derive(Debug, Default)]
pub struct Modes {
    ways: BTreeMap<(AnswerFacet, String), Way>,
    top_boxes: u32,
}

/// How a response was given, as far as its source tells.
#[derive(Clone, Copy, Debug)]
pub struct Given<'a> {
    /// The mode.
    pub mode: Option<AnswerMode>,
    /// The channel, in the company's own word.
    pub channel: Option<&'a str>,
}

/// The answers given in one way.
#[derive(Debug)]
struct Way {
    scores: Scores,
    /// By survey.
    strata: BTreeMap<String, BTreeMap<Combination, Numbers>>,
}

impl Modes {
    /// Of satisfaction in the top so many boxes.
    pub fn new(top_boxes: u32) -> Self {
        Self { ways: BTreeMap::new(), top_boxes }
    }

    /// Adds a response, if it is known how it was given.
    pub fn add(
        &mut self,
        given: Given<'_>,
        (segments, combination): (&Segments, Combination),
        (code, survey): (&str, &Survey),
        answers: &[Option<f64>],
        weight: f64,
    ) {
        let ways =
            [(AnswerFacet::Mode, given.mode.map(AnswerMode::as_str)), (AnswerFacet::Channel, given.channel)];
        for (facet, word) in ways {
            let Some(word) = word else { continue };
            let way = self.ways.entry((facet, word.to_owned())).or_insert_with(|| Way {
                scores: Scores::new(segments.len(), self.top_boxes),
                strata: BTreeMap::new(),
            });
            way.scores.add(segments.members(combination), survey, answers, weight);
            let stratum = way.strata.entry(code.to_owned()).or_default().entry(combination).or_default();
            for (mean, number) in stratum.iter_mut().zip(numbers(survey, answers, self.top_boxes)) {
                number.into_iter().for_each(|number| mean.add(number, weight));
            }
        }
    }

    /// The rows of a set: every way with answers, in every segment; what is more than chance is corrected for the many
    /// comparisons of a metric.
    pub fn rows(&self, set_id: &str, segments: &Segments, rules: &Rules) -> Vec<mode_effect::Model> {
        let mut rows = Vec::new();
        for (place, metric) in COMPARED.into_iter().enumerate() {
            let mut of_metric = Vec::new();
            for (segment, key) in segments.keys.iter().enumerate() {
                for (name, way) in &self.ways {
                    let Some(estimate) = way.scores.estimate(segment, metric) else { continue };
                    let floor = rules.minimum_base.max(2);
                    let shown = estimate.n >= floor;
                    let matched = shown.then(|| self.matched(name, segment, segments, place)).flatten();
                    let matched = matched.filter(|one| one.these >= floor && one.others >= floor);
                    of_metric.push(row(set_id, (key, metric, name), (estimate, shown), matched));
                }
            }
            judge(&mut of_metric, rules);
            rows.append(&mut of_metric);
        }
        rows
    }

    /// One way against all others of its facet, of a segment's customers.
    fn matched(
        &self,
        name: &(AnswerFacet, String),
        segment: SegmentIndex,
        segments: &Segments,
        metric: usize,
    ) -> Option<Matched> {
        let strata = self.ways.get(name)?.strata.iter().flat_map(|(survey, strata)| {
            strata.iter().map(move |(combination, numbers)| (survey, combination, numbers[metric]))
        });
        let others = |survey: &String, combination: &Combination| {
            let mut mean = Mean::default();
            let of_facet = self.ways.iter().filter(|(other, _)| other.0 == name.0 && *other != name);
            for (_, way) in of_facet {
                let numbers = way.strata.get(survey).and_then(|strata| strata.get(combination));
                numbers.into_iter().for_each(|numbers| mean.merge(&numbers[metric]));
            }
            mean
        };
        matched_difference(
            strata
                .filter(|(_, combination, _)| segments.members(**combination).contains(&segment))
                .map(|(survey, combination, these)| (these, others(survey, combination))),
        )
    }
}

/// What a response says of each compared metric, in the metric's unit.
fn numbers(survey: &Survey, answers: &[Option<f64>], top_boxes: u32) -> [Option<f64>; COMPARED.len()] {
    let item = |measure: Measure| survey.answered(answers).find(|(item, _)| item.measure == Some(measure));
    let share = |is: bool| f64::from(u8::from(is));
    let overall = item(Measure::Overall);
    // the score is defined on 0–10 alone
    let recommend =
        item(Measure::Recommend).filter(|(item, _)| (item.scale.low, item.scale.high) == (0.0, 10.0));
    let promotes = |answer: f64| 100.0 * (share(answer >= 9.0) - share(answer <= 6.0));
    COMPARED.map(|metric| match metric {
        Metric::Csi => survey.standing(answers).index,
        Metric::Csat => overall.map(|(item, answer)| item.scale.percent(answer)),
        Metric::Top2 => overall.map(|(item, answer)| share(item.scale.in_top(answer, top_boxes))),
        Metric::Nps => recommend.map(|(item, answer)| promotes(item.scale.oriented(answer))),
        Metric::Ces => item(Measure::Effort).map(|(item, answer)| item.scale.percent(answer)),
        _ => None,
    })
}

/// Of a base under the floor nothing is kept but its size.
fn row(
    set_id: &str,
    ((dimension, segment), metric, (facet, way)): (&(String, String), Metric, &(AnswerFacet, String)),
    (estimate, shown): (Estimate, bool),
    matched: Option<Matched>,
) -> mode_effect::Model {
    let interval = estimate.interval.filter(|_| shown);
    // answers are far below 2⁶³
    let count = |n: u64| n as i64;
    mode_effect::Model {
        set_id: set_id.to_owned(),
        metric,
        dimension: dimension.clone(),
        segment: segment.clone(),
        facet: *facet,
        way: way.clone(),
        value: shown.then_some(estimate.value),
        lower: interval.map(|interval| interval.lower),
        upper: interval.map(|interval| interval.upper),
        n: count(estimate.n),
        suppressed: !shown,
        effect: matched.map(|one| one.value),
        effect_lower: matched.map(|one| one.interval.lower),
        effect_upper: matched.map(|one| one.interval.upper),
        p_value: matched.map(|one| one.p_value),
        significant: None,
        matched: matched.map(|one| count(one.these)),
        others: matched.map(|one| count(one.others)),
    }
}

fn judge(rows: &mut [mode_effect::Model], rules: &Rules) {
    let p_values: Vec<f64> = rows.iter().filter_map(|row| row.p_value).collect();
    let judged = rows.iter_mut().filter(|row| row.p_value.is_some());
    for (row, p_value) in judged.zip(corrected(&p_values, rules)) {
        row.significant = Some(p_value < rules.significance);
    }
}
