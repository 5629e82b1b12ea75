//! Complaints: how many, who stays silent, and what they are about. The last is of the facts as they are, and is told only
//! where the revision is of the same.

use rapport_reports::{Block, Cell, Column, Figure};

use super::{Drawings, figure, picture, table};
use crate::page::{Complaints, complaints as page_of};

/// The chapter.
pub fn blocks(page: &Complaints, drawings: &Drawings) -> Vec<Block> {
    let frame = &page.frame;
    let same = !frame.quarter.stale;
    let scores = page.rate.iter().chain(&page.hours);
    let mut figures: Vec<Figure> = scores.map(|score| figure(score, frame)).collect();
    figures.extend(page.all.iter().filter(|_| same).map(|all| resolved(page, all)));
    let figures = (!figures.is_empty()).then_some(Block::Figures(figures));
    let apart = (!same).then(|| Block::Note(frame.t("report-complaints-apart").into_owned()));
    let parts = [
        figures,
        picture(&page.charts, drawings, "complaint-iceberg"),
        silence(page),
        lessons(page),
        if same { Some(reasons(page)) } else { apart },
    ];
    parts.into_iter().flatten().collect()
}

/// The share that was resolved.
fn resolved(page: &Complaints, all: &page_of::Line) -> Figure {
    Figure {
        name: page.frame.t("resolved").into_owned(),
        value: all.resolved.figure.cell(),
        changes: Vec::new(),
        interval: None,
        base: all.resolved.base.cell(),
    }
}

fn silence(page: &Complaints) -> Option<Block> {
    let frame = &page.frame;
    let columns = vec![
        Column::text(frame.t("type")),
        Column::number(frame.t("customers")),
        Column::number(frame.t("complained")),
        Column::number(frame.t("share")),
    ];
    let row = |one: &page_of::Silence| {
        let figures = [&one.customers, &one.complained, &one.share];
        [Cell::text(&one.name)].into_iter().chain(figures.map(|one| one.cell())).collect()
    };
    let rows = page.silence.iter().map(row).collect();
    let mut table = table::table("silence", frame.t("iceberg"), columns, rows)?;
    table.note = Some(frame.t("iceberg-note").into_owned());
    Some(Block::Table(table))
}

/// What complaints teach, beside what the textbooks say.
fn lessons(page: &Complaints) -> Option<Block> {
    let frame = &page.frame;
    let mut columns = vec![Column::text(frame.t("lessons-figure"))];
    columns.extend(table::measures(frame, false));
    columns.push(Column::number(frame.t("report-n")));
    columns.extend([Column::number(frame.t("lessons-folklore")), Column::text(frame.t("lessons-source"))]);
    let row = |one: &page_of::Lesson| {
        let mut cells = vec![Cell::named(&one.score.metric_label, one.score.about(&frame.locale))];
        cells.extend(table::measured(&one.score, frame, false));
        cells.push(one.score.n().cell());
        let told = one.folklore.as_ref().map(|(figure, source)| [figure.cell(), Cell::text(source)]);
        cells.extend(told.unwrap_or_else(|| [(); 2].map(|()| Cell::none())));
        cells
    };
    let rows = page.lessons.iter().map(row).collect();
    let mut table = table::table("lessons", frame.t("lessons"), columns, rows)?;
    table.note = Some(frame.t("lessons-note").into_owned());
    Some(Block::Table(table))
}

fn reasons(page: &Complaints) -> Block {
    let frame = &page.frame;
    let columns = vec![
        Column::text(frame.t("report-group")),
        Column::text(frame.t("reason")),
        Column::number(frame.t("complaints-made")),
        Column::number(frame.t("resolved")),
        Column::number(frame.t("hours")),
    ];
    let row = |(head, line): (String, &page_of::Line)| {
        let figures = [&line.complaints, &line.resolved.figure, &line.hours.figure];
        let words = [Cell::text(head), Cell::text(&line.name)];
        words.into_iter().chain(figures.map(|one| one.cell())).collect()
    };
    let lines = page.tables.iter().flat_map(|table| table.lines.iter().map(move |line| (table.head, line)));
    let rows = lines.map(|(head, line)| row((frame.t(head).into_owned(), line))).collect();
    match table::table("reasons", frame.t("report-reasons"), columns, rows) {
        None => Block::Text(frame.t("no-complaints").into_owned()),
        Some(table) => Block::Table(rapport_reports::Table { grouped: true, ..table }),
    }
}
