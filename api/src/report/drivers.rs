//! Drivers: what satisfaction hangs on and how well that is met, and the structural model.

use rapport_reports::{Block, Cell, Column};

use super::{Drawings, picture, table};
use crate::page::{Drivers, drivers as page_of, rows::Driver};

/// The chapter.
pub fn blocks(page: &Drivers, drawings: &Drawings) -> Vec<Block> {
    // a picture that says that there is nothing to show is no help on paper
    let pictured = |known: bool, kind| known.then(|| picture(&page.charts, drawings, kind)).flatten();
    let (driven, modelled) = (!page.drivers.is_empty(), !page.paths.is_empty());
    let parts = [
        models(page),
        pictured(driven, "importance-performance"),
        pictured(driven, "drivers"),
        Some(items(page)),
        pictured(modelled, "structural-model"),
        paths(page),
        constructs(page),
    ];
    parts.into_iter().flatten().collect()
}

fn items(page: &Drivers) -> Block {
    let frame = &page.frame;
    let columns = vec![
        Column::text(frame.t("driver")),
        Column::text(frame.t("what-to-do")),
        Column::number(frame.t("importance")),
        Column::number(frame.t("performance")),
        Column::number(frame.t("stated")),
        Column::number("p"),
        Column::number(frame.t("inflation")),
        Column::number(frame.t("report-n")),
    ];
    let row = |one: &Driver| {
        vec![
            Cell::text(one.name()),
            one.quadrant_label.as_ref().map_or_else(Cell::none, Cell::text),
            one.importance().cell(),
            one.performance().cell(),
            one.stated().cell(),
            one.p_value().cell(),
            one.variance_inflation().cell(),
            one.n().cell(),
        ]
    };
    let rows = page.drivers.iter().map(row).collect();
    let Some(mut table) = table::table("drivers", frame.t("what-drives"), columns, rows) else {
        return Block::Text(frame.t("no-drivers").into_owned());
    };
    let explained = page.drivers.first().map(|first| format!(" R² = {}", first.r_squared().cell().words()));
    table.note = Some(format!("{}{}", frame.t("drivers-note"), explained.unwrap_or_default()));
    Block::Table(table)
}

fn paths(page: &Drivers) -> Option<Block> {
    let frame = &page.frame;
    let columns = vec![
        Column::text(frame.t("path")),
        Column::number(frame.t("coefficient")),
        Column::interval(frame.t("interval")),
        Column::number(frame.t("report-n")),
    ];
    let row = |path: &page_of::Path| {
        vec![
            Cell::text(format!("{} → {}", page.construct(&path.source), page.construct(&path.target))),
            path.value().cell(),
            table::interval(path.interval()).unwrap_or_else(Cell::none),
            path.n().cell(),
        ]
    };
    let rows = page.paths.iter().map(row).collect();
    table::table("structural-model", frame.t("paths"), columns, rows).map(Block::Table)
}

fn constructs(page: &Drivers) -> Option<Block> {
    let frame = &page.frame;
    let mut columns = vec![Column::text(frame.t("construct")), Column::number(frame.t("index"))];
    columns.extend(["R²", "α", "ρC", "AVE"].map(Column::number));
    let row = |one: &page_of::Quality| {
        let figures = [&one.index, &one.explained, &one.alpha, &one.composite, &one.extracted];
        [Cell::text(page.construct(&one.construct))]
            .into_iter()
            .chain(figures.map(|one| one.cell()))
            .collect()
    };
    let rows = page.qualities.iter().map(row).collect();
    table::table("constructs", frame.t("constructs"), columns, rows).map(Block::Table)
}

/// What became of the models behind the tables.
fn models(page: &Drivers) -> Option<Block> {
    let told = |model: &page_of::Model| {
        format!("{}: {}, n = {}.", model.model_label, model.outcome_label, model.n().cell().words())
    };
    let told: Vec<_> = page.models.iter().map(told).collect();
    (!told.is_empty()).then(|| Block::Note(told.join(" ")))
}
