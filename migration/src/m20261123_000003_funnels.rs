//! Funnels: how customers come through the stages and the phases, and how many quarters each has been where it is.

use sea_orm_migration::prelude::*;

use crate::{
    m20261122_000005_views::of_table,
    table::{big, create, flag, int, optional, real, text},
};

/// Adds and drops them.
#[derive(DeriveMigrationName)]
pub struct Migration;

const COUNTS: [&str; 2] = ["stage_quarters", "lifecycle_quarters"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for count in COUNTS {
            let mut column = optional(int(count));
            manager
                .alter_table(Table::alter().table("customer_quarter").add_column(&mut column).to_owned())
                .await?;
        }
        create(
            manager,
            "funnel_step",
            &["set_id", "scheme", "dimension", "segment", "place"],
            [
                text("set_id"),
                text("scheme"),
                text("dimension"),
                text("segment"),
                int("place"),
                text("class"),
                optional(big("customers")),
                optional(real("quarters")),
                optional(big("advanced")),
                optional(big("fell_back")),
                optional(real("conversion")),
                optional(real("lower")),
                optional(real("upper")),
                big("n"),
                flag("suppressed"),
            ],
        )
        .await?;
        let columns = "upper(t.scheme) AS scheme_code, t.place, upper(t.class) AS class_code, t.customers, t.quarters, \
                       t.advanced, t.fell_back, t.conversion, t.lower, t.upper, t.n, t.suppressed";
        let view = format!("CREATE VIEW funnel_row AS {}", of_table(columns, "funnel_step"));
        manager.get_connection().execute_unprepared(&view).await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.get_connection().execute_unprepared("DROP VIEW funnel_row").await?;
        manager.drop_table(Table::drop().table("funnel_step").to_owned()).await?;
        for count in COUNTS {
            let alter = Table::alter().table("customer_quarter").drop_column(count).to_owned();
            manager.alter_table(alter).await?;
        }
        Ok(())
    }
}
