//! How often customers are kept, won back and newly won to stay, and what that costs. Of winning new customers nobody
//! knows how many were asked: what is known is who of those who came the quarter before is here still.

use std::collections::BTreeMap;

use rapport_entities::{Effort, Quarter, WinbackOutcome, effort};

use super::{EVERY, Place, recorded::Try};
use crate::close::{
    buying::number_of,
    customers::{Customer, Customers},
};

/// What was tried in a segment, and how often it succeeded.
#[derive(Clone, Default)]
pub struct Winning {
    keep: Tries,
    new: Tries,
    /// By reason of the loss; [`EVERY`] has all.
    back: BTreeMap<String, Tries>,
}

/// Tries counted.
#[derive(Clone, Default)]
pub struct Tries {
    /// Of which it is known what became.
    pub n: i64,
    /// That succeeded.
    pub successes: i64,
    open: i64,
    /// What those cost whose cost is known, in minor units, by currency.
    costs: BTreeMap<String, (i64, i64)>,
}

impl Tries {
    fn known(&mut self, success: bool) {
        self.n += 1;
        self.successes += i64::from(success);
    }

    fn add(&mut self, one: &Try) {
        match one.outcome {
            WinbackOutcome::Open => self.open += 1,
            outcome => self.known(outcome == WinbackOutcome::WonBack),
        }
        if let Some((cost, currency)) = &one.cost {
            let (sum, n) = self.costs.entry(currency.clone()).or_default();
            (*sum, *n) = (*sum + cost, *n + 1);
        }
    }
}

/// Whether a customer who came in the quarter before is here still: by its contract, or by a purchase in this quarter.
/// None of who did not come then.
pub fn is_new(customer: &Customer, customers: &Customers, quarter: Quarter) -> Option<bool> {
    let (now, before) = (number_of(quarter), number_of(quarter.previous()));
    if let Some(contract) = customer.contract {
        return (contract.since == before).then_some(contract.runs);
    }
    let quarters = customers.buying.quarters(customer.buyer? as usize);
    (quarters.first() == Some(&before)).then(|| quarters.contains(&now))
}

impl Winning {
    /// A customer: whether it is a new one who is here still, and what was tried to win it back.
    pub fn add(&mut self, new: Option<bool>, (tries, reason): (&[Try], Option<&str>)) {
        if let Some(here) = new {
            self.new.known(here);
        }
        for one in tries {
            for word in [Some(EVERY), reason].into_iter().flatten() {
                self.back.entry(word.to_owned()).or_default().add(one);
            }
        }
    }

    /// A customer who stayed in the quarter before.
    pub fn kept(&mut self, stays: bool) {
        self.keep.known(stays);
    }

    /// The attempts on those who were lost for a reason.
    pub fn back(&self, reason: &str) -> Tries {
        self.back.get(reason).cloned().unwrap_or_default()
    }

    /// The rows of a segment of so many customers; costs are of the currency given, `minor` units of a major one.
    pub fn rows(
        &self,
        place: &Place<'_>,
        customers: i64,
        (minor, currency): (f64, Option<&str>),
    ) -> Vec<effort::Model> {
        let costs = &place.rules.costs;
        let shown = place.shows(customers);
        let row = |effort, reason: &str, tries: &Tries, setting: Option<f64>| {
            let share = place.share(tries.successes, tries.n).filter(|_| shown);
            let interval = share.and_then(|share| share.interval);
            let spent = currency.and_then(|currency| tries.costs.get(currency)).filter(|_| shown);
            let cost = spent.map(|(sum, n)| *sum as f64 / minor / *n as f64).or(setting);
            let succeeding = share.map(|share| share.value).filter(|share| *share > 0.0);
            effort::Model {
                set_id: place.set_id.to_owned(),
                dimension: place.dimension.to_owned(),
                segment: place.segment.to_owned(),
                effort,
                reason: reason.to_owned(),
                n: tries.n,
                successes: shown.then_some(tries.successes),
                open: (shown && effort == Effort::WinBack).then_some(tries.open),
                share: share.map(|share| share.value),
                lower: interval.map(|interval| interval.lower),
                upper: interval.map(|interval| interval.upper),
                cost,
                cost_n: spent.map_or(0, |(_, n)| *n),
                cost_per_success: cost.zip(succeeding).map(|(cost, share)| cost / share),
                suppressed: !shown,
            }
        };
        let mut rows = vec![
            row(Effort::Keep, EVERY, &self.keep, costs.keep_per_customer),
            row(Effort::WinNew, EVERY, &self.new, costs.win_per_customer),
            row(Effort::WinBack, EVERY, &self.back(EVERY), costs.win_back_attempt),
        ];
        let reasons = self.back.iter().filter(|(reason, _)| *reason != EVERY);
        rows.extend(
            reasons.map(|(reason, tries)| row(Effort::WinBack, reason, tries, costs.win_back_attempt)),
        );
        rows
    }
}
