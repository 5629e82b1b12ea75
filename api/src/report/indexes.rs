//! The indexes: every metric, and the first of them over time.

use rapport_reports::{Block, Cell, Column};

use super::{Drawings, picture, table};
use crate::page::{
    Indexes,
    rows::{Mode, Score},
};

/// The chapter.
pub fn blocks(page: &Indexes, drawings: &Drawings) -> Vec<Block> {
    let pictured = picture(&page.charts, drawings, "nps");
    [metrics(page), over_time(page), modes(page)].into_iter().flatten().chain(pictured).collect()
}

fn metrics(page: &Indexes) -> Option<Block> {
    let frame = &page.frame;
    let mut columns = vec![Column::text(frame.t("metric"))];
    columns.extend(table::measures(frame, true));
    columns.push(Column::number(frame.t("report-n")));
    let row = |score: &Score| {
        let mut cells = vec![Cell::named(&score.metric_label, score.about(&frame.locale))];
        cells.extend(table::measured(score, frame, true));
        cells.push(score.n().cell());
        cells
    };
    let rows = page.scores.iter().map(row).collect();
    let mut table = table::table("metrics", frame.t("all-metrics"), columns, rows)?;
    table.note = Some(frame.t("figures-note").into_owned());
    Some(Block::Table(table))
}

/// The index by quarter up to the one of the report, which is in the report's revision.
fn over_time(page: &Indexes) -> Option<Block> {
    let frame = &page.frame;
    let own = page.scores.iter().find(|score| score.metric_code == page.metric);
    let before = page.trend.iter().filter(|score| score.quarter < frame.quarter.quarter);
    let mut columns = vec![Column::text(frame.t("quarter")), Column::number(frame.t("report-revision"))];
    columns.extend(table::measures(frame, false));
    columns.push(Column::number(frame.t("report-n")));
    let row = |score: &Score| {
        let mut cells = vec![
            Cell::text(&score.quarter),
            score.revision.map_or_else(Cell::none, |revision| table::whole(i64::from(revision))),
        ];
        cells.extend(table::measured(score, frame, false));
        cells.push(score.n().cell());
        cells
    };
    let rows = before.chain(own).map(row).collect();
    let title = format!("{}{}{}", page.metric_name(), frame.locale.pick(": ", "："), frame.t("over-time"));
    let mut table = table::table("over-time", title, columns, rows)?;
    table.note = Some(frame.t("report-over-time-note").into_owned());
    Some(Block::Table(table))
}

/// The index by how it was answered.
fn modes(page: &Indexes) -> Option<Block> {
    let frame = &page.frame;
    let columns = vec![
        Column::text(frame.t("mode-facet")),
        Column::text(frame.t("mode-word")),
        Column::number(frame.t("value")),
        Column::interval(frame.t("interval")),
        Column::number(frame.t("report-n")),
        Column::change(frame.t("mode-effect")),
        Column::interval(frame.t("interval")),
    ];
    let rows = page.facets.iter().flat_map(|(name, modes)| modes.iter().map(|mode| row(name, mode, page)));
    let title = format!("{}{}{}", page.metric_name(), frame.locale.pick(": ", "："), frame.t("mode-way"));
    let mut table = table::table("modes", title, columns, rows.collect())?;
    table.grouped = true;
    table.note = Some(frame.t("mode-note").into_owned());
    Some(Block::Table(table))
}

fn row(name: &str, mode: &Mode, page: &Indexes) -> Vec<Cell> {
    let frame = &page.frame;
    let mut cells = vec![Cell::text(name), Cell::text(&mode.way_label)];
    match mode.value() {
        Some(value) => {
            cells.extend([value.cell(), table::interval(mode.interval()).unwrap_or_else(Cell::none)]);
        }
        None => cells.push(Cell::nothing(frame.t("too-few-answers"), 2)),
    }
    cells.push(mode.n().cell());
    match mode.effect(&frame.locale) {
        Some(effect) => {
            let change = Box::new(effect.figure.cell());
            // neither way is the better one
            cells.push(Cell::Change { change, sure: effect.sure, better: None });
            cells.push(table::interval(mode.effect_interval(&frame.locale)).unwrap_or_else(Cell::none));
        }
        None => cells.push(Cell::nothing(frame.t("mode-cannot-tell"), 2)),
    }
    cells
}
