//! What is around every page: which quarter, segment and language it is of, and the ways to others.

mod links;
mod variables;

use std::borrow::Cow;

use chrono::{DateTime, NaiveDateTime};
use chrono_tz::Tz;
use rapport_entities::{ALL, LossReason, Role};
use rapport_jobs::settings::LossRules;
use rapport_messages::{Locale, Value, number};
use serde::Deserialize;

use super::{
    ActionPage, Actions, CardPage, Care, CasePage, Comments, Complaints, CustomerPage, Customers, Drivers,
    Indexes, Jobs, Lost, Loyalty, Methods, Overview, Page, People, Playbooks, Segments,
    address::{Address, written},
};
use crate::{Access, Error, Settings};

/// The pages, in the order of the navigation: path, and the word for it.
const PAGES: [(&str, &str); 16] = [
    (Overview::PATH, "page-overview"),
    (Indexes::PATH, "page-indexes"),
    (Loyalty::PATH, "page-loyalty"),
    (super::Value::PATH, "page-value"),
    (Drivers::PATH, "page-drivers"),
    (Comments::PATH, "page-comments"),
    (Complaints::PATH, "page-complaints"),
    (Lost::PATH, "page-lost"),
    (Actions::PATH, "page-actions"),
    (Playbooks::PATH, "page-playbooks"),
    (Customers::PATH, "page-customers"),
    (Care::PATH, "page-care"),
    (Segments::PATH, "page-segments"),
    (People::PATH, "page-people"),
    (Jobs::PATH, "page-jobs"),
    (Methods::PATH, "page-methods"),
];

/// The query of the quarters and segments.
pub const QUERY: &str = include_str!("frame.graphql");

/// Its answer.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Shown {
    quarter_rows: Vec<Quarter>,
    segment_rows: Vec<Segment>,
}

/// A published quarter.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Quarter {
    /// Written `2026-Q3`.
    pub quarter: String,
    /// From 1.
    pub revision: i32,
    /// `FINAL` or `PROVISIONAL`.
    pub status: String,
    published_at: String,
    /// New data came in since.
    pub stale: bool,
    /// Of its money.
    pub currency: Option<String>,
    /// Of its methods.
    pub method_version: String,
}

/// A segment that the reader sees.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Segment {
    /// Code of its dimension.
    pub dimension: String,
    /// Name of its dimension.
    pub dimension_name: String,
    /// Its code.
    pub segment: String,
    /// Its name.
    pub segment_name: String,
}

/// A link, or an option of a form, that may be the one that is open.
#[derive(Debug)]
pub struct Choice {
    /// Shown.
    pub label: String,
    /// Address, or value of an option.
    pub target: String,
    /// The open one.
    pub open: bool,
}

/// The segments of a dimension.
#[derive(Debug)]
pub struct Group {
    /// Name of the dimension.
    pub name: String,
    /// Its segments.
    pub choices: Vec<Choice>,
}

/// What is around a page.
#[derive(Clone, Debug)]
pub struct Frame {
    /// Language.
    pub locale: Locale,
    /// The company's name, or the product's.
    pub company: String,
    /// As it was asked for.
    pub address: Address,
    /// The path of the page.
    pub path: &'static str,
    /// The quarter that is shown.
    pub quarter: Quarter,
    /// Code of the dimension; `all` for all customers.
    pub dimension: String,
    /// Code of the segment; `all` for all customers.
    pub segment: String,
    /// Segments that the reader sees, ordered.
    pub segments: Vec<Segment>,
    /// The quarter before, if it is published.
    pub before: Option<String>,
    /// The reader sees persons.
    pub persons: bool,
    /// The reader does what changes anything.
    pub operator: bool,
    /// The reader sees all customers, and not some segments alone.
    pub whole: bool,
    /// The reader came by a token.
    pub signed_in: bool,
    /// Why customers are lost, by the settings: words and names.
    pub reasons: Vec<(String, String)>,
    zone: Tz,
    quarters: Vec<Quarter>,
}

impl Frame {
    /// Of what is published and the address; none if nothing is. Fails if quarter or segment are not there.
    pub fn of(
        shown: Shown,
        (path, address, place): (&'static str, Address, (String, String)),
        access: &Access,
        settings: &Settings,
        locale: Locale,
    ) -> Result<Option<Self>, Error> {
        let quarters = shown.quarter_rows;
        let Some(newest) = quarters.last() else { return Ok(None) };
        let quarter = match address.quarter.as_deref().filter(|text| !text.is_empty()) {
            None => newest.clone(),
            Some(text) => {
                quarters.iter().find(|one| one.quarter == text).cloned().ok_or_else(|| not_published(text))?
            }
        };
        let (dimension, segment) = place;
        let known = |one: &&Segment| one.dimension == dimension && one.segment == segment;
        if !access.sees(&dimension, &segment)
            || (segment != ALL && !shown.segment_rows.iter().any(|one| known(&one)))
        {
            return Err(Error::NotFound(format!("there is no segment {dimension}:{segment}")));
        }
        let before =
            quarters.iter().rev().map(|one| &one.quarter).find(|one| **one < quarter.quarter).cloned();
        Ok(Some(Self {
            locale,
            company: settings.company.clone().unwrap_or_else(|| "Rapport".to_owned()),
            address,
            path,
            quarter,
            dimension,
            segment,
            segments: shown.segment_rows,
            before,
            persons: access.role >= Role::Analyst,
            operator: access.role >= Role::Operator,
            whole: access.segments().is_none(),
            signed_in: access.token().is_some(),
            reasons: reasons(&settings.rules.losses, locale),
            zone: settings.calendar.zone,
            quarters,
        }))
    }

    /// A message.
    pub fn t(&self, id: &str) -> Cow<'static, str> {
        self.locale.text(id)
    }

    /// A message with a number in it.
    pub fn count(&self, id: &str, n: impl std::borrow::Borrow<i64>) -> String {
        self.locale.say(id, &[("n", (*n.borrow()).into())])
    }

    /// A message with a text in it.
    pub fn with(&self, id: &str, text: &str) -> String {
        self.locale.say(id, &[("text", Value::from(text))])
    }

    /// The name of a stored word.
    pub fn label(&self, family: &str, word: &str) -> Cow<'static, str> {
        self.locale.label(family, word)
    }

    /// What a stored word means.
    pub fn about(&self, family: &str, word: &str) -> Cow<'static, str> {
        self.locale.about(family, word)
    }

    /// The name of the segment that is shown.
    pub fn place(&self) -> Cow<'_, str> {
        self.place_of(&self.dimension, &self.segment)
    }

    /// The name of a segment.
    pub fn place_of(&self, dimension: &str, segment: &str) -> Cow<'_, str> {
        if segment == ALL {
            return self.t("all-customers");
        }
        let known = self.segments.iter().find(|one| one.dimension == dimension && one.segment == segment);
        known.map_or_else(|| Cow::Owned(segment.to_owned()), |one| Cow::Borrowed(one.segment_name.as_str()))
    }

    /// The segment that is shown, as addresses write it.
    pub fn segment_value(&self) -> String {
        if self.is_segment() { format!("{}:{}", self.dimension, self.segment) } else { ALL.to_owned() }
    }

    /// True if a segment is shown, and not all customers.
    pub fn is_segment(&self) -> bool {
        self.segment != ALL
    }

    /// The title of the page.
    pub fn title(&self) -> Cow<'static, str> {
        PAGES.iter().find(|(path, _)| *path == self.path).map_or(Cow::Borrowed(""), |(_, word)| self.t(word))
    }

    /// The pages that the reader may open.
    pub fn pages(&self) -> Vec<Choice> {
        let may = |path: &str| match path {
            Customers::PATH | Care::PATH => self.persons,
            Jobs::PATH => self.operator,
            _ => true,
        };
        let open = |path: &str| match self.path {
            CustomerPage::PATH => path == Customers::PATH,
            CasePage::PATH => path == Complaints::PATH,
            ActionPage::PATH => path == Actions::PATH,
            CardPage::PATH => path == Playbooks::PATH,
            own => path == own,
        };
        PAGES
            .iter()
            .filter(|(path, _)| may(path))
            .map(|(path, word)| Choice {
                label: self.t(word).into_owned(),
                target: self.to(path),
                open: open(path),
            })
            .collect()
    }

    /// The path by which this page is asked for again.
    pub fn here(&self) -> String {
        let escape = crate::graphql::escape;
        let path = self.path.replace("{scheme}", &escape(&self.address.scheme));
        path.replace("{code}", &escape(&self.address.code))
    }

    /// The same page in each language.
    pub fn languages(&self) -> Vec<(Choice, &'static str)> {
        let choice = |locale: Locale| {
            let place = (self.dimension.as_str(), self.segment.as_str());
            let mut more = self.address.filters();
            let Address { metric, manager, reason, origin, theme, .. } = &self.address;
            let fields = [
                ("metric", metric),
                ("manager", manager),
                ("reason", reason),
                ("origin", origin),
                ("theme", theme),
            ];
            more.extend(fields.map(|(name, given)| (name, given.as_deref().unwrap_or_default())));
            let target = written(&self.here(), &self.quarter.quarter, place, locale, &more);
            let label = locale.pick("English", "简体中文").to_owned();
            (Choice { label, target, open: locale == self.locale }, locale.tag())
        };
        Locale::ALL.map(choice).into()
    }

    /// The quarters, oldest first, as options of the form.
    pub fn quarters(&self) -> Vec<Choice> {
        let choice = |one: &Quarter| Choice {
            label: one.quarter.clone(),
            target: one.quarter.clone(),
            open: one.quarter == self.quarter.quarter,
        };
        self.quarters.iter().rev().map(choice).collect()
    }

    /// The segments by dimension, as options of the form.
    pub fn groups(&self) -> Vec<Group> {
        let mut groups: Vec<Group> = Vec::new();
        for one in &self.segments {
            let choice = Choice {
                label: one.segment_name.clone(),
                target: format!("{}:{}", one.dimension, one.segment),
                open: one.dimension == self.dimension && one.segment == self.segment,
            };
            match groups.last_mut().filter(|group| group.name == one.dimension_name) {
                Some(group) => group.choices.push(choice),
                None => groups.push(Group { name: one.dimension_name.clone(), choices: vec![choice] }),
            }
        }
        groups
    }

    /// A moment of the API, where the company is.
    pub fn moment(&self, text: &str) -> String {
        DateTime::parse_from_rfc3339(text).map_or_else(
            |_| text.to_owned(),
            |at| rapport_messages::moment(at.with_timezone(&self.zone).naive_local(), self.locale),
        )
    }

    /// A day of the API.
    pub fn day(&self, text: &str) -> String {
        text.parse().map_or_else(|_| text.to_owned(), |day| rapport_messages::date(day, self.locale))
    }

    /// When the quarter was published, where the company is; the first of all moments where the API says none.
    pub fn published_at(&self) -> NaiveDateTime {
        DateTime::parse_from_rfc3339(&self.quarter.published_at)
            .map(|at| at.with_timezone(&self.zone).naive_local())
            .unwrap_or_default()
    }

    /// The report of the quarter and segment that are shown, as a file.
    pub fn report(&self, format: &str) -> String {
        let path = format!("/report/{}.{format}", crate::graphql::escape(&self.quarter.quarter));
        let (segment, locale) = (self.segment_value(), self.locale.tag());
        let segment = segment.split(':').map(crate::graphql::escape).collect::<Vec<_>>().join(":");
        format!("{path}?segment={segment}&locale={locale}")
    }

    /// When the quarter was published.
    pub fn published(&self) -> String {
        self.moment(&self.quarter.published_at)
    }

    /// The currency, behind the name of a column.
    pub fn currency(&self) -> &str {
        self.quarter.currency.as_deref().unwrap_or_default()
    }

    /// A whole number as text.
    pub fn whole_number(&self, n: &i64) -> String {
        number::decimal(*n as f64, 0)
    }
}

/// The common reasons for losing a customer, and the company's own.
fn reasons(rules: &LossRules, locale: Locale) -> Vec<(String, String)> {
    let name = |word: &str| locale.label("loss-reason", word).into_owned();
    let common = LossReason::ALL.iter().map(|one| (one.to_string(), name(one.as_str())));
    let own = rules.reasons.iter().map(|one| {
        let given = rules.name(&one.code, locale == Locale::Zh).unwrap_or(&one.name);
        (one.code.clone(), given.to_owned())
    });
    common.chain(own).collect()
}

/// Of a quarter that is asked for.
fn not_published(text: &str) -> Error {
    match text.parse::<rapport_entities::Quarter>() {
        Ok(quarter) => Error::NotFound(format!("{quarter} is not published")),
        Err(error) => Error::BadInput(error.to_string()),
    }
}
