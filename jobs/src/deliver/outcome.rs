//! What became of an attempt, in words that hold no secret and no address beyond the machine's name.

use std::{error::Error, time::Duration};

use crate::settings::Subscription;

/// What became of an attempt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The receiver took it.
    Delivered,
    /// The receiver is away or failed: it is tried for days.
    Failed {
        /// In words.
        why: String,
        /// How long the receiver asked to be left alone.
        after: Option<Duration>,
    },
    /// The receiver does not want it so: it is tried a few times, in case somebody mends the receiver.
    Refused {
        /// In words.
        why: String,
    },
    /// There is no use in another attempt.
    Pointless {
        /// In words.
        why: String,
    },
}

/// True if the machine could not prove who it is.
pub fn is_untrusted(error: &(dyn Error + 'static)) -> bool {
    let mut cause = Some(error);
    while let Some(error) = cause {
        if error.to_string().contains("certificate") {
            return true;
        }
        cause = error.source();
    }
    false
}

impl Outcome {
    /// The receiver failed, and said nothing about when it will be back.
    pub fn failed(why: String) -> Self {
        Self::Failed { why, after: None }
    }

    /// Why it was not delivered.
    pub fn why(&self) -> Option<&str> {
        match self {
            Self::Delivered => None,
            Self::Failed { why, .. } | Self::Refused { why } | Self::Pointless { why } => Some(why),
        }
    }

    /// Says it in the log.
    pub fn log(&self, subscription: &Subscription, delivery: &str) {
        let subscription = &subscription.name;
        match self.why() {
            None => tracing::debug!(subscription, delivery, "delivered"),
            Some(why) => tracing::warn!(subscription, delivery, why, "not delivered"),
        }
    }
}
