//! Settings in words: each leaf of the stored tree by its name in the catalogue.

use rapport_messages::{Locale, number::decimal};
use serde_json::Value;

/// A setting.
#[derive(Debug)]
pub struct Rule {
    /// What it decides.
    pub name: String,
    /// As the settings name it.
    pub key: String,
    /// What it is set to.
    pub value: String,
}

/// The settings by the part of the tree they are in; those of the root first.
pub fn rules(settings: &Value, locale: Locale) -> Vec<(String, Vec<Rule>)> {
    let Value::Object(tree) = settings else { return Vec::new() };
    let leaf = |value: &&Value| !value.is_object();
    let root = tree.iter().filter(|(_, value)| leaf(value)).map(|(key, value)| rule("", key, value, locale));
    let mut groups = vec![(locale.text("rules-general").into_owned(), root.collect::<Vec<_>>())];
    for (part, value) in tree {
        let Value::Object(inner) = value else { continue };
        let rules = inner.iter().map(|(key, value)| rule(part, key, value, locale)).collect();
        groups.push((locale.label("rules", part).into_owned(), rules));
    }
    groups.retain(|(_, rules)| !rules.is_empty());
    groups
}

fn rule(part: &str, key: &str, value: &Value, locale: Locale) -> Rule {
    let path = if part.is_empty() { key.to_owned() } else { format!("{part}.{key}") };
    let word = path.replace('.', "-");
    Rule { name: locale.label("setting", &word).into_owned(), value: told(value, locale), key: path }
}

/// A value as people read it.
fn told(value: &Value, locale: Locale) -> String {
    match value {
        Value::Null => locale.text("setting-by-default").into_owned(),
        Value::Bool(true) => locale.text("yes").into_owned(),
        Value::Bool(false) => locale.text("no").into_owned(),
        Value::String(text) => locale.label("choice", text).into_owned(),
        Value::Number(number) => {
            let value = number.as_f64().unwrap_or_default();
            let text = number.to_string();
            // years and seeds are small; whole numbers alone are grouped
            if value.fract() == 0.0 { decimal(value, 0) } else { text.replace('-', "−") }
        }
        Value::Array(list) if list.is_empty() => locale.text("none").into_owned(),
        Value::Array(list) => {
            let one = |value: &Value| match value {
                Value::Array(pair) => {
                    pair.iter().map(|one| named(one, locale)).collect::<Vec<_>>().join(" → ")
                }
                other => named(other, locale),
            };
            list.iter().map(one).collect::<Vec<_>>().join(locale.pick(", ", "、"))
        }
        Value::Object(map) if map.is_empty() => locale.text("none").into_owned(),
        Value::Object(map) => {
            let one = |(key, value): (&String, &Value)| match value {
                Value::Object(_) => format!("{key} ({})", told(value, locale)),
                value => format!("{key} {}", told(value, locale)),
            };
            map.iter().map(one).collect::<Vec<_>>().join(locale.pick(", ", "、"))
        }
    }
}

/// A construct by its name.
fn named(value: &Value, locale: Locale) -> String {
    value.as_str().map_or_else(|| told(value, locale), |text| locale.label("metric", text).into_owned())
}
