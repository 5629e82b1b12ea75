//! Cells that several chapters have.

use rapport_reports::{Block, Cell, Column, Table};

use crate::page::{
    Frame,
    figure::Figure,
    rows::{Class, Delta, Scheme, Score},
};

/// A table that has rows; no block without.
pub fn table(
    name: &str,
    title: impl Into<String>,
    columns: Vec<Column>,
    rows: Vec<Vec<Cell>>,
) -> Option<Table> {
    let table =
        Table { name: name.to_owned(), title: title.into(), columns, rows, grouped: false, note: None };
    (!table.rows.is_empty()).then_some(table)
}

/// A score's value, or why so many columns have none.
pub fn value(score: &Score, frame: &Frame, columns: usize) -> Cell {
    match score.value() {
        Some(value) => value.cell(),
        None if score.suppressed => Cell::nothing(frame.t("too-few-answers"), columns),
        None => Cell::nothing(rapport_messages::number::UNKNOWN, columns),
    }
}

/// A score's value, interval and change on the quarter before, and on the year before where that is told.
pub fn measured(score: &Score, frame: &Frame, year: bool) -> Vec<Cell> {
    let columns = if year { 4 } else { 3 };
    let value = value(score, frame, columns);
    if value.columns() > 1 {
        return vec![value];
    }
    let change = |delta: Option<Delta>| delta.map_or_else(Cell::none, |delta| changed(&delta));
    let mut cells = vec![
        value,
        interval(score.interval()).unwrap_or_else(Cell::none),
        change(score.change(&frame.locale)),
    ];
    if year {
        cells.push(change(score.change_year(&frame.locale)));
    }
    cells
}

/// The columns of [`measured`].
pub fn measures(frame: &Frame, year: bool) -> Vec<Column> {
    let mut columns = vec![
        Column::number(frame.t("value")),
        Column::interval(frame.t("interval")),
        Column::change(frame.t("on-quarter")),
    ];
    if year {
        columns.push(Column::change(frame.t("on-year")));
    }
    columns
}

/// A change.
pub fn changed(delta: &Delta) -> Cell {
    let better = (!delta.direction.is_empty()).then_some(delta.good);
    Cell::Change { change: Box::new(delta.figure.cell()), sure: delta.sure, better }
}

/// An interval, where there is one.
pub fn interval(ends: Option<(Figure, Figure)>) -> Option<Cell> {
    ends.map(|(lower, upper)| Cell::Interval(Box::new([lower.cell(), upper.cell()])))
}

/// The classes of these schemes, each scheme a group of rows.
pub fn classes(name: &str, title: String, schemes: &[&Scheme], frame: &Frame) -> Option<Block> {
    let money = |word: &str| Column::number(format!("{} {}", frame.t(word), frame.currency()).trim_end());
    let columns = vec![
        Column::text(frame.t("report-scheme")),
        Column::text(frame.t("class")),
        Column::number(frame.t("customers")),
        Column::number(frame.t("share")),
        money("revenue"),
        money("profit"),
    ];
    let rows = schemes.iter().flat_map(|scheme| scheme.classes.iter().map(|class| row(scheme, class, frame)));
    let mut table = table(name, title, columns, rows.collect())?;
    table.grouped = true;
    table.note = Some(frame.t("shares-note").into_owned());
    Some(Block::Table(table))
}

fn row(scheme: &Scheme, class: &Class, frame: &Frame) -> Vec<Cell> {
    let mut cells =
        vec![Cell::text(&scheme.name), Cell::named(&class.class_label, class.about(&frame.locale))];
    match class.suppressed {
        true => cells.push(Cell::nothing(frame.t("too-few-customers"), 4)),
        false => cells.extend(
            [class.customers(), class.share(), class.revenue(), class.profit()].map(|one| one.cell()),
        ),
    }
    cells
}

/// A whole number that is of no row.
pub fn whole(number: i64) -> Cell {
    Figure::count("", "", Some(number)).cell()
}
