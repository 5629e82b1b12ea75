//! What a mail says, before it is set: texts, tables and pictures, ready to print. One template each for HTML and for
//! plain text sets every letter.

use askama::Template;
use rapport_messages::Locale;

use crate::Settings;

/// A letter.
#[derive(Default)]
pub struct Letter {
    /// The mail's subject.
    pub subject: String,
    /// `en` or `zh-CN`.
    pub lang: &'static str,
    /// Who it is from, on top.
    pub company: String,
    /// In large type.
    pub title: String,
    /// Under it.
    pub subtitle: String,
    /// The one figure that matters.
    pub lead: Option<Lead>,
    /// Tables, each with a title.
    pub tables: Vec<Table>,
    /// A list and its title.
    pub list: Option<(String, Vec<String>)>,
    /// Charts.
    pub pictures: Vec<Picture>,
    /// Ways to more of it, and their title.
    pub links: Option<(String, Vec<Link>)>,
    /// In small type, at the end.
    pub notes: Vec<String>,
    /// Files that go with it.
    pub attachments: Vec<File>,
}

/// The one figure that matters.
pub struct Lead {
    /// What it is.
    pub name: String,
    /// The figure.
    pub value: String,
    /// Interval, base and change.
    pub details: Vec<String>,
}

/// A table; its first column is text, the others are figures.
pub struct Table {
    /// Above it; none if empty.
    pub title: String,
    /// Names of the columns; none if there is nothing to name.
    pub head: Vec<String>,
    /// Its rows.
    pub rows: Vec<Vec<String>>,
}

/// A way to a chart on the pages.
pub struct Link {
    /// What is there.
    pub name: String,
    /// Its address.
    pub to: String,
}

/// A chart within a mail.
pub struct Picture {
    /// What the HTML calls it by.
    pub cid: String,
    /// Name of its file.
    pub file: String,
    /// What it shows.
    pub title: String,
    /// Its bytes.
    pub png: Vec<u8>,
}

/// A file that goes with a mail.
pub struct File {
    /// Its name.
    pub file: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

impl Letter {
    /// A letter with its head alone.
    pub fn new(
        subject: String,
        settings: &Settings,
        locale: Locale,
        title: String,
        subtitle: String,
    ) -> Self {
        let company = settings.company.clone().unwrap_or_else(|| "Rapport".to_owned());
        Self { subject, lang: locale.pick("en", "zh-CN"), company, title, subtitle, ..Self::default() }
    }
}

/// Set as HTML.
#[derive(Template)]
#[template(path = "letter.html")]
pub struct HtmlLetter<'a> {
    /// What it says.
    pub letter: &'a Letter,
}

/// Set as plain text.
#[derive(Template)]
#[template(path = "letter.txt")]
pub struct TextLetter<'a> {
    /// What it says.
    pub letter: &'a Letter,
}
