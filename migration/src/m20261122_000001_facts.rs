//! Facts: what import and the closed loop write. Every key of a fact contains the customer.

use sea_orm_migration::prelude::*;

use crate::table::{
    big, create, create_by_customer, create_of_customer, create_of_customer_checked, flag, index,
    index_where, int, optional, real, text, unique_where,
};

/// Creates and drops these tables.
#[derive(DeriveMigrationName)]
pub struct Migration;

const TABLES: [&str; 11] = [
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
    "complaint_breach",
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
        complaint_event(manager).await?;
        complaint_breach(manager).await
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

/// The states of a complaint.
const STATES: &str = "'received', 'acknowledged', 'in_work', 'resolved', 'confirmed_satisfied', \
                      'confirmed_dissatisfied', 'closed'";

/// The legal moves: what happens, from which state, to which.
const MOVES: [(&str, &str, &str); 9] = [
    ("acknowledged", "received", "acknowledged"),
    ("in_work", "acknowledged", "in_work"),
    ("resolved", "in_work", "resolved"),
    ("confirmed_satisfied", "resolved", "confirmed_satisfied"),
    ("confirmed_dissatisfied", "resolved", "confirmed_dissatisfied"),
    ("closed", "confirmed_satisfied", "closed"),
    ("closed", "confirmed_dissatisfied", "closed"),
    ("reopened", "confirmed_dissatisfied", "in_work"),
    ("reopened", "closed", "in_work"),
];

async fn complaint(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create_of_customer_checked(
        manager,
        "complaint",
        &["customer_id", "source", "code"],
        [
            big("customer_id"),
            text("source"),
            text("code"),
            big("at"),
            optional(text("channel")),
            optional(text("unit")),
            optional(text("product")),
            optional(text("severity")),
            optional(text("risk")),
            optional(text("text")),
            optional(big("said_resolved_at")),
            text("state"),
            int("moves"),
            int("reopened"),
            optional(big("acknowledged_at")),
            optional(big("resolved_at")),
            optional(flag("satisfied")),
            int("faults"),
            flag("judged"),
            flag("replay"),
        ],
        format!("state IN ({STATES}) AND moves >= 0 AND reopened >= 0 AND reopened <= moves AND faults >= 0"),
    )
    .await?;
    index(manager, "complaint", &["at"]).await?;
    index(manager, "complaint", &["state", "at"]).await?;
    // the few that may yet miss a deadline, and those that an import left to be put in order, each in the order of reading
    index_where(manager, "complaint", &["at", "customer_id", "source", "code"], "NOT judged").await?;
    index_where(manager, "complaint", &["customer_id", "source", "code"], "replay").await
}

async fn complaint_event(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create_of_customer_checked(
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
            optional(big("amount")),
            optional(text("currency")),
            optional(big("due_at")),
            optional(int("sequence")),
            optional(text("from_state")),
            optional(text("to_state")),
        ],
        is_move_or_none(),
    )
    .await?;
    let key = ["customer_id", "source", "complaint", "sequence"];
    unique_where(manager, "complaint_event", &key, "sequence > 0").await?;
    index_where(manager, "complaint_event", &["customer_id", "sequence"], "sequence IS NULL").await?;
    index(manager, "complaint_event", &["at"]).await
}

/// A row with a number is a legal move; one without, or with 0, is none.
fn is_move_or_none() -> String {
    let legal: Vec<String> = MOVES
        .iter()
        .map(|(kind, from, to)| format!("(kind = '{kind}' AND from_state = '{from}' AND to_state = '{to}')"))
        .collect();
    format!(
        "(coalesce(sequence, 0) = 0 AND from_state IS NULL AND to_state IS NULL) OR \
         (coalesce(sequence, 0) > 0 AND from_state IS NOT NULL AND to_state IS NOT NULL AND ({}))",
        legal.join(" OR ")
    )
}

async fn complaint_breach(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create_of_customer(
        manager,
        "complaint_breach",
        &["customer_id", "source", "complaint", "deadline"],
        [
            big("customer_id"),
            text("source"),
            text("complaint"),
            text("deadline"),
            big("due_at"),
            big("found_at"),
        ],
    )
    .await
}
