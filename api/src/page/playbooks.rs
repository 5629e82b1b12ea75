//! Playbooks: the card of every class, scheme by scheme, and how many customers each is for.

use askama::Template;
use serde::Deserialize;

use super::{
    Page,
    figure::Figure,
    frame::Frame,
    rows::{Class, Prospects},
};
use crate::Error;

/// The answer.
#[derive(Deserialize)]
pub struct Data {
    cards: Cards,
    quarter: Quarter,
}

#[derive(Deserialize)]
struct Cards {
    nodes: Vec<Card>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Quarter {
    pub(super) card_counts: Vec<Count>,
    pub(super) prospect_conversion: Vec<Prospects>,
}

/// How many customers a card is for.
#[derive(Deserialize)]
pub(super) struct Count {
    pub(super) count: Class,
}

/// A card, as the list has it.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Card {
    scheme_code: String,
    scheme_label: String,
    class_code: String,
    class_label: String,
    focus: String,
    shipped: bool,
    source: String,
}

/// A card, and its customers where they are counted.
struct Line {
    card: Card,
    class: Option<Class>,
    /// Of a grade of prospects: those open.
    open: Option<Figure>,
}

/// The cards of a scheme.
struct Scheme {
    code: String,
    name: String,
    source: String,
    lines: Vec<Line>,
}

/// The page.
#[derive(Template)]
#[template(path = "playbooks.html")]
pub struct Playbooks {
    frame: Frame,
    schemes: Vec<Scheme>,
}

impl Page for Playbooks {
    const PATH: &'static str = "/playbooks";
    const QUERY: &'static str = concat!(
        include_str!("playbooks.graphql"),
        include_str!("rows/class.graphql"),
        include_str!("rows/prospect.graphql")
    );
    type Data = Data;

    fn of(frame: Frame, data: Data) -> Result<Self, Error> {
        let mut counts = data.quarter.card_counts;
        let mut schemes: Vec<Scheme> = Vec::new();
        for card in data.cards.nodes {
            let class = take(&mut counts, &card.scheme_code, &card.class_code);
            let open = open(&data.quarter.prospect_conversion, &card.scheme_code, &card.class_code);
            if schemes.last().is_none_or(|scheme| scheme.code != card.scheme_code) {
                let (code, name) = (card.scheme_code.clone(), card.scheme_label.clone());
                schemes.push(Scheme { code, name, source: card.source.clone(), lines: Vec::new() });
            }
            if let Some(scheme) = schemes.last_mut() {
                scheme.lines.push(Line { card, class, open });
            }
        }
        Ok(Self { frame, schemes })
    }
}

/// The count of a class, taken out of all.
pub(super) fn take(counts: &mut Vec<Count>, scheme: &str, class: &str) -> Option<Class> {
    let is_it = |one: &Count| one.count.scheme_code == scheme && one.count.class_code == class;
    let place = counts.iter().position(is_it)?;
    Some(counts.swap_remove(place).count)
}

/// The open prospects of a grade, where they are counted.
pub(super) fn open(prospects: &[Prospects], scheme: &str, class: &str) -> Option<Figure> {
    let one = prospects.iter().find(|one| scheme == "PROSPECT" && one.grade_code == class)?;
    (!one.suppressed).then(|| one.open())
}

impl Scheme {
    /// True if open prospects are counted in it.
    fn has_open(&self) -> bool {
        self.lines.iter().any(|line| line.open.is_some())
    }

    /// True if the segment is too small to be divided.
    fn few(&self) -> bool {
        let mut classes = self.lines.iter().filter_map(|line| line.class.as_ref()).peekable();
        classes.peek().is_some() && classes.all(|class| class.suppressed)
    }

    /// All customers of the segment, where they are counted.
    fn base(&self) -> Option<Figure> {
        self.lines.iter().find_map(|line| line.class.as_ref()).map(Class::n)
    }

    /// True if its classes are not counted in this quarter.
    fn uncounted(&self) -> bool {
        self.lines.iter().all(|line| line.class.is_none())
    }
}
