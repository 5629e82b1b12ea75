//! Value: classes A to D with the work to do, worth and phase, and how unevenly turnover is spread.

use rapport_reports::{Block, Cell, Column};

use super::{Drawings, picture, table};
use crate::page::{
    Value,
    rows::Prospects,
    value::{COUNTED, Step},
};

/// The chapter.
pub fn blocks(page: &Value, drawings: &Drawings) -> Vec<Block> {
    let frame = &page.frame;
    let pictured = |kind| picture(&page.charts, drawings, kind);
    let name = frame.t("scheme-value_class").into_owned();
    let classes = match &page.classes {
        Some(classes) => table::classes("value-classes", name, &[classes], frame),
        None => Some(Block::Text(frame.t("not-classified").into_owned())),
    };
    let others: Vec<_> = page.others.iter().collect();
    let others = table::classes("worth", frame.t("report-schemes").into_owned(), &others, frame);
    let parts = [
        pictured("value-classes"),
        classes,
        work(page),
        pictured("value-pyramid"),
        others,
        funnel(page),
        prospects(page),
        pictured("pareto"),
        spread(page),
    ];
    parts.into_iter().flatten().collect()
}

/// What to do for each class.
fn work(page: &Value) -> Option<Block> {
    let term =
        |class: &&crate::page::rows::Class| (class.class_label.clone(), page.to_do(class).into_owned());
    let terms: Vec<_> = page.work().iter().map(term).collect();
    (!terms.is_empty()).then(|| Block::Terms(page.frame.t("work-title").into_owned(), terms))
}

/// The stages and the phases as steps of a way.
fn funnel(page: &Value) -> Option<Block> {
    let frame = &page.frame;
    let columns = vec![
        Column::text(frame.t("report-group")),
        Column::text(frame.t("funnel-step")),
        Column::number(frame.t("customers")),
        Column::number(frame.t("funnel-quarters")),
        Column::number(frame.t("funnel-further")),
        Column::interval(frame.t("interval")),
        Column::number(frame.t("funnel-back")),
        Column::number(frame.t("funnel-n")),
    ];
    let row = |(name, step): (&str, &Step)| {
        let mut cells = vec![Cell::text(name), Cell::text(step.named(frame))];
        cells.extend([step.customers(), step.quarters(), step.conversion()].map(|one| one.cell()));
        cells.push(table::interval(step.interval()).unwrap_or_else(Cell::none));
        cells.extend([step.fell_back(), step.n()].map(|one| one.cell()));
        cells
    };
    let steps = page.funnels.iter().flat_map(|one| one.steps.iter().map(|step| (one.name.as_str(), step)));
    let mut table = table::table("funnel", frame.t("funnel-title"), columns, steps.map(row).collect())?;
    table.note = Some(frame.t("funnel-note").into_owned());
    Some(Block::Table(rapport_reports::Table { grouped: true, ..table }))
}

/// Prospects by grade.
fn prospects(page: &Value) -> Option<Block> {
    let frame = &page.frame;
    let mut columns = vec![
        Column::text(frame.t("prospects-grade")),
        Column::number(frame.t("prospects-conversion")),
        Column::interval(frame.t("interval")),
        Column::number(frame.t("report-n")),
        Column::number(frame.t("prospects-days")),
    ];
    columns.extend(COUNTED.map(|word| Column::number(frame.t(word))));
    let row = |one: &Prospects| {
        let mut cells = vec![Cell::text(&one.grade_label)];
        match one.interval() {
            Some(_) => {
                cells.push(one.conversion().cell());
                cells.push(table::interval(one.interval()).unwrap_or_else(Cell::none));
            }
            None => cells.push(Cell::nothing(frame.t("prospects-few"), 2)),
        }
        cells.extend([one.n(), one.days()].map(|figure| figure.cell()));
        cells.extend(one.counts().map(|figure| figure.cell()));
        cells
    };
    let rows = page.prospects.iter().map(row).collect();
    let mut table = table::table("prospects", frame.t("prospects"), columns, rows)?;
    table.note = Some(frame.t("prospects-note").into_owned());
    Some(Block::Table(table))
}

fn spread(page: &Value) -> Option<Block> {
    let frame = &page.frame;
    let columns =
        vec![Column::number(frame.t("lorenz-customers")), Column::number(frame.t("lorenz-turnover"))];
    let rows = page.lorenz.iter().map(|point| vec![point.x().cell(), point.y().cell()]).collect();
    let mut table = table::table("turnover", frame.t("pareto"), columns, rows)?;
    let told = |one: &crate::page::value::Parameter| {
        let word = one.word()?;
        Some(format!("{}{}{}", frame.t(word), frame.locale.pick(": ", "："), one.value().cell().words()))
    };
    let told: Vec<_> = page.concentration.iter().filter_map(told).collect();
    table.note = (!told.is_empty()).then(|| told.join(" · "));
    Some(Block::Table(table))
}
