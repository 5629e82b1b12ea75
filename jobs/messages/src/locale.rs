//! The two languages, their tags, and their words.

use std::{borrow::Cow, fmt, str::FromStr};

use crate::{UnknownLocale, Value, catalogue};

/// The language of words.
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

    /// The language's tag, as pages and addresses name it: `en` or `zh-CN`.
    pub fn tag(self) -> &'static str {
        self.pick("en", "zh-CN")
    }

    /// The text in this language: for what is not words, such as a separator. Words stand in the catalogue.
    pub fn pick<'a>(self, en: &'a str, zh: &'a str) -> &'a str {
        match self {
            Locale::En => en,
            Locale::Zh => zh,
        }
    }

    /// A message of the catalogue, or one of its attributes: `metric-csat.about`. A test holds that all that are asked
    /// for are there.
    pub fn text(self, id: &str) -> Cow<'static, str> {
        catalogue::text(self, id)
    }

    /// A message with its variables filled in. Whole numbers are written as [`number::count`](crate::number::count)
    /// does; others are given as text.
    pub fn say(self, id: &str, variables: &[(&'static str, Value<'_>)]) -> String {
        catalogue::say(self, id, variables)
    }

    /// The name of a word that is stored: `label("metric", "csat")`. Case does not matter; a word that is not known
    /// stands for itself.
    pub fn label(self, family: &str, word: &str) -> Cow<'static, str> {
        let id = format!("{family}-{}", word.to_ascii_lowercase());
        catalogue::known(self, &id).unwrap_or_else(|| Cow::Owned(word.to_owned()))
    }

    /// What a word that is stored means, in a line; empty if nothing is told of it.
    pub fn about(self, family: &str, word: &str) -> Cow<'static, str> {
        let id = format!("{family}-{}.about", word.to_ascii_lowercase());
        catalogue::known(self, &id).unwrap_or_default()
    }
}

impl fmt::Display for Locale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Reads `en`, `zh` and longer tags that begin with them: `en-US`, `zh_CN`, `zh-Hans`.
impl FromStr for Locale {
    type Err = UnknownLocale;

    fn from_str(tag: &str) -> Result<Self, UnknownLocale> {
        let language = tag.trim().split(['-', '_']).next().unwrap_or_default();
        let named = |locale: &Locale| language.eq_ignore_ascii_case(locale.as_str());
        Locale::ALL.into_iter().find(named).ok_or_else(|| UnknownLocale(tag.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn tags() {
        assert_eq!("zh-Hans-CN".parse(), Ok(Locale::Zh));
        assert_eq!("EN_us".parse(), Ok(Locale::En));
        assert!("fr".parse::<Locale>().unwrap_err().to_string().contains("zh-CN"));
    }

    #[test]
    fn words_of_both_languages() {
        assert_eq!(Locale::Zh.label("loyalty", "HOSTAGE"), "人质型");
        assert_eq!(Locale::En.label("loyalty", "of tomorrow"), "of tomorrow");
        assert_eq!(Locale::En.about("class", "a"), "high turnover, high profitability");
        assert_eq!(Locale::En.say("more-moved", &[("n", 12_345.into())]), "12,345 more changes");
        assert_eq!(Locale::En.say("more-moved", &[("n", 1.into())]), "One more change");
        assert_eq!(Locale::Zh.say("more-moved", &[("n", 12_345.into())]), "另有12,345项变化");
    }
}
