//! The ends of an attempt. Each is fenced: whoever lost the run changes nothing.

use rapport_entities::Database;
use sea_orm::{ConnectionTrait, DbErr, Statement, Value};

use super::{Claim, now_of, statement};
use crate::error::Remedy;

/// The first wait after a failure, in milliseconds; it doubles with every attempt up to an hour.
const BACKOFF: i64 = 15_000;

/// Stores what a run produced; it is done, if it was not published.
pub async fn finish(database: &Database, claim: &Claim, figures: &str) -> Result<bool, DbErr> {
    let now = now_of(database);
    let sql = format!(
        "UPDATE job_run SET figures = $3, finished_at = {now}, lease_until = NULL, stage = NULL, last_error = NULL, \
         state = CASE state WHEN 'running' THEN 'done' ELSE state END \
         WHERE run_id = $1 AND fence = $2 AND state IN ('running', 'published')"
    );
    let ours = fenced(database, claim, sql, Some(figures)).await?;
    if ours {
        attempt_ended(database, claim, "done").await?;
    }
    Ok(ours)
}

/// Gives a run back that failed, with the reason in words. What passes by itself costs no attempt; what can only be
/// mended by hand is dead at once; the rest is tried again, ever later, until its attempts are used up.
pub async fn fail(database: &Database, claim: &Claim, remedy: Remedy, reason: &str) -> Result<(), DbErr> {
    let now = now_of(database);
    let sql = match remedy {
        Remedy::Wait => format!(
            "UPDATE job_run SET state = 'retry', attempt = attempt - 1, not_before = {now} + {BACKOFF}, last_error = $3, \
             lease_until = NULL, finished_at = {now} WHERE run_id = $1 AND fence = $2 AND state = 'running'"
        ),
        Remedy::Mend => format!(
            "UPDATE job_run SET state = 'dead', last_error = $3, lease_until = NULL, finished_at = {now} \
             WHERE run_id = $1 AND fence = $2 AND state = 'running'"
        ),
        Remedy::Retry => format!(
            "UPDATE job_run SET state = CASE WHEN attempt < max_attempts THEN 'retry' ELSE 'dead' END, \
             not_before = {now} + {}, last_error = $3, lease_until = NULL, finished_at = {now} \
             WHERE run_id = $1 AND fence = $2 AND state = 'running'",
            backoff(claim)
        ),
    };
    fenced(database, claim, sql, Some(reason)).await?;
    attempt_ended(database, claim, reason).await
}

/// min(15 s·2ⁿ, 1 h), ± 20 % so that many do not come back together: in SQL, since the attempt is counted there.
fn backoff(claim: &Claim) -> String {
    let seed = claim.run_id.bytes().map(i64::from).sum::<i64>() + claim.fence;
    let percent = 80 + seed % 41;
    let doubled = (0..9).map(|n| format!("WHEN {} THEN {}", n + 1, (BACKOFF << n).min(3_600_000)));
    let table = doubled.collect::<Vec<_>>().join(" ");
    format!("(CASE attempt {table} ELSE 3600000 END) * {percent} / 100")
}

/// Gives a run back untouched: the process is told to stop.
pub async fn release(database: &Database, claim: &Claim) -> Result<(), DbErr> {
    let now = now_of(database);
    let sql = format!(
        "UPDATE job_run SET state = 'queued', attempt = attempt - 1, not_before = {now}, stage = NULL, lease_until = NULL \
         WHERE run_id = $1 AND fence = $2 AND state = 'running'"
    );
    fenced(database, claim, sql, None).await?;
    attempt_ended(database, claim, "released: the process was told to stop").await
}

/// Ends a run whose inputs were overtaken; false if it is another's by now.
pub async fn supersede(database: &Database, claim: &Claim) -> Result<bool, DbErr> {
    let now = now_of(database);
    let sql = format!(
        "UPDATE job_run SET state = 'superseded', stage = NULL, lease_until = NULL, finished_at = {now} \
         WHERE run_id = $1 AND fence = $2 AND state = 'running'"
    );
    let ours = fenced(database, claim, sql, None).await?;
    attempt_ended(database, claim, "superseded").await?;
    Ok(ours)
}

async fn fenced(database: &Database, claim: &Claim, sql: String, words: Option<&str>) -> Result<bool, DbErr> {
    let mut values: Vec<Value> = vec![claim.run_id.clone().into(), claim.fence.into()];
    values.extend(words.map(Value::from));
    let statement = Statement::from_sql_and_values(database.get_database_backend(), sql, values);
    Ok(database.execute_raw(statement).await?.rows_affected() == 1)
}

/// Says how an attempt ended; what was said first stands.
pub async fn attempt_ended(
    database: &impl ConnectionTrait,
    claim: &Claim,
    outcome: &str,
) -> Result<(), DbErr> {
    let sql = format!(
        "UPDATE job_attempt SET ended_at = {}, outcome = $3 WHERE run_id = $1 AND fence = $2 AND ended_at IS NULL",
        now_of(database)
    );
    let values = [claim.run_id.clone().into(), claim.fence.into(), outcome.into()];
    database.execute_raw(statement(database, sql, values)).await.map(|_| ())
}
