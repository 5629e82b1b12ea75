//! What a picture is about: which quarter, which customers, which revision.

use crate::Locale;

/// What a picture is about, printed on it.
#[derive(Clone, Debug, PartialEq)]
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
    pub(crate) fn customers(&self, locale: Locale) -> &str {
        self.segment.as_deref().unwrap_or_else(|| locale.pick("All customers", "全部客户"))
    }

    /// `Rapport · 2026-Q3 · revision 2`.
    pub(crate) fn source(&self, locale: Locale) -> String {
        let revision = match locale {
            Locale::En => format!("revision {}", self.revision),
            Locale::Zh => format!("第 {} 版", self.revision),
        };
        format!("Rapport · {} · {revision}", self.quarter)
    }
}

/// The words for a provisional quarter.
pub(crate) fn provisional(locale: Locale) -> &'static str {
    locale.pick("Provisional", "暂定")
}

/// The words for a suppressed result.
pub(crate) fn base_too_small(locale: Locale) -> &'static str {
    locale.pick("base too small", "样本量过小")
}
