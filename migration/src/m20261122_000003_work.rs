//! Work: the ledger. Plain tables without a foreign key to or from the others.

use sea_orm_migration::prelude::*;

use crate::table::{big, create, day, flag, index, int, optional, text, unique};

/// Creates and drops these tables.
#[derive(DeriveMigrationName)]
pub struct Migration;

const TABLES: [&str; 6] =
    ["period_inputs", "import_batch", "job_run", "job_attempt", "publication", "current_publication"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        period_inputs(manager).await?;
        import_batch(manager).await?;
        job_run(manager).await?;
        job_attempt(manager).await?;
        publication(manager).await?;
        current_publication(manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in TABLES.into_iter().rev() {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        Ok(())
    }
}

async fn period_inputs(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create(
        manager,
        "period_inputs",
        &["quarter"],
        [
            text("quarter"),
            big("version"),
            int("open_imports"),
            optional(big("hold_until")),
            big("starts_at"),
            big("ends_at"),
        ],
    )
    .await
}

async fn import_batch(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create(
        manager,
        "import_batch",
        &["batch_id", "quarter"],
        [
            text("batch_id"),
            text("quarter"),
            text("source"),
            text("state"),
            big("lease_until"),
            big("rows"),
            flag("changed"),
            optional(big("closed_version")),
            optional(big("closed_at")),
        ],
    )
    .await
}

async fn job_run(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create(
        manager,
        "job_run",
        &["run_id"],
        [
            text("run_id"),
            text("job"),
            text("period"),
            big("inputs_version"),
            text("params_hash"),
            text("state"),
            optional(text("stage")),
            big("rows_done"),
            optional(big("rows_known")),
            int("attempt"),
            int("max_attempts"),
            big("fence"),
            optional(text("owner")),
            optional(big("lease_until")),
            big("not_before"),
            text("reason"),
            optional(text("last_error")),
            optional(text("figures")),
            big("created_at"),
            optional(big("started_at")),
            optional(big("finished_at")),
        ],
    )
    .await?;
    index(manager, "job_run", &["state", "not_before"]).await?;
    unique(manager, "job_run", &["job", "period", "inputs_version", "params_hash"]).await
}

async fn job_attempt(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create(
        manager,
        "job_attempt",
        &["run_id", "fence"],
        [
            text("run_id"),
            big("fence"),
            text("owner"),
            big("started_at"),
            optional(big("ended_at")),
            optional(text("outcome")),
            optional(big("collected_at")),
        ],
    )
    .await
}

async fn publication(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create(
        manager,
        "publication",
        &["job", "quarter", "revision"],
        [
            text("job"),
            text("quarter"),
            int("revision"),
            text("run_id"),
            text("set_id"),
            flag("provisional"),
            big("inputs_version"),
            text("params_hash"),
            text("settings"),
            text("method_version"),
            optional(text("previous_set_id")),
            optional(text("year_before_set_id")),
            text("trend"),
            optional(text("company")),
            optional(text("currency")),
            day("quarter_start"),
            text("totals"),
            text("digest"),
            big("published_at"),
            optional(big("pruned_at")),
        ],
    )
    .await?;
    index(manager, "publication", &["set_id"]).await?;
    unique(manager, "publication", &["run_id"]).await
}

async fn current_publication(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create(
        manager,
        "current_publication",
        &["job", "quarter"],
        [text("job"), text("quarter"), int("revision"), text("set_id"), big("inputs_version")],
    )
    .await
}
