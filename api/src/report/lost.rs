//! Lost customers: the way from using to kept or lost, the reasons, and what keeping and winning cost. No person.

use rapport_reports::{Block, Cell, Column};

use super::table;
use crate::page::Lost;

/// The chapter.
pub fn blocks(page: &Lost) -> Vec<Block> {
    let frame = &page.frame;
    if page.few {
        return vec![Block::Text(frame.t("too-few-customers").into_owned())];
    }
    let none = || Block::Text(frame.t("lost-no-flow").into_owned());
    let flow = flow(page).unwrap_or_else(none);
    [Some(flow), reasons(page), efforts(page)].into_iter().flatten().collect()
}

fn flow(page: &Lost) -> Option<Block> {
    let frame = &page.frame;
    let columns = vec![
        Column::text(frame.t("lost-from")),
        Column::text(frame.t("lost-to")),
        Column::number(frame.t("customers")),
        Column::number(frame.t("share")),
        Column::interval(frame.t("interval")),
        Column::number(frame.t("revenue")),
        Column::number(frame.t("profit")),
        Column::number("n"),
    ];
    let rows = page.states.iter().flat_map(|state| {
        state.edges.iter().map(|edge| {
            let mut cells = vec![Cell::text(state.name.as_str()), Cell::text(edge.to_label.as_str())];
            cells.extend([edge.customers(), edge.share()].map(|one| one.cell()));
            cells.push(table::interval(edge.interval()).unwrap_or_else(Cell::none));
            cells.extend([edge.revenue(), edge.profit(), edge.n()].map(|one| one.cell()));
            cells
        })
    });
    let mut table = table::table("loss-flow", frame.t("lost-flow"), columns, rows.collect())?;
    table.note = Some(frame.t("lost-flow-note").into_owned());
    Some(Block::Table(rapport_reports::Table { grouped: true, ..table }))
}

fn reasons(page: &Lost) -> Option<Block> {
    let frame = &page.frame;
    let columns = vec![
        Column::text(frame.t("reason")),
        Column::number(frame.t("customers")),
        Column::number(frame.t("share")),
        Column::interval(frame.t("interval")),
        Column::number(frame.t("revenue")),
        Column::number(frame.t("profit")),
        Column::number(frame.t("lost-known")),
        Column::number(frame.t("lost-all")),
    ];
    let rows = page.reasons.iter().map(|one| {
        let mut cells = vec![Cell::text(one.reason_label.as_str())];
        cells.extend([one.customers(), one.share()].map(|one| one.cell()));
        cells.push(table::interval(one.interval()).unwrap_or_else(Cell::none));
        cells.extend([one.revenue(), one.profit(), one.n(), one.lost()].map(|one| one.cell()));
        cells
    });
    table::table("loss-reasons", frame.t("lost-reasons"), columns, rows.collect()).map(Block::Table)
}

fn efforts(page: &Lost) -> Option<Block> {
    let frame = &page.frame;
    let columns = vec![
        Column::text(frame.t("lost-effort")),
        Column::text(frame.t("reason")),
        Column::number(frame.t("lost-tried")),
        Column::number(frame.t("lost-successes")),
        Column::number(frame.t("share")),
        Column::interval(frame.t("interval")),
        Column::number(frame.t("lost-open")),
        Column::number(frame.t("lost-cost")),
        Column::number(frame.t("lost-cost-per-success")),
    ];
    let rows = page.efforts.iter().map(|one| {
        let mut cells =
            vec![Cell::text(one.effort_label.as_str()), Cell::text(one.reason().unwrap_or_default())];
        cells.extend([one.n(), one.successes(), one.share()].map(|one| one.cell()));
        cells.push(table::interval(one.interval()).unwrap_or_else(Cell::none));
        cells.extend([one.open(), one.cost(), one.cost_per_success()].map(|one| one.cell()));
        cells
    });
    let mut table = table::table("winback", frame.t("lost-efforts"), columns, rows.collect())?;
    table.note = Some(frame.t("lost-efforts-note").into_owned());
    Some(Block::Table(table))
}
