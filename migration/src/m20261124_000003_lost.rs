//! Lost customers: that and why they were lost, attempts to win them back, and what a close finds of both.

use sea_orm_migration::{prelude::*, sea_orm::DbBackend};

use crate::{
    m20261122_000005_views::of_table,
    table::{big, create, create_of_customer_checked, flag, index, int, optional, real, text},
};

/// Creates and drops these tables and views.
#[derive(DeriveMigrationName)]
pub struct Migration;

const TABLES: [&str; 6] =
    ["customer_loss", "winback_attempt", "loss_flow", "loss_reason", "effort", "lost_customer"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        customer_loss(manager).await?;
        winback_attempt(manager).await?;
        loss_flow(manager).await?;
        loss_reason(manager).await?;
        effort(manager).await?;
        lost_customer(manager).await?;
        for (name, select) in views(manager.get_database_backend()) {
            let sql = format!("CREATE VIEW {name} AS {select}");
            manager.get_connection().execute_unprepared(&sql).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (name, _) in views(manager.get_database_backend()) {
            manager.get_connection().execute_unprepared(&format!("DROP VIEW {name}")).await?;
        }
        for table in TABLES.into_iter().rev() {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        Ok(())
    }
}

/// For tools that read the database itself: without free text and staff, results of the newest revision alone.
fn views(backend: DbBackend) -> Vec<(&'static str, String)> {
    let of_money = |columns: &[&'static str]| {
        let column = |column: &&'static str| money(&format!("t.{column}"), column, "p.currency");
        columns.iter().map(column).collect::<Vec<_>>().join(", ")
    };
    let amounts = of_money(&["revenue", "profit"]);
    let flow = format!(
        "t.place, t.step, upper(t.from_state) AS from_code, upper(t.to_state) AS to_code, t.customers, {amounts}, \
         p.currency, t.share, t.lower, t.upper, t.n, t.suppressed"
    );
    let reason = format!(
        "upper(t.reason) AS reason_code, t.customers, {amounts}, p.currency, t.share, t.lower, t.upper, t.n, t.lost, \
         t.suppressed"
    );
    let effort = "upper(t.effort) AS effort_code, upper(t.reason) AS reason_code, t.n, t.successes, t.open, t.share, \
                  t.lower, t.upper, t.cost, t.cost_n, t.cost_per_success, p.currency, t.suppressed";
    let lost = "SELECT p.quarter, p.quarter_start, p.revision, \
         CASE WHEN p.provisional THEN 'PROVISIONAL' ELSE 'FINAL' END AS status, u.code, t.lost_in, upper(t.reason) AS reason_code, t.value, \
         upper(t.value_basis) AS value_basis_code, t.attempts, upper(t.outcome) AS outcome_code, t.success, \
         t.success_n, upper(t.success_basis) AS success_basis_code, t.gain, t.cost, t.expected, t.rank, p.currency \
         FROM current_publication c JOIN publication p \
         ON p.job = c.job AND p.quarter = c.quarter AND p.revision = c.revision \
         JOIN lost_customer t ON t.set_id = c.set_id JOIN customer u ON u.customer_id = t.customer_id";
    let customer = "JOIN customer u ON u.customer_id = t.customer_id";
    let at = moment(backend, "t.at");
    let loss = format!(
        "SELECT t.source, t.code, u.code AS customer, {at} AS at, upper(t.reason) AS reason_code \
         FROM customer_loss t {customer}"
    );
    let attempt = format!(
        "SELECT t.source, t.code, u.code AS customer, {at} AS at, t.channel, t.offer, {}, t.currency, \
         upper(t.outcome) AS outcome_code, {} AS ended_at FROM winback_attempt t {customer}",
        money("t.cost", "cost", "t.currency"),
        moment(backend, "t.ended_at")
    );
    vec![
        ("loss_flow_row", of_table(&flow, "loss_flow")),
        ("loss_reason_row", of_table(&reason, "loss_reason")),
        ("winback_row", of_table(effort, "effort")),
        ("lost_customer_row", lost.to_owned()),
        ("loss_row", loss),
        ("winback_attempt_row", attempt),
    ]
}

/// Minor units as they are, and in major units as a number: ISO 4217's currencies whose major unit is not a hundred minor
/// ones are named.
fn money(column: &str, name: &str, currency: &str) -> String {
    let unit = format!(
        "CASE WHEN {currency} IN ('BIF', 'CLP', 'DJF', 'GNF', 'ISK', 'JPY', 'KMF', 'KRW', 'PYG', 'RWF', 'UGX', 'UYI', \
         'VND', 'VUV', 'XAF', 'XOF', 'XPF') THEN 1.0 WHEN {currency} IN ('BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', \
         'TND') THEN 1000.0 WHEN {currency} IN ('CLF', 'UYW') THEN 10000.0 ELSE 100.0 END"
    );
    format!("CAST({column} AS double precision) / ({unit}) AS {name}, {column} AS {name}_minor")
}

/// Milliseconds as a moment in UTC.
fn moment(backend: DbBackend, column: &str) -> String {
    match backend {
        DbBackend::Sqlite => format!("strftime('%Y-%m-%dT%H:%M:%SZ', {column} / 1000, 'unixepoch')"),
        _ => format!("to_timestamp({column} / 1000.0)"),
    }
}

async fn customer_loss(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create_of_customer_checked(
        manager,
        "customer_loss",
        &["customer_id", "source", "code"],
        [
            big("customer_id"),
            text("source"),
            text("code"),
            big("at"),
            text("reason"),
            optional(text("note")),
            optional(text("recorded_by")),
        ],
        "trim(reason) <> ''".to_owned(),
    )
    .await?;
    index(manager, "customer_loss", &["at"]).await
}

async fn winback_attempt(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create_of_customer_checked(
        manager,
        "winback_attempt",
        &["customer_id", "source", "code"],
        [
            big("customer_id"),
            text("source"),
            text("code"),
            big("at"),
            optional(text("person")),
            optional(text("channel")),
            optional(text("offer")),
            optional(big("cost")),
            optional(text("currency")),
            text("outcome"),
            optional(big("ended_at")),
            optional(text("note")),
        ],
        "outcome IN ('open', 'won_back', 'refused', 'no_answer') AND (outcome = 'open') = (ended_at IS NULL) AND \
         (cost IS NULL OR (cost >= 0 AND currency IS NOT NULL))"
            .to_owned(),
    )
    .await?;
    index(manager, "winback_attempt", &["at"]).await
}

async fn loss_flow(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create(
        manager,
        "loss_flow",
        &["set_id", "dimension", "segment", "place"],
        [
            text("set_id"),
            text("dimension"),
            text("segment"),
            int("place"),
            int("step"),
            text("from_state"),
            text("to_state"),
            optional(big("customers")),
            optional(big("revenue")),
            optional(big("profit")),
            optional(real("share")),
            optional(real("lower")),
            optional(real("upper")),
            big("n"),
            flag("suppressed"),
        ],
    )
    .await
}

async fn loss_reason(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create(
        manager,
        "loss_reason",
        &["set_id", "dimension", "segment", "reason"],
        [
            text("set_id"),
            text("dimension"),
            text("segment"),
            text("reason"),
            optional(big("customers")),
            optional(big("revenue")),
            optional(big("profit")),
            optional(real("share")),
            optional(real("lower")),
            optional(real("upper")),
            big("n"),
            big("lost"),
            flag("suppressed"),
        ],
    )
    .await
}

async fn effort(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create(
        manager,
        "effort",
        &["set_id", "dimension", "segment", "effort", "reason"],
        [
            text("set_id"),
            text("dimension"),
            text("segment"),
            text("effort"),
            text("reason"),
            big("n"),
            optional(big("successes")),
            optional(big("open")),
            optional(real("share")),
            optional(real("lower")),
            optional(real("upper")),
            optional(real("cost")),
            big("cost_n"),
            optional(real("cost_per_success")),
            flag("suppressed"),
        ],
    )
    .await
}

async fn lost_customer(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create(
        manager,
        "lost_customer",
        &["customer_id", "set_id"],
        [
            big("customer_id"),
            text("set_id"),
            text("lost_in"),
            optional(text("reason")),
            optional(real("value")),
            optional(text("value_basis")),
            int("attempts"),
            optional(text("outcome")),
            optional(real("success")),
            big("success_n"),
            optional(text("success_basis")),
            optional(real("gain")),
            optional(real("cost")),
            optional(real("expected")),
            optional(big("rank")),
        ],
    )
    .await?;
    index(manager, "lost_customer", &["set_id", "rank"]).await
}
