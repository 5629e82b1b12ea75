//! The indexes: every metric, and the first of them over time.

use rapport_reports::{Block, Cell, Column};

use super::{Drawings, picture, table};
use crate::page::{Indexes, rows::Score};

/// The chapter.
pub fn blocks(page: &Indexes, drawings: &Drawings) -> Vec<Block> {
    let pictured = picture(&page.charts, drawings, "nps");
    [metrics(page), over_time(page)].into_iter().flatten().chain(pictured).collect()
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
