//! What a page's address says: quarter, segment and language, so that a page can be shared; and of lists, which part.

use rapport_entities::ALL;
use rapport_messages::Locale;
use serde::Deserialize;

use crate::graphql::escape;

/// The query string of a page.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Address {
    /// Written `2026-Q3`.
    pub quarter: Option<String>,
    /// `DIMENSION:CODE`, or `all`.
    pub segment: Option<String>,
    /// `en` or `zh-CN`.
    pub locale: Option<String>,
    /// A metric's code.
    pub metric: Option<String>,
    /// Code of an account manager.
    pub manager: Option<String>,
    /// Why customers are to be cared for.
    pub reason: Option<String>,
    /// The customer that a form is filled in with.
    pub customer: Option<String>,
    /// What an action is opened from, or with what a comment was made.
    pub origin: Option<String>,
    /// The driver, risk or index that it is opened from, by its code.
    pub reference: Option<String>,
    /// A theme of problems or suggestions.
    pub theme: Option<String>,
    /// What a customer's code begins with, or what comments contain.
    pub search: Option<String>,
    /// A loyalty type's code.
    #[serde(rename = "type")]
    pub kind: Option<String>,
    /// An extreme's code.
    pub subtype: Option<String>,
    /// A value class's code.
    pub class: Option<String>,
    /// A worth's code.
    pub growth: Option<String>,
    /// A size's code.
    pub size: Option<String>,
    /// A phase's code.
    pub lifecycle: Option<String>,
    /// A stage's code.
    pub stage: Option<String>,
    /// Whether the customers complained: `yes` or `no`.
    pub complained: Option<String>,
    /// An order's code.
    pub order: Option<String>,
    /// Where the page of a list begins.
    pub after: Option<String>,
    /// The scheme of the card whose page it is; of the path, not of the query string.
    #[serde(skip)]
    pub scheme: String,
    /// The customer, the case or the class whose page it is; of the path, not of the query string.
    #[serde(skip)]
    pub code: String,
}

/// An address of this server: a path, and what it says of quarter, segment and language.
pub fn written(
    path: &str,
    quarter: &str,
    (dimension, segment): (&str, &str),
    locale: Locale,
    more: &[(&str, &str)],
) -> String {
    let mut text = format!("{path}?quarter={}", escape(quarter));
    if segment != ALL {
        text.push_str(&format!("&segment={}:{}", escape(dimension), escape(segment)));
    }
    text.push_str(&format!("&locale={}", locale.tag()));
    for (name, value) in more.iter().filter(|(_, value)| !value.is_empty()) {
        text.push_str(&format!("&{name}={}", escape(value)));
    }
    text
}

impl Address {
    /// What a list is narrowed to, as the address says it.
    pub fn filters(&self) -> Vec<(&'static str, &str)> {
        let given = [
            ("search", &self.search),
            ("type", &self.kind),
            ("subtype", &self.subtype),
            ("class", &self.class),
            ("growth", &self.growth),
            ("size", &self.size),
            ("lifecycle", &self.lifecycle),
            ("stage", &self.stage),
            ("complained", &self.complained),
        ];
        let text = |value: &'_ Option<String>| value.as_deref().is_some_and(|value| !value.is_empty());
        given
            .into_iter()
            .filter(|(_, value)| text(value))
            .map(|(name, value)| (name, value.as_deref().unwrap_or_default()))
            .collect()
    }
}
