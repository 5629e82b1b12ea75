//! `backup`: copies the SQLite database while it is used, and reads the copy back.

use std::time::Duration;

use super::{Job, Lane, at_this_moment};
use crate::backup;

/// See the module.
pub static JOB: Job = Job {
    name: "backup",
    about: (
        "copies the SQLite database into the folder of backups, reads the copy back, and keeps the newest",
        "把 SQLite 数据库备份到备份文件夹，读回核对，并只保留最新的几份",
    ),
    schedule: |schedule| &schedule.backup,
    lane: Lane::Data,
    timeout: Duration::from_secs(6 * 3_600),
    attempts: 3,
    requests: at_this_moment,
    run: |work| {
        Box::pin(async move {
            work.heart.stage("copy");
            backup::backup(work.database, &work.settings.backup, work.now).await
        })
    },
};
