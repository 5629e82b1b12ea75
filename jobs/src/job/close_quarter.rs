//! `close-quarter`: closes a quarter that is over for good, and again when its data have changed.

use std::time::Duration;

use super::{Job, Lane};
use crate::close;

/// See the module.
pub static JOB: Job = Job {
    name: "close-quarter",
    about: (
        "closes every quarter that is over, and again when late data came in",
        "结算已结束的季度；有迟到数据时重新结算",
    ),
    schedule: |schedule| &schedule.close,
    lane: Lane::Quarters,
    timeout: Duration::from_secs(6 * 3_600),
    attempts: 8,
    requests: |ask| Box::pin(close::requests(ask, false)),
    run: |work| Box::pin(close::run(work, false)),
};
