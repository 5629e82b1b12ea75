//! Denials, as the audit trail is told of them: at once, and then at most once a minute for each reader, route and status,
//! so that nobody fills the database by knocking.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use rapport_entities::{Database, clock};
use rapport_jobs::audit::{self, Event};

/// So long no second event tells of a cause.
const QUIET: Duration = Duration::from_secs(60);

/// On an answer that is well in itself and yet denies something: GraphQL tells of it among its errors.
#[derive(Clone, Copy, Debug)]
pub struct Denied;

/// The denials of late.
#[derive(Clone, Debug, Default)]
pub struct Denials(Arc<Mutex<HashMap<Cause, Told>>>);

/// Of few values, whatever is asked for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Cause {
    /// As the audit trail names the reader.
    pub who: String,
    /// Method and route, never the path that was asked for.
    pub action: String,
    /// Of the answer.
    pub status: u16,
}

#[derive(Clone, Copy, Debug)]
struct Told {
    at: Instant,
    /// Denials since that were not told.
    since: i32,
}

impl Denials {
    /// Counts a denial, and tells the audit trail if it is time to. The answer does not wait for it.
    pub fn add(&self, database: &Database, cause: Cause) {
        let Some(times) = self.count(&cause, Instant::now()) else { return };
        let database = database.clone();
        tokio::spawn(async move { tell(&database, &cause, times).await });
    }

    /// Tells the audit trail of those it was not told of yet: nothing is counted any more.
    pub async fn finish(&self, database: &Database) {
        let all = std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner));
        for (cause, told) in all.into_iter().filter(|(_, told)| told.since > 0) {
            tell(database, &cause, told.since).await;
        }
    }

    /// How many denials the next event tells of; none if it is not time for one.
    fn count(&self, cause: &Cause, now: Instant) -> Option<i32> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let told = all.get(cause).copied();
        if let Some(told) = told.filter(|told| now.saturating_duration_since(told.at) < QUIET) {
            all.insert(cause.clone(), Told { since: told.since.saturating_add(1), ..told });
            return None;
        }
        all.insert(cause.clone(), Told { at: now, since: 0 });
        Some(told.map_or(0, |told| told.since).saturating_add(1))
    }
}

async fn tell(database: &Database, cause: &Cause, times: i32) {
    let Cause { who, action, status } = cause;
    let outcome = status.to_string();
    let event = Event { who, action, subject: None, outcome: &outcome, times };
    if let Err(error) = audit::record(database, event, clock::now()).await {
        tracing::error!(%error, ?cause, "a denial could not be written to the audit trail");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The first of a cause is told at once, and the next after a minute with all that came between.
    #[test]
    fn once_a_minute() {
        let (denials, now) = (Denials::default(), Instant::now());
        let cause = |status| Cause { who: "stranger".to_owned(), action: "GET /".to_owned(), status };
        assert_eq!(denials.count(&cause(401), now), Some(1));
        assert!((0..9).all(|_| denials.count(&cause(401), now).is_none()));
        assert_eq!(denials.count(&cause(403), now), Some(1));
        assert_eq!(denials.count(&cause(401), now + QUIET), Some(10));
        assert_eq!(denials.count(&cause(401), now + QUIET * 2), Some(1));
    }
}
