//! `refresh-quarter`: closes the quarter that still runs, provisionally.

use std::time::Duration;

use super::{Job, Lane};
use crate::close;

/// See the module.
pub static JOB: Job = Job {
    name: "refresh-quarter",
    schedule: |schedule| &schedule.refresh_quarter,
    catches_up: false,
    lane: Lane::Quarters,
    timeout: Duration::from_secs(6 * 3_600),
    attempts: 3,
    requests: |ask| Box::pin(close::requests(ask, true)),
    run: |work| Box::pin(close::run(work, true)),
};
