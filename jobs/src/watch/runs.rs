//! A run that was given up. Its error's words may hold the database's and stay in the ledger.

use chrono::{DateTime, TimeDelta, Utc};
use rapport_entities::{ALL, AlertRule, Database, RunState, job_run};
use sea_orm::{
    ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, prelude::ChronoUnixTimestampMillis,
};
use serde_json::json;

use super::finding::Finding;
use crate::{Error, settings::AlertRules};

/// A run given up longer ago is history.
const DAYS: i64 = 30;

/// Finds the runs that were given up.
pub async fn find(
    database: &Database,
    rules: &AlertRules,
    now: DateTime<Utc>,
) -> Result<Vec<Finding>, Error> {
    if !rules.jobs {
        return Ok(Vec::new());
    }
    let oldest = ChronoUnixTimestampMillis(now - TimeDelta::days(DAYS));
    let dead = job_run::Entity::find()
        .filter(job_run::Column::State.eq(RunState::Dead))
        .filter(job_run::Column::FinishedAt.gte(oldest))
        .order_by_asc(job_run::Column::FinishedAt)
        .order_by_asc(job_run::Column::RunId)
        .limit(super::MOST)
        .all(database)
        .await?;
    Ok(dead.into_iter().map(finding).collect())
}

/// A run that is taken up again and given up again is another cause: its fence has grown.
fn finding(run: job_run::Model) -> Finding {
    let details = json!({ "job": run.job, "period": run.period, "run": run.run_id, "attempts": run.attempt });
    Finding {
        rule: AlertRule::JobGaveUp,
        cause: format!("{}/{}", run.run_id, run.fence),
        of: run.period.parse().ok().map(|quarter| (quarter, None)),
        place: (ALL.to_owned(), ALL.to_owned()),
        customer_id: None,
        details,
    }
}
