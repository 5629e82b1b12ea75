//! The rules of a close in words, in both languages: printed beside every figure they made.

use rapport_entities::Metric;
use rapport_messages::Locale;

use crate::Rules;

/// A metric's name.
pub fn metric(metric: Metric, locale: Locale) -> &'static str {
    let (en, zh) = match metric {
        Metric::Csat => ("Overall satisfaction", "总体满意度"),
        Metric::Top2 => ("Top-box satisfaction", "高满意度占比"),
        Metric::Nps => ("Net promoter score", "净推荐值"),
        Metric::Promoters => ("Promoters", "推荐者"),
        Metric::Detractors => ("Detractors", "贬损者"),
        Metric::Ces => ("Customer effort", "客户费力度"),
        Metric::Csi => ("Satisfaction index", "满意度指数"),
        Metric::Satisfaction => ("Structural satisfaction index", "结构模型满意度指数"),
        Metric::Expectation => ("Expectations", "顾客期望"),
        Metric::Quality => ("Perceived quality", "感知质量"),
        Metric::Value => ("Perceived value", "感知价值"),
        Metric::Complaints => ("Complaint handling", "投诉处理"),
        Metric::Loyalty => ("Loyalty", "忠诚度"),
        Metric::ComplaintRate => ("Complaint rate", "投诉率"),
        Metric::Disconfirmation => ("Disconfirmation", "期望差距"),
        Metric::DeliveredValue => ("Delivered value", "顾客让渡价值"),
        Metric::Easy => ("Found it easy", "认为轻松的占比"),
        Metric::CsiStated => ("Attribute index by stated importance", "属性满意度指数（陈述重要性加权）"),
        Metric::CsiDerived => ("Attribute index by derived importance", "属性满意度指数（推导重要性加权）"),
        Metric::Image => ("Image", "企业形象"),
        Metric::Concept => ("Satisfaction with the concept", "理念满意度"),
        Metric::Behaviour => ("Satisfaction with the behaviour", "行为满意度"),
        Metric::Visual => ("Satisfaction with what is seen", "视听满意度"),
        Metric::BelowExpectation => ("Expectations not met", "未达期望占比"),
        Metric::AtExpectation => ("Expectations met", "符合期望占比"),
        Metric::AboveExpectation => ("Expectations exceeded", "超出期望占比"),
        Metric::TotalValue => ("Total customer value", "顾客总价值"),
        Metric::TotalCost => ("Total customer cost", "顾客总成本"),
        Metric::RetentionRate => ("Retention rate", "客户保留率"),
    };
    locale.pick(en, zh)
}

/// How a score is made.
pub fn metric_rule(metric: Metric, rules: &Rules, locale: Locale) -> String {
    let base = rules.minimum_base;
    let (en, zh) = match metric {
        Metric::Nps => (
            "Promoters (9–10) less detractors (0–6) of 0–10".to_owned(),
            "推荐者（9–10分）占比减贬损者（0–6分）占比".to_owned(),
        ),
        Metric::Csi => (
            "Mean of the satisfaction questions on 0–100, of those who answered all".to_owned(),
            "满意度各题换算为0–100分后的均值，仅计全部作答者".to_owned(),
        ),
        _ => ("Mean on 0–100".to_owned(), "换算为0–100分后的均值".to_owned()),
    };
    match locale {
        Locale::En => format!("{en}; 95 % interval; bases under {base} suppressed"),
        Locale::Zh => format!("{zh}；95%置信区间；样本少于{base}不显示"),
    }
}

/// How the loyalty types are told apart.
pub fn loyalty_rule(rules: &Rules, locale: Locale) -> String {
    let Rules { satisfaction_cut, intention_cut, window_quarters, repeat_purchases, active_quarters, .. } =
        rules;
    match locale {
        Locale::En => format!(
            "Satisfied: latest overall answer of {window_quarters} quarters at least {satisfaction_cut} of 10; \
             staying: contract runs, or at least {repeat_purchases} purchases in {window_quarters} quarters and one in \
             the last {active_quarters}; without either, intention at least {intention_cut} of 10"
        ),
        Locale::Zh => format!(
            "满意：近{window_quarters}个季度最近一次总体评分不低于{satisfaction_cut}分（10分制）；\
             留存：合同有效，或近{window_quarters}个季度购买不少于{repeat_purchases}次且近{active_quarters}个季度有购买；\
             两者皆无则以再购意愿不低于{intention_cut}分为准"
        ),
    }
}

/// How the value classes are told apart.
pub fn value_rule(rules: &Rules, locale: Locale) -> String {
    let window = rules.window_quarters;
    let (en, zh) = match rules.turnover_cut {
        Some(_) => ("cuts set by the company", "分界由公司设定"),
        None => ("cuts at the medians of the customers with turnover", "以有营业额客户的中位数为界"),
    };
    match locale {
        Locale::En => format!("Turnover and profit ÷ turnover of {window} quarters; {en}"),
        Locale::Zh => format!("近{window}个季度的营业额与利润率；{zh}"),
    }
}
