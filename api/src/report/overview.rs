//! The overview: the figures that a board asks for first, what moved, the types, and what satisfaction hangs on.

use rapport_reports::{Block, Cell, Column};

use super::{Drawings, figure, picture, table};
use crate::page::{
    Overview,
    rows::{Class, Driver},
};

/// Figures side by side: two lines of three.
const TILES: usize = 6;

/// The chapter.
pub fn blocks(page: &Overview, drawings: &Drawings) -> Vec<Block> {
    let frame = &page.frame;
    let figures: Vec<_> =
        page.headline.iter().chain(&page.key).take(TILES).map(|score| figure(score, frame)).collect();
    let mut blocks = Vec::new();
    if !figures.is_empty() {
        blocks.extend([Block::Figures(figures), Block::Note(frame.t("figures-note").into_owned())]);
    }
    blocks.extend(picture(&page.charts, drawings, "index-trend"));
    blocks.push(moved(page));
    blocks.extend([types(page), drivers(page)].into_iter().flatten());
    blocks
}

/// How customers divide, and how they did in the quarter before.
fn types(page: &Overview) -> Option<Block> {
    let frame = &page.frame;
    let columns = vec![
        Column::text(frame.t("report-type")),
        Column::number(frame.t("customers")),
        Column::number(frame.t("share")),
        Column::number(frame.t("quarter-before")),
    ];
    let row = |class: &Class| {
        let mut cells = vec![Cell::named(&class.class_label, class.about(&frame.locale))];
        match class.suppressed {
            true => cells.push(Cell::nothing(frame.t("report-few"), 3)),
            false => cells.extend([
                class.customers().cell(),
                class.share().cell(),
                page.type_before(class).map_or_else(Cell::none, |before| before.share().cell()),
            ]),
        }
        cells
    };
    let rows = page.types.iter().flat_map(|types| types.classes.iter().map(row)).collect();
    table::table("types", frame.t("report-in-short"), columns, rows).map(Block::Table)
}

/// The strongest drivers, and how well they were met before.
fn drivers(page: &Overview) -> Option<Block> {
    let frame = &page.frame;
    let columns = vec![
        Column::text(frame.t("driver")),
        Column::number(frame.t("importance")),
        Column::number(frame.t("performance")),
        Column::number(frame.t("quarter-before")),
        Column::number(frame.t("report-n")),
    ];
    let row = |(driver, before): &(Driver, Option<Driver>)| {
        let about = driver.quadrant_label.as_deref().unwrap_or_default();
        vec![
            Cell::named(driver.name(), about),
            driver.importance().cell(),
            driver.performance().cell(),
            before.as_ref().map_or_else(Cell::none, |before| before.performance().cell()),
            driver.n().cell(),
        ]
    };
    let rows = page.drivers.iter().map(row).collect();
    table::table("strongest", frame.t("report-strongest"), columns, rows).map(Block::Table)
}

/// What moved more than chance since the quarter before.
fn moved(page: &Overview) -> Block {
    let frame = &page.frame;
    let mut columns = vec![Column::text(frame.t("metric")), Column::text(frame.t("segment"))];
    columns.extend(table::measures(frame, false));
    columns.push(Column::number(frame.t("report-n")));
    let row = |score: &crate::page::rows::Score| {
        let mut cells = vec![
            Cell::text(&score.metric_label),
            Cell::text(frame.place_of(&score.dimension, &score.segment)),
        ];
        cells.extend(table::measured(score, frame, false));
        cells.push(score.n().cell());
        cells
    };
    match table::table("moved", frame.t("what-moved"), columns, page.moved.iter().map(row).collect()) {
        None => Block::Text(frame.t("nothing-moved").into_owned()),
        Some(mut table) => {
            let more = (page.more_moved > 0).then(|| frame.count("more-moved", page.more_moved));
            table.note = more.map(|more| format!("{more}."));
            Block::Table(table)
        }
    }
}
