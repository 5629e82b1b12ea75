//! Improvement actions that took effect, and what they did by the quarter: as it was closed, and without owners, who are
//! persons.

use rapport_reports::{Block, Cell, Column};

use super::table;
use crate::page::{
    Actions,
    rows::{Action, Effect},
};

/// The chapter.
pub fn blocks(page: &Actions) -> Vec<Block> {
    let nothing = || Block::Text(page.frame.t("report-no-effects").into_owned());
    vec![effects(page).unwrap_or_else(nothing)]
}

fn effects(page: &Actions) -> Option<Block> {
    let frame = &page.frame;
    let columns = vec![
        Column::text(frame.t("actions-title")),
        Column::text(frame.t("actions-index")),
        Column::number(frame.t("actions-expected")),
        Column::number(frame.t("actions-effect")),
        Column::interval(frame.t("interval")),
        Column::number(frame.t("report-n-before")),
        Column::number(frame.t("report-n")),
        Column::text(frame.t("actions-verdict")),
    ];
    let told = page.actions.iter().filter_map(|(action, effect)| Some((action, effect.as_ref()?)));
    let rows = told.map(|(action, effect)| row(page, action, effect)).collect();
    let mut table = table::table("action-effects", frame.t("actions-all"), columns, rows)?;
    table.note = Some(frame.t("actions-effects-note").into_owned());
    Some(Block::Table(table))
}

fn row(page: &Actions, action: &Action, effect: &Effect) -> Vec<Cell> {
    let frame = &page.frame;
    let mut cells = vec![
        Cell::named(&action.title, frame.place_of(&action.dimension, &action.segment)),
        Cell::named(&action.metric_label, format!("{} –", action.effect_from)),
        action.expected(&frame.locale).cell(),
    ];
    cells.push(effect.value(&frame.locale).cell());
    cells.push(table::interval(effect.interval(&frame.locale)).unwrap_or_else(Cell::none));
    cells.extend([effect.n_before(), effect.n_after()].map(|figure| figure.cell()));
    cells.push(Cell::text(&effect.verdict_label));
    cells
}
