//! Playbooks: the versions of their cards.

use sea_orm_migration::prelude::*;

use crate::table::{big, create, int, text};

/// Creates and drops these tables.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        playbook_card(manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("playbook_card").to_owned()).await
    }
}

async fn playbook_card(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create(
        manager,
        "playbook_card",
        &["scheme", "class", "locale", "version"],
        [
            text("scheme"),
            text("class"),
            text("locale"),
            int("version"),
            text("meaning"),
            text("focus"),
            text("service"),
            text("communication"),
            text("skill"),
            text("avoid"),
            text("together"),
            text("written_by"),
            big("written_at"),
        ],
    )
    .await
}
