//! What a card tells: its parts, as they are shipped and as somebody writes them.

use rapport_entities::{CardPart, playbook_card};

use super::Key;
use crate::Error;

/// The most characters of a part.
pub const MOST: usize = 2_000;

/// What a card tells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text {
    /// What the class means.
    pub meaning: String,
    /// Where the work lies.
    pub focus: String,
    /// How to serve.
    pub service: String,
    /// How to speak.
    pub communication: String,
    /// What is asked of the manager.
    pub skill: String,
    /// What to avoid.
    pub avoid: String,
    /// Whom to bring together.
    pub together: String,
}

impl Text {
    /// The catalogue's.
    pub fn shipped(key: Key) -> Self {
        let Key { scheme, class, locale } = key;
        let mut text = Self::default();
        for part in CardPart::ALL {
            *text.part_mut(*part) = locale.text(&format!("card-{scheme}-{class}.{part}")).into_owned();
        }
        text
    }

    /// Of a stored version.
    pub(super) fn of(row: playbook_card::Model) -> Self {
        Self {
            meaning: row.meaning,
            focus: row.focus,
            service: row.service,
            communication: row.communication,
            skill: row.skill,
            avoid: row.avoid,
            together: row.together,
        }
    }

    /// A part of it.
    pub fn part(&self, part: CardPart) -> &str {
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

    /// A part of it, to be written.
    pub fn part_mut(&mut self, part: CardPart) -> &mut String {
        match part {
            CardPart::Meaning => &mut self.meaning,
            CardPart::Focus => &mut self.focus,
            CardPart::Service => &mut self.service,
            CardPart::Communication => &mut self.communication,
            CardPart::Skill => &mut self.skill,
            CardPart::Avoid => &mut self.avoid,
            CardPart::Together => &mut self.together,
        }
    }

    /// As it is stored: without space around the parts, and with one sign for the end of a line. Fails if a part is
    /// empty, too long, or has signs that are none of text.
    pub(super) fn checked(mut self) -> Result<Self, Error> {
        for part in CardPart::ALL {
            let text = self.part_mut(*part);
            *text = text.replace("\r\n", "\n").trim().to_owned();
            let wrong = |why: String| Err(Error::CardText { part: *part, why });
            let length = text.chars().count();
            if length == 0 {
                return wrong("it is empty; every part of a card says something".to_owned());
            }
            if length > MOST {
                return wrong(format!("it has {length} characters, and {MOST} are the most"));
            }
            if text.chars().any(|sign| sign.is_control() && sign != '\n' && sign != '\t') {
                return wrong("it has control characters, which no text needs".to_owned());
            }
        }
        Ok(self)
    }
}
