//! The methods: every rule in force, in words, as it was stored with the quarter.

use rapport_reports::{Block, Cell, Column, Table};

use super::table;
use crate::page::Methods;

/// The chapter.
pub fn blocks(page: &Methods) -> Vec<Block> {
    let frame = &page.frame;
    let lead = Block::Text(frame.t("methods-lead").into_owned());
    let sentences = (!page.sentences.is_empty()).then(|| Block::List(page.sentences.clone()));
    let models = models(page);
    [Some(lead), sentences, models, rules(page)].into_iter().flatten().collect()
}

fn rules(page: &Methods) -> Option<Block> {
    let frame = &page.frame;
    let columns = vec![
        Column::text(frame.t("report-part")),
        Column::text(frame.t("rule")),
        Column::text(frame.t("set-to")),
    ];
    let rows = page.groups.iter().flat_map(|(part, rules)| {
        rules.iter().map(move |rule| {
            vec![Cell::text(part), Cell::named(&rule.name, &rule.key), Cell::text(&rule.value)]
        })
    });
    let table = table::table("rules", frame.t("report-rules"), columns, rows.collect())?;
    Some(Block::Table(Table {
        grouped: true,
        note: Some(frame.t("report-rules-note").into_owned()),
        ..table
    }))
}

fn models(page: &Methods) -> Option<Block> {
    let frame = &page.frame;
    let columns = vec![
        Column::text(frame.t("model")),
        Column::text(frame.t("outcome")),
        Column::text(frame.t("reason")),
        Column::number(frame.t("report-n")),
    ];
    let row = |model: &crate::page::methods::Model| {
        vec![
            Cell::text(&model.model_label),
            Cell::text(&model.outcome_label),
            model.reason.as_ref().map_or_else(Cell::none, Cell::text),
            model.n().cell(),
        ]
    };
    let rows = page.models.iter().map(row).collect();
    table::table("models", frame.t("models"), columns, rows).map(Block::Table)
}
