//! `watch`: finds what somebody should know of.

use std::time::Duration;

use super::{Figures, Job, Lane, Work, at_this_moment};
use crate::{Error, watch};

/// See the module.
pub static JOB: Job = Job {
    name: "watch",
    schedule: |schedule| &schedule.watch,
    catches_up: false,
    lane: Lane::Outward,
    timeout: Duration::from_secs(1_800),
    attempts: 3,
    requests: at_this_moment,
    run: |work| Box::pin(run(work)),
};

async fn run(work: &Work<'_>) -> Result<Figures, Error> {
    let found = watch::watch(work.database, work.settings, work.now).await?;
    Ok(found.into_iter().map(|(rule, alerts)| (rule.to_string(), alerts.into())).collect())
}
