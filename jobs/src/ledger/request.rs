//! Asking for a run: the key makes it the same run however often and by whomever it is asked for.

use std::time::Duration;

use rapport_entities::{Database, RunState, job_run};
use sea_orm::{ConnectionTrait, DbErr, EntityTrait};
use sha2::{Digest, Sha256};

use super::{now_of, statement};

/// A run as it is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// Name of the job.
    pub job: &'static str,
    /// The quarter, or the moment.
    pub period: String,
    /// The version of its inputs; 0 of a job that reads no quarter.
    pub inputs_version: i64,
    /// Of settings and method version.
    pub params_hash: String,
    /// Who or what asks.
    pub reason: String,
    /// After so many attempts it is dead.
    pub attempts: i32,
    /// No worker takes it sooner.
    pub delay: Duration,
}

/// How an asked run stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// Nobody asked for it before.
    New,
    /// It waits, or is at work.
    Pending,
    /// It is done.
    Done,
    /// It was given up or overtaken.
    Ended,
}

impl Request {
    /// Names the run: the same request has the same name.
    pub fn run_id(&self) -> String {
        run_id(self.job, &self.period, self.inputs_version, &self.params_hash)
    }
}

/// The name of the run of this job and period, of these inputs and settings.
pub fn run_id(job: &str, period: &str, inputs_version: i64, params_hash: &str) -> String {
    let key = format!("{job}|{period}|{inputs_version}|{params_hash}");
    hex::encode(&Sha256::digest(key)[..8])
}

/// Puts a run into the queue if it was never asked for, and takes those out that read older inputs of its period.
pub async fn enqueue(database: &Database, request: &Request) -> Result<Asked, DbErr> {
    let run_id = request.run_id();
    let sql = format!(
        "INSERT INTO job_run (run_id, job, period, inputs_version, params_hash, state, rows_done, attempt, \
         max_attempts, fence, not_before, reason, created_at) \
         VALUES ($1, $2, $3, $4, $5, 'queued', 0, 0, $6, 0, {NOW} + $7, $8, {NOW}) ON CONFLICT DO NOTHING",
        NOW = now_of(database)
    );
    let values = [
        run_id.clone().into(),
        request.job.into(),
        request.period.clone().into(),
        request.inputs_version.into(),
        request.params_hash.clone().into(),
        request.attempts.into(),
        i64::try_from(request.delay.as_millis()).unwrap_or(i64::MAX).into(),
        request.reason.clone().into(),
    ];
    if database.execute_raw(statement(database, sql, values)).await?.rows_affected() == 1 {
        overtake(database, request).await?;
        return Ok(Asked::New);
    }
    let run = job_run::Entity::find_by_id(&run_id).one(database).await?;
    Ok(match run.map(|run| run.state) {
        Some(RunState::Published | RunState::Done) => Asked::Done,
        Some(RunState::Superseded | RunState::Dead | RunState::Cancelled) => Asked::Ended,
        _ => Asked::Pending,
    })
}

async fn overtake(database: &Database, request: &Request) -> Result<(), DbErr> {
    let sql = format!(
        "UPDATE job_run SET state = 'superseded', finished_at = {} WHERE job = $1 AND period = $2 \
         AND inputs_version < $3 AND state IN ('queued', 'retry')",
        now_of(database)
    );
    let values = [request.job.into(), request.period.clone().into(), request.inputs_version.into()];
    database.execute_raw(statement(database, sql, values)).await.map(|_| ())
}

/// Makes a run that waits, was given up or was overtaken ready at once, with all its attempts: somebody asked for it
/// by name.
pub async fn revive(database: &Database, run_id: &str) -> Result<(), DbErr> {
    let sql = format!(
        "UPDATE job_run SET state = 'queued', attempt = 0, not_before = {}, finished_at = NULL \
         WHERE run_id = $1 AND state IN ('queued', 'retry', 'superseded', 'dead', 'cancelled')",
        now_of(database)
    );
    database.execute_raw(statement(database, sql, [run_id.into()])).await.map(|_| ())
}
