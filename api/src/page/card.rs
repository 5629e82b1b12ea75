//! The card of a class: what to do for its customers, how many they are, its versions, and for operators a form.

use askama::Template;
use rapport_entities::{CardPart, CardScheme};
use rapport_jobs::playbook::{Key, MOST};
use serde::Deserialize;
use serde_json::Value;

use super::{
    Page,
    figure::Figure,
    frame::Frame,
    playbooks::{Quarter, open, take},
    rows::Class,
};
use crate::Error;

/// The answer.
#[derive(Deserialize)]
pub struct Data {
    card: Option<Card>,
    quarter: Quarter,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Card {
    scheme_code: String,
    scheme_label: String,
    class_code: String,
    class_label: String,
    source: String,
    version: i32,
    shipped: bool,
    versions: Versions,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Versions {
    total_count: i64,
    nodes: Vec<Version>,
}

/// A version of the card.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Version {
    version: i32,
    shipped: bool,
    written_at: Option<String>,
    written_by: Option<String>,
    meaning: String,
    focus: String,
    service: String,
    communication: String,
    skill: String,
    avoid: String,
    together: String,
}

/// The page.
#[derive(Template)]
#[template(path = "card.html")]
pub struct CardPage {
    frame: Frame,
    one: Card,
    class: Option<Class>,
    /// Of a grade of prospects: those open.
    open: Option<Figure>,
}

impl Page for CardPage {
    const PATH: &'static str = "/playbooks/{scheme}/{code}";
    const QUERY: &'static str = concat!(
        include_str!("card.graphql"),
        include_str!("rows/class.graphql"),
        include_str!("rows/prospect.graphql")
    );
    type Data = Data;

    fn variables(frame: &Frame) -> Result<Value, Error> {
        let (scheme, class) = (frame.address.scheme.to_ascii_lowercase(), &frame.address.code);
        let nothing = |_| Error::NotFound(format!("there is no card {scheme}/{class}"));
        let key = Key::of(scheme.parse::<CardScheme>().map_err(nothing)?, class, frame.locale)?;
        let mut variables = frame.variables();
        variables["scheme"] = key.scheme.as_str().to_ascii_uppercase().into();
        variables["class"] = key.class.into();
        Ok(variables)
    }

    fn of(frame: Frame, data: Data) -> Result<Self, Error> {
        let nothing = || Error::NotFound("there is no such card".to_owned());
        let one = data.card.ok_or_else(nothing)?;
        let mut counts = data.quarter.card_counts;
        let open = open(&data.quarter.prospect_conversion, &one.scheme_code, &one.class_code);
        Ok(Self { class: take(&mut counts, &one.scheme_code, &one.class_code), open, one, frame })
    }
}

impl CardPage {
    /// Where the forms go.
    fn target(&self) -> String {
        format!("{}?locale={}", self.frame.here(), self.frame.locale.tag())
    }

    /// What it tells now: each part with its word, its name and its text.
    fn parts(&self) -> Vec<(&'static str, String, &str)> {
        self.one.versions.nodes.first().map(|newest| self.parts_of(newest)).unwrap_or_default()
    }

    /// What a version tells.
    fn parts_of<'a>(&self, version: &'a Version) -> Vec<(&'static str, String, &'a str)> {
        let part = |part: &CardPart| {
            let name = self.frame.label("card-part", part.as_str()).into_owned();
            (part.as_str(), name, version.part(*part))
        };
        CardPart::ALL.iter().map(part).collect()
    }

    /// The most characters of a part.
    fn most(&self) -> usize {
        MOST
    }

    /// How many versions are not shown.
    fn more(&self) -> i64 {
        self.one.versions.total_count - self.one.versions.nodes.len() as i64
    }
}

impl Version {
    fn part(&self, part: CardPart) -> &str {
        match part {
            CardPart::Meaning => &self.meaning,
            CardPart::Focus => &self.focus,
            CardPart::Service => &self.service,
            CardPart::Communication => &self.communication,
            CardPart::Skill => &self.skill,
            CardPart::Avoid => &self.avoid,
            CardPart::Together => &self.together,
        }
    }
}
