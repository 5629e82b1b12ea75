//! Customers who left: what is known of why, and what was tried to win them back. It comes of a stream of chance of its
//! own, and what became of an attempt is what the customer did.

use chrono::{DateTime, TimeDelta, Utc};
use serde::Serialize;

use super::Error;
use super::files::{Files, Money};
use super::relationship::Relationship;

/// One line of the file of losses.
#[derive(Serialize)]
struct LossRow<'a> {
    code: String,
    customer: &'a str,
    at: DateTime<Utc>,
    reason: &'a str,
    note: &'a str,
    recorded_by: &'a str,
}

/// One line of the file of attempts.
#[derive(Serialize)]
struct AttemptRow<'a> {
    code: String,
    customer: &'a str,
    at: DateTime<Utc>,
    person: &'a str,
    channel: &'a str,
    offer: &'a str,
    cost: Money,
    outcome: &'a str,
    ended_at: Option<DateTime<Utc>>,
    note: &'a str,
}

const PEOPLE: [&str; 4] = ["Liu Yang 刘洋", "Zhou Fang 周芳", "Xu Li 徐丽", "He Jun 何军"];
const CHANNELS: [(&str, f64); 3] = [("phone 电话", 6.0), ("e-mail 邮件", 2.0), ("visit 拜访", 45.0)];
const OFFERS: [&str; 3] = ["10 % off 九折", "free delivery 免配送费", "a personal contact 专属服务"];

/// How often somebody finds out why a customer left.
const KNOWN: f64 = 0.6;
/// How often it is tried, in a quarter, to win back one who is away.
const TRIED: f64 = 0.3;

/// Writes what a quarter tells of a customer who was away for so many quarters before it.
pub(super) fn write(
    life: &mut Relationship<'_>,
    quarter: usize,
    away: u32,
    files: &mut Files,
) -> Result<(), Error> {
    // drawn whatever happens, so that one thing told leaves all others as they were
    let (known, at, tried, part) =
        (life.losses.happens(KNOWN), life.losses.part(), life.losses.happens(TRIED), life.losses.part());
    // of who left before the files begin the company knows nothing
    if !life.bought {
        return Ok(());
    }
    if life.away == 1 && known {
        let reason = reason(life);
        let row = LossRow {
            code: files.losses.next_code('L'),
            customer: &life.customer.code,
            at: life.calendar.moment(quarter, at),
            reason,
            note: if reason == "price" { "the rival is cheaper 对手更便宜" } else { "" },
            recorded_by: PEOPLE[life.customer.region % PEOPLE.len()],
        };
        files.losses.write(row)?;
    }
    match quarter.checked_sub(1).filter(|_| away > 0 && tried) {
        Some(before) => attempt(life, (before, 0.2 + 0.7 * part), quarter, files),
        None => Ok(()),
    }
}

/// Who looks at prices left for the price, above all in the price war; who was displeased for what displeased.
fn reason(life: &mut Relationship<'_>) -> &'static str {
    let displeased = (-life.experience.satisfaction).max(0.0);
    let war = life.market.price_war(life.customer.plan, life.quarter);
    let weights = [
        ("price", 0.3 + life.customer.traits.thrift * if war { 4.0 } else { 1.0 }),
        ("service", 0.2 + 1.2 * displeased),
        ("quality", 0.2 + 0.8 * displeased),
        ("other_ties", 0.25),
        ("moved", 0.3),
    ];
    let place = life.losses.weighted(weights.iter().map(|(_, weight)| *weight));
    weights[place].0
}

/// An attempt of the quarter before: it succeeded if the customer buys in this one. Of some nothing is known yet when the
/// company's last quarter ends.
fn attempt(
    life: &mut Relationship<'_>,
    (before, part): (usize, f64),
    quarter: usize,
    files: &mut Files,
) -> Result<(), Error> {
    let (channel, spent) = CHANNELS[life.losses.weighted([0.6, 0.3, 0.1].into_iter())];
    let at = life.calendar.moment(before, part);
    let answered = at + TimeDelta::hours(20 + 24 * life.losses.place(20) as i64);
    let returned = life.calendar.moment(quarter, 0.2 * life.losses.part());
    let (outcome, ended_at) = match (life.buys(), life.losses.happens(0.45)) {
        (true, _) => ("won_back", Some(returned)),
        (false, true) => ("refused", Some(answered)),
        (false, false) => ("no_answer", Some(answered)),
    };
    let still = quarter + 1 == life.calendar.quarters() as usize && outcome != "won_back" && part > 0.7;
    let row = AttemptRow {
        code: files.winbacks.next_code('W'),
        customer: &life.customer.code,
        at,
        person: PEOPLE[life.losses.place(PEOPLE.len())],
        channel,
        offer: OFFERS[life.losses.place(OFFERS.len())],
        cost: Money::of(spent * (0.7 + 0.6 * life.losses.part())),
        outcome: if still { "open" } else { outcome },
        ended_at: ended_at.filter(|_| !still),
        note: "",
    };
    files.winbacks.write(row)
}
