//! What is due at a look at the clock. Every replica that looks names the same firings, so that the ledger, which
//! takes a name once, runs each once: whoever looks, however often, and whatever the clock did.

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use sha2::{Digest, Sha256};

use super::firing::{NoExpression, Timetable, period};

/// A job and when it fires.
#[derive(Clone, Debug)]
pub struct Timed<'a> {
    /// The job's name.
    pub job: &'a str,
    /// Its expression; empty for never.
    pub expression: &'a str,
    /// Firings up to here were looked at: the moment of the last look, or after a start the newest firing in the
    /// ledger; of a job that never ran, the moment of the start.
    pub seen: DateTime<Utc>,
}

/// One firing of a job.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Firing {
    /// The job's name.
    pub job: String,
    /// By the timetable.
    pub at: DateTime<Utc>,
    /// Its name in the ledger, such as `2026-11-22T04:00+08:00`.
    pub period: String,
    /// When it may begin: a little later, and not the same for every company.
    pub not_before: DateTime<Utc>,
}

/// How firings are spread, so that many companies do not come to one server at once.
#[derive(Clone, Copy, Debug)]
pub struct Jitter<'a> {
    /// Tells this company from others.
    pub seed: &'a str,
    /// The most, in seconds.
    pub seconds: u32,
}

impl Jitter<'_> {
    /// The delay of a firing: the same on every replica and at every look.
    fn of(&self, job: &str, period: &str) -> TimeDelta {
        let digest = Sha256::digest(format!("{}|{job}|{period}", self.seed));
        let number = digest.iter().take(8).fold(0_u64, |number, byte| number << 8 | u64::from(*byte));
        let milliseconds = number % (u64::from(self.seconds) * 1_000 + 1);
        TimeDelta::milliseconds(i64::try_from(milliseconds).unwrap_or(0))
    }
}

/// The firings that are due: of each job the newest since it was last looked at. Those missed before it are not made
/// up for; a job of quarters catches up by itself, whichever firing runs it.
///
/// The caller looks from `now` on the next time. If the clock went back, nothing is due until a firing comes round
/// again, and that has the name it had.
/// Fails at the first expression that is none.
pub fn due(
    jobs: &[Timed],
    zone: Tz,
    jitter: Jitter,
    now: DateTime<Utc>,
) -> Result<Vec<Firing>, NoExpression> {
    let mut firings = Vec::new();
    for job in jobs {
        let latest = Timetable::read(job.expression, zone)?.latest(now);
        if let Some(at) = latest.filter(|at| *at > job.seen) {
            firings.push(firing(job.job, zone, jitter, at));
        }
    }
    Ok(firings)
}

/// The next `count` firings of each job after a moment, in their order.
/// Fails at the first expression that is none.
pub fn coming(jobs: &[Timed], zone: Tz, jitter: Jitter, count: usize) -> Result<Vec<Firing>, NoExpression> {
    let mut firings = Vec::new();
    for job in jobs {
        let timetable = Timetable::read(job.expression, zone)?;
        let following = std::iter::successors(timetable.next(job.seen), |at| timetable.next(*at));
        firings.extend(following.take(count).map(|at| firing(job.job, zone, jitter, at)));
    }
    firings.sort_by(|one, other| (one.at, &one.job).cmp(&(other.at, &other.job)));
    Ok(firings)
}

fn firing(job: &str, zone: Tz, jitter: Jitter, at: DateTime<Utc>) -> Firing {
    let period = period(at, zone);
    let not_before = at + jitter.of(job, &period);
    Firing { job: job.to_owned(), at, period, not_before }
}
