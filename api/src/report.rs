//! The report of a quarter: what its pages show, as chapters. Every number in it is a page's, and so the API's; no person
//! is in it.

use rapport_reports::{Block, Chart, Figure, Headline, Report, Section};

use crate::page::{
    Actions, Comments, Complaints, Drivers, Frame, Indexes, Lost, Loyalty, Methods, Overview, People,
    Segments, Value, chart, rows::Score,
};

mod actions;
mod comments;
mod complaints;
mod drawings;
mod drivers;
mod format;
mod indexes;
mod lost;
mod loyalty;
mod methods;
mod overview;
mod people;
mod segments;
mod table;
mod value;

pub use drawings::Drawings;
pub use format::Format;

/// The pages that the report is of, all of one revision of a quarter.
pub struct Pages {
    /// Chapter 1.
    pub overview: Overview,
    /// Chapter 2.
    pub indexes: Indexes,
    /// Chapter 3.
    pub loyalty: Loyalty,
    /// Chapter 4.
    pub value: Value,
    /// Chapter 5.
    pub drivers: Drivers,
    /// Chapter 6.
    pub comments: Comments,
    /// Chapter 7.
    pub complaints: Complaints,
    /// Chapter 8.
    pub lost: Lost,
    /// Chapter 9.
    pub actions: Actions,
    /// Chapter 10.
    pub segments: Segments,
    /// Chapter 11.
    pub people: People,
    /// Chapter 12.
    pub methods: Methods,
}

impl Pages {
    /// The report, with these pictures.
    pub fn report(&self, frame: &Frame, drawings: &Drawings) -> Report {
        let chapter = |word: &str, blocks: Vec<Block>| Section { title: frame.t(word).into_owned(), blocks };
        Report {
            locale: frame.locale,
            company: frame.company.clone(),
            quarter: frame.quarter.quarter.clone(),
            place: frame.place().into_owned(),
            revision: frame.quarter.revision,
            published: frame.published_at(),
            headline: self.overview.headline.as_ref().map(|score| Headline {
                figure: figure(score, frame),
                about: score.about(&frame.locale).into_owned(),
            }),
            facts: self.facts(frame),
            sections: vec![
                chapter("page-overview", overview::blocks(&self.overview, drawings)),
                chapter("page-indexes", indexes::blocks(&self.indexes, drawings)),
                chapter("page-loyalty", loyalty::blocks(&self.loyalty, drawings)),
                chapter("page-value", value::blocks(&self.value, drawings)),
                chapter("page-drivers", drivers::blocks(&self.drivers, drawings)),
                chapter("page-comments", comments::blocks(&self.comments)),
                chapter("page-complaints", complaints::blocks(&self.complaints, drawings)),
                chapter("page-lost", lost::blocks(&self.lost)),
                chapter("page-actions", actions::blocks(&self.actions)),
                chapter("page-segments", segments::blocks(&self.segments, drawings)),
                chapter("page-people", people::blocks(&self.people, drawings)),
                chapter("page-methods", methods::blocks(&self.methods)),
            ],
        }
    }

    /// What the title page says of the report itself.
    fn facts(&self, frame: &Frame) -> Vec<(String, String)> {
        let (quarter, revision) = (&frame.quarter, frame.quarter.revision.to_string());
        let status = if quarter.status == "FINAL" { "report-final" } else { "report-provisional" };
        let status = format!(
            "{} · {}",
            frame.locale.say("chart-revision", &[("revision", revision.into())]),
            frame.t(status)
        );
        [
            ("quarter", quarter.quarter.clone()),
            ("report-of", frame.place().into_owned()),
            ("report-status", status),
            ("report-published", frame.published()),
            ("method-version", self.methods.method.clone()),
            ("digest", self.methods.digest.clone()),
        ]
        .map(|(word, text)| (frame.t(word).into_owned(), text))
        .into()
    }
}

/// A score that stands for itself.
fn figure(score: &Score, frame: &Frame) -> Figure {
    let changes = [
        (score.change(&frame.locale), frame.t("report-on-quarter")),
        (score.change_year(&frame.locale), frame.t("report-on-year")),
    ];
    Figure {
        name: score.metric_label.clone(),
        value: table::value(score, frame, 1),
        changes: changes
            .into_iter()
            .filter_map(|(change, to)| Some((to.into_owned(), table::changed(&change?))))
            .collect(),
        interval: table::interval(score.interval()),
        base: score.n().cell(),
    }
}

/// The picture of this kind, if the quarter has it.
fn picture(charts: &[chart::Chart], drawings: &Drawings, kind: &str) -> Option<Block> {
    let chart = charts.iter().find(|chart| chart.kind == kind)?;
    Some(Block::Chart(Chart {
        name: kind.to_owned(),
        title: chart.title.clone(),
        description: chart.description.clone().unwrap_or_default(),
        svg: drawings.svg(kind)?.to_owned(),
    }))
}
