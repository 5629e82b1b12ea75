//! How long a process may be silent before another takes its work over.

use std::{fmt, time::Duration};

use serde::{Deserialize, Serialize};

/// Seconds; whoever has a run or an import renews it at a third of that.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Lease(u32);

impl Default for Lease {
    fn default() -> Self {
        Self(30)
    }
}

impl Lease {
    /// As a length of time.
    pub fn duration(self) -> Duration {
        Duration::from_secs(self.0.into())
    }

    /// For the database's clock.
    pub fn milliseconds(self) -> i64 {
        i64::from(self.0) * 1_000
    }

    /// Neither nothing nor hours.
    pub fn is_possible(self) -> bool {
        (1..=3_600).contains(&self.0)
    }
}

impl fmt::Display for Lease {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}
