//! What a picture is about: which quarter, which customers, which revision; and the words that all pictures share.

use rapport_messages::Locale;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// What a picture is about, printed on it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Subject {
    /// The quarter, as `2026-Q3`.
    pub quarter: String,
    /// The segment's display name; `None` is all customers.
    pub segment: Option<String>,
    /// The revision of the published quarter.
    pub revision: i32,
    /// Whether the quarter is not final yet.
    pub provisional: bool,
    /// The company's name.
    pub company: Option<String>,
}

impl Subject {
    /// The segment's name, or the words for everybody.
    pub(crate) fn customers(&self, locale: Locale) -> Cow<'_, str> {
        match &self.segment {
            Some(name) => Cow::Borrowed(name),
            None => locale.text("all-customers"),
        }
    }

    /// `Rapport · 2026-Q3 · revision 2`.
    pub(crate) fn source(&self, locale: Locale) -> String {
        let revision = locale.say("chart-revision", &[("revision", self.revision.to_string().into())]);
        format!("Rapport · {} · {revision}", self.quarter)
    }
}

/// The words for a provisional quarter.
pub(crate) fn provisional(locale: Locale) -> Cow<'static, str> {
    locale.text("provisional")
}

/// The words for a suppressed result.
pub(crate) fn base_too_small(locale: Locale) -> Cow<'static, str> {
    locale.text("chart-base-too-small")
}

/// From the one to the other: `76.1 to 80.7`.
pub(crate) fn range(low: String, high: String, locale: Locale) -> String {
    locale.say("chart-range", &[("low", low.into()), ("high", high.into())])
}

/// Sentences one after the other; empty ones are none.
pub(crate) fn sentences(parts: &[&str], locale: Locale) -> String {
    let said: Vec<&str> = parts.iter().copied().filter(|part| !part.is_empty()).collect();
    said.join(locale.pick(" ", ""))
}
