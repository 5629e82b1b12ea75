//! What the ledger says of the jobs. A few statements over its tables, which are small.

use std::{
    collections::HashMap,
    fmt,
    sync::{Arc, PoisonError, RwLock},
};

use prometheus_client::{
    collector::Collector,
    encoding::{DescriptorEncoder, NoLabelSet},
    metrics::{MetricType, exemplar::Exemplar},
};
use rapport_entities::Database;
use rapport_jobs::ledger::now_of;
use sea_orm::{ConnectionTrait, DbErr, QueryResult, Statement};

/// Upper bounds of the durations of attempts, in seconds.
const BOUNDS: [u32; 9] = [1, 5, 15, 60, 300, 900, 3_600, 14_400, 86_400];

/// Attempts of a job that ended in one way.
#[derive(Debug)]
struct Attempts {
    job: String,
    outcome: String,
    count: u64,
    seconds: f64,
    /// By bound, and those above the last.
    buckets: Vec<(f64, u64)>,
}

/// What the ledger says; nothing before it was asked, or where it did not answer.
#[derive(Debug, Default)]
pub struct Ledger {
    up: bool,
    attempts: Vec<Attempts>,
    /// Runs by job and state.
    runs: Vec<(String, String, u64)>,
    /// Rows per second of each job's last attempt that was done and counted rows.
    speed: Vec<(String, f64)>,
    /// Seconds since the oldest attempt at work began; 0 if none is.
    oldest: f64,
}

impl Ledger {
    /// Asks the database.
    pub async fn read(database: &Database) -> Result<Self, DbErr> {
        Ok(Self {
            up: true,
            attempts: rows(database, &attempts())
                .await?
                .iter()
                .map(Attempts::of)
                .collect::<Result<_, _>>()?,
            runs: rows(
                database,
                "SELECT job, state, count(*) AS n FROM job_run GROUP BY job, state ORDER BY job, state",
            )
            .await?
            .iter()
            .map(|row| Ok((row.try_get("", "job")?, row.try_get("", "state")?, number(row, "n")?)))
            .collect::<Result<_, DbErr>>()?,
            speed: rows(database, SPEED)
                .await?
                .iter()
                .map(|row| Ok((row.try_get("", "job")?, row.try_get("", "speed")?)))
                .collect::<Result<_, DbErr>>()?,
            oldest: rows(database, &oldest(now_of(database)))
                .await?
                .first()
                .map_or(Ok(0), |row| row.try_get::<i64>("", "age"))
                .map(seconds)?,
        })
    }
}

impl Attempts {
    fn of(row: &QueryResult) -> Result<Self, DbErr> {
        let count = number(row, "n")?;
        let mut below = 0;
        let mut buckets = Vec::with_capacity(BOUNDS.len() + 1);
        for bound in BOUNDS {
            let upto = number(row, &format!("upto_{bound}"))?;
            buckets.push((f64::from(bound), upto - below));
            below = upto;
        }
        buckets.push((f64::INFINITY, count - below));
        let milliseconds: i64 = row.try_get("", "milliseconds")?;
        let (job, outcome) = (row.try_get("", "job")?, row.try_get("", "outcome")?);
        Ok(Self { job, outcome, count, seconds: seconds(milliseconds), buckets })
    }
}

/// Attempts by job and outcome. What failed has its reason as its outcome, which is no label; what has none, though a
/// later attempt was made, died with its process.
fn attempts() -> String {
    let buckets: String = BOUNDS
        .iter()
        .map(|bound| {
            format!(", CAST(sum(CASE WHEN took <= {bound}000 THEN 1 ELSE 0 END) AS bigint) AS upto_{bound}")
        })
        .collect();
    format!(
        "SELECT job, outcome, count(*) AS n, CAST(sum(took) AS bigint) AS milliseconds{buckets} FROM (\
         SELECT job_run.job AS job, COALESCE(job_attempt.ended_at - job_attempt.started_at, 0) AS took, \
         CASE WHEN job_attempt.outcome IN ('published', 'done', 'superseded') THEN job_attempt.outcome \
         WHEN job_attempt.outcome LIKE 'released%' THEN 'released' \
         WHEN job_attempt.ended_at IS NULL THEN 'lost' ELSE 'failed' END AS outcome \
         FROM job_attempt JOIN job_run ON job_run.run_id = job_attempt.run_id \
         WHERE job_attempt.ended_at IS NOT NULL OR job_attempt.fence < job_run.fence) AS ended \
         GROUP BY job, outcome ORDER BY job, outcome"
    )
}

const SPEED: &str = "SELECT job, max(speed) AS speed FROM (SELECT job_run.job AS job, \
     CAST(job_run.rows_done AS double precision) * 1000 / (job_attempt.ended_at - job_attempt.started_at) AS speed \
     FROM job_run JOIN job_attempt ON job_attempt.run_id = job_run.run_id AND job_attempt.fence = job_run.fence \
     JOIN (SELECT job AS of_job, max(finished_at) AS last FROM job_run WHERE state IN ('published', 'done') \
     AND rows_done > 0 GROUP BY job) AS newest ON of_job = job_run.job AND last = job_run.finished_at \
     WHERE job_run.rows_done > 0 AND job_attempt.ended_at > job_attempt.started_at) AS speeds GROUP BY job ORDER BY job";

fn oldest(now: &str) -> String {
    format!(
        "SELECT {now} - min(job_attempt.started_at) AS age FROM job_run JOIN job_attempt \
         ON job_attempt.run_id = job_run.run_id AND job_attempt.fence = job_run.fence \
         WHERE job_run.state = 'running' HAVING count(*) > 0"
    )
}

async fn rows(database: &Database, sql: &str) -> Result<Vec<QueryResult>, DbErr> {
    database.query_all_raw(Statement::from_string(database.get_database_backend(), sql)).await
}

fn number(row: &QueryResult, name: &str) -> Result<u64, DbErr> {
    Ok(row.try_get::<i64>("", name)?.unsigned_abs())
}

fn seconds(milliseconds: i64) -> f64 {
    milliseconds as f64 / 1_000.0
}

/// What was last read, for the registry.
#[derive(Debug)]
pub struct Collected(pub Arc<RwLock<Ledger>>);

impl Collector for Collected {
    fn encode(&self, mut encoder: DescriptorEncoder) -> Result<(), fmt::Error> {
        let ledger = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let up = "1 if the database answered; what it says of the jobs is left out if not";
        encoder
            .encode_descriptor("ledger_up", up, None, MetricType::Gauge)?
            .encode_gauge(&i64::from(ledger.up))?;
        if !ledger.up {
            return Ok(());
        }
        ledger.encode_attempts(&mut encoder)?;
        ledger.encode_runs(&mut encoder)?;
        let help = "Rows per second of the job's last attempt that was done and counted rows";
        let mut speed = encoder.encode_descriptor("job_rows_per_second", help, None, MetricType::Gauge)?;
        for (job, rows) in &ledger.speed {
            speed.encode_family(&[("job", job.as_str())])?.encode_gauge(rows)?;
        }
        let help = "Seconds since the oldest attempt at work took its lease; 0 if none is";
        encoder
            .encode_descriptor("oldest_lease_age_seconds", help, None, MetricType::Gauge)?
            .encode_gauge(&ledger.oldest)
    }
}

impl Ledger {
    fn encode_attempts(&self, encoder: &mut DescriptorEncoder) -> Result<(), fmt::Error> {
        let help = "How long the attempts of jobs took, by job and outcome";
        let mut durations =
            encoder.encode_descriptor("job_duration_seconds", help, None, MetricType::Histogram)?;
        for attempts in &self.attempts {
            let of = [("job", attempts.job.as_str()), ("outcome", attempts.outcome.as_str())];
            let none: Option<&HashMap<usize, Exemplar<NoLabelSet, f64>>> = None;
            let mut family = durations.encode_family(&of)?;
            family.encode_histogram(attempts.seconds, attempts.count, &attempts.buckets, none)?;
        }
        Ok(())
    }

    fn encode_runs(&self, encoder: &mut DescriptorEncoder) -> Result<(), fmt::Error> {
        let help = "Runs in the ledger, by job and state";
        let mut runs = encoder.encode_descriptor("job_runs", help, None, MetricType::Gauge)?;
        for (job, state, count) in &self.runs {
            runs.encode_family(&[("job", job.as_str()), ("state", state.as_str())])?.encode_gauge(count)?;
        }
        let waiting = self.runs.iter().filter(|(_, state, _)| state == "queued" || state == "retry");
        let length: u64 = waiting.map(|(_, _, count)| count).sum();
        let help = "Runs that wait for a worker";
        encoder.encode_descriptor("job_queue_length", help, None, MetricType::Gauge)?.encode_gauge(&length)
    }
}
