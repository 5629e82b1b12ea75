//! How much a token may ask in a minute: requests, and what its queries cost. A bucket of each fills up steadily; the one
//! of costs may be overdrawn by one query, and is paid off before the next. In memory, so each replica counts for itself.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
    time::Instant,
};

use crate::Serve;

/// What the tokens have left.
#[derive(Debug)]
pub struct Rates {
    /// Of a minute.
    requests: f64,
    /// Of a minute.
    cost: f64,
    /// By the token's id: only tokens that are there have one.
    left: Mutex<HashMap<String, Left>>,
}

#[derive(Clone, Copy, Debug)]
struct Left {
    requests: f64,
    cost: f64,
    at: Instant,
}

impl Rates {
    /// As the settings say.
    pub fn new(serve: &Serve) -> Self {
        let (requests, cost) = (serve.requests_per_minute as f64, serve.cost_per_minute as f64);
        Self { requests, cost, left: Mutex::default() }
    }

    /// Takes a request from what the token has left. Fails with the seconds to wait if that is nothing.
    pub fn take(&self, token: &str, now: Instant) -> Result<(), u64> {
        let mut all = self.left.lock().unwrap_or_else(PoisonError::into_inner);
        let full = Left { requests: self.requests, cost: self.cost, at: now };
        let left = all.entry(token.to_owned()).or_insert(full);
        let minutes = now.saturating_duration_since(left.at).as_secs_f64() / 60.0;
        left.requests = (left.requests + minutes * self.requests).min(self.requests);
        left.cost = (left.cost + minutes * self.cost).min(self.cost);
        left.at = now;
        let wait = ((1.0 - left.requests) / self.requests).max(-left.cost / self.cost);
        if wait > 0.0 {
            // rounded up, to the whole seconds that the header has
            return Err((wait * 60.0).ceil() as u64);
        }
        left.requests -= 1.0;
        Ok(())
    }

    /// Takes what a query cost.
    pub fn charge(&self, token: &str, cost: f64) {
        let mut all = self.left.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(left) = all.get_mut(token) {
            left.cost -= cost;
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::time::Duration;

    use super::*;

    fn rates(requests_per_minute: usize, cost_per_minute: usize) -> Rates {
        Rates::new(&Serve { requests_per_minute, cost_per_minute, ..Serve::default() })
    }

    /// A minute's requests may come at once; then one comes in as often as the rate says, and others have their own.
    #[test]
    fn requests_of_a_minute() {
        let (rates, now) = (rates(6, 1_000), Instant::now());
        assert!((0..6).all(|_| rates.take("a", now).is_ok()));
        assert_eq!(rates.take("a", now), Err(10));
        assert_eq!(rates.take("b", now), Ok(()));
        let later = now + Duration::from_secs(10);
        assert_eq!((rates.take("a", later), rates.take("a", later)), (Ok(()), Err(10)));
        let much_later = now + Duration::from_secs(6_000);
        assert_eq!((0..9).filter(|_| rates.take("a", much_later).is_ok()).count(), 6);
    }

    /// A query that costs more than is left is answered, and the next waits until it is paid.
    #[test]
    fn cost_of_a_minute() {
        let (rates, now) = (rates(1_000, 600), Instant::now());
        rates.take("a", now).unwrap();
        rates.charge("a", 900.0);
        assert_eq!(rates.take("a", now), Err(30));
        assert_eq!(rates.take("a", now + Duration::from_secs(29)), Err(1));
        assert_eq!(rates.take("a", now + Duration::from_secs(30)), Ok(()));
    }
}
