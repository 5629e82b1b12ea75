//! What the ledger knows of the quarters' inputs, and the hold that keeps imports out while a quarter starves.

use chrono::{DateTime, Utc};
use rapport_entities::{Database, Quarter, period_inputs};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, ExprTrait, QueryFilter,
    QueryOrder,
    prelude::ChronoUnixTimestampMillis,
    sea_query::{Expr, OnConflict},
};

use super::{now_of, statement};
use crate::{Error, Settings};

/// So many reads of a quarter may be overtaken by imports; then imports wait.
const OVERTAKEN: i64 = 3;
/// How long they wait at most, in milliseconds.
const HOLD: i64 = 300_000;

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

/// Keeps imports out of a quarter whose last reads were all overtaken by imports, until it is published.
pub async fn hold_if_starving(database: &Database, quarter: Quarter) -> Result<(), DbErr> {
    let now = now_of(database);
    let sql = format!(
        "UPDATE period_inputs SET hold_until = {now} + {HOLD} WHERE quarter = $1 AND {OVERTAKEN} <= \
         (SELECT COUNT(*) FROM job_attempt JOIN job_run ON job_run.run_id = job_attempt.run_id \
          WHERE job_run.period = $1 AND job_attempt.outcome = 'superseded' AND job_attempt.started_at > \
          COALESCE((SELECT MAX(published_at) FROM publication WHERE quarter = $1), 0))"
    );
    let held = database.execute_raw(statement(database, sql, [quarter.to_string().into()])).await?;
    if held.rows_affected() == 1 {
        tracing::warn!(%quarter, "imports were held back: the quarter could not be read between them");
    }
    Ok(())
}

/// True while imports must stay out of a quarter.
pub async fn is_held(database: &impl ConnectionTrait, quarter: Quarter) -> Result<bool, DbErr> {
    let sql = format!("SELECT 1 FROM period_inputs WHERE quarter = $1 AND hold_until > {}", now_of(database));
    let row = database.query_one_raw(statement(database, sql, [quarter.to_string().into()])).await?;
    Ok(row.is_some())
}

/// The first moment of a quarter, and the first of the next.
pub type Span = (DateTime<Utc>, DateTime<Utc>);

/// Gives a quarter its inputs, of no version yet, if it has none.
pub async fn create_inputs(
    transaction: &DatabaseTransaction,
    quarter: Quarter,
    (start, end): Span,
) -> Result<(), DbErr> {
    let row = period_inputs::ActiveModel {
        quarter: Set(quarter),
        version: Set(0),
        open_imports: Set(0),
        hold_until: Set(None),
        starts_at: Set(ChronoUnixTimestampMillis(start)),
        ends_at: Set(ChronoUnixTimestampMillis(end)),
    };
    period_inputs::Entity::insert(row)
        .on_conflict(OnConflict::column(period_inputs::Column::Quarter).do_nothing().to_owned())
        .try_insert()
        .exec_without_returning(transaction)
        .await?;
    Ok(())
}

/// Fails if the quarter was cut by another calendar.
pub async fn check_span(
    transaction: &DatabaseTransaction,
    quarter: Quarter,
    (start, end): Span,
) -> Result<(), Error> {
    match period_inputs::Entity::find_by_id(quarter).one(transaction).await? {
        Some(row) if (row.starts_at.0, row.ends_at.0) != (start, end) => Err(Error::Calendar {
            quarter,
            imported: format!("{} to {}", row.starts_at.0, row.ends_at.0),
            configured: format!("{start} to {end}"),
        }),
        _ => Ok(()),
    }
}

/// A single fact of this moment changed in this transaction, otherwise than by an import: its quarter and those that
/// read it have a new version at the moment that others see the fact.
pub async fn changed(
    transaction: &DatabaseTransaction,
    settings: &Settings,
    at: DateTime<Utc>,
) -> Result<(), Error> {
    use period_inputs::Column;
    let quarter = settings.calendar.quarter_of(at);
    let span = (settings.calendar.start(quarter), settings.calendar.end(quarter));
    create_inputs(transaction, quarter, span).await?;
    check_span(transaction, quarter, span).await?;
    let window = i32::try_from(settings.rules.window_quarters).unwrap_or(1);
    period_inputs::Entity::update_many()
        .col_expr(Column::Version, Expr::col(Column::Version).add(1))
        .filter(Column::Quarter.gte(quarter))
        .filter(Column::Quarter.lte(quarter.plus(window - 1)))
        .exec(transaction)
        .await?;
    Ok(())
}

/// Something that counts from this quarter on changed in this transaction, otherwise than by an import: every quarter
/// with data from there on has a new version at the moment that others see it.
pub async fn changed_since(transaction: &DatabaseTransaction, quarter: Quarter) -> Result<(), DbErr> {
    use period_inputs::Column;
    period_inputs::Entity::update_many()
        .col_expr(Column::Version, Expr::col(Column::Version).add(1))
        .filter(Column::Quarter.gte(quarter))
        .filter(Column::Version.gt(0))
        .exec(transaction)
        .await?;
    Ok(())
}
