//! Employees and channel partners: their index by unit beside the customers', and how it goes together with that.

use rapport_reports::{Block, Cell, Column, Table};

use super::{Drawings, picture, table};
use crate::page::{People, people::Unit};

/// The chapter.
pub fn blocks(page: &People, drawings: &Drawings) -> Vec<Block> {
    if page.groups.is_empty() && page.linkage.is_empty() {
        return vec![Block::Text(page.frame.t("people-none").into_owned())];
    }
    let picture = picture(&page.charts, drawings, "linkage").into_iter();
    picture.chain([units(page), linkage(page)].into_iter().flatten().map(Block::Table)).collect()
}

fn units(page: &People) -> Option<Table> {
    let frame = &page.frame;
    let base = || Column::number(frame.t("report-n"));
    let columns = vec![
        Column::text(frame.t("people-who")),
        Column::text(frame.t("people-unit")),
        Column::number(page.metric_name()),
        Column::interval(frame.t("interval")),
        base(),
        Column::number(frame.t("people-customers-index")),
        base(),
        Column::number(frame.t("people-customers-stay")),
        base(),
    ];
    let rows = page.groups.iter().flat_map(|(who, units)| units.iter().map(move |one| row(page, who, one)));
    let table = table::table("unit-scores", frame.t("people-units-title"), columns, rows.collect())?;
    let note = Some(frame.t("people-note").into_owned());
    Some(Table { grouped: true, note, ..table })
}

fn row(page: &People, who: &str, one: &Unit) -> Vec<Cell> {
    let frame = &page.frame;
    let mut cells = vec![Cell::text(who), Cell::text(page.unit_name(one))];
    match one.suppressed {
        true => cells.push(Cell::nothing(frame.t("too-few-answers"), 2)),
        false => {
            cells.extend([one.value().cell(), table::interval(one.interval()).unwrap_or_else(Cell::none)])
        }
    }
    cells.push(one.n().cell());
    cells.extend(one.customers().into_iter().flatten().map(|figure| figure.cell()));
    cells
}

fn linkage(page: &People) -> Option<Table> {
    let frame = &page.frame;
    let columns = vec![
        Column::text(frame.t("people-own")),
        Column::text(frame.t("report-dimension")),
        Column::text(frame.t("people-customers")),
        Column::number(frame.t("people-lag")),
        Column::number("r"),
        Column::interval(frame.t("interval")),
        Column::number(frame.t("people-slope")),
        Column::interval(frame.t("interval")),
        Column::number("p"),
        Column::number(frame.t("people-units")),
    ];
    let rows = page.linkage.iter().map(|one| {
        let mut cells = vec![
            Cell::text(one.own()),
            Cell::text(page.dimension(&one.dimension)),
            Cell::text(one.outcome_label.as_str()),
            one.lag().cell(),
        ];
        match &one.unlinked_label {
            Some(why) => cells.push(Cell::nothing(why.as_str(), 5)),
            None => cells.extend([
                one.correlation().cell(),
                table::interval(one.interval()).unwrap_or_else(Cell::none),
                one.slope().cell(),
                table::interval(one.slope_interval()).unwrap_or_else(Cell::none),
                one.p_value().cell(),
            ]),
        }
        cells.push(one.n().cell());
        cells
    });
    let table = table::table("linkage", frame.t("people-linkage"), columns, rows.collect())?;
    let note = Some(frame.t("people-linkage-note").into_owned());
    Some(Table { grouped: true, note, ..table })
}
