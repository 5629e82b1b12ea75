//! The clock: the one place that reads it. Everything else takes the time as an argument.

use chrono::{DateTime, Utc};

/// How many seconds a test's process goes wrong.
#[cfg(feature = "failpoints")]
static WRONG: std::sync::atomic::AtomicI64 = std::sync::atomic::AtomicI64::new(0);

/// The time now.
#[cfg(not(feature = "failpoints"))]
#[allow(clippy::disallowed_methods)]
pub fn now() -> DateTime<Utc> {
    Utc::now()
}

/// The time now, by a clock that a test may have set wrong.
#[cfg(feature = "failpoints")]
#[allow(clippy::disallowed_methods)]
pub fn now() -> DateTime<Utc> {
    Utc::now() + chrono::TimeDelta::seconds(WRONG.load(std::sync::atomic::Ordering::Relaxed))
}

/// Sets this process's clock wrong, by so many seconds.
#[cfg(feature = "failpoints")]
pub fn set_wrong(seconds: i64) {
    WRONG.store(seconds, std::sync::atomic::Ordering::Relaxed);
}
