//! The running scores of every segment, and the rows they become.

use std::collections::HashMap;

use rapport_entities::{Element, Measure, Metric, score};
use rapport_statistics::{
    DeliveredValue, Disconfirmation, Estimate, Mean, NetPromoter, Proportion, benjamini_hochberg, change,
    holm,
};

use super::{
    segments::{SegmentIndex, Segments},
    survey::{Standing, Survey},
};
use crate::{Rules, settings::Correction};

/// The running scores of every segment.
#[derive(Debug, Default)]
pub struct Scores {
    segments: Vec<Running>,
    top_boxes: u32,
}

#[derive(Clone, Debug, Default)]
struct Running {
    csat: Mean,
    top: Proportion,
    recommend: NetPromoter,
    effort: Mean,
    easy: Proportion,
    index: Mean,
    disconfirmation: Disconfirmation,
    delivered: DeliveredValue,
    concept: Mean,
    behaviour: Mean,
    visual: Mean,
    complained: Proportion,
    complaint_recorded: Proportion,
    retained: Proportion,
    /// What models estimated, and what complaints teach.
    modelled: HashMap<Metric, Estimate>,
}

/// What the scores of the quarter before were: by dimension, segment and metric.
pub type Before = HashMap<(String, String, Metric), (f64, Option<f64>)>;

impl Scores {
    /// For so many segments.
    pub fn new(segments: usize, top_boxes: u32) -> Self {
        Self { segments: vec![Running::default(); segments], top_boxes }
    }

    /// Adds a response to the segments its customer is in.
    pub fn add(&mut self, members: &[SegmentIndex], survey: &Survey, answers: &[Option<f64>], weight: f64) {
        let standing = survey.standing(answers);
        for member in members {
            let running = &mut self.segments[*member];
            for (item, answer) in survey.answered(answers) {
                running.add(item, answer, weight, self.top_boxes);
            }
            running.add_standing(&standing, weight);
        }
    }

    /// Puts down what was estimated elsewhere.
    pub fn put(&mut self, segment: SegmentIndex, metric: Metric, estimate: Estimate) {
        self.segments[segment].modelled.insert(metric, estimate);
    }

    /// A metric of a segment, as far as answers tell.
    pub fn estimate(&self, segment: SegmentIndex, metric: Metric) -> Option<Estimate> {
        self.segments.get(segment)?.estimate(metric)
    }

    /// Adds a customer who stayed in the quarter before to the base of the retention rate.
    pub fn add_retention(&mut self, members: &[SegmentIndex], stays: bool) {
        members.iter().for_each(|member| self.segments[*member].retained.add(stays, 1.0));
    }

    /// Adds a customer to the base of the complaint rate by record.
    pub fn add_complaint(&mut self, members: &[SegmentIndex], complained: bool) {
        members.iter().for_each(|member| self.segments[*member].complaint_recorded.add(complained, 1.0));
    }

    /// True if a survey asked whether customers complained.
    pub fn asks_for_complaints(&self) -> bool {
        self.segments.first().is_some_and(|all| all.complained.n() > 0)
    }

    /// The rows of a set: every metric that all customers have, for every segment, suppressed under the floor.
    pub fn rows(
        &self,
        set_id: &str,
        segments: &Segments,
        rules: &Rules,
        (before, year_before): (&Before, &Before),
    ) -> Vec<score::Model> {
        let mut rows = Vec::new();
        for metric in Metric::ALL {
            if self.segments.first().and_then(|all| all.estimate(*metric)).is_none() {
                continue;
            }
            let mut of_metric: Vec<score::Model> = self
                .segments
                .iter()
                .zip(&segments.keys)
                .map(|(running, key)| row(set_id, key, *metric, running.estimate(*metric), rules))
                .collect();
            compare(&mut of_metric, before, rules, |row, change, significant| {
                (row.change, row.change_significant) = (Some(change), significant);
            });
            compare(&mut of_metric, year_before, rules, |row, change, significant| {
                (row.change_year, row.change_year_significant) = (Some(change), significant);
            });
            rows.append(&mut of_metric);
        }
        rows
    }
}

impl Running {
    fn add(&mut self, item: &super::survey::Item, answer: f64, weight: f64, top_boxes: u32) {
        let scale = &item.scale;
        match item.measure {
            Some(Measure::Overall) => {
                self.csat.add(scale.percent(answer), weight);
                self.top.add(scale.in_top(answer, top_boxes), weight);
            }
            // the score is defined on 0–10 alone
            Some(Measure::Recommend) if (scale.low, scale.high) == (0.0, 10.0) => {
                self.recommend.add(scale.oriented(answer), weight);
            }
            Some(Measure::Effort) => {
                self.effort.add(scale.percent(answer), weight);
                // 5 to 7 of 7
                self.easy.add(scale.percent(answer) > 100.0 * 3.5 / 6.0, weight);
            }
            Some(Measure::Complained) => self.complained.add(scale.oriented(answer) >= scale.high, weight),
            _ => {}
        }
    }

    fn add_standing(&mut self, standing: &Standing, weight: f64) {
        let Standing { index, perceived, expected, value, cost, elements } = *standing;
        if let Some(index) = index {
            self.index.add(index, weight);
        }
        if let Some((perceived, expected)) = perceived.zip(expected) {
            self.disconfirmation.add(perceived, expected, weight);
        }
        if let Some((value, cost)) = value.zip(cost) {
            self.delivered.add(value, cost, weight);
        }
        for (element, mean) in Element::ALL.iter().zip(elements) {
            let Some(mean) = mean else { continue };
            match element {
                Element::Concept => self.concept.add(mean, weight),
                Element::Behaviour => self.behaviour.add(mean, weight),
                Element::Visual => self.visual.add(mean, weight),
            }
        }
    }

    fn estimate(&self, metric: Metric) -> Option<Estimate> {
        match metric {
            Metric::Csat => self.csat.estimate(0.0, 100.0),
            Metric::Top2 => self.top.estimate(),
            Metric::Nps => self.recommend.estimate(),
            Metric::Promoters => self.recommend.promoters(),
            Metric::Detractors => self.recommend.detractors(),
            Metric::Ces => self.effort.estimate(0.0, 100.0),
            Metric::Csi => self.index.estimate(0.0, 100.0),
            Metric::ComplaintRate => {
                self.complained.estimate().or_else(|| self.complaint_recorded.estimate())
            }
            Metric::Easy => self.easy.estimate(),
            Metric::Disconfirmation => self.disconfirmation.gap(),
            Metric::BelowExpectation => self.disconfirmation.below(),
            Metric::AtExpectation => self.disconfirmation.at(),
            Metric::AboveExpectation => self.disconfirmation.above(),
            Metric::DeliveredValue => self.delivered.difference(),
            Metric::TotalValue => self.delivered.value(),
            Metric::TotalCost => self.delivered.cost(),
            Metric::Concept => self.concept.estimate(0.0, 100.0),
            Metric::Behaviour => self.behaviour.estimate(0.0, 100.0),
            Metric::Visual => self.visual.estimate(0.0, 100.0),
            Metric::RetentionRate => self.retained.estimate(),
            Metric::Satisfaction
            | Metric::Expectation
            | Metric::Quality
            | Metric::Value
            | Metric::Complaints
            | Metric::Loyalty
            | Metric::Image
            | Metric::CsiStated
            | Metric::CsiDerived
            | Metric::SilentRate
            | Metric::HoursToAcknowledge
            | Metric::HoursToResolve
            | Metric::Faultless
            | Metric::HandledSatisfied
            | Metric::RepurchaseOnTheSpot
            | Metric::RepurchaseLater
            | Metric::RepurchaseUnresolved
            | Metric::Told
            | Metric::Reached
            | Metric::ProblemRate
            | Metric::SuggestionRate => self.modelled.get(&metric).copied(),
        }
    }
}

/// A score's row; of a base under the floor nothing is kept but its size.
fn row(
    set_id: &str,
    (dimension, segment): &(String, String),
    metric: Metric,
    estimate: Option<Estimate>,
    rules: &Rules,
) -> score::Model {
    let n = estimate.map_or(0, |estimate| estimate.n);
    let shown = estimate.filter(|_| n >= rules.minimum_base.max(1));
    let interval = shown.and_then(|estimate| estimate.interval);
    score::Model {
        set_id: set_id.to_owned(),
        dimension: dimension.clone(),
        segment: segment.clone(),
        metric,
        value: shown.map(|estimate| estimate.value),
        lower: interval.map(|interval| interval.lower),
        upper: interval.map(|interval| interval.upper),
        standard_error: shown.and_then(|estimate| estimate.standard_error),
        // bases are far below 2⁶³
        n: n as i64,
        effective_n: shown.map(|estimate| estimate.effective_n),
        suppressed: shown.is_none(),
        change: None,
        change_significant: None,
        change_year: None,
        change_year_significant: None,
    }
}

/// Sets the changes against an earlier quarter; the segments of one metric are one family of comparisons.
fn compare(
    rows: &mut [score::Model],
    before: &Before,
    rules: &Rules,
    set: impl Fn(&mut score::Model, f64, Option<bool>),
) {
    let mut tested = Vec::new();
    for (place, row) in rows.iter_mut().enumerate() {
        let key = (row.dimension.clone(), row.segment.clone(), row.metric);
        let (Some(value), Some(then)) = (row.value, before.get(&key)) else { continue };
        let change = change((value, row.standard_error), *then);
        set(row, change.difference, None);
        let p_value = change.p_value.filter(|_| !row.metric.is_assumed());
        tested.extend(p_value.map(|p| (place, change.difference, p)));
    }
    let p_values: Vec<f64> = tested.iter().map(|(_, _, p)| *p).collect();
    for ((place, change, _), p) in tested.iter().zip(corrected(&p_values, rules)) {
        set(&mut rows[*place], *change, Some(p < rules.significance));
    }
}

/// The p-values of one family of comparisons, corrected as the rules say.
pub fn corrected(p_values: &[f64], rules: &Rules) -> Vec<f64> {
    match rules.correction {
        Correction::Holm => holm(p_values),
        Correction::BenjaminiHochberg => benjamini_hochberg(p_values),
    }
}
