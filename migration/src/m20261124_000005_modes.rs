//! How surveys were answered, and what difference that makes.

use sea_orm_migration::{prelude::*, sea_orm::DbBackend};

use crate::{
    m20261122_000005_views::{moment, of_table},
    table::{add, big, create, flag, optional, real, text},
};

/// Adds and drops them.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        add(manager, "response", text("mode")).await?;
        add(manager, "response", text("channel")).await?;
        create(
            manager,
            "mode_effect",
            &["set_id", "metric", "dimension", "segment", "facet", "way"],
            [
                text("set_id"),
                text("metric"),
                text("dimension"),
                text("segment"),
                text("facet"),
                text("way"),
                optional(real("value")),
                optional(real("lower")),
                optional(real("upper")),
                big("n"),
                flag("suppressed"),
                optional(real("effect")),
                optional(real("effect_lower")),
                optional(real("effect_upper")),
                optional(real("p_value")),
                optional(flag("significant")),
                optional(big("matched")),
                optional(big("others")),
            ],
        )
        .await?;
        let columns = "upper(t.metric) AS metric_code, upper(t.facet) AS facet_code, t.way, t.value, t.lower, t.upper, t.n, \
                       t.suppressed, t.effect, t.effect_lower, t.effect_upper, t.p_value, t.significant, t.matched, t.others";
        let responses = responses(manager.get_database_backend(), ", upper(t.mode) AS mode_code, t.channel");
        run(manager, "DROP VIEW response_row").await?;
        run(manager, &format!("CREATE VIEW response_row AS {responses}")).await?;
        run(manager, &format!("CREATE VIEW mode_effect_row AS {}", of_table(columns, "mode_effect"))).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let responses = responses(manager.get_database_backend(), "");
        run(manager, "DROP VIEW mode_effect_row").await?;
        run(manager, "DROP VIEW response_row").await?;
        manager.drop_table(Table::drop().table("mode_effect").to_owned()).await?;
        for column in ["channel", "mode"] {
            manager.alter_table(Table::alter().table("response").drop_column(column).to_owned()).await?;
        }
        run(manager, &format!("CREATE VIEW response_row AS {responses}")).await
    }
}

fn responses(backend: DbBackend, more: &str) -> String {
    let at = moment(backend, "t.at");
    format!(
        "SELECT t.source, t.code, u.code AS customer, t.survey, {at} AS at, t.weight, t.answers{more} FROM response t \
         JOIN customer u ON u.customer_id = t.customer_id"
    )
}

async fn run(manager: &SchemaManager<'_>, sql: &str) -> Result<(), DbErr> {
    manager.get_connection().execute_unprepared(sql).await.map(drop)
}
