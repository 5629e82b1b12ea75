//! Claiming runs and keeping them: compare-and-set on the database's clock.

use rapport_entities::Database;
use sea_orm::{ConnectionTrait, DbErr, QueryResult};

use super::{LEASE, now_of, statement};

/// A claimed run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// Which run.
    pub run_id: String,
    /// Name of the job.
    pub job: String,
    /// Its quarter or moment.
    pub period: String,
    /// Grows with every claim.
    pub fence: i64,
    /// Names the rows of this attempt.
    pub set_id: String,
}

/// The jobs one worker takes: those of one lane wait for each other, those of others do not.
pub type Lane<'a> = &'a [&'static str];

/// What can be claimed. The second half: its worker died, or the clock was turned back.
fn ready(now: &str) -> String {
    format!(
        "(attempt < max_attempts AND ((state IN ('queued', 'retry') AND not_before <= {now}) \
         OR (state = 'running' AND (lease_until < {now} OR lease_until > {now} + 10 * {LEASE}))))"
    )
}

/// What a claim sets.
fn taken(now: &str) -> String {
    format!(
        "state = 'running', owner = $1, fence = fence + 1, attempt = attempt + 1, stage = NULL, rows_done = 0, \
         lease_until = {now} + {LEASE}, started_at = {now}, finished_at = NULL"
    )
}

const RETURNED: &str = "RETURNING run_id, job, period, fence";

/// True if anything can be claimed or buried: looking takes no lock.
pub async fn is_work(database: &Database) -> Result<bool, DbErr> {
    let now = now_of(database);
    let sql = format!(
        "SELECT 1 FROM job_run WHERE {} OR (state = 'running' AND lease_until < {now}) LIMIT 1",
        ready(now)
    );
    Ok(database.query_one_raw(statement(database, sql, [])).await?.is_some())
}

/// Claims this run if it is ready.
pub async fn claim(database: &Database, run_id: &str, owner: &str) -> Result<Option<Claim>, DbErr> {
    let now = now_of(database);
    let sql = format!("UPDATE job_run SET {} WHERE run_id = $2 AND {} {RETURNED}", taken(now), ready(now));
    let row = database.query_one_raw(statement(database, sql, [owner.into(), run_id.into()])).await?;
    started(database, row, owner).await
}

/// Claims the run of these jobs that has been ready longest. READY stands in both halves: two workers may choose the
/// same run, and the second then finds it taken.
pub async fn claim_next(database: &Database, lane: Lane<'_>, owner: &str) -> Result<Option<Claim>, DbErr> {
    let now = now_of(database);
    // names of the table of jobs, never of a reader
    let names = lane.iter().map(|job| format!("'{job}'")).collect::<Vec<_>>().join(", ");
    let sql = format!(
        "UPDATE job_run SET {} WHERE run_id = (SELECT run_id FROM job_run WHERE job IN ({names}) AND {ready} \
         ORDER BY not_before, period, run_id LIMIT 1) AND {ready} {RETURNED}",
        taken(now),
        ready = ready(now)
    );
    let row = database.query_one_raw(statement(database, sql, [owner.into()])).await?;
    started(database, row, owner).await
}

async fn started(database: &Database, row: Option<QueryResult>, owner: &str) -> Result<Option<Claim>, DbErr> {
    let Some(row) = row else { return Ok(None) };
    let (run_id, fence): (String, i64) = (row.try_get("", "run_id")?, row.try_get("", "fence")?);
    let sql = format!(
        "INSERT INTO job_attempt (run_id, fence, owner, started_at) VALUES ($1, $2, $3, {})",
        now_of(database)
    );
    let values = [run_id.clone().into(), fence.into(), owner.into()];
    database.execute_raw(statement(database, sql, values)).await?;
    Ok(Some(Claim {
        set_id: format!("{run_id}#{fence}"),
        run_id,
        job: row.try_get("", "job")?,
        period: row.try_get("", "period")?,
        fence,
    }))
}

/// Renews the lease and says what the run is doing; false if the run is another's by now.
pub async fn renew(
    database: &Database,
    claim: &Claim,
    stage: &str,
    (done, known): (u64, Option<u64>),
) -> Result<bool, DbErr> {
    let sql = format!(
        "UPDATE job_run SET lease_until = {} + {LEASE}, stage = $1, rows_done = $2, rows_known = $3 \
         WHERE run_id = $4 AND fence = $5 AND state = 'running'",
        now_of(database)
    );
    let whole = |rows: u64| i64::try_from(rows).unwrap_or(i64::MAX);
    let values = [
        stage.into(),
        whole(done).into(),
        known.map(whole).into(),
        claim.run_id.clone().into(),
        claim.fence.into(),
    ];
    Ok(database.execute_raw(statement(database, sql, values)).await?.rows_affected() == 1)
}

/// Gives up the runs whose worker died at the last attempt: whatever they do, it kills their process.
pub async fn bury(database: &Database) -> Result<u64, DbErr> {
    let sql = format!(
        "UPDATE job_run SET state = 'dead', finished_at = {NOW}, lease_until = NULL, \
         last_error = 'the process died at the last of its attempts' \
         WHERE state = 'running' AND lease_until < {NOW} AND attempt >= max_attempts",
        NOW = now_of(database)
    );
    Ok(database.execute_raw(statement(database, sql, [])).await?.rows_affected())
}
