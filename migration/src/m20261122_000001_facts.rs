//! Facts: what import and the closed loop write. Every key of a fact contains the customer.

use sea_orm_migration::prelude::*;

use crate::table::{
    big, create, create_by_customer, create_of_customer, flag, index, int, optional, real, text,
};

/// Creates and drops these tables.
#[derive(DeriveMigrationName)]
pub struct Migration;

const TABLES: [&str; 10] = [
    "dimension",
    "segment",
    "customer",
    "customer_segment",
    "survey",
    "question",
    "response",
    "purchase",
    "complaint",
    "complaint_event",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        dimension(manager).await?;
        segment(manager).await?;
        customer(manager).await?;
        customer_segment(manager).await?;
        survey(manager).await?;
        question(manager).await?;
        response(manager).await?;
        purchase(manager).await?;
        complaint(manager).await?;
        complaint_event(manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in TABLES.into_iter().rev() {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        Ok(())
    }
}

async fn dimension(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create(manager, "dimension", &["code"], [text("code"), text("name"), int("position")]).await
}

async fn segment(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create(manager, "segment", &["dimension", "code"], [text("dimension"), text("code"), text("name")]).await
}

async fn customer(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create(
        manager,
        "customer",
        &["customer_id"],
        [
            big("customer_id"),
            text("code"),
            optional(text("name")),
            optional(text("email")),
            optional(text("phone")),
            optional(big("contract_start")),
            optional(big("contract_end")),
            optional(int("referrals")),
            optional(big("erased_at")),
        ],
    )
    .await?;
    index(manager, "customer", &["code"]).await
}

async fn customer_segment(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create_of_customer(
        manager,
        "customer_segment",
        &["customer_id", "dimension"],
        [big("customer_id"), text("dimension"), text("segment")],
    )
    .await?;
    index(manager, "customer_segment", &["dimension", "segment"]).await
}

async fn survey(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create(manager, "survey", &["code"], [text("code"), text("name"), text("audience")]).await
}

async fn question(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create(
        manager,
        "question",
        &["survey", "code"],
        [
            text("survey"),
            text("code"),
            int("position"),
            text("text"),
            optional(text("construct")),
            optional(text("measure")),
            int("low"),
            int("high"),
            optional(text("missing")),
            flag("reversed"),
            real("weight"),
            optional(text("element")),
            optional(text("importance_of")),
            optional(text("value_side")),
            optional(text("value_component")),
        ],
    )
    .await
}

async fn response(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create_of_customer(
        manager,
        "response",
        &["customer_id", "source", "code"],
        [
            big("customer_id"),
            text("source"),
            text("code"),
            text("survey"),
            big("at"),
            optional(real("weight")),
            text("answers"),
            optional(text("comment")),
        ],
    )
    .await?;
    index(manager, "response", &["at"]).await
}

async fn purchase(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create_by_customer(
        manager,
        "purchase",
        &["customer_id", "source", "code"],
        [
            big("customer_id"),
            text("source"),
            text("code"),
            big("at"),
            big("amount"),
            optional(big("cost")),
            text("currency"),
            int("quantity"),
            optional(text("product")),
        ],
    )
    .await
}

async fn complaint(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create_of_customer(
        manager,
        "complaint",
        &["customer_id", "source", "code"],
        [
            big("customer_id"),
            text("source"),
            text("code"),
            big("at"),
            optional(text("channel")),
            optional(text("product")),
            optional(text("severity")),
            optional(text("risk")),
            optional(text("text")),
            optional(big("resolved_at")),
        ],
    )
    .await?;
    index(manager, "complaint", &["at"]).await
}

async fn complaint_event(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create_of_customer(
        manager,
        "complaint_event",
        &["customer_id", "source", "complaint", "code"],
        [
            big("customer_id"),
            text("source"),
            text("complaint"),
            text("code"),
            big("at"),
            text("kind"),
            optional(text("person")),
            optional(text("note")),
        ],
    )
    .await
}
