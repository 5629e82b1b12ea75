//! `prune`: clears away what nobody can see any more: rows of attempts that published nothing, provisional revisions
//! that a newer one replaced long ago, and old runs.

use std::{collections::HashSet, time::Duration};

use chrono::{DateTime, TimeDelta, Utc};
use rapport_entities::{
    Database, action_effect, artifact, cohort, composition, curve_point, customer_quarter, driver, effort,
    funnel_step, job_attempt, job_run, linkage, loss_flow, loss_reason, lost_customer, mode_effect,
    model_fit, parameter, path_estimate, prospect_conversion, publication, published, score, theme,
    transition, unit_score,
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait, prelude::ChronoUnixTimestampMillis, sea_query::Expr,
};
use serde_json::json;

use super::{Figures, Job, Lane, Work, at_this_moment};
use crate::{Error, ledger};

/// See the module.
pub static JOB: Job = Job {
    name: "prune",
    schedule: |schedule| &schedule.prune,
    catches_up: false,
    lane: Lane::Data,
    timeout: Duration::from_secs(3_600),
    attempts: 3,
    requests: at_this_moment,
    run: |work| Box::pin(run(work)),
};

/// An attempt that ended so long ago has no reader and no writer any more.
const COLD: TimeDelta = TimeDelta::hours(1);

async fn run(work: &Work<'_>) -> Result<Figures, Error> {
    let (database, rules) = (work.database, &work.settings.prune);
    let now = *ledger::clock(database).await?;
    work.heart.stage("attempts");
    let attempts = attempts(database, now - COLD).await?;
    work.heart.stage("revisions");
    let revisions = revisions(database, now - TimeDelta::days(rules.provisional_days.into())).await?;
    work.heart.stage("runs");
    let runs = runs(database, now - TimeDelta::days(rules.runs_days.into())).await?;
    let figures = json!({ "attempts": attempts, "revisions": revisions, "runs": runs });
    Ok(figures.as_object().cloned().unwrap_or_default())
}

/// Clears the rows of attempts that are over and published nothing.
async fn attempts(database: &Database, before: DateTime<Utc>) -> Result<u64, DbErr> {
    use job_attempt::Column;
    let cold = job_attempt::Entity::find()
        .filter(Column::CollectedAt.is_null())
        .filter(Column::StartedAt.lt(ChronoUnixTimestampMillis(before)))
        .order_by_asc(Column::StartedAt)
        .all(database)
        .await?;
    let mut cleared = 0;
    for attempt in cold {
        let run = job_run::Entity::find_by_id(&attempt.run_id).one(database).await?;
        let at_work = run.is_some_and(|run| run.lease_until.is_some() && run.fence == attempt.fence);
        if at_work {
            continue;
        }
        let set_id = format!("{}#{}", attempt.run_id, attempt.fence);
        let seen =
            publication::Entity::find().filter(publication::Column::SetId.eq(&set_id)).one(database).await?;
        if seen.is_none() {
            cleared += u64::from(clear(database, &set_id).await? > 0);
        }
        job_attempt::Entity::update_many()
            .col_expr(Column::CollectedAt, Expr::cust(ledger::now_of(database)))
            .filter(Column::RunId.eq(&attempt.run_id))
            .filter(Column::Fence.eq(attempt.fence))
            .exec(database)
            .await?;
    }
    Ok(cleared)
}

/// Gives up the rows of provisional revisions that are no longer the newest; that they were published stays known.
async fn revisions(database: &Database, before: DateTime<Utc>) -> Result<u64, DbErr> {
    use publication::Column;
    let needed = needed(database).await?;
    let replaced = publication::Entity::find()
        .filter(Column::Provisional.eq(true))
        .filter(Column::PrunedAt.is_null())
        .filter(Column::PublishedAt.lt(ChronoUnixTimestampMillis(before)))
        .order_by_asc(Column::SetId)
        .all(database)
        .await?;
    let mut given_up = 0;
    for one in replaced.iter().filter(|one| !needed.contains(&one.set_id)) {
        // said first: a reader never finds half of it
        publication::Entity::update_many()
            .col_expr(Column::PrunedAt, Expr::cust(ledger::now_of(database)))
            .filter(Column::SetId.eq(&one.set_id))
            .exec(database)
            .await?;
        clear(database, &one.set_id).await?;
        given_up += 1;
    }
    Ok(given_up)
}

/// The newest sets, and those they are compared with: without them they could not be verified.
async fn needed(database: &Database) -> Result<HashSet<String>, DbErr> {
    let mut needed = HashSet::new();
    for one in published::current(database).await? {
        // what cannot be read back names no set; verifying says so
        needed.extend(serde_json::from_str::<Vec<String>>(&one.trend).unwrap_or_default());
        needed.extend(one.previous_set_id.into_iter().chain(one.year_before_set_id));
        let bases = action_effect::Entity::find()
            .select_only()
            .column(action_effect::Column::BaseSetId)
            .distinct()
            .filter(action_effect::Column::SetId.eq(&one.set_id))
            .filter(action_effect::Column::BaseSetId.is_not_null());
        needed.extend(bases.into_tuple::<String>().all(database).await?);
        let linked = linkage::Entity::find()
            .select_only()
            .column(linkage::Column::BaseSetId)
            .distinct()
            .filter(linkage::Column::SetId.eq(&one.set_id))
            .filter(linkage::Column::BaseSetId.is_not_null());
        needed.extend(linked.into_tuple::<String>().all(database).await?);
        needed.insert(one.set_id);
    }
    Ok(needed)
}

/// Forgets runs that ended long ago and published nothing that is still known.
async fn runs(database: &Database, before: DateTime<Utc>) -> Result<u64, DbErr> {
    use job_run::Column;
    let published = publication::Entity::find().select_only().column(publication::Column::RunId);
    let old = Condition::all()
        .add(Column::FinishedAt.lt(ChronoUnixTimestampMillis(before)))
        .add(Column::LeaseUntil.is_null())
        .add(Column::State.is_not_in(["queued", "retry", "running"]))
        .add(Column::RunId.not_in_subquery(QueryTrait::into_query(published)));
    let forgotten = job_run::Entity::delete_many().filter(old).exec(database).await?.rows_affected;
    let known = job_run::Entity::find().select_only().column(Column::RunId);
    job_attempt::Entity::delete_many()
        .filter(job_attempt::Column::CollectedAt.is_not_null())
        .filter(job_attempt::Column::RunId.not_in_subquery(QueryTrait::into_query(known)))
        .exec(database)
        .await?;
    Ok(forgotten)
}

/// Deletes the rows of a set nobody sees; says how many there were.
pub async fn clear(database: &impl ConnectionTrait, set_id: &str) -> Result<u64, DbErr> {
    let mut rows = 0;
    macro_rules! each { ($($table:ident),+) => { $(
        let set = $table::Column::SetId.eq(set_id);
        rows += $table::Entity::delete_many().filter(set).exec(database).await?.rows_affected;
    )+ }; }
    each!(
        score,
        action_effect,
        composition,
        transition,
        driver,
        path_estimate,
        mode_effect,
        model_fit,
        parameter,
        curve_point,
        cohort,
        funnel_step,
        theme,
        loss_flow,
        loss_reason,
        effort,
        lost_customer,
        unit_score,
        linkage,
        prospect_conversion,
        artifact,
        customer_quarter
    );
    Ok(rows)
}
