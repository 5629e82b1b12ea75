//! Figures as they are printed: one count of decimals each, a true minus sign, thousands apart.

use rapport_entities::{Metric, score};
use rapport_messages::Locale;

use super::view::{Figure, Whisker};
use crate::graphql::Money;

/// A number of so many decimals, thousands apart, with a true minus sign.
pub fn number(value: f64, decimals: usize) -> String {
    let text = format!("{:.decimals$}", value.abs());
    let (whole, rest) =
        text.split_once('.').map_or((text.as_str(), None), |(whole, rest)| (whole, Some(rest)));
    let grouped: Vec<&str> =
        whole.as_bytes().rchunks(3).rev().filter_map(|part| std::str::from_utf8(part).ok()).collect();
    let sign =
        if value < 0.0 && text.bytes().any(|digit| (b'1'..=b'9').contains(&digit)) { "−" } else { "" };
    let rest = rest.map(|rest| format!(".{rest}")).unwrap_or_default();
    format!("{sign}{}{rest}", grouped.join(","))
}

/// A whole number, thousands apart.
pub fn count(value: i64) -> String {
    number(value as f64, 0)
}

/// A fraction of 1 as a percentage.
pub fn percent(share: f64) -> String {
    format!("{} %", number(share * 100.0, 1))
}

/// Money in major units, without decimals: a page is not a ledger.
pub fn money(minor: i64, currency: Option<&str>) -> String {
    number(Money::of(currency).float(minor), 0)
}

fn is_share(metric: Metric) -> bool {
    matches!(metric, Metric::Top2 | Metric::ComplaintRate | Metric::Promoters | Metric::Detractors)
}

/// A value of a metric, in its own unit.
fn told(metric: Metric, value: f64) -> String {
    if is_share(metric) { percent(value) } else { number(value, 1) }
}

/// A score as the page shows it; `names` are the metric's name and what it is.
pub fn figure(
    metric: Metric,
    score: Option<&score::Model>,
    names: (&'static str, &'static str),
    locale: Locale,
) -> Figure {
    let interval = score.and_then(|score| score.lower.zip(score.upper));
    let change = score.and_then(|score| score.change);
    let significant = score.and_then(|score| score.change_significant).unwrap_or(false);
    Figure {
        name: names.0,
        about: names.1,
        value: score.and_then(|score| score.value).map(|value| told(metric, value)),
        interval: interval.map(|(lower, upper)| format!("{} – {}", told(metric, lower), told(metric, upper))),
        n: score.map_or_else(|| "0".to_owned(), |score| count(score.n)),
        suppressed: score.is_some_and(|score| score.suppressed),
        change: change.map(|change| change_told(metric, change, locale)),
        direction: change.map_or("", |change| {
            if change > 0.0 {
                "up"
            } else if change < 0.0 {
                "down"
            } else {
                ""
            }
        }),
        significant,
        whisker: score.and_then(|score| whisker(metric, score)),
    }
}

/// A change with its sign: points, or percentage points of shares.
fn change_told(metric: Metric, change: f64, locale: Locale) -> String {
    let (change, unit) =
        if is_share(metric) { (change * 100.0, locale.pick(" pp", "个百分点")) } else { (change, "") };
    let sign = if change > 0.0 { "+" } else { "" };
    format!("{sign}{}{unit}", number(change, 1))
}

/// Where value and interval lie on the metric's scale, of 100; none for an unbounded one.
fn whisker(metric: Metric, score: &score::Model) -> Option<Whisker> {
    let (low, high) = match metric {
        Metric::Nps | Metric::Disconfirmation => (-100.0, 100.0),
        _ if is_share(metric) => (0.0, 1.0),
        _ => (0.0, 100.0),
    };
    let place = |value: f64| ((value - low) / (high - low) * 100.0).clamp(0.0, 100.0);
    let (lower, upper) = score.lower.zip(score.upper)?;
    let (left, right) = (place(lower), place(upper));
    Some(Whisker { left, width: (right - left).max(0.5), at: place(score.value?) })
}
