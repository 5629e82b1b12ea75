//! Problems and suggestions with their themes, and what a close counts of them.

use sea_orm_migration::prelude::*;

use crate::{
    m20261122_000005_views::{moment, of_table},
    table::{big, create, create_of_customer, flag, index, optional, real, text},
};

/// Creates and drops them.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        create_of_customer(
            manager,
            "remark",
            &["customer_id", "source", "code"],
            [
                big("customer_id"),
                text("source"),
                text("code"),
                big("at"),
                text("kind"),
                text("theme"),
                optional(text("text")),
            ],
        )
        .await?;
        index(manager, "remark", &["at"]).await?;
        create(
            manager,
            "theme",
            &["set_id", "kind", "dimension", "segment", "theme"],
            [
                text("set_id"),
                text("kind"),
                text("dimension"),
                text("segment"),
                text("theme"),
                optional(big("customers")),
                optional(big("remarks")),
                optional(real("share")),
                optional(real("lower")),
                optional(real("upper")),
                big("n"),
                flag("suppressed"),
            ],
        )
        .await?;
        let at = moment(manager.get_database_backend(), "t.at");
        let remark = format!(
            "SELECT t.source, t.code, u.code AS customer, {at} AS at, upper(t.kind) AS kind_code, t.theme \
             FROM remark t JOIN customer u ON u.customer_id = t.customer_id"
        );
        let columns = "upper(t.kind) AS kind_code, t.theme, t.customers, t.remarks, t.share, t.lower, t.upper, t.n, \
                       t.suppressed";
        for (view, rows) in [("remark_row", remark), ("theme_row", of_table(columns, "theme"))] {
            manager.get_connection().execute_unprepared(&format!("CREATE VIEW {view} AS {rows}")).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for view in ["theme_row", "remark_row"] {
            manager.get_connection().execute_unprepared(&format!("DROP VIEW {view}")).await?;
        }
        for table in ["theme", "remark"] {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        Ok(())
    }
}
