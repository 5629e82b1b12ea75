//! Improvement actions, what happened to them, and what they did; small tables without customers.

use sea_orm_migration::prelude::*;

use crate::table::{big, create, create_checked, day, index, int, optional, real, text};

/// Creates and drops these tables and views.
#[derive(DeriveMigrationName)]
pub struct Migration;

const TABLES: [&str; 3] = ["action", "action_event", "action_effect"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        action(manager).await?;
        action_event(manager).await?;
        action_effect(manager).await?;
        for (name, select) in VIEWS {
            let sql = format!("CREATE VIEW {name} AS {select}");
            manager.get_connection().execute_unprepared(&sql).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (name, _) in VIEWS {
            manager.get_connection().execute_unprepared(&format!("DROP VIEW {name}")).await?;
        }
        for table in TABLES.into_iter().rev() {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        Ok(())
    }
}

/// For tools that read the database itself: without owners and free text, effects of the newest revision alone.
const VIEWS: [(&str, &str); 2] = [
    (
        "action_row",
        "SELECT a.code, a.source, a.title, upper(a.origin) AS origin_code, a.origin_quarter, \
         a.origin_code AS origin_reference, a.dimension, a.segment, upper(a.metric) AS metric_code, a.effect_from, \
         a.due, a.expected, upper(a.state) AS state_code, a.version, a.abandoned_in FROM action a",
    ),
    (
        "action_effect_row",
        "SELECT p.quarter, p.quarter_start, p.revision, \
         CASE WHEN p.provisional THEN 'PROVISIONAL' ELSE 'FINAL' END AS status, t.dimension, t.segment, t.action, \
         upper(t.metric) AS metric_code, t.base_quarter, t.before, t.n_before, t.after, t.n_after, t.expected_change, \
         t.value, t.lower, t.upper, t.standard_error, t.p_value, t.comparable, t.expected, \
         upper(t.verdict) AS verdict_code, upper(t.untold) AS untold_code \
         FROM current_publication c JOIN publication p \
         ON p.job = c.job AND p.quarter = c.quarter AND p.revision = c.revision \
         JOIN action_effect t ON t.set_id = c.set_id",
    ),
];

/// The legal moves: what happens, from which state, to which.
const MOVES: [(&str, &str, &str); 4] = [
    ("in_work", "planned", "in_work"),
    ("done", "in_work", "done"),
    ("abandoned", "planned", "abandoned"),
    ("abandoned", "in_work", "abandoned"),
];

async fn action(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create_checked(
        manager,
        "action",
        &["code"],
        [
            text("code"),
            text("source"),
            text("title"),
            text("origin"),
            optional(text("origin_quarter")),
            optional(text("origin_code")),
            text("dimension"),
            text("segment"),
            text("metric"),
            text("effect_from"),
            text("owner"),
            day("due"),
            optional(real("expected")),
            text("state"),
            int("version"),
            text("opened_by"),
            big("opened_at"),
            optional(text("abandoned_in")),
        ],
        "state IN ('planned', 'in_work', 'done', 'abandoned') AND trim(owner) <> '' AND version > 0 AND \
         (state = 'abandoned') = (abandoned_in IS NOT NULL)"
            .to_owned(),
    )
    .await?;
    index(manager, "action", &["dimension", "segment", "metric"]).await?;
    index(manager, "action", &["state", "due"]).await
}

async fn action_event(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create_checked(
        manager,
        "action_event",
        &["action", "number"],
        [
            text("action"),
            int("number"),
            big("at"),
            text("kind"),
            text("who"),
            optional(text("note")),
            optional(text("from_state")),
            optional(text("to_state")),
        ],
        is_move_or_none(),
    )
    .await
}

/// A row that has states is a legal move, and one that has none is no move.
fn is_move_or_none() -> String {
    let legal: Vec<String> = MOVES
        .iter()
        .map(|(kind, from, to)| format!("(kind = '{kind}' AND from_state = '{from}' AND to_state = '{to}')"))
        .collect();
    format!(
        "number > 0 AND ((kind IN ('opened', 'corrected', 'note') AND from_state IS NULL AND to_state IS NULL) OR \
         (from_state IS NOT NULL AND to_state IS NOT NULL AND ({})))",
        legal.join(" OR ")
    )
}

async fn action_effect(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create(
        manager,
        "action_effect",
        &["set_id", "action"],
        [
            text("set_id"),
            text("action"),
            text("dimension"),
            text("segment"),
            text("metric"),
            optional(text("base_quarter")),
            optional(text("base_set_id")),
            optional(real("before")),
            big("n_before"),
            optional(real("after")),
            big("n_after"),
            optional(real("expected_change")),
            optional(real("value")),
            optional(real("lower")),
            optional(real("upper")),
            optional(real("standard_error")),
            optional(real("p_value")),
            int("comparable"),
            optional(real("expected")),
            text("verdict"),
            optional(text("untold")),
        ],
    )
    .await
}
