//! `backup`: a whole copy of a SQLite database while it is used.

use std::time::Duration;

use super::{Job, Lane, at_this_moment};
use crate::backup;

/// See the module.
pub static JOB: Job = Job {
    name: "backup",
    schedule: |schedule| &schedule.backup,
    catches_up: false,
    lane: Lane::Data,
    timeout: Duration::from_secs(2 * 3_600),
    attempts: 5,
    requests: at_this_moment,
    run: |work| {
        work.heart.stage("copy");
        Box::pin(backup::backup(work.database, &work.settings.backup, work.now))
    },
};
