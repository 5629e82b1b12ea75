//! `close-quarter`: closes a quarter that is over for good, and again when its data have changed.

use std::time::Duration;

use super::{Job, Lane};
use crate::close;

/// See the module.
pub static JOB: Job = Job {
    name: "close-quarter",
    schedule: |schedule| &schedule.close_quarter,
    catches_up: true,
    lane: Lane::Quarters,
    timeout: Duration::from_secs(6 * 3_600),
    attempts: 8,
    requests: |ask| Box::pin(close::requests(ask, false)),
    run: |work| Box::pin(close::run(work, false)),
};
