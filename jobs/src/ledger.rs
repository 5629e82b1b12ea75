//! The ledger of runs: one run for every job, period, inputs and settings; claimed by one worker at a time, published by
//! the one that still holds it and only if the inputs are still those it read.
//!
//! Times here are the database's own, so that workers with other clocks agree. Every statement touches ledger tables
//! alone, and says the same on every database.

mod claim;
mod end;
mod inputs;
mod publish;
mod request;

use chrono::DateTime;
use rapport_entities::At;
use sea_orm::{ConnectionTrait, DbBackend, DbErr, Statement, Value, prelude::ChronoUnixTimestampMillis};

pub use claim::{Claim, Lane, bury, claim, claim_next, is_work, renew};
pub use end::{fail, finish, release, supersede};
pub use inputs::{changed, changed_since, check_span, create_inputs, inputs, is_held, quarters};
pub use publish::publish;
pub use request::{Asked, Request, enqueue, revive, run_id};

fn statement<const N: usize>(database: &impl ConnectionTrait, sql: String, values: [Value; N]) -> Statement {
    Statement::from_sql_and_values(database.get_database_backend(), sql, values)
}

/// The database's clock, in milliseconds since 1970.
pub fn now_of(database: &impl ConnectionTrait) -> &'static str {
    match database.get_database_backend() {
        DbBackend::Sqlite => "CAST(unixepoch('subsec') * 1000 AS INTEGER)",
        _ => "(extract(epoch from clock_timestamp()) * 1000)::bigint",
    }
}

/// What the database's clock says.
pub async fn clock(database: &impl ConnectionTrait) -> Result<At, DbErr> {
    let sql = format!("SELECT {} AS now", now_of(database));
    let row = database.query_one_raw(statement(database, sql, [])).await?;
    let millis: i64 = row.ok_or_else(|| DbErr::RecordNotFound("the clock".to_owned()))?.try_get("", "now")?;
    Ok(ChronoUnixTimestampMillis(DateTime::from_timestamp_millis(millis).unwrap_or_default()))
}
