//! The words of the page in English and 简体中文; the field's own terms.

use rapport_entities::{LoyaltyType, Metric, ValueClass};
use rapport_messages::Locale;

/// The name of a metric.
pub fn metric(metric: Metric, locale: Locale) -> &'static str {
    let (en, zh) = match metric {
        Metric::Csi => ("Satisfaction index", "满意度指数"),
        Metric::Csat => ("Overall satisfaction", "总体满意度"),
        Metric::Top2 => ("Top-two-box satisfied", "高满意度占比"),
        Metric::Nps => ("Net promoter score", "净推荐值"),
        Metric::ComplaintRate => ("Complaint rate", "投诉率"),
        _ => (metric.as_str(), metric.as_str()),
    };
    locale.pick(en, zh)
}

/// What a metric is, in a line.
pub fn about(metric: Metric, locale: Locale) -> &'static str {
    let (en, zh) = match metric {
        Metric::Csi => ("mean of the satisfaction items, 0–100", "满意度各题均值,0–100分"),
        Metric::Csat => ("mean of the overall item, 0–100", "总体评分均值,0–100分"),
        Metric::Top2 => ("share of answers in the top boxes", "评分居前者占比"),
        Metric::Nps => ("promoters less detractors, −100 to 100", "推荐者减贬损者,−100至100"),
        Metric::ComplaintRate => ("share of customers that complained", "有投诉的客户占比"),
        _ => ("", ""),
    };
    locale.pick(en, zh)
}

/// The name of a loyalty type and what it is.
pub fn loyalty(kind: LoyaltyType, locale: Locale) -> (&'static str, &'static str) {
    let (en, zh) = match kind {
        LoyaltyType::Loyal => (("Loyal", "satisfied and staying"), ("忠诚型", "满意且留存")),
        LoyaltyType::Mercenary => {
            (("Mercenary", "satisfied, buys on price"), ("图利型", "满意但不留存,逐价购买"))
        }
        LoyaltyType::Hostage => {
            (("Hostage", "not satisfied, stays for want of choice"), ("人质型", "不满意但别无选择"))
        }
        LoyaltyType::Defecting => (("Defecting", "not satisfied and leaving"), ("流失型", "不满意且离开")),
        LoyaltyType::Unclassified => {
            (("Unclassified", "an axis is unknown"), ("未分类", "缺少一个维度的数据"))
        }
    };
    match locale {
        Locale::En => en,
        Locale::Zh => zh,
    }
}

/// The name of a value class and what it is.
pub fn value(class: ValueClass, locale: Locale) -> (&'static str, &'static str) {
    let (en, zh) = match class {
        ValueClass::A => (("Class A", "high turnover, high profitability"), ("A类", "高周转、高盈利")),
        ValueClass::B => (("Class B", "high turnover, low profitability"), ("B类", "高周转、低盈利")),
        ValueClass::C => (("Class C", "low turnover, low profitability"), ("C类", "低周转、低盈利")),
        ValueClass::D => (("Class D", "low turnover, high profitability"), ("D类", "低周转、高盈利")),
        ValueClass::Unclassified => {
            (("Unclassified", "no turnover, or a cost is unknown"), ("未分类", "无营业额或成本未知"))
        }
    };
    match locale {
        Locale::En => en,
        Locale::Zh => zh,
    }
}
