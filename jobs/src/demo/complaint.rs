//! Complaints: the dissatisfied complain now and then, the more so while a service fails; most are settled in time.
//! How a complaint is settled is felt in the quarter after it.

use chrono::{DateTime, TimeDelta, Utc};
use serde::Serialize;

use super::Error;
use super::case::{self, Case};
use super::chance::{Chance, logistic};
use super::files::Files;
use super::purchase::PRODUCTS;
use super::relationship::Relationship;

/// One line of the file.
#[derive(Serialize)]
struct ComplaintRow<'a> {
    code: String,
    customer: &'a str,
    at: DateTime<Utc>,
    channel: &'a str,
    unit: &'a str,
    product: &'a str,
    severity: &'a str,
    risk: &'a str,
    text: &'a str,
    resolved_at: Option<DateTime<Utc>>,
}

/// A kind of complaint: the risk it is about, how often, and its words in English and Chinese.
struct Kind {
    risk: &'static str,
    weight: f64,
    english: [&'static str; 2],
    chinese: [&'static str; 2],
}

const KINDS: [Kind; 5] = [
    Kind {
        risk: "functional",
        weight: 0.46,
        english: ["It stopped working after a week.", "What arrived was not what I had ordered."],
        chinese: ["用了一周就坏了。", "收到的与订购的不符。"],
    },
    Kind {
        risk: "financial",
        weight: 0.26,
        english: ["I was charged twice for one order.", "The price went up without notice."],
        chinese: ["同一订单被重复扣款。", "未经通知就涨价。"],
    },
    Kind {
        risk: "psychological",
        weight: 0.16,
        english: ["I was passed from one desk to the next.", "Nobody called back as promised."],
        chinese: ["客服互相推诿,无人负责。", "承诺回电却一直没有回音。"],
    },
    Kind {
        risk: "social",
        weight: 0.06,
        english: ["It embarrassed us in front of our own clients.", "Staff were rude in front of others."],
        chinese: ["让我们在客户面前很难堪。", "当着别人的面态度恶劣。"],
    },
    Kind {
        risk: "safety",
        weight: 0.06,
        english: ["The device overheated and smelt of burning.", "My data were sent to someone else."],
        chinese: ["设备过热并有焦味。", "我的资料被发给了别人。"],
    },
];

const OUTAGE: Kind = Kind {
    risk: "functional",
    weight: 1.0,
    english: ["No delivery and no answer for days.", "The service is down again and work has stopped."],
    chinese: ["连续几天没有配送,也无人答复。", "服务再次中断,业务停摆。"],
};

const CHANNELS: [(&str, f64); 5] =
    [("phone", 0.36), ("web", 0.24), ("social", 0.16), ("email", 0.14), ("store", 0.10)];

/// Settled within so many days counts as soon.
const SOON: f64 = 7.0;
const NEVER: f64 = 0.07;

/// Writes the customer's complaint of a quarter, should there be one.
pub(super) fn write(life: &mut Relationship<'_>, quarter: usize, files: &mut Files) -> Result<(), Error> {
    let failure = life.market.failure(life.customer.region, life.quarter);
    let log_odds = -3.9 - 1.3 * life.experience.satisfaction + 0.6 * failure + life.customer.traits.voice;
    if !life.buys() || !life.chance.happens(logistic(log_odds)) {
        return Ok(());
    }
    let from = if life.arrives() { life.customer.arrival.1 } else { 0.0 };
    let at = life.calendar.moment(quarter, from + life.chance.part() * (1.0 - from));
    // Offices that fail have many to answer at once.
    let days = (1.3 + 0.5 * failure + life.chance.normal(0.9)).exp();
    let settled = !life.chance.happens(NEVER);
    life.settled = Some(settled && days <= SOON);
    let resolved = settled.then(|| at + TimeDelta::seconds((days * 86_400.0) as i64));
    let resolved_at = resolved.filter(|moment| *moment < life.calendar.end());
    let code = files.complaints.next_code('K');
    let row = complained(life, at, resolved_at, code.clone());
    files.complaints.write(row)?;
    case::write(life, Case { code, at, resolved_at, failure }, files)
}

fn complained<'a>(
    life: &'a mut Relationship<'_>,
    at: DateTime<Utc>,
    resolved_at: Option<DateTime<Utc>>,
    code: String,
) -> ComplaintRow<'a> {
    let failure = life.market.failure(life.customer.region, life.quarter);
    let chance = &mut life.chance;
    let outage = failure > 0.0 && chance.happens(failure / (failure + 0.5));
    let kind = if outage { &OUTAGE } else { &KINDS[chance.weighted(KINDS.iter().map(|kind| kind.weight))] };
    let words = if life.customer.chinese { &kind.chinese } else { &kind.english };
    let severity = severity(chance, life.experience.satisfaction - 0.5 * failure);
    let product = PRODUCTS[chance.weighted(PRODUCTS.iter().map(|product| product.1))].0;
    ComplaintRow {
        code,
        customer: &life.customer.code,
        at,
        channel: CHANNELS[chance.weighted(CHANNELS.iter().map(|channel| channel.1))].0,
        unit: unit(kind.risk),
        product: if outage { PRODUCTS[1].0 } else { product },
        severity,
        risk: kind.risk,
        text: chance.one(words),
        resolved_at,
    }
}

/// Who handles what.
fn unit(risk: &str) -> &'static str {
    match risk {
        "functional" => "Field service 上门服务部",
        "financial" => "Billing 账务部",
        "safety" => "Quality 质量部",
        _ => "Hotline 客服热线",
    }
}

fn severity(chance: &mut Chance, satisfaction: f64) -> &'static str {
    match satisfaction + chance.normal(0.7) {
        felt if felt < -1.3 => "high",
        felt if felt < -0.2 => "medium",
        _ => "low",
    }
}
