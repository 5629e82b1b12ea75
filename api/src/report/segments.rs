//! The segments that the reader sees, each beside the others of its dimension.

use rapport_reports::{Block, Cell, Column, Table};

use super::{Drawings, picture, table};
use crate::page::{Frame, Segments, rows::Score, segments::Line};

/// The chapter.
pub fn blocks(page: &Segments, drawings: &Drawings) -> Vec<Block> {
    let frame = &page.frame;
    let lines = page.groups.iter().flat_map(|(name, lines)| lines.iter().map(move |line| (name, line)));
    let rows = lines.map(|(name, line)| row(name, line, frame)).collect();
    let table = match table::table("segments", frame.t("report-segments"), columns(frame), rows) {
        None => Block::Text(frame.t("no-segments").into_owned()),
        Some(table) => {
            let note = Some(frame.t("figures-note").into_owned());
            Block::Table(Table { grouped: true, note, ..table })
        }
    };
    picture(&page.charts, drawings, "segments").into_iter().chain([table]).collect()
}

fn columns(frame: &Frame) -> Vec<Column> {
    let base = || Column::number(frame.t("report-n"));
    vec![
        Column::text(frame.t("report-dimension")),
        Column::text(frame.t("segment")),
        Column::number(frame.label("metric", "csi")),
        Column::interval(frame.t("interval")),
        Column::change(frame.t("change")),
        base(),
        Column::number(frame.label("metric", "nps")),
        base(),
        Column::number(frame.label("metric", "complaint_rate")),
        base(),
        Column::number(frame.label("loyalty", "loyal")),
        base(),
        Column::number(frame.label("loyalty", "defecting")),
        base(),
    ]
}

fn row(dimension: &str, line: &Line, frame: &Frame) -> Vec<Cell> {
    let mut cells = vec![Cell::text(dimension), Cell::text(&line.segment.segment_name)];
    match &line.index {
        Some(score) => {
            cells.extend(table::measured(score, frame, false));
            cells.push(score.n().cell());
        }
        None => cells.extend(std::iter::repeat_with(Cell::none).take(4)),
    }
    let beside = |score: &Option<Score>| match score {
        Some(score) => [score.value().map_or_else(Cell::none, |value| value.cell()), score.n().cell()],
        None => [Cell::none(), Cell::none()],
    };
    cells.extend(beside(&line.recommendation));
    cells.extend(beside(&line.complaint));
    for class in [&line.loyal, &line.defecting] {
        cells.extend(match class {
            Some(class) => [class.share().cell(), class.customers().cell()],
            None => [Cell::none(), Cell::none()],
        });
    }
    cells
}
