//! Loyalty: the types, the movement between them, who stays, and the cohorts.

use rapport_reports::{Block, Cell, Column};

use super::{Drawings, picture, table};
use crate::page::{Frame, Loyalty, figure::Figure};

/// The chapter.
pub fn blocks(page: &Loyalty, drawings: &Drawings) -> Vec<Block> {
    let pictured = |kind| picture(&page.charts, drawings, kind);
    let parts = [
        pictured("loyalty-matrix"),
        types(page),
        pictured("transitions"),
        moves(page),
        pictured("retention-curve").filter(|_| !page.curve.is_empty()),
        curve(page),
        pictured("cohorts"),
        cohorts(page),
    ];
    parts.into_iter().flatten().collect()
}

fn types(page: &Loyalty) -> Option<Block> {
    let frame = &page.frame;
    let Some(types) = &page.types else { return Some(Block::Text(frame.t("not-classified").into_owned())) };
    let schemes: Vec<_> = [Some(types), page.subtypes.as_ref()].into_iter().flatten().collect();
    table::classes("loyalty-types", frame.t("report-types").into_owned(), &schemes, frame)
}

fn moves(page: &Loyalty) -> Option<Block> {
    let frame = &page.frame;
    let name = |code: &str| frame.label("loyalty", code);
    let mut columns = vec![Column::text(frame.t("moves-from"))];
    columns.extend(page.heads().map(|code| Column::number(name(code))));
    let cell = |figure: &Option<Figure>| figure.as_ref().map_or_else(Cell::none, Figure::cell);
    let row = |(from, cells): &(&str, Vec<Option<Figure>>)| {
        [Cell::text(name(from))].into_iter().chain(cells.iter().map(cell)).collect()
    };
    let rows = page.moves.iter().map(row).collect();
    noted(frame, "transitions", "moves", (columns, rows), Some("moves-note"))
}

fn curve(page: &Loyalty) -> Option<Block> {
    let frame = &page.frame;
    let columns = vec![
        Column::number(frame.t("satisfaction-of-ten")),
        Column::number(frame.t("stayed")),
        Column::interval(frame.t("interval")),
        Column::text(frame.t("zone")),
        Column::number(frame.t("report-n")),
    ];
    let row = |point: &crate::page::loyalty::Point| {
        vec![
            point.x().cell(),
            point.y().cell(),
            table::interval(point.interval()).unwrap_or_else(Cell::none),
            point.zone_label.as_ref().map_or_else(Cell::none, Cell::text),
            point.n().cell(),
        ]
    };
    let rows = page.curve.iter().map(row).collect();
    noted(frame, "retention-curve", "retention-by-satisfaction", (columns, rows), None)
}

fn cohorts(page: &Loyalty) -> Option<Block> {
    let frame = &page.frame;
    let mut columns = vec![Column::text(frame.t("acquired")), Column::number(frame.t("customers"))];
    columns.extend((0..page.ages).map(|age| Column::number(format!("+{age}"))));
    let row = |cohort: &crate::page::loyalty::Cohort| {
        let mut cells = vec![Cell::text(&cohort.acquired), cohort.customers.cell()];
        cells.extend(cohort.ages.iter().map(|(share, _)| share.cell()));
        cells.resize_with(page.ages + 2, || Cell::nothing("", 1));
        cells
    };
    let rows = page.cohorts.iter().map(row).collect();
    noted(frame, "cohorts", "cohorts", (columns, rows), Some("cohorts-note"))
}

/// A table with its note.
fn noted(
    frame: &Frame,
    name: &str,
    title: &str,
    (columns, rows): (Vec<Column>, Vec<Vec<Cell>>),
    note: Option<&str>,
) -> Option<Block> {
    let mut table = table::table(name, frame.t(title), columns, rows)?;
    table.note = note.map(|note| frame.t(note).into_owned());
    Some(Block::Table(table))
}
