//! The rules of a close in words, in the reader's language: printed beside every figure they made.

use rapport_entities::Metric;
use rapport_messages::{Locale, number::decimal};

use crate::Rules;

/// How a score is made.
pub fn metric_rule(metric: Metric, rules: &Rules, locale: Locale) -> String {
    let id = match metric {
        Metric::Nps => "chart-rule-nps",
        Metric::Csi => "chart-rule-csi",
        _ => "chart-rule-mean",
    };
    locale.say(id, &[("base", rules.minimum_base.to_string().into())])
}

/// How the loyalty types are told apart.
pub fn loyalty_rule(rules: &Rules, locale: Locale) -> String {
    let numbers = [
        ("window", rules.window_quarters.to_string().into()),
        ("purchases", rules.repeat_purchases.to_string().into()),
        ("active", rules.active_quarters.to_string().into()),
        ("satisfied", points(rules.satisfaction_cut).into()),
        ("intending", points(rules.intention_cut).into()),
    ];
    locale.say("chart-rule-loyalty", &numbers)
}

/// How the value classes are told apart.
pub fn value_rule(rules: &Rules, locale: Locale) -> String {
    let id = match rules.turnover_cut {
        Some(_) => "chart-rule-value-cuts",
        None => "chart-rule-value-medians",
    };
    locale.say(id, &[("window", rules.window_quarters.to_string().into())])
}

/// From how many answers on a unit of employees or partners is told.
pub fn people_rule(rules: &Rules, locale: Locale) -> String {
    locale.say("people-rule", &[("base", rules.minimum_customers.to_string().into())])
}

/// A point of a scale of 10: `8`, `7.5`.
pub(super) fn points(cut: f64) -> String {
    decimal(cut, usize::from(cut.fract().abs() > 1e-9))
}
