//! Who brings the schema up to date: one process at a time, held by a lease on the database's own clock. The others
//! wait until it is done; if its holder dies the lease runs out, and the next one goes on where it stopped.

use std::time::Duration;

use sea_orm_migration::{
    MigratorTrait,
    sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, DbErr, Statement, Value},
};
use tokio::time::sleep;

use crate::{Migrator, Schema, inspect};

/// The table of the lease: it is there before the first migration, and is none of them.
pub const LEASE: &str = "lease";

/// The lease's name.
const NAME: &str = "migrate";
/// It is renewed long before this; milliseconds.
const TTL: i64 = 15_000;
const BEAT: Duration = Duration::from_secs(4);
const POLL: Duration = Duration::from_millis(200);
/// Ten minutes of waiting.
const POLLS: u32 = 3_000;

/// Why the schema was not brought up to date.
#[derive(Debug, thiserror::Error)]
pub enum MigrateError {
    /// Another process is at it, and takes long.
    #[error("another process is still bringing the schema up to date")]
    Busy,
    /// The database.
    #[error(transparent)]
    Database(#[from] DbErr),
}

/// Brings the schema up to date, or waits until another process has. `owner` names this process.
///
/// Safe for any number of processes at once, on an empty database or an old one. Fails with [`MigrateError::Busy`] if
/// another is still at it after ten minutes.
pub async fn bring_up(database: &DatabaseConnection, owner: &str) -> Result<(), MigrateError> {
    prepare(database).await?;
    for _ in 0..POLLS {
        if !is_behind(database).await? {
            return Ok(());
        }
        if let Some(fence) = claim(database, owner).await? {
            let done = migrate(database, fence).await;
            release(database, fence).await?;
            if done? {
                return Ok(());
            }
        }
        sleep(POLL).await;
    }
    Err(MigrateError::Busy)
}

async fn is_behind(database: &DatabaseConnection) -> Result<bool, DbErr> {
    let schema = inspect(database).await?;
    Ok(matches!(schema, Schema::Empty | Schema::Ours { pending: 1.. }))
}

/// Makes the table and the row of the lease. Two processes that make a table at the same time are not both told that
/// it is there: PostgreSQL refuses one of them, which then looks again.
async fn prepare(database: &DatabaseConnection) -> Result<(), DbErr> {
    let table = format!(
        "CREATE TABLE IF NOT EXISTS {LEASE} (name text NOT NULL PRIMARY KEY, owner text NOT NULL, \
         fence bigint NOT NULL, lease_until bigint NOT NULL)"
    );
    let row = format!(
        "INSERT INTO {LEASE} (name, owner, fence, lease_until) VALUES ('{NAME}', '', 0, 0) ON CONFLICT DO NOTHING"
    );
    let mut tries = 0;
    loop {
        let made = match database.execute_unprepared(&table).await {
            Ok(_) => database.execute_unprepared(&row).await,
            refused => refused,
        };
        match made {
            Ok(_) => return Ok(()),
            Err(error) if tries == 10 => return Err(error),
            Err(_) => tries += 1,
        }
        sleep(POLL).await;
    }
}

/// Takes the lease if nobody has it: compare-and-set.
async fn claim(database: &DatabaseConnection, owner: &str) -> Result<Option<i64>, DbErr> {
    let now = now_of(database);
    // the second half: the clock was turned back
    let sql = format!(
        "UPDATE {LEASE} SET owner = $1, fence = fence + 1, lease_until = {now} + {TTL} WHERE name = '{NAME}' \
         AND (lease_until < {now} OR lease_until > {now} + 10 * {TTL}) RETURNING fence"
    );
    match database.query_one_raw(statement(database, sql, [owner.into()])).await {
        Ok(Some(row)) => row.try_get("", "fence").map(Some),
        Ok(None) => Ok(None),
        // SQLite's one writer is the holder, at a long step
        Err(error) if is_locked(&error) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Runs what is pending, step by step, each only while the lease is ours; false if it was lost.
async fn migrate(database: &DatabaseConnection, fence: i64) -> Result<bool, DbErr> {
    loop {
        if !renew(database, fence).await? {
            return Ok(false);
        }
        if !is_behind(database).await? {
            return Ok(true);
        }
        tokio::select! {
            step = Migrator::up(database, Some(1)) => step?,
            () = lost(database, fence) => return Ok(false),
        }
    }
}

/// Renews the lease until it is lost. A renewal that fails is tried again: the lease then runs out by itself.
async fn lost(database: &DatabaseConnection, fence: i64) {
    loop {
        sleep(BEAT).await;
        if let Ok(false) = renew(database, fence).await {
            return;
        }
    }
}

async fn renew(database: &DatabaseConnection, fence: i64) -> Result<bool, DbErr> {
    set(database, fence, &format!("{} + {TTL}", now_of(database))).await
}

async fn release(database: &DatabaseConnection, fence: i64) -> Result<bool, DbErr> {
    set(database, fence, "0").await
}

async fn set(database: &DatabaseConnection, fence: i64, until: &str) -> Result<bool, DbErr> {
    let sql = format!("UPDATE {LEASE} SET lease_until = {until} WHERE name = '{NAME}' AND fence = $1");
    Ok(database.execute_raw(statement(database, sql, [fence.into()])).await?.rows_affected() == 1)
}

fn is_locked(error: &DbErr) -> bool {
    error.to_string().contains("database is locked")
}

fn statement<const N: usize>(database: &DatabaseConnection, sql: String, values: [Value; N]) -> Statement {
    Statement::from_sql_and_values(database.get_database_backend(), sql, values)
}

/// The database's clock, in milliseconds since 1970.
fn now_of(database: &DatabaseConnection) -> &'static str {
    match database.get_database_backend() {
        DbBackend::Sqlite => "CAST(unixepoch('subsec') * 1000 AS INTEGER)",
        _ => "(extract(epoch from clock_timestamp()) * 1000)::bigint",
    }
}
