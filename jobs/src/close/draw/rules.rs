//! The rules of the charts in words, in the reader's language: printed under each title.

use rapport_messages::{Locale, number::decimal};

use crate::{
    Rules,
    close::rules_in_words::points,
    settings::{Crosshair, Importance},
};

/// Which importance the drivers are ranked by.
pub fn drivers(rules: &Rules, locale: Locale) -> String {
    locale.text(importance(rules)).into_owned()
}

/// Which importance it is, and where the crosshair stands.
pub fn grid(rules: &Rules, locale: Locale) -> String {
    let crosshair = match rules.drivers.crosshair {
        Crosshair::GrandMeans => "chart-rule-grand-means",
        Crosshair::ScaleMidpoint => "chart-rule-scale-midpoint",
    };
    let stop = locale.pick("; ", "；");
    format!("{}{stop}{}", locale.text(importance(rules)), locale.text(crosshair))
}

/// Whether importance is a share of the variance.
pub fn is_share(rules: &Rules) -> bool {
    matches!(rules.drivers.importance, Importance::Shapley | Importance::RelativeWeight)
}

fn importance(rules: &Rules) -> &'static str {
    match rules.drivers.importance {
        Importance::Shapley => "chart-rule-shapley",
        Importance::RelativeWeight => "chart-rule-relative-weight",
        Importance::Beta => "chart-rule-beta",
        Importance::Correlation => "chart-rule-correlation",
    }
}

/// How the structural model is estimated.
pub fn model(rules: &Rules, locale: Locale) -> String {
    let base = rules.structure.minimum_base.to_string();
    locale.say("chart-rule-model", &[("base", base.into())])
}

/// Who counts as retained.
pub fn retention(rules: &Rules, locale: Locale) -> String {
    let base = rules.minimum_base.to_string();
    locale.say("chart-rule-retention", &[("base", base.into())])
}

/// Who counts as still there.
pub fn cohorts(locale: Locale) -> String {
    locale.text("chart-rule-cohorts").into_owned()
}

/// How the tiers of the pyramid are told apart.
pub fn pyramid(rules: &Rules, locale: Locale) -> String {
    let per_cent = |share: f64| format!("{}%", decimal(share * 100.0, 0));
    let shares = [
        ("valuable", per_cent(rules.classes.most_valuable).into()),
        ("growable", per_cent(rules.classes.most_growable).into()),
    ];
    locale.say("chart-rule-pyramid", &shares)
}

/// Over which time turnover and profit are added up.
pub fn concentration(rules: &Rules, locale: Locale) -> String {
    locale.say("chart-rule-concentration", &[("window", rules.window_quarters.to_string().into())])
}

/// How the stages of the iceberg are told apart.
pub fn complaints(rules: &Rules, locale: Locale) -> String {
    let numbers = [
        ("window", rules.window_quarters.to_string().into()),
        ("cut", points(rules.satisfaction_cut).into()),
        ("active", rules.active_quarters.to_string().into()),
    ];
    locale.say("chart-rule-complaints", &numbers)
}
