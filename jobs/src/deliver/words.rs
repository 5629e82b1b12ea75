//! Figures as a mail has them, in the reader's language.

use std::borrow::Cow;

use rapport_entities::{ALL, LoyaltyType, Metric, Unit};
use rapport_messages::{
    Locale,
    number::{UNKNOWN, decimal, share},
};

/// The name of a metric.
pub fn metric(metric: Metric, locale: Locale) -> Cow<'static, str> {
    locale.label("metric", metric.as_str())
}

/// The name of a loyalty type.
pub fn loyalty(kind: LoyaltyType, locale: Locale) -> Cow<'static, str> {
    locale.label("loyalty", kind.as_str())
}

/// A segment's name; all customers have one in each language.
pub fn place<'a>(segment: &str, name: &'a str, locale: Locale) -> Cow<'a, str> {
    if segment == ALL { locale.text("mail-place") } else { Cow::Borrowed(name) }
}

fn is_share(metric: Metric) -> bool {
    metric.unit() == Unit::Share
}

/// A value of a metric in its unit.
pub fn value(metric: Metric, value: Option<f64>) -> String {
    match value {
        None => UNKNOWN.to_owned(),
        Some(value) if is_share(metric) => share(value),
        Some(value) => decimal(value, 1),
    }
}

/// An interval in a metric's unit.
pub fn interval(metric: Metric, bounds: Option<(f64, f64)>) -> String {
    bounds.map_or_else(
        || UNKNOWN.to_owned(),
        |(lower, upper)| format!("{} – {}", value(metric, Some(lower)), value(metric, Some(upper))),
    )
}

/// A change with its sign: points, or percentage points of shares.
pub fn change(metric: Metric, change: Option<f64>, locale: Locale) -> String {
    let Some(change) = change else { return UNKNOWN.to_owned() };
    let sign = if change > 0.0 { "+" } else { "" };
    format!("{sign}{}", distance(metric, change, locale))
}

/// How far two values of a metric are apart.
pub fn distance(metric: Metric, distance: f64, locale: Locale) -> String {
    match is_share(metric) {
        true => locale.say("mail-points", &[("points", decimal(distance * 100.0, 1).into())]),
        false => decimal(distance, 1),
    }
}

/// A count, where it is known.
pub fn count(count: Option<i64>) -> String {
    count.map_or_else(|| UNKNOWN.to_owned(), |count| decimal(count as f64, 0))
}
