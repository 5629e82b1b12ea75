//! The input gate: while an import writes facts of a quarter, the quarter does not close, and when the import is done
//! the quarter's inputs have a new version if anything changed.
//!
//! A quarter reads the facts of the quarters before it that lie in its window, so an import opens those behind it too.
//! An import that dies leaves its batches open; the next import of the same source takes them over and closes them.

use std::{
    collections::BTreeMap,
    time::{Duration, Instant},
};

use chrono::{DateTime, TimeDelta, Utc};
use rapport_entities::{
    BatchState, Calendar, Database, Quarter, connection::begin_write, import_batch, period_inputs,
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, DatabaseTransaction, EntityTrait, ExprTrait, QueryFilter, QueryOrder,
    prelude::ChronoUnixTimestampMillis, sea_query::Expr,
};

use crate::{Error, Settings, failpoint, ledger, settings::Lease};

/// The quarters an import holds.
pub struct Gate {
    database: Database,
    source: String,
    calendar: Calendar,
    window: i32,
    batch: String,
    held: BTreeMap<Quarter, Held>,
    renewed: Instant,
    lease: Lease,
}

struct Held {
    batch: String,
    changed: bool,
}

impl Gate {
    /// Takes the gate for a source, after an earlier import of it that died, if there was one; waits for one that may
    /// still live, and fails with [`Error::Busy`] if it does.
    pub async fn take(
        database: &Database,
        source: &str,
        settings: &Settings,
        now: DateTime<Utc>,
    ) -> Result<Self, Error> {
        let held = wait_for_others(database, source, settings.schedule.lease_seconds).await?;
        Ok(Self {
            database: database.clone(),
            source: source.to_owned(),
            calendar: settings.calendar,
            window: i32::try_from(settings.rules.window_quarters).unwrap_or(1),
            batch: format!("{source}@{}", now.timestamp_millis()),
            held,
            renewed: Instant::now(),
            lease: settings.schedule.lease_seconds,
        })
    }

    /// True if the quarter is open already.
    pub fn holds(&self, quarter: Quarter) -> bool {
        self.held.contains_key(&quarter)
    }

    /// Opens the quarter of facts, and those that read it, in the transaction that writes them: whoever sees the facts
    /// sees the gate open.
    pub async fn open(&mut self, transaction: &DatabaseTransaction, quarter: Quarter) -> Result<(), Error> {
        if self.held.contains_key(&quarter) {
            return Ok(());
        }
        ledger::create_inputs(transaction, quarter, self.span(quarter)).await?;
        self.hold(transaction, quarter).await?;
        for later in (1..self.window).map(|ahead| quarter.plus(ahead)) {
            let exists = period_inputs::Entity::find_by_id(later).one(transaction).await?.is_some();
            if exists {
                self.hold(transaction, later).await?;
            }
        }
        Ok(())
    }

    /// Opens every quarter there is: what is about to change may have no time, or leave its quarter.
    pub async fn open_all(&mut self) -> Result<(), Error> {
        for row in period_inputs::Entity::find().all(&self.database).await? {
            wait_for_reader(&self.database, row.quarter).await?;
        }
        let transaction = begin_write(&self.database).await?;
        let quarters = period_inputs::Entity::find().order_by_asc(period_inputs::Column::Quarter);
        for row in quarters.all(&transaction).await? {
            self.hold(&transaction, row.quarter).await?;
        }
        transaction.commit().await?;
        Ok(())
    }

    /// Facts of this quarter changed.
    pub fn changed(&mut self, quarter: Quarter) {
        let last = quarter.plus(self.window - 1);
        self.held.range_mut(quarter..=last).for_each(|(_, held)| held.changed = true);
    }

    /// Something that counts from this quarter on changed.
    pub fn changed_since(&mut self, quarter: Quarter) {
        self.held.range_mut(quarter..).for_each(|(_, held)| held.changed = true);
    }

    /// Something without a time changed.
    pub fn all_changed(&mut self) {
        self.held.values_mut().for_each(|held| held.changed = true);
    }

    /// Says that this import lives; cheap to call often.
    pub async fn renew(&mut self, transaction: &DatabaseTransaction) -> Result<(), Error> {
        if self.renewed.elapsed() < self.lease.duration() / 3 {
            return Ok(());
        }
        self.renewed = Instant::now();
        let until = format!("{} + {}", ledger::now_of(transaction), self.lease.milliseconds());
        import_batch::Entity::update_many()
            .col_expr(import_batch::Column::LeaseUntil, Expr::cust(until))
            .filter(import_batch::Column::Source.eq(&self.source))
            .filter(import_batch::Column::State.eq(BatchState::Loading))
            .exec(transaction)
            .await?;
        Ok(())
    }

    /// Closes what was opened; `rows` is what the import read. A quarter whose facts did not change keeps its version.
    pub async fn close(self, rows: u64) -> Result<(), Error> {
        for (quarter, held) in self.held {
            failpoint::reach("import-close");
            close_one(&self.database, quarter, held, rows).await?;
        }
        Ok(())
    }

    async fn hold(&mut self, transaction: &DatabaseTransaction, quarter: Quarter) -> Result<(), Error> {
        if self.held.contains_key(&quarter) {
            return Ok(());
        }
        ledger::check_span(transaction, quarter, self.span(quarter)).await?;
        period_inputs::Entity::update_many()
            .col_expr(
                period_inputs::Column::OpenImports,
                Expr::col(period_inputs::Column::OpenImports).add(1),
            )
            .filter(period_inputs::Column::Quarter.eq(quarter))
            .exec(transaction)
            .await?;
        let lease = ledger::clock(transaction).await?.0 + TimeDelta::milliseconds(self.lease.milliseconds());
        import_batch::Entity::insert(self.batch_of(quarter, lease))
            .exec_without_returning(transaction)
            .await?;
        self.held.insert(quarter, Held { batch: self.batch.clone(), changed: false });
        Ok(())
    }

    fn span(&self, quarter: Quarter) -> (DateTime<Utc>, DateTime<Utc>) {
        (self.calendar.start(quarter), self.calendar.end(quarter))
    }

    fn batch_of(&self, quarter: Quarter, lease: DateTime<Utc>) -> import_batch::ActiveModel {
        import_batch::ActiveModel {
            batch_id: Set(self.batch.clone()),
            quarter: Set(quarter),
            source: Set(self.source.clone()),
            state: Set(BatchState::Loading),
            lease_until: Set(ChronoUnixTimestampMillis(lease)),
            rows: Set(0),
            changed: Set(false),
            closed_version: Set(None),
            closed_at: Set(None),
        }
    }
}

/// What an import of this source that died left open.
async fn wait_for_others(
    database: &Database,
    source: &str,
    lease: Lease,
) -> Result<BTreeMap<Quarter, Held>, Error> {
    let patience = Instant::now() + lease.duration() + Duration::from_secs(2);
    loop {
        let open = import_batch::Entity::find()
            .filter(import_batch::Column::Source.eq(source))
            .filter(import_batch::Column::State.eq(BatchState::Loading))
            .all(database)
            .await?;
        let now = *ledger::clock(database).await?;
        // one far ahead was written before the clock was turned back
        let over = |until: DateTime<Utc>| {
            until <= now || until > now + TimeDelta::milliseconds(10 * lease.milliseconds())
        };
        if open.iter().all(|batch| over(batch.lease_until.0)) {
            return Ok(open
                .into_iter()
                .map(|batch| (batch.quarter, Held { batch: batch.batch_id, changed: true }))
                .collect());
        }
        if Instant::now() > patience {
            return Err(Error::Busy { what: format!("an import of `{source}`") });
        }
        tracing::info!(source, "waiting for an import of the same source that runs or was broken off");
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
}

/// Waits while a quarter that starves for a quiet moment is being read.
async fn wait_for_reader(database: &Database, quarter: Quarter) -> Result<(), Error> {
    while ledger::is_held(database, quarter).await? {
        tracing::info!(%quarter, "waiting: the quarter is being closed");
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
    Ok(())
}

async fn close_one(database: &Database, quarter: Quarter, held: Held, rows: u64) -> Result<(), Error> {
    let transaction = begin_write(database).await?;
    let now = ledger::clock(&transaction).await?;
    period_inputs::Entity::update_many()
        .col_expr(period_inputs::Column::OpenImports, Expr::col(period_inputs::Column::OpenImports).sub(1))
        .col_expr(
            period_inputs::Column::Version,
            Expr::col(period_inputs::Column::Version).add(i64::from(held.changed)),
        )
        .filter(period_inputs::Column::Quarter.eq(quarter))
        .exec(&transaction)
        .await?;
    let version = period_inputs::Entity::find_by_id(quarter).one(&transaction).await?.map(|row| row.version);
    import_batch::Entity::update_many()
        .col_expr(import_batch::Column::State, Expr::value(BatchState::Closed.as_str()))
        .col_expr(import_batch::Column::Rows, Expr::value(i64::try_from(rows).unwrap_or(i64::MAX)))
        .col_expr(import_batch::Column::Changed, Expr::value(held.changed))
        .col_expr(import_batch::Column::ClosedVersion, Expr::value(version))
        .col_expr(import_batch::Column::ClosedAt, Expr::value(now.timestamp_millis()))
        .filter(import_batch::Column::BatchId.eq(held.batch))
        .filter(import_batch::Column::Quarter.eq(quarter))
        .exec(&transaction)
        .await?;
    transaction.commit().await?;
    Ok(())
}
