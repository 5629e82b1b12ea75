//! Pages of a few words: nothing is published, something is not there, sign in.

use askama::Template;
use rapport_messages::Locale;

use crate::Error;

/// A notice.
#[derive(Template)]
#[template(path = "notice.html")]
pub struct Notice {
    locale: Locale,
    title: String,
    text: String,
    commands: Vec<(&'static str, String)>,
    back: Option<String>,
    to: String,
}

impl Notice {
    /// Nothing is published yet: what to do.
    pub fn empty(locale: Locale) -> Self {
        let commands = [
            ("rapport demo", "empty-demo"),
            ("rapport import MAPPING.toml", "empty-import"),
            ("rapport close", "empty-close"),
        ];
        Self {
            locale,
            title: locale.text("empty-title").into_owned(),
            text: locale.text("empty-text").into_owned(),
            commands: commands.map(|(command, word)| (command, locale.text(word).into_owned())).into(),
            back: None,
            to: String::new(),
        }
    }

    /// Something the reader asked for is not there, or went wrong.
    pub fn wrong(error: &Error, locale: Locale) -> Self {
        let title = match error.status().as_u16() {
            400 => "wrong-bad",
            403 => "wrong-forbidden",
            404 => "wrong-missing",
            409 => "wrong-moved",
            _ => "wrong-failed",
        };
        Self {
            locale,
            title: locale.text(title).into_owned(),
            text: error.to_string(),
            commands: Vec::new(),
            back: Some(locale.text("wrong-back").into_owned()),
            to: format!("/?locale={}", locale.tag()),
        }
    }

    /// The same, with the way back to the page that asked for it.
    pub fn wrong_at(error: &Error, locale: Locale, to: String) -> Self {
        Self { back: Some(locale.text("wrong-again").into_owned()), to, ..Self::wrong(error, locale) }
    }
}

/// The form of signing in.
#[derive(Template)]
#[template(path = "sign-in.html")]
pub struct SignIn {
    /// Language.
    pub locale: Locale,
    /// Where to go then.
    pub next: String,
    /// The last try failed.
    pub failed: bool,
}

/// Asks for the same address again, from within.
#[derive(Template)]
#[template(path = "again.html")]
pub struct Again {
    /// The address.
    pub here: String,
}

impl SignIn {
    fn t(&self, id: &str) -> std::borrow::Cow<'static, str> {
        self.locale.text(id)
    }
}
