//! The clock: the one place that reads it. Everything else takes the time as an argument.

use chrono::{DateTime, Utc};

/// The time now.
#[allow(clippy::disallowed_methods)]
pub fn now() -> DateTime<Utc> {
    Utc::now()
}
