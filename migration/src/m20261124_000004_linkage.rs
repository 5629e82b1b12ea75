//! People and partners: what they answered by unit, their indexes, and how these go together with those of customers.

use sea_orm_migration::prelude::*;

use crate::{
    m20261122_000005_views::of_table,
    table::{big, create, create_checked, flag, index, int, optional, real, text},
};

/// Creates and drops these tables and views.
#[derive(DeriveMigrationName)]
pub struct Migration;

const TABLES: [&str; 3] = ["unit_response", "unit_score", "linkage"];
const VIEWS: [&str; 2] = ["unit_score_row", "linkage_row"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        unit_response(manager).await?;
        unit_score(manager).await?;
        linkage(manager).await?;
        let score = "upper(t.audience) AS audience_code, upper(t.metric) AS metric_code, t.value, t.lower, t.upper, \
                     t.standard_error, t.n, t.suppressed";
        let linkage = "upper(t.audience) AS audience_code, upper(t.metric) AS metric_code, \
                       upper(t.outcome) AS outcome_code, t.lag, t.base_quarter, t.correlation, t.lower, t.upper, t.slope, \
                       t.slope_lower, t.slope_upper, t.p_value, t.n, upper(t.unlinked) AS unlinked_code";
        for (name, columns, table) in [(VIEWS[0], score, "unit_score"), (VIEWS[1], linkage, "linkage")] {
            let sql = format!("CREATE VIEW {name} AS {}", of_table(columns, table));
            manager.get_connection().execute_unprepared(&sql).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for name in VIEWS {
            manager.get_connection().execute_unprepared(&format!("DROP VIEW {name}")).await?;
        }
        for table in TABLES.into_iter().rev() {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        Ok(())
    }
}

async fn unit_response(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create_checked(
        manager,
        "unit_response",
        &["audience", "source", "code"],
        [
            text("audience"),
            text("source"),
            text("code"),
            text("dimension"),
            text("segment"),
            text("survey"),
            big("at"),
            optional(real("weight")),
            text("answers"),
        ],
        "audience IN ('employee', 'partner')".to_owned(),
    )
    .await?;
    index(manager, "unit_response", &["at"]).await
}

async fn unit_score(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create(
        manager,
        "unit_score",
        &["set_id", "dimension", "segment", "audience", "metric"],
        [
            text("set_id"),
            text("dimension"),
            text("segment"),
            text("audience"),
            text("metric"),
            optional(real("value")),
            optional(real("lower")),
            optional(real("upper")),
            optional(real("standard_error")),
            big("n"),
            flag("suppressed"),
        ],
    )
    .await
}

async fn linkage(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create(
        manager,
        "linkage",
        &["set_id", "dimension", "segment", "audience", "metric", "outcome", "lag"],
        [
            text("set_id"),
            text("dimension"),
            text("segment"),
            text("audience"),
            text("metric"),
            text("outcome"),
            int("lag"),
            optional(text("base_quarter")),
            optional(text("base_set_id")),
            optional(real("correlation")),
            optional(real("lower")),
            optional(real("upper")),
            optional(real("slope")),
            optional(real("slope_lower")),
            optional(real("slope_upper")),
            optional(real("p_value")),
            int("n"),
            optional(text("unlinked")),
        ],
    )
    .await
}
