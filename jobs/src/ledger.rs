//! The ledger of runs: one run for every quarter, inputs and settings; claimed by one worker at a time, published by
//! the one that still holds it and only if the inputs are still those it read.
//!
//! Times here are the database's own, so that workers with other clocks agree. Every statement touches ledger tables
//! alone.

use chrono::{DateTime, Utc};
use rapport_entities::{
    Database, Quarter, RunState, connection::begin_write, job_run, period_inputs, publication, published,
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, DbBackend, DbErr, EntityTrait,
    QueryFilter, QueryOrder, QuerySelect, Statement, Value, sea_query::OnConflict,
};
use sha2::{Digest, Sha256};

use crate::Error;

/// A worker renews its lease long before this; milliseconds.
const LEASE: i64 = 30_000;
const ATTEMPTS: i32 = 8;

/// A run as it is asked for.
#[derive(Clone, Debug)]
pub struct Request {
    /// The quarter.
    pub quarter: Quarter,
    /// The version of its inputs.
    pub inputs_version: i64,
    /// Of settings and method version.
    pub params_hash: String,
    /// The quarter is not over, or not all of its data are in.
    pub provisional: bool,
    /// Who or what asks.
    pub reason: String,
}

/// A claimed run.
#[derive(Clone, Debug)]
pub struct Claim {
    /// Which run.
    pub run_id: String,
    /// Grows with every claim.
    pub fence: i64,
    /// Names the rows of this attempt.
    pub set_id: String,
}

/// What the ledger says of a run that is asked for.
pub enum Answer {
    /// It is ours.
    Claimed(Claim),
    /// It was published before.
    Done,
    /// Another worker has it.
    Busy,
}

impl Request {
    fn run_id(&self) -> String {
        let key =
            format!("{}|{}|{}|{}", published::CLOSE, self.quarter, self.inputs_version, self.params_hash);
        hex::encode(&Sha256::digest(key)[..8])
    }
}

/// Asks for a run and claims it.
pub async fn claim(
    database: &Database,
    request: &Request,
    owner: &str,
    now: DateTime<Utc>,
) -> Result<Answer, Error> {
    let run_id = request.run_id();
    enqueue(database, request, &run_id, now).await?;
    let sql = format!(
        "UPDATE job_run SET state = 'running', owner = $1, fence = fence + 1, attempt = attempt + 1, \
         lease_until = {NOW} + {LEASE}, last_error = NULL, finished_at = NULL \
         WHERE run_id = $2 AND (state IN ('queued', 'retry', 'superseded', 'dead', 'cancelled') \
         OR (state = 'running' AND (lease_until < {NOW} OR lease_until > {NOW} + 10 * {LEASE}))) RETURNING fence",
        NOW = now_of(database)
    );
    let claimed =
        database.query_one_raw(statement(database, sql, [owner.into(), run_id.clone().into()])).await?;
    let Some(row) = claimed else {
        let run = job_run::Entity::find_by_id(&run_id).one(database).await?;
        let published = run.is_some_and(|run| run.state == RunState::Published);
        return Ok(if published { Answer::Done } else { Answer::Busy });
    };
    let fence: i64 = row.try_get("", "fence")?;
    start_attempt(database, &run_id, fence, owner).await?;
    Ok(Answer::Claimed(Claim { set_id: format!("{run_id}#{fence}"), run_id, fence }))
}

async fn enqueue(
    database: &Database,
    request: &Request,
    run_id: &str,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let at = sea_orm::prelude::ChronoUnixTimestampMillis(now);
    let run = job_run::ActiveModel {
        run_id: Set(run_id.to_owned()),
        job: Set(published::CLOSE.to_owned()),
        quarter: Set(request.quarter),
        inputs_version: Set(request.inputs_version),
        params_hash: Set(request.params_hash.clone()),
        provisional: Set(request.provisional),
        state: Set(RunState::Queued),
        stage: Set(None),
        rows_done: Set(0),
        rows_known: Set(None),
        attempt: Set(0),
        max_attempts: Set(ATTEMPTS),
        fence: Set(0),
        owner: Set(None),
        lease_until: Set(None),
        not_before: Set(at),
        reason: Set(request.reason.clone()),
        last_error: Set(None),
        created_at: Set(at),
        finished_at: Set(None),
    };
    job_run::Entity::insert(run)
        .on_conflict(OnConflict::column(job_run::Column::RunId).do_nothing().to_owned())
        .try_insert()
        .exec_without_returning(database)
        .await?;
    Ok(())
}

async fn start_attempt(database: &Database, run_id: &str, fence: i64, owner: &str) -> Result<(), DbErr> {
    let sql = format!(
        "INSERT INTO job_attempt (run_id, fence, owner, started_at) VALUES ($1, $2, $3, {})",
        now_of(database)
    );
    let values = [run_id.into(), fence.into(), owner.into()];
    database.execute_raw(statement(database, sql, values)).await.map(|_| ())
}

/// Renews the lease and says what the run is doing; false if the run is another's by now.
pub async fn renew(database: &Database, claim: &Claim, stage: &str, rows: u64) -> Result<bool, DbErr> {
    let sql = format!(
        "UPDATE job_run SET lease_until = {} + {LEASE}, stage = $1, rows_done = $2 \
         WHERE run_id = $3 AND fence = $4 AND state = 'running'",
        now_of(database)
    );
    let rows = i64::try_from(rows).unwrap_or(i64::MAX);
    let values = [stage.into(), rows.into(), claim.run_id.clone().into(), claim.fence.into()];
    Ok(database.execute_raw(statement(database, sql, values)).await?.rows_affected() == 1)
}

/// Gives a run back that failed, with the reason in words; at its last attempt it is dead.
pub async fn fail(database: &Database, claim: &Claim, reason: &str) -> Result<(), DbErr> {
    let sql = format!(
        "UPDATE job_run SET state = CASE WHEN attempt < max_attempts THEN 'retry' ELSE 'dead' END, \
         last_error = $1, lease_until = NULL, finished_at = {} WHERE run_id = $2 AND fence = $3 AND state = 'running'",
        now_of(database)
    );
    let values = [reason.into(), claim.run_id.clone().into(), claim.fence.into()];
    database.execute_raw(statement(database, sql, values)).await?;
    end_attempt(database, claim, reason).await
}

/// Makes a staged set the quarter's newest revision; `None` if the inputs are not those it read, or the run is
/// another's. One transaction over ledger tables: readers see the whole revision or nothing of it.
pub async fn publish(
    database: &Database,
    claim: &Claim,
    mut publication: publication::Model,
) -> Result<Option<i32>, Error> {
    let transaction = begin_write(database).await?;
    if !still_true(&transaction, claim, &publication).await? {
        transaction.rollback().await?;
        supersede(database, claim).await?;
        return Ok(None);
    }
    let newest = publication::Entity::find()
        .filter(publication::Column::Job.eq(published::CLOSE))
        .filter(publication::Column::Quarter.eq(publication.quarter))
        .order_by_desc(publication::Column::Revision)
        .limit(1)
        .one(&transaction)
        .await?;
    let revision = newest.map_or(1, |newest| newest.revision + 1);
    publication.revision = revision;
    flip(&transaction, &publication).await?;
    publication::Entity::insert(publication::ActiveModel::from(publication))
        .exec_without_returning(&transaction)
        .await?;
    end_attempt(&transaction, claim, "published").await?;
    transaction.commit().await?;
    Ok(Some(revision))
}

async fn still_true(
    transaction: &DatabaseTransaction,
    claim: &Claim,
    publication: &publication::Model,
) -> Result<bool, DbErr> {
    let sql = format!(
        "UPDATE job_run SET state = 'published', stage = NULL, lease_until = NULL, finished_at = {} \
         WHERE run_id = $1 AND fence = $2 AND state = 'running' AND EXISTS (SELECT 1 FROM period_inputs \
         WHERE period_inputs.quarter = $3 AND period_inputs.version = $4 AND period_inputs.open_imports = 0)",
        now_of(transaction)
    );
    let quarter = publication.quarter.to_string();
    let values =
        [claim.run_id.clone().into(), claim.fence.into(), quarter.into(), publication.inputs_version.into()];
    Ok(transaction.execute_raw(statement(transaction, sql, values)).await?.rows_affected() == 1)
}

/// The pointer never moves back.
async fn flip(transaction: &DatabaseTransaction, publication: &publication::Model) -> Result<(), DbErr> {
    let sql = "INSERT INTO current_publication (job, quarter, revision, set_id, inputs_version) \
               VALUES ($1, $2, $3, $4, $5) ON CONFLICT (job, quarter) DO UPDATE SET \
               revision = excluded.revision, set_id = excluded.set_id, inputs_version = excluded.inputs_version \
               WHERE current_publication.revision < excluded.revision";
    let values = [
        publication.job.clone().into(),
        publication.quarter.to_string().into(),
        publication.revision.into(),
        publication.set_id.clone().into(),
        publication.inputs_version.into(),
    ];
    transaction.execute_raw(statement(transaction, sql.to_owned(), values)).await.map(|_| ())
}

async fn supersede(database: &Database, claim: &Claim) -> Result<(), DbErr> {
    let sql = format!(
        "UPDATE job_run SET state = 'superseded', lease_until = NULL, finished_at = {} \
         WHERE run_id = $1 AND fence = $2 AND state = 'running'",
        now_of(database)
    );
    database.execute_raw(statement(database, sql, [claim.run_id.clone().into(), claim.fence.into()])).await?;
    end_attempt(database, claim, "superseded").await
}

async fn end_attempt(database: &impl ConnectionTrait, claim: &Claim, outcome: &str) -> Result<(), DbErr> {
    let sql = format!(
        "UPDATE job_attempt SET ended_at = {}, outcome = $1 WHERE run_id = $2 AND fence = $3",
        now_of(database)
    );
    let values = [outcome.into(), claim.run_id.clone().into(), claim.fence.into()];
    database.execute_raw(statement(database, sql, values)).await.map(|_| ())
}

/// The inputs of a quarter; `None` if it has no data.
pub async fn inputs(database: &Database, quarter: Quarter) -> Result<Option<period_inputs::Model>, DbErr> {
    let inputs = period_inputs::Entity::find_by_id(quarter).one(database).await?;
    Ok(inputs.filter(|inputs| inputs.version > 0 || inputs.open_imports > 0))
}

/// Every quarter with data, oldest first.
pub async fn quarters(database: &Database) -> Result<Vec<period_inputs::Model>, DbErr> {
    let all =
        period_inputs::Entity::find().order_by_asc(period_inputs::Column::Quarter).all(database).await?;
    Ok(all.into_iter().filter(|inputs| inputs.version > 0 || inputs.open_imports > 0).collect())
}

fn statement<const N: usize>(database: &impl ConnectionTrait, sql: String, values: [Value; N]) -> Statement {
    Statement::from_sql_and_values(database.get_database_backend(), sql, values)
}

/// The database's clock, in milliseconds since 1970.
pub(crate) fn now_of(database: &impl ConnectionTrait) -> &'static str {
    match database.get_database_backend() {
        DbBackend::Sqlite => "CAST(unixepoch('subsec') * 1000 AS INTEGER)",
        _ => "(extract(epoch from clock_timestamp()) * 1000)::bigint",
    }
}
