//! How a complaint was handled: who did what about it, which faults there were, and whether the customer was satisfied
//! with the outcome. It comes of a stream of chance of its own.

use chrono::{DateTime, TimeDelta, Utc};
use serde::Serialize;

use super::Error;
use super::chance::{Chance, logistic};
use super::files::{Files, Money};
use super::relationship::Relationship;

/// A complaint that is handled.
pub(super) struct Case {
    pub(super) code: String,
    pub(super) at: DateTime<Utc>,
    /// When it was resolved first; none if it was not.
    pub(super) resolved_at: Option<DateTime<Utc>>,
    /// How much the service fails where the customer is.
    pub(super) failure: f64,
}

/// One line of the file.
#[derive(Serialize)]
struct StepRow<'a> {
    code: String,
    complaint: &'a str,
    customer: &'a str,
    at: DateTime<Utc>,
    kind: &'a str,
    person: &'a str,
    note: &'a str,
    amount: Option<Money>,
    due_at: Option<DateTime<Utc>>,
}

/// Something that happened.
struct Step {
    at: DateTime<Utc>,
    kind: &'static str,
    note: &'static str,
    amount: Option<f64>,
    due_at: Option<DateTime<Utc>>,
}

const PEOPLE: [&str; 8] = [
    "Chen Jing 陈静",
    "Liu Yang 刘洋",
    "Zhao Min 赵敏",
    "Sun Lei 孙磊",
    "Zhou Fang 周芳",
    "Wu Gang 吴刚",
    "Xu Li 徐丽",
    "He Jun 何军",
];

/// Steps of handling, and how often they are taken.
const STEPS: [(&str, f64); 5] =
    [("listened", 0.7), ("apologised", 0.6), ("empathised", 0.35), ("restated", 0.25), ("made_sure", 0.35)];

/// Faults of handling, and how often they happen where nothing fails.
const FAULTS: [(&str, f64); 8] = [
    ("no_reaction", 0.05),
    ("passed_on", 0.045),
    ("promised_not_done", 0.04),
    ("broke_promise", 0.03),
    ("impolite", 0.02),
    ("blamed_customer", 0.02),
    ("interrogated", 0.012),
    ("closed_gestures", 0.008),
];

/// Writes what happened to a complaint before the company's last quarter was over.
pub(super) fn write(life: &mut Relationship<'_>, case: Case, files: &mut Files) -> Result<(), Error> {
    let end = life.calendar.end();
    let person = PEOPLE[(life.customer.region + life.cases.place(3)) % PEOPLE.len()];
    let mut steps = handled(&mut life.cases, &case, end);
    steps.sort_by_key(|step| step.at);
    for step in steps.into_iter().filter(|step| step.at < end) {
        let row = StepRow {
            code: files.steps.next_code('E'),
            complaint: &case.code,
            customer: &life.customer.code,
            at: step.at,
            kind: step.kind,
            person,
            note: step.note,
            amount: step.amount.map(Money::of),
            due_at: step.due_at,
        };
        files.steps.write(row)?;
    }
    Ok(())
}

fn handled(chance: &mut Chance, case: &Case, end: DateTime<Utc>) -> Vec<Step> {
    let mut steps = Vec::new();
    // what is not resolved waits to the end, and some of it is never taken up
    let length = (case.resolved_at.unwrap_or(end) - case.at).num_seconds() as f64;
    let after = |part: f64| case.at + TimeDelta::seconds((length * part) as i64);
    let heard = (chance.wait() * 5.0 * 3_600.0 * (1.0 + case.failure)).min(0.4 * length) / length.max(1.0);
    if case.resolved_at.is_none() && chance.happens(0.4) {
        if chance.happens(0.3) {
            steps.push(step(after(0.3), "no_reaction", ""));
        }
        return steps;
    }
    let taken = heard + (0.7 - heard) * 0.5 * chance.part();
    steps.push(step(after(heard), "acknowledged", ""));
    steps.push(step(after(taken), "in_work", ""));
    for (kind, often) in STEPS {
        if chance.happens(often) {
            steps.push(step(after(taken + (1.0 - taken) * chance.part()), kind, ""));
        }
    }
    if chance.happens(0.25) {
        let at = after(taken);
        let due_at = Some(at + TimeDelta::hours(24 + 24 * chance.place(3) as i64));
        steps.push(Step { due_at, ..step(at, "promise", "to call back 回电") });
    }
    for (kind, often) in FAULTS {
        if chance.happens(often * (1.0 + 2.0 * case.failure)) {
            steps.push(step(after(heard + (1.0 - heard) * chance.part()), kind, ""));
        }
    }
    if let Some(resolved) = case.resolved_at {
        let amends = chance.happens(0.15).then(|| 20.0 + 180.0 * chance.part());
        if let Some(amount) = amends {
            steps.push(Step { amount: Some(amount), ..step(resolved, "compensated", "voucher 代金券") });
        }
        outcome(chance, (length / 86_400.0, resolved), amends.is_some(), &mut steps);
    }
    steps
}

/// Three of four customers are asked; the longer it took, the fewer are satisfied.
fn outcome(chance: &mut Chance, (days, resolved): (f64, DateTime<Utc>), amends: bool, steps: &mut Vec<Step>) {
    let hours = |from: DateTime<Utc>, hours: f64| from + TimeDelta::seconds((hours * 3_600.0) as i64);
    steps.push(step(resolved, "resolved", ""));
    if !chance.happens(0.75) {
        return;
    }
    let asked = hours(resolved, 24.0 + 48.0 * chance.part());
    let satisfied = chance.happens(logistic(1.6 - 0.15 * days + 0.8 * f64::from(u8::from(amends))));
    steps.push(step(asked, if satisfied { "confirmed_satisfied" } else { "confirmed_dissatisfied" }, ""));
    let then = hours(asked, 4.0 + 20.0 * chance.part());
    if satisfied || chance.happens(0.6) {
        steps.push(step(then, "closed", ""));
        return;
    }
    steps.push(step(then, "reopened", ""));
    steps.push(step(hours(then, 24.0 + 72.0 * chance.part()), "resolved", ""));
}

fn step(at: DateTime<Utc>, kind: &'static str, note: &'static str) -> Step {
    Step { at, kind, note, amount: None, due_at: None }
}
