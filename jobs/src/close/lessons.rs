//! What complaints teach: who stays silent, how soon and how well cases are handled, and who buys again after. What no
//! source records is not known, and has no figure.

use std::collections::BTreeMap;

use rapport_entities::{ComplaintStage, Metric};
use rapport_statistics::{Estimate, Mean, Proportion};

use super::{
    cases::{Cases, Lasted},
    handling::Handling,
    inputs::Inputs,
};
use crate::{Rules, settings::ComplaintRules};

/// What the complaints of a segment teach.
#[derive(Clone, Debug, Default)]
struct Lessons {
    silent: Proportion,
    acknowledged: Mean,
    resolved: Mean,
    faultless: Proportion,
    satisfied: Proportion,
    on_the_spot: Proportion,
    later: Proportion,
    unresolved: Proportion,
}

/// Puts what the complaints of the quarter teach among the scores; handling and answers must be known.
pub fn tell(inputs: &mut Inputs, cases: &BTreeMap<i64, Cases>, rules: &Rules) {
    let mut all = vec![Lessons::default(); inputs.segments.len()];
    of_customers(&mut all, inputs, rules);
    let moves = inputs.recording.tells(ComplaintStage::Complained);
    let faults = inputs.recording.tells(ComplaintStage::Acknowledged);
    for (id, cases) in cases {
        for member in inputs.members(*id) {
            all[*member].moved(cases, moves);
            all[*member].received(cases, faults);
        }
    }
    for (segment, lessons) in all.iter().enumerate() {
        for (metric, estimate) in lessons.estimates(&rules.complaints) {
            inputs.answering.scores.put(segment, metric, estimate);
        }
    }
}

/// Who stays silent, and who stays.
fn of_customers(all: &mut [Lessons], inputs: &Inputs, rules: &Rules) {
    let complaints = inputs.recording.tells(ComplaintStage::Complained);
    let ends = inputs.recording.tells(ComplaintStage::Resolved);
    for (customer, _) in inputs.customers.iter() {
        let members = inputs.segments.members(customer.combination);
        let dissatisfied = customer.satisfaction.is_some_and(|points| points < rules.satisfaction_cut);
        if complaints && dissatisfied {
            members.iter().for_each(|member| all[*member].silent.add(!customer.complained, 1.0));
        }
        if let Some(handling) = customer.handling.filter(|_| ends) {
            members.iter().for_each(|member| all[*member].stays(handling));
        }
    }
}

impl Lessons {
    /// A customer whose complaints are long enough ago to tell whether it stayed.
    fn stays(&mut self, handling: Handling) {
        let Some(kept) = handling.kept.filter(|_| handling.long_ago) else { return };
        let group = match handling {
            Handling { resolved: true, on_the_spot: true, .. } => &mut self.on_the_spot,
            Handling { resolved: true, .. } => &mut self.later,
            _ => &mut self.unresolved,
        };
        group.add(kept, 1.0);
    }

    /// How long it took a customer's cases, and how satisfied it is where it was asked; where moves are on record.
    fn moved(&mut self, cases: &Cases, on_record: bool) {
        if !on_record {
            return;
        }
        self.acknowledged.merge(&hours(cases.acknowledged));
        self.resolved.merge(&hours(cases.resolved));
        let [satisfied, dissatisfied] = cases.confirmed.map(i64::unsigned_abs);
        self.satisfied.merge(&Proportion::of_counts(satisfied, satisfied + dissatisfied));
    }

    /// How many of a customer's cases were handled without a fault; where faults are on record.
    fn received(&mut self, cases: &Cases, on_record: bool) {
        if on_record {
            let faultless = (cases.received - cases.faulty).unsigned_abs();
            self.faultless.merge(&Proportion::of_counts(faultless, cases.received.unsigned_abs()));
        }
    }

    /// What it comes to; of what nobody recorded there is nothing.
    fn estimates(&self, rules: &ComplaintRules) -> impl Iterator<Item = (Metric, Estimate)> {
        let satisfied = self.satisfied.estimate();
        let told = |share: Estimate| share.between(rules.told_by_dissatisfied, rules.told_by_satisfied);
        [
            (Metric::SilentRate, self.silent.estimate()),
            (Metric::HoursToAcknowledge, self.acknowledged.estimate(0.0, f64::INFINITY)),
            (Metric::HoursToResolve, self.resolved.estimate(0.0, f64::INFINITY)),
            (Metric::Faultless, self.faultless.estimate()),
            (Metric::HandledSatisfied, satisfied),
            (Metric::RepurchaseOnTheSpot, self.on_the_spot.estimate()),
            (Metric::RepurchaseLater, self.later.estimate()),
            (Metric::RepurchaseUnresolved, self.unresolved.estimate()),
            (Metric::Told, satisfied.map(told)),
            (Metric::Reached, satisfied.map(|share| share.between(rules.within_reach, 0.0))),
        ]
        .into_iter()
        .filter_map(|(metric, estimate)| Some((metric, estimate?)))
    }
}

fn hours(lasted: Lasted) -> Mean {
    Mean::of_sums(lasted.n.unsigned_abs(), lasted.minutes / 60.0, lasted.squares / 3_600.0)
}
