//! Publishing: one transaction over ledger tables; readers see the whole revision or nothing of it.

use rapport_entities::{Database, connection::begin_write, publication, published};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect,
};

use super::{Claim, clock, end::attempt_ended, inputs::hold_if_starving, now_of, statement, supersede};
use crate::{Error, failpoint};

/// Makes a staged set the quarter's newest revision, and says which.
///
/// # Errors
/// [`Error::Superseded`] if the inputs are not those it read, [`Error::Lost`] if the run is another's.
pub async fn publish(
    database: &Database,
    claim: &Claim,
    mut publication: publication::Model,
) -> Result<i32, Error> {
    let transaction = begin_write(database).await?;
    if !still_true(&transaction, claim, &publication).await? {
        transaction.rollback().await?;
        if !supersede(database, claim).await? {
            return Err(Error::Lost);
        }
        hold_if_starving(database, publication.quarter).await?;
        return Err(Error::Superseded { quarter: publication.quarter });
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
    publication.published_at = clock(&transaction).await?;
    flip(&transaction, &publication).await?;
    publication::Entity::insert(publication::ActiveModel::from(publication))
        .exec_without_returning(&transaction)
        .await?;
    attempt_ended(&transaction, claim, "published").await?;
    failpoint::reach("publish-commit");
    transaction.commit().await?;
    Ok(revision)
}

async fn still_true(
    transaction: &DatabaseTransaction,
    claim: &Claim,
    publication: &publication::Model,
) -> Result<bool, DbErr> {
    if failpoint::is_unchecked() {
        return Ok(true);
    }
    let sql = format!(
        "UPDATE job_run SET state = 'published', stage = NULL, lease_until = NULL, last_error = NULL, \
         finished_at = {} \
         WHERE run_id = $1 AND fence = $2 AND state = 'running' AND EXISTS (SELECT 1 FROM period_inputs \
         WHERE period_inputs.quarter = $3 AND period_inputs.version = $4 AND period_inputs.open_imports = 0)",
        now_of(transaction)
    );
    let quarter = publication.quarter.to_string();
    let values =
        [claim.run_id.clone().into(), claim.fence.into(), quarter.into(), publication.inputs_version.into()];
    Ok(transaction.execute_raw(statement(transaction, sql, values)).await?.rows_affected() == 1)
}

/// The pointer never moves back; imports need wait for the quarter no longer.
async fn flip(transaction: &DatabaseTransaction, publication: &publication::Model) -> Result<(), DbErr> {
    let sql = "INSERT INTO current_publication (job, quarter, revision, set_id, inputs_version) \
               VALUES ($1, $2, $3, $4, $5) ON CONFLICT (job, quarter) DO UPDATE SET \
               revision = excluded.revision, set_id = excluded.set_id, inputs_version = excluded.inputs_version \
               WHERE current_publication.revision < excluded.revision";
    let quarter = publication.quarter.to_string();
    let values = [
        publication.job.clone().into(),
        quarter.clone().into(),
        publication.revision.into(),
        publication.set_id.clone().into(),
        publication.inputs_version.into(),
    ];
    transaction.execute_raw(statement(transaction, sql.to_owned(), values)).await?;
    let sql = "UPDATE period_inputs SET hold_until = NULL WHERE quarter = $1".to_owned();
    transaction.execute_raw(statement(transaction, sql, [quarter.into()])).await.map(|_| ())
}
