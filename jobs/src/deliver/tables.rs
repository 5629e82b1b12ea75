//! A report's tables: those the mail shows, and those that are attached, in the reader's language.

use rapport_entities::{LoyaltyType, composition};
use rapport_messages::{Locale, number::tenths};

use super::{
    csv::{self, Cell},
    letter::{File, Table},
    report::Report,
    words,
};
use crate::{Error, close::minor_units};

/// The columns of the attached scores.
const SCORES: [&str; 12] = [
    "table-quarter",
    "table-dimension",
    "table-segment",
    "table-segment-name",
    "table-metric",
    "table-metric-name",
    "table-value",
    "table-lower",
    "table-upper",
    "table-n",
    "table-change",
    "table-significant",
];

/// The columns of the attached loyalty types.
const TYPES: [&str; 11] = [
    "table-quarter",
    "table-dimension",
    "table-segment",
    "table-segment-name",
    "table-type",
    "table-type-name",
    "table-customers",
    "table-share",
    "table-revenue",
    "table-profit",
    "table-all-customers",
];

impl Report {
    /// What the mail shows.
    pub(super) fn tables(&self, locale: Locale) -> Vec<Table> {
        let figures = self.headline().into_iter().map(|score| {
            let mark = if score.change_significant == Some(true) { " *" } else { "" };
            vec![
                words::metric(score.metric, locale).into_owned(),
                words::value(score.metric, score.value),
                words::interval(score.metric, score.lower.zip(score.upper)),
                words::count(Some(score.n)),
                format!("{}{mark}", words::change(score.metric, score.change, locale)),
            ]
        });
        let types = self.own_types().map(|row| {
            vec![
                kind_name(row, locale),
                words::count(row.customers),
                tenths(row.share),
                tenths(self.before.get(&row.class).copied()),
            ]
        });
        let table = |title: &str, head: &[&str], rows| {
            let head = head.iter().map(|id| locale.text(id).into_owned());
            let head = std::iter::once(String::new()).chain(head).collect();
            Table { title: locale.text(title).into_owned(), head, rows }
        };
        vec![
            table("mail-figures", &["value", "interval", "table-n", "change"], figures.collect()),
            table("scheme-loyalty", &["customers", "share", "quarter-before"], types.collect()),
        ]
    }

    /// What is attached: every segment the report is about.
    pub(super) fn attachments(&self, locale: Locale) -> Result<Vec<File>, Error> {
        let one = &self.publication;
        let place = |dimension: &str, segment: &str| {
            let name = self.name(dimension, segment, locale);
            [one.quarter.to_string(), dimension.to_owned(), segment.to_owned(), name].map(Cell::Text)
        };
        let scores = self.scores.iter().map(|row| {
            let mut cells = Vec::from(place(&row.dimension, &row.segment));
            cells.extend([row.metric.as_str().into(), words::metric(row.metric, locale).as_ref().into()]);
            cells.extend([row.value, row.lower, row.upper].map(Cell::Number));
            cells.push(Cell::Count(Some(row.n)));
            cells.push(Cell::Number(row.change));
            cells.push(yes_or_no(row.change_significant, locale));
            cells
        });
        let minor = minor_units(one.currency.as_deref());
        let money = |amount: Option<i64>| Cell::Number(amount.map(|amount| amount as f64 / minor));
        let types = self.types.iter().map(|row| {
            let mut cells = Vec::from(place(&row.dimension, &row.segment));
            cells.extend([row.class.as_str().into(), kind_name(row, locale).as_str().into()]);
            cells.extend([Cell::Count(row.customers), Cell::Number(row.share)]);
            cells.extend([money(row.revenue), money(row.profit), Cell::Count(Some(row.n))]);
            cells
        });
        Ok(vec![
            csv::file(format!("scores-{}.csv", one.quarter), &named(&SCORES, locale), scores.collect())?,
            csv::file(format!("loyalty-{}.csv", one.quarter), &named(&TYPES, locale), types.collect())?,
        ])
    }
}

fn kind_name(row: &composition::Model, locale: Locale) -> String {
    words::loyalty(row.class.parse().unwrap_or(LoyaltyType::Unclassified), locale).into_owned()
}

fn yes_or_no(answer: Option<bool>, locale: Locale) -> Cell {
    match answer {
        None => "".into(),
        Some(true) => locale.text("yes").as_ref().into(),
        Some(false) => locale.text("no").as_ref().into(),
    }
}

/// The names of columns.
fn named(columns: &[&str], locale: Locale) -> Vec<String> {
    columns.iter().map(|id| locale.text(id).into_owned()).collect()
}
