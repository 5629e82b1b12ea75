//! The queue of deliveries. Times are the database's own; who tries one moves it ahead by a lease, so that two never
//! try it at once, and one whose process dies comes back.

use std::time::Duration;

use rapport_entities::{Database, DeliveryState, delivery};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect,
    Statement, Value, sea_query::Expr,
};
use sha2::{Digest, Sha256};

use super::outcome::Outcome;
use crate::{ledger::now_of, settings::DeliverySettings};

/// A run tries so many of a subscription at most; the others wait for the next.
const A_RUN: u64 = 100;

/// The longest wait between two attempts.
const LONGEST: Duration = Duration::from_secs(3_600);

/// The id of what a subscription is given: the same, whenever it is asked for.
pub fn id(subscription: &str, what: &str) -> String {
    hex::encode(&Sha256::digest(format!("{subscription}|{what}"))[..16])
}

/// Puts something in the queue; false if it was there before.
pub async fn put(database: &Database, subscription: &str, what: &str) -> Result<bool, DbErr> {
    let sql = format!(
        "INSERT INTO delivery (delivery_id, subscription, what, state, attempt, not_before, created_at) \
         VALUES ($1, $2, $3, 'queued', 0, {NOW}, {NOW}) ON CONFLICT (delivery_id) DO NOTHING",
        NOW = now_of(database)
    );
    let values = [id(subscription, what).into(), subscription.into(), what.into()];
    Ok(database.execute_raw(statement(database, sql, values)).await?.rows_affected() == 1)
}

/// What is due for a subscription, oldest first.
pub async fn due(database: &Database, subscription: &str) -> Result<Vec<delivery::Model>, DbErr> {
    delivery::Entity::find()
        .filter(delivery::Column::Subscription.eq(subscription))
        .filter(delivery::Column::State.eq(DeliveryState::Queued))
        .filter(Expr::col(delivery::Column::NotBefore).lte(Expr::cust(now_of(database))))
        .order_by_asc(delivery::Column::CreatedAt)
        .order_by_asc(delivery::Column::DeliveryId)
        .limit(A_RUN)
        .all(database)
        .await
}

/// Takes a delivery for an attempt, and gives the attempt's number; none if another process has it.
pub async fn claim(database: &Database, id: &str, lease: Duration) -> Result<Option<i32>, DbErr> {
    let sql = format!(
        "UPDATE delivery SET attempt = attempt + 1, not_before = {NOW} + $1 \
         WHERE delivery_id = $2 AND state = 'queued' AND not_before <= {NOW} RETURNING attempt",
        NOW = now_of(database)
    );
    let claimed =
        database.query_one_raw(statement(database, sql, [milliseconds(lease).into(), id.into()])).await?;
    claimed.map(|row| row.try_get("", "attempt")).transpose()
}

/// Stores what became of an attempt, if no other was begun since.
pub async fn settle(
    database: &Database,
    id: &str,
    attempt: i32,
    outcome: &Outcome,
    rules: &DeliverySettings,
) -> Result<DeliveryState, DbErr> {
    let made = attempt.unsigned_abs();
    let (state, wait) = match outcome {
        Outcome::Delivered => (DeliveryState::Delivered, Duration::ZERO),
        Outcome::Failed { after, .. } if made < rules.attempts => {
            (DeliveryState::Queued, backoff(id, made, rules).max(after.unwrap_or_default().min(LONGEST)))
        }
        Outcome::Refused { .. } if made < rules.refused_attempts => {
            (DeliveryState::Queued, backoff(id, made, rules))
        }
        _ => (DeliveryState::Dead, Duration::ZERO),
    };
    let sql = format!(
        "UPDATE delivery SET state = $1, not_before = {NOW} + $2, last_error = $3, \
         delivered_at = CASE WHEN $1 = 'delivered' THEN {NOW} ELSE NULL END \
         WHERE delivery_id = $4 AND attempt = $5 AND state = 'queued'",
        NOW = now_of(database)
    );
    let why = outcome.why().map(str::to_owned);
    let values = [state.as_str().into(), milliseconds(wait).into(), why.into(), id.into(), attempt.into()];
    database.execute_raw(statement(database, sql, values)).await?;
    Ok(state)
}

/// The wait after so many attempts: doubled with each, and a fifth more or less by what the id says, so that what
/// failed together does not come back together.
fn backoff(id: &str, attempts: u32, rules: &DeliverySettings) -> Duration {
    let doubled = rules.backoff_seconds * 2_f64.powi(i32::try_from(attempts).unwrap_or(i32::MAX) - 1);
    let draw = Sha256::digest(format!("{id}|{attempts}"))[0];
    let jitter = 0.8 + 0.4 * f64::from(draw) / 255.0;
    Duration::from_secs_f64(doubled.min(LONGEST.as_secs_f64()) * jitter)
}

fn milliseconds(duration: Duration) -> i64 {
    i64::try_from(duration.as_millis()).unwrap_or(i64::MAX)
}

fn statement<const N: usize>(database: &Database, sql: String, values: [Value; N]) -> Statement {
    Statement::from_sql_and_values(database.get_database_backend(), sql, values)
}
