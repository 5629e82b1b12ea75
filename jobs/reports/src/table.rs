//! A table of the report, one for document, sheet and file: what a document shows in one column, such as an interval, may be
//! two of a sheet.

use csv::{QuoteStyle, Terminator, WriterBuilder};
use rapport_messages::Locale;

use crate::{Cell, Error};

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Words.
    Text,
    /// Numbers.
    Number,
    /// Intervals.
    Interval,
    /// Changes.
    Change,
}

/// A column.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// Its head.
    pub head: String,
    /// What it holds.
    pub kind: Kind,
}

/// A table.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// Of which its file is named.
    pub name: String,
    /// As people name it.
    pub title: String,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows: cells for all columns.
    pub rows: Vec<Vec<Cell>>,
    /// The first column is of groups of rows; a document shows each once, above its rows.
    pub grouped: bool,
    /// What must be known to read it.
    pub note: Option<String>,
}

/// A cell of a sheet, or of a file.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Plain<'a> {
    Empty,
    Text(&'a str),
    Number(&'a Cell),
    Truth(bool),
}

impl Column {
    /// Of words.
    pub fn text(head: impl Into<String>) -> Self {
        Self { head: head.into(), kind: Kind::Text }
    }

    /// Of numbers.
    pub fn number(head: impl Into<String>) -> Self {
        Self { head: head.into(), kind: Kind::Number }
    }

    /// Of intervals.
    pub fn interval(head: impl Into<String>) -> Self {
        Self { head: head.into(), kind: Kind::Interval }
    }

    /// Of changes.
    pub fn change(head: impl Into<String>) -> Self {
        Self { head: head.into(), kind: Kind::Change }
    }
}

impl Table {
    /// The heads of a sheet's columns, with what they hold.
    pub(crate) fn heads(&self, locale: Locale) -> Vec<(String, Kind)> {
        let mut heads = Vec::new();
        for Column { head, kind } in &self.columns {
            let of = |part: &str| format!("{head}{}{part}", locale.pick(": ", "："));
            match kind {
                Kind::Interval => {
                    heads.push((of(&locale.text("report-lower")), Kind::Number));
                    heads.push((of(&locale.text("report-upper")), Kind::Number));
                }
                Kind::Change => {
                    heads.push((head.clone(), Kind::Number));
                    heads.push((of(&locale.text("more-than-chance")), Kind::Text));
                }
                kind => heads.push((head.clone(), *kind)),
            }
        }
        heads
    }

    /// The cells of a row as a sheet has them: as many as there are heads.
    pub(crate) fn plain<'a>(&self, row: &'a [Cell]) -> Vec<Plain<'a>> {
        let mut cells = Vec::new();
        let mut kinds = self.columns.iter().map(|column| column.kind);
        for cell in row {
            let kind = kinds.next().unwrap_or(Kind::Text);
            match cell {
                Cell::Text(text) => cells.push(Plain::Text(text)),
                Cell::Named { name, .. } => cells.push(Plain::Text(name)),
                Cell::Number { .. } => cells.push(Plain::Number(cell)),
                Cell::Interval(ends) => cells.extend(ends.iter().map(Plain::Number)),
                Cell::Change { change, sure, .. } => {
                    cells.extend([Plain::Number(change), Plain::Truth(*sure)]);
                }
                Cell::Nothing { why, columns } => {
                    let dash = why == rapport_messages::number::UNKNOWN;
                    cells.push(if dash { Plain::Empty } else { Plain::Text(why) });
                    let more: usize = kinds.by_ref().take(columns.saturating_sub(1)).map(width).sum();
                    cells.extend(std::iter::repeat_n(Plain::Empty, width(kind) - 1 + more));
                }
            }
        }
        cells
    }

    /// As a file that spreadsheets know for UTF-8; text that they would run as a formula is made text by an apostrophe.
    pub(crate) fn csv(&self, locale: Locale) -> Result<Vec<u8>, Error> {
        let mut file = WriterBuilder::new()
            .terminator(Terminator::CRLF)
            .quote_style(QuoteStyle::Necessary)
            .from_writer("\u{feff}".as_bytes().to_vec());
        file.write_record(self.heads(locale).iter().map(|(head, _)| head))?;
        for row in &self.rows {
            let cells = self.plain(row);
            file.write_record(cells.iter().map(|cell| written(cell, locale)))?;
        }
        file.into_inner().map_err(|error| Error::Io(std::io::Error::other(error.to_string())))
    }
}

/// Columns of a sheet that a column of this kind takes.
fn width(kind: Kind) -> usize {
    if matches!(kind, Kind::Interval | Kind::Change) { 2 } else { 1 }
}

fn written(cell: &Plain<'_>, locale: Locale) -> String {
    match cell {
        Plain::Empty => String::new(),
        Plain::Text(text) if text.starts_with(['=', '+', '-', '@', '\t', '\r']) => format!("'{text}"),
        Plain::Text(text) => (*text).to_owned(),
        Plain::Number(Cell::Number { value, .. }) => value.to_string(),
        Plain::Number(_) => String::new(),
        Plain::Truth(truth) => locale.text(if *truth { "yes" } else { "no" }).into_owned(),
    }
}
