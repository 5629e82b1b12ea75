//! Results: what a close writes. Every key holds the set of the attempt that wrote it.

use sea_orm_migration::prelude::*;

use crate::table::{big, blob, create, flag, index, int, optional, real, text};

/// Creates and drops these tables.
#[derive(DeriveMigrationName)]
pub struct Migration;

const TABLES: [&str; 11] = [
    "score",
    "customer_quarter",
    "composition",
    "transition",
    "driver",
    "path_estimate",
    "model_fit",
    "parameter",
    "curve_point",
    "cohort",
    "artifact",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        score(manager).await?;
        customer_quarter(manager).await?;
        composition(manager).await?;
        transition(manager).await?;
        driver(manager).await?;
        path_estimate(manager).await?;
        model_fit(manager).await?;
        parameter(manager).await?;
        curve_point(manager).await?;
        cohort(manager).await?;
        artifact(manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in TABLES.into_iter().rev() {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        Ok(())
    }
}

async fn score(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create(
        manager,
        "score",
        &["set_id", "dimension", "segment", "metric"],
        [
            text("set_id"),
            text("dimension"),
            text("segment"),
            text("metric"),
            optional(real("value")),
            optional(real("lower")),
            optional(real("upper")),
            optional(real("standard_error")),
            big("n"),
            optional(real("effective_n")),
            flag("suppressed"),
            optional(real("change")),
            optional(flag("change_significant")),
            optional(real("change_year")),
            optional(flag("change_year_significant")),
        ],
    )
    .await
}

async fn customer_quarter(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create(
        manager,
        "customer_quarter",
        &["customer_id", "set_id"],
        [
            big("customer_id"),
            text("set_id"),
            text("loyalty_type"),
            optional(text("loyalty_subtype")),
            optional(text("loyalty_basis")),
            optional(real("satisfaction")),
            optional(flag("staying")),
            optional(real("intention")),
            optional(real("recommend")),
            flag("complained"),
            int("purchases"),
            big("revenue"),
            optional(big("profit")),
            int("window_purchases"),
            big("window_revenue"),
            optional(big("window_profit")),
            text("value_class"),
            text("growth"),
            text("size"),
            text("lifecycle"),
            optional(flag("won_back")),
            text("stage"),
            optional(int("rfm")),
            optional(big("rank")),
            optional(real("cumulative_share")),
            optional(real("p_alive")),
            optional(real("expected_purchases")),
            optional(real("expected_spend")),
            optional(real("lifetime_value")),
            optional(real("word_of_mouth")),
            optional(real("referral_value")),
        ],
    )
    .await?;
    index(manager, "customer_quarter", &["set_id", "customer_id"]).await
}

async fn composition(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create(
        manager,
        "composition",
        &["set_id", "scheme", "dimension", "segment", "class"],
        [
            text("set_id"),
            text("scheme"),
            text("dimension"),
            text("segment"),
            text("class"),
            optional(big("customers")),
            optional(real("share")),
            optional(big("revenue")),
            optional(big("profit")),
            big("n"),
            flag("suppressed"),
        ],
    )
    .await
}

async fn transition(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create(
        manager,
        "transition",
        &["set_id", "dimension", "segment", "from_type", "to_type"],
        [
            text("set_id"),
            text("dimension"),
            text("segment"),
            text("from_type"),
            text("to_type"),
            big("customers"),
            big("revenue"),
            big("n"),
        ],
    )
    .await
}

async fn driver(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create(
        manager,
        "driver",
        &["set_id", "dimension", "segment", "question"],
        [
            text("set_id"),
            text("dimension"),
            text("segment"),
            text("question"),
            text("target"),
            optional(real("stated")),
            optional(real("importance")),
            optional(real("shapley")),
            optional(real("relative_weight")),
            optional(real("correlation")),
            optional(real("beta")),
            optional(real("p_value")),
            optional(real("variance_inflation")),
            optional(real("performance")),
            optional(text("quadrant")),
            optional(real("crosshair_importance")),
            optional(real("crosshair_performance")),
            optional(real("r_squared")),
            big("n"),
        ],
    )
    .await
}

async fn path_estimate(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create(
        manager,
        "path_estimate",
        &["set_id", "dimension", "segment", "kind", "source", "target"],
        [
            text("set_id"),
            text("dimension"),
            text("segment"),
            text("kind"),
            text("source"),
            text("target"),
            optional(real("value")),
            optional(real("lower")),
            optional(real("upper")),
            optional(real("standard_error")),
            big("n"),
        ],
    )
    .await
}

async fn model_fit(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create(
        manager,
        "model_fit",
        &["set_id", "dimension", "segment", "model"],
        [
            text("set_id"),
            text("dimension"),
            text("segment"),
            text("model"),
            text("outcome"),
            optional(text("reason")),
            big("n"),
            optional(big("complete")),
            optional(real("effective_n")),
            text("details"),
        ],
    )
    .await
}

async fn parameter(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create(
        manager,
        "parameter",
        &["set_id", "dimension", "segment", "model", "name"],
        [
            text("set_id"),
            text("dimension"),
            text("segment"),
            text("model"),
            text("name"),
            optional(real("value")),
            optional(real("lower")),
            optional(real("upper")),
            optional(real("standard_error")),
            big("n"),
        ],
    )
    .await
}

async fn curve_point(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create(
        manager,
        "curve_point",
        &["set_id", "dimension", "segment", "curve", "place"],
        [
            text("set_id"),
            text("dimension"),
            text("segment"),
            text("curve"),
            int("place"),
            real("x"),
            real("y"),
            optional(real("lower")),
            optional(real("upper")),
            optional(real("monotone")),
            optional(text("zone")),
            big("n"),
        ],
    )
    .await
}

async fn cohort(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create(
        manager,
        "cohort",
        &["set_id", "dimension", "segment", "acquired", "age"],
        [
            text("set_id"),
            text("dimension"),
            text("segment"),
            text("acquired"),
            int("age"),
            optional(big("customers")),
            optional(big("retained")),
            optional(real("share")),
            optional(real("lower")),
            optional(real("upper")),
            optional(real("unbounded_share")),
            flag("suppressed"),
        ],
    )
    .await
}

async fn artifact(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create(
        manager,
        "artifact",
        &["set_id", "name"],
        [
            text("set_id"),
            text("name"),
            text("media_type"),
            text("description"),
            text("sha256"),
            blob("bytes"),
        ],
    )
    .await
}
