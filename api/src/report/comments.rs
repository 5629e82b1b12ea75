//! Comments: what the four ways of asking found, and the themes of problems and suggestions. Nobody's words are in it.

use rapport_reports::{Block, Cell, Column};

use super::table;
use crate::page::{Comments, comments as page_of};

/// The chapter.
pub fn blocks(page: &Comments) -> Vec<Block> {
    let themes = page.kinds.iter().filter_map(|kind| themes(page, kind));
    ways(page).into_iter().chain(themes).collect()
}

fn ways(page: &Comments) -> Option<Block> {
    let frame = &page.frame;
    let mut columns = vec![Column::text(frame.t("comments-way")), Column::text(frame.t("lessons-figure"))];
    columns.extend(table::measures(frame, false));
    columns.push(Column::number(frame.t("report-n")));
    let mut rows = Vec::new();
    for way in &page.ways {
        for score in &way.scores {
            let mut cells = vec![
                Cell::text(frame.label("way", way.name)),
                Cell::named(&score.metric_label, score.about(&frame.locale)),
            ];
            cells.extend(table::measured(score, frame, false));
            cells.push(score.n().cell());
            rows.push(cells);
        }
    }
    let mut table = table::table("ways-of-asking", frame.t("comments-ways"), columns, rows)?;
    table.note = Some(frame.t("comments-ways-lead").into_owned());
    Some(Block::Table(rapport_reports::Table { grouped: true, ..table }))
}

fn themes(page: &Comments, kind: &page_of::Themes) -> Option<Block> {
    let frame = &page.frame;
    if kind.few() {
        return None;
    }
    let columns = vec![
        Column::text(frame.t("comments-theme")),
        Column::number(frame.t("customers")),
        Column::number(frame.t("share")),
        Column::interval(frame.t("interval")),
        Column::number(frame.t("comments-named")),
        Column::number(frame.t("report-n")),
    ];
    let row = |theme: &page_of::Theme| {
        let interval = table::interval(theme.interval()).unwrap_or_else(Cell::none);
        vec![
            Cell::text(&theme.theme),
            theme.customers().cell(),
            theme.share().cell(),
            interval,
            theme.remarks().cell(),
            theme.base().cell(),
        ]
    };
    let rows = kind.themes.iter().map(row).collect();
    table::table(kind.title(), frame.t(kind.title()), columns, rows).map(Block::Table)
}
