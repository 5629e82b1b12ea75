//! The report: a title page's facts and sections. It holds what is shown and no more; no person is in it.

use chrono::NaiveDateTime;
use rapport_messages::Locale;

use crate::{Cell, Chart, Table};

/// The report of a quarter.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// Its language.
    pub locale: Locale,
    /// Whose it is.
    pub company: String,
    /// Written `2026-Q3`.
    pub quarter: String,
    /// The segment it is of, or all customers.
    pub place: String,
    /// From 1.
    pub revision: i32,
    /// When the quarter was published, where the company is; the date of the document.
    pub published: NaiveDateTime,
    /// What is told first.
    pub headline: Option<Headline>,
    /// Names and values of the title page.
    pub facts: Vec<(String, String)>,
    /// In their order.
    pub sections: Vec<Section>,
}

/// The one figure of the title page.
#[derive(Clone, Debug, PartialEq)]
pub struct Headline {
    /// The figure.
    pub figure: Figure,
    /// What it is.
    pub about: String,
}

/// A figure that stands for itself.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// What it is.
    pub name: String,
    /// Its value, or why there is none.
    pub value: Cell,
    /// Changes, by what they are compared with.
    pub changes: Vec<(String, Cell)>,
    /// Its interval.
    pub interval: Option<Cell>,
    /// What it rests on.
    pub base: Cell,
}

/// A chapter.
#[derive(Clone, Debug, PartialEq)]
pub struct Section {
    /// Its heading.
    pub title: String,
    /// What it holds.
    pub blocks: Vec<Block>,
}

/// A part of a section. A chart is shown with the table that follows it, or else with the last.
#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    /// A paragraph.
    Text(String),
    /// Smaller, below what it explains.
    Note(String),
    /// Sentences.
    List(Vec<String>),
    /// Names, and what is said of each, under a heading.
    Terms(String, Vec<(String, String)>),
    /// Figures side by side.
    Figures(Vec<Figure>),
    /// A picture.
    Chart(Chart),
    /// A table.
    Table(Table),
}

impl Report {
    /// Its title, as a document is known by.
    pub fn title(&self) -> String {
        let title = self.locale.text("report-title");
        format!("{title} · {} · {}", self.quarter, self.place)
    }

    /// Every table, in order.
    pub fn tables(&self) -> impl Iterator<Item = &Table> {
        self.blocks().filter_map(|block| if let Block::Table(table) = block { Some(table) } else { None })
    }

    /// Every picture, in order.
    pub fn charts(&self) -> impl Iterator<Item = &Chart> {
        self.blocks().filter_map(|block| if let Block::Chart(chart) = block { Some(chart) } else { None })
    }

    fn blocks(&self) -> impl Iterator<Item = &Block> {
        self.sections.iter().flat_map(|section| &section.blocks)
    }
}
