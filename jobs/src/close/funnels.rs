//! Funnels: how customers come through the six stages and the four phases, from quarter to quarter, and how long they have
//! been where they are.

use rapport_entities::{Lifecycle, Scheme, Stage, customer_quarter, funnel_step};
use rapport_statistics::{Mean, Proportion};

use super::{retention::Then, segments::Segments};
use crate::Rules;

/// The stages, in the order of the way.
const STAGES: [Stage; 6] =
    [Stage::Suspect, Stage::Prospect, Stage::FirstTime, Stage::Repeat, Stage::Client, Stage::Advocate];
/// The phases, in the order of a relationship.
const PHASES: [Lifecycle; 4] =
    [Lifecycle::Exploration, Lifecycle::BuildUp, Lifecycle::Maturity, Lifecycle::Decline];

/// The funnels of every segment.
pub struct Funnels {
    segments: Vec<Funnel>,
}

#[derive(Clone, Default)]
struct Funnel {
    customers: i64,
    stages: [Step; STAGES.len()],
    phases: [Step; PHASES.len()],
}

/// A stage or phase.
#[derive(Clone, Copy, Default)]
struct Step {
    /// Quarters in a row, of who is there now.
    quarters: Mean,
    /// Of those who were there: who came further.
    further: Proportion,
    advanced: i64,
    fell_back: i64,
}

impl Step {
    /// Somebody who was there is at a rank that is higher, lower or the same.
    fn left(&mut self, (then, now): (usize, usize)) {
        self.further.add(now > then, 1.0);
        self.advanced += i64::from(now > then);
        self.fell_back += i64::from(now < then);
    }
}

/// Where on the way; none for the unclassified.
fn stage(stage: Stage) -> Option<usize> {
    STAGES.iter().position(|one| *one == stage)
}

fn phase(phase: Lifecycle) -> Option<usize> {
    PHASES.iter().position(|one| *one == phase)
}

/// A relationship in decline stands below all others: to come out of it is to come further.
fn rank(phase: usize) -> usize {
    if PHASES[phase] == Lifecycle::Decline { 0 } else { phase + 1 }
}

/// Puts down how many quarters in a row the customer has been where it is: one more than the quarter before, if it was there.
pub fn count(row: &mut customer_quarter::Model, then: Option<&Then>) {
    let more = |quarters: Option<i32>| quarters.unwrap_or(0).saturating_add(1);
    let same_stage = then.filter(|then| then.stage == row.stage);
    let same_phase = then.filter(|then| then.lifecycle == row.lifecycle);
    row.stage_quarters = stage(row.stage).map(|_| more(same_stage.and_then(|then| then.stage_quarters)));
    row.lifecycle_quarters =
        phase(row.lifecycle).map(|_| more(same_phase.and_then(|then| then.lifecycle_quarters)));
}

impl Funnels {
    /// For so many segments.
    pub fn new(segments: usize) -> Self {
        Self { segments: vec![Funnel::default(); segments] }
    }

    /// Adds a customer, with what the quarter before said of it. Who has no stage any more, or had none, is no conversion.
    pub fn add(&mut self, members: &[usize], row: &customer_quarter::Model, then: Option<&Then>) {
        let (now_stage, now_phase) = (stage(row.stage), phase(row.lifecycle));
        let stages = then.and_then(|then| stage(then.stage)).zip(now_stage);
        let phases = then.and_then(|then| phase(then.lifecycle)).zip(now_phase);
        for member in members {
            let funnel = &mut self.segments[*member];
            funnel.customers += 1;
            if let Some((place, quarters)) = now_stage.zip(row.stage_quarters) {
                funnel.stages[place].quarters.add(f64::from(quarters), 1.0);
            }
            if let Some((place, quarters)) = now_phase.zip(row.lifecycle_quarters) {
                funnel.phases[place].quarters.add(f64::from(quarters), 1.0);
            }
            if let Some((before, now)) = stages {
                funnel.stages[before].left((before, now));
            }
            if let Some((before, now)) = phases {
                funnel.phases[before].left((rank(before), rank(now)));
            }
        }
    }

    /// The rows: every step of both, of every segment.
    pub fn rows(&self, set_id: &str, segments: &Segments, rules: &Rules) -> Vec<funnel_step::Model> {
        let words = |scheme| match scheme {
            Scheme::Stage => STAGES.map(|one| one.as_str()).to_vec(),
            _ => PHASES.map(|one| one.as_str()).to_vec(),
        };
        let mut rows = Vec::new();
        for (funnel, key) in self.segments.iter().zip(&segments.keys) {
            let shown = funnel.customers.unsigned_abs() >= rules.minimum_customers.max(1);
            for (scheme, steps) in [(Scheme::Stage, &funnel.stages[..]), (Scheme::Lifecycle, &funnel.phases)]
            {
                let steps = (0..).zip(words(scheme)).zip(steps);
                rows.extend(
                    steps.map(|(named, step)| row((set_id, key), scheme, named, step, (shown, rules))),
                );
            }
        }
        rows
    }
}

/// Whether nobody can come further.
fn is_last(scheme: Scheme, class: &str) -> bool {
    let last = if scheme == Scheme::Stage { Stage::Advocate.as_str() } else { Lifecycle::Maturity.as_str() };
    class == last
}

/// A step's row; under the floors there is nothing but its base.
fn row(
    (set_id, (dimension, segment)): (&str, &(String, String)),
    scheme: Scheme,
    (place, class): (i32, &str),
    step: &Step,
    (shown, rules): (bool, &Rules),
) -> funnel_step::Model {
    let known = shown && step.further.n() >= rules.minimum_base.max(1);
    // from the last step there is nowhere to come to
    let conversion = step.further.estimate().filter(|_| known && !is_last(scheme, class));
    let interval = conversion.and_then(|one| one.interval);
    let quarters = step.quarters.estimate(1.0, f64::INFINITY);
    funnel_step::Model {
        set_id: set_id.to_owned(),
        scheme,
        dimension: dimension.clone(),
        segment: segment.clone(),
        place,
        class: class.to_owned(),
        // bases are far below 2⁶³
        customers: shown.then_some(step.quarters.n() as i64),
        quarters: quarters.filter(|_| shown).map(|one| one.value),
        advanced: conversion.map(|_| step.advanced),
        fell_back: known.then_some(step.fell_back),
        conversion: conversion.map(|one| one.value),
        lower: interval.map(|one| one.lower),
        upper: interval.map(|one| one.upper),
        n: step.further.n() as i64,
        suppressed: !shown,
    }
}
