//! The look at the clock: asks the ledger for what is due, from where it was last looked.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use rapport_entities::{At, Database, job_run};
use sea_orm::{ColumnTrait, DbErr, EntityTrait, QuerySelect};
use tokio::sync::Mutex;

use super::due::{Jitter, Timed, due};
use crate::{
    Error, Settings, SettingsError,
    job::{JOBS, named},
};

/// What was looked at, job by job.
pub struct Watch {
    database: Database,
    settings: Settings,
    /// One look at a time.
    seen: Mutex<BTreeMap<&'static str, DateTime<Utc>>>,
}

impl Watch {
    /// Begins where the ledger left off: when a run of the job was last asked for. A job that was never asked for is
    /// looked at from now on.
    pub async fn start(database: &Database, settings: &Settings, now: DateTime<Utc>) -> Result<Self, DbErr> {
        let asked: Vec<(String, At)> = job_run::Entity::find()
            .select_only()
            .column(job_run::Column::Job)
            .column_as(job_run::Column::CreatedAt.max(), "asked")
            .group_by(job_run::Column::Job)
            .into_tuple()
            .all(database)
            .await?;
        let asked: BTreeMap<_, _> = asked.into_iter().collect();
        let seen =
            JOBS.iter().map(|job| (job.name, asked.get(job.name).map_or(now, |asked| **asked))).collect();
        Ok(Self { database: database.clone(), settings: settings.clone(), seen: Mutex::new(seen) })
    }

    /// Asks for what is due. What could not be asked for is due at the next look again.
    pub async fn look(&self, now: DateTime<Utc>) {
        let mut seen = self.seen.lock().await;
        for (job, seen) in seen.iter_mut() {
            match self.ask(job, *seen, now).await {
                Ok(()) => *seen = now,
                Err(error) => {
                    tracing::error!(%error, job, "the schedule could not ask for it; it will try again")
                }
            }
        }
    }

    async fn ask(&self, name: &str, seen: DateTime<Utc>, now: DateTime<Utc>) -> Result<(), Error> {
        let (job, settings) = (named(name)?, &self.settings);
        let timed = Timed { job: name, expression: (job.schedule)(&settings.schedule), seen };
        let jitter = Jitter {
            seed: settings.company.as_deref().unwrap_or_default(),
            seconds: settings.schedule.jitter_seconds,
        };
        let firings = due(&[timed], settings.calendar.zone, jitter, now)
            .map_err(|why| SettingsError::Expression { job: job.name, why })?;
        for firing in firings {
            super::ask(&self.database, settings, job, &firing, now).await?;
        }
        Ok(())
    }
}
