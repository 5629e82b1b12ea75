//! The two languages pictures speak. Words stand inline, both side by side: `locale.pick("Customers", "客户")`.

use crate::Error;
use std::{fmt, str::FromStr};

/// The language of a picture's words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Locale {
    /// English.
    #[default]
    En,
    /// 简体中文, simplified Chinese.
    Zh,
}

impl Locale {
    /// Both languages.
    pub const ALL: [Locale; 2] = [Locale::En, Locale::Zh];

    /// The language's code: `en` or `zh`.
    pub fn as_str(self) -> &'static str {
        self.pick("en", "zh")
    }

    /// The text in this language.
    pub fn pick<'a>(self, en: &'a str, zh: &'a str) -> &'a str {
        match self {
            Locale::En => en,
            Locale::Zh => zh,
        }
    }
}

impl fmt::Display for Locale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Reads `en`, `zh` and longer tags that begin with them: `en-US`, `zh_CN`, `zh-Hans`.
impl FromStr for Locale {
    type Err = Error;

    fn from_str(tag: &str) -> Result<Self, Error> {
        let language = tag.trim().split(['-', '_']).next().unwrap_or_default();
        let named = |locale: &Locale| language.eq_ignore_ascii_case(locale.as_str());
        Locale::ALL.into_iter().find(named).ok_or_else(|| Error::UnknownName {
            what: "locale",
            given: tag.to_owned(),
            known: "en, zh",
        })
    }
}
