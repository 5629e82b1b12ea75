//! Access: tokens, sessions of browsers, and the audit trail.

use sea_orm_migration::prelude::*;

use crate::table::{big, create, int, optional, text, unique};

/// Creates and drops these tables.
#[derive(DeriveMigrationName)]
pub struct Migration;

const TABLES: [&str; 3] = ["token", "session", "audit_event"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        token(manager).await?;
        session(manager).await?;
        audit_event(manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in TABLES.into_iter().rev() {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        Ok(())
    }
}

async fn token(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create(
        manager,
        "token",
        &["token_id"],
        [
            text("token_id"),
            text("name"),
            text("role"),
            optional(text("segments")),
            text("hash"),
            big("created_at"),
            optional(big("expires_at")),
            optional(big("revoked_at")),
        ],
    )
    .await?;
    unique(manager, "token", &["hash"]).await
}

async fn session(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create(
        manager,
        "session",
        &["hash"],
        [text("hash"), text("token_id"), big("created_at"), big("expires_at")],
    )
    .await
}

async fn audit_event(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create(
        manager,
        "audit_event",
        &["number"],
        [
            big("number"),
            big("at"),
            text("who"),
            text("action"),
            optional(text("subject")),
            text("outcome"),
            int("times"),
            text("previous"),
            text("hash"),
        ],
    )
    .await?;
    // no event has two successors: the chain cannot fork
    unique(manager, "audit_event", &["previous"]).await
}
