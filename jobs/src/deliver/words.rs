//! Words and figures as a mail has them, in both languages.

use rapport_entities::{ALL, AlertRule, LoyaltyType, Metric, Severity};
use rapport_messages::{Locale, number::decimal};

/// What stands where a figure is unknown.
pub const NONE: &str = "–";

/// The name of a loyalty type.
pub fn loyalty(kind: LoyaltyType, locale: Locale) -> &'static str {
    let (en, zh) = match kind {
        LoyaltyType::Loyal => ("Loyal", "忠诚型"),
        LoyaltyType::Defecting => ("Defecting", "流失型"),
        LoyaltyType::Mercenary => ("Mercenary", "图利型"),
        LoyaltyType::Hostage => ("Hostage", "人质型"),
        LoyaltyType::Unclassified => ("Unclassified", "未分类"),
    };
    locale.pick(en, zh)
}

/// A severity.
pub fn severity(severity: Option<Severity>, locale: Locale) -> &'static str {
    let (en, zh) = match severity {
        Some(Severity::High) => ("high", "高"),
        Some(Severity::Medium) => ("medium", "中"),
        Some(Severity::Low) => ("low", "低"),
        None => ("not stated", "未注明"),
    };
    locale.pick(en, zh)
}

/// The name of a rule.
pub fn rule(rule: AlertRule, locale: Locale) -> &'static str {
    let (en, zh) = match rule {
        AlertRule::IndexFell => ("An index fell significantly", "指数显著下降"),
        AlertRule::SharePassed => ("A customer type passed its bound", "客户类型占比越过警戒线"),
        AlertRule::ComplaintOverdue => ("A complaint is overdue", "投诉超时未解决"),
        AlertRule::CustomerDefecting => ("A valuable customer turned defecting", "重要客户转为流失型"),
        AlertRule::JobGaveUp => ("A job gave up", "任务已放弃"),
    };
    locale.pick(en, zh)
}

/// A segment's name; all customers have one in each language.
pub fn place<'a>(segment: &str, name: &'a str, locale: Locale) -> &'a str {
    if segment == ALL { locale.pick("all customers", "全部客户") } else { name }
}

/// True of metrics that are fractions of 1.
fn is_share(metric: Metric) -> bool {
    matches!(
        metric,
        Metric::Top2
            | Metric::Promoters
            | Metric::Detractors
            | Metric::ComplaintRate
            | Metric::Easy
            | Metric::BelowExpectation
            | Metric::AtExpectation
            | Metric::AboveExpectation
            | Metric::RetentionRate
    )
}

/// A value of a metric in its unit.
pub fn value(metric: Metric, value: Option<f64>) -> String {
    value.map_or_else(
        || NONE.to_owned(),
        |value| {
            if is_share(metric) { percent(value) } else { decimal(value, 1) }
        },
    )
}

/// An interval in a metric's unit.
pub fn interval(metric: Metric, bounds: Option<(f64, f64)>) -> String {
    bounds.map_or_else(
        || NONE.to_owned(),
        |(lower, upper)| format!("{} – {}", value(metric, Some(lower)), value(metric, Some(upper))),
    )
}

/// A change with its sign: points, or percentage points of shares.
pub fn change(metric: Metric, change: Option<f64>, locale: Locale) -> String {
    let Some(change) = change else { return NONE.to_owned() };
    let sign = if change > 0.0 { "+" } else { "" };
    format!("{sign}{}", distance(metric, change, locale))
}

/// How far two values of a metric are apart.
pub fn distance(metric: Metric, distance: f64, locale: Locale) -> String {
    match is_share(metric) {
        true => format!("{}{}", decimal(distance * 100.0, 1), locale.pick(" pp", "个百分点")),
        false => decimal(distance, 1),
    }
}

/// A fraction of 1 in per cent.
pub fn percent(share: f64) -> String {
    format!("{} %", decimal(share * 100.0, 1))
}
