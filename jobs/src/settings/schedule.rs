//! When the jobs run.

use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use super::{Lease, SettingsError};
use crate::{job::JOBS, schedule::firing::Timetable};

/// When `serve` runs the jobs: cron expressions with seconds, in the company's time zone; an empty one is never.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Schedule {
    /// The import of the mappings in `imports`.
    pub import: String,
    /// The provisional close of the current quarter.
    pub refresh_quarter: String,
    /// The final close of every quarter that is over, and of those whose data have changed.
    pub close_quarter: String,
    /// The check that published revisions come out again.
    pub verify: String,
    /// The clearing away of what nobody needs.
    pub prune: String,
    /// The copy of a SQLite database.
    pub backup: String,
    /// The search for what is alarming.
    pub watch: String,
    /// The delivery of alerts and reports.
    pub deliver: String,
    /// A run or an import whose process has not been heard of for so long is taken over.
    pub lease_seconds: Lease,
    /// A quarter whose data have changed waits so long for more of them.
    pub debounce_seconds: u64,
    /// A firing begins so many seconds later at the most, at its own moment of them for every company.
    pub jitter_seconds: u32,
}

impl Default for Schedule {
    fn default() -> Self {
        Self {
            import: String::new(),
            refresh_quarter: "0 30 2 * * *".to_owned(),
            close_quarter: "0 0 4 * * *".to_owned(),
            verify: "0 0 5 * * SUN".to_owned(),
            prune: "0 30 5 * * *".to_owned(),
            backup: "0 0 6 * * *".to_owned(),
            watch: "0 */15 * * * *".to_owned(),
            deliver: "30 * * * * *".to_owned(),
            lease_seconds: Lease::default(),
            debounce_seconds: 60,
            jitter_seconds: 30,
        }
    }
}

impl Schedule {
    /// Every job with its expression.
    #[must_use]
    pub fn expressions(&self) -> Vec<(&'static str, &str)> {
        JOBS.iter().map(|job| (job.name, (job.schedule)(self))).collect()
    }

    pub(super) fn validate(&self, zone: Tz) -> Result<(), SettingsError> {
        for (name, expression) in self.expressions() {
            let setting = name.replace('-', "_");
            let wrong = |why| SettingsError::Expression { setting, why };
            Timetable::read(expression, zone).map_err(wrong)?;
        }
        if !self.lease_seconds.is_possible() {
            return Err(SettingsError::Lease(self.lease_seconds));
        }
        match self.jitter_seconds {
            0..=3_600 => Ok(()),
            seconds => Err(SettingsError::Jitter(seconds)),
        }
    }
}
