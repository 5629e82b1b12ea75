//! Problems and suggestions: what respondents add to their answers, each under a theme of the company's own.

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::Error;
use super::chance::logistic;
use super::files::Files;
use super::relationship::Relationship;

/// One line of the file.
#[derive(Serialize)]
struct RemarkRow<'a> {
    code: String,
    customer: &'a str,
    at: DateTime<Utc>,
    kind: &'a str,
    theme: &'a str,
    text: &'a str,
}

/// A theme: how often it is named, and the words in English and in Chinese.
struct Theme {
    name: &'static str,
    weight: f64,
    english: &'static str,
    chinese: &'static str,
}

const PROBLEMS: [Theme; 5] = [
    Theme {
        name: "Delivery 配送",
        weight: 0.3,
        english: "The delivery came days later than promised.",
        chinese: "配送比承诺的晚了好几天。",
    },
    Theme {
        name: "Service desk 客服",
        weight: 0.26,
        english: "I had to explain my case three times at the service desk.",
        chinese: "同一件事我向客服解释了三遍。",
    },
    Theme {
        name: "Price 价格",
        weight: 0.2,
        english: "Others offer the same for less.",
        chinese: "同样的东西别家更便宜。",
    },
    Theme {
        name: "Quality 质量",
        weight: 0.14,
        english: "The parts do not last as long as they used to.",
        chinese: "配件不如以前耐用。",
    },
    Theme {
        name: "Invoices 账单",
        weight: 0.1,
        english: "The invoices are hard to read and often wrong.",
        chinese: "账单看不懂，还常常出错。",
    },
];

const SUGGESTIONS: [Theme; 3] = [
    Theme {
        name: "Self-service 自助服务",
        weight: 0.45,
        english: "Let me change my order online without a call.",
        chinese: "希望不用打电话就能在线改订单。",
    },
    Theme {
        name: "Delivery 配送",
        weight: 0.35,
        english: "Tell us the hour of the delivery, not only the day.",
        chinese: "送货时间最好精确到几点，而不只是哪一天。",
    },
    Theme {
        name: "Training 培训",
        weight: 0.2,
        english: "A short course for new colleagues would help.",
        chinese: "希望为新同事提供简短培训。",
    },
];

/// Writes what the customer adds to the answers of this moment, should there be anything.
pub(super) fn write(life: &mut Relationship<'_>, at: DateTime<Utc>, files: &mut Files) -> Result<(), Error> {
    let failure = life.market.failure(life.customer.region, life.quarter);
    let dissatisfied = -1.7 - 1.1 * life.experience.satisfaction + 0.5 * failure;
    if life.remarks.happens(logistic(dissatisfied)) {
        said(life, at, ("problem", &PROBLEMS), files)?;
    }
    if life.remarks.happens(0.12) {
        said(life, at, ("suggestion", &SUGGESTIONS), files)?;
    }
    Ok(())
}

fn said(
    life: &mut Relationship<'_>,
    at: DateTime<Utc>,
    (kind, themes): (&str, &[Theme]),
    files: &mut Files,
) -> Result<(), Error> {
    let theme = &themes[life.remarks.weighted(themes.iter().map(|theme| theme.weight))];
    let text = if life.customer.chinese { theme.chinese } else { theme.english };
    let code = files.remarks.next_code('M');
    files.remarks.write(RemarkRow { code, customer: &life.customer.code, at, kind, theme: theme.name, text })
}
