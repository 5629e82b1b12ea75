//! Whom to win back first: what a customer was worth before it was lost, times the share of attempts that succeed, less
//! what an attempt costs.

use rapport_entities::{LostValueBasis, SuccessBasis, WinbackOutcome, lost_customer};
use rapport_statistics::Proportion;

use super::{EVERY, Losses, winning::Winning};
use crate::{Rules, close::retention::Then};

impl Losses<'_> {
    /// The row of a customer who does not stay: one who did in the quarter before is lost in this one; one whom that
    /// quarter had on its list stays there while it was lost in the quarters of the list. None of all others.
    pub(super) fn listed(
        &self,
        customer: i64,
        set_id: &str,
        stayed: Option<&Then>,
        reason: Option<String>,
    ) -> Option<lost_customer::Model> {
        let tries = self.recorded.tries(customer);
        let listed = i32::try_from(self.rules.losses.listed_quarters).unwrap_or(i32::MAX);
        let (lost_in, value, value_basis) = match stayed {
            Some(then) => {
                let (value, basis) = self.worth(then);
                (self.quarter, value, basis)
            }
            None => {
                let earlier = self.earlier.get(&customer)?;
                (earlier.lost_in, earlier.value, earlier.value_basis)
            }
        };
        (lost_in >= self.quarter.plus(1 - listed)).then(|| lost_customer::Model {
            customer_id: customer,
            set_id: set_id.to_owned(),
            lost_in,
            reason,
            value,
            value_basis,
            // nobody tries so often
            attempts: i32::try_from(tries.len()).unwrap_or(i32::MAX),
            outcome: tries.last().map(|latest| latest.outcome),
            success: None,
            success_n: 0,
            success_basis: None,
            gain: None,
            cost: self.rules.costs.win_back_attempt,
            expected: None,
            rank: None,
        })
    }

    /// What a customer was worth in the quarter before it was lost.
    fn worth(&self, then: &Then) -> (Option<f64>, Option<LostValueBasis>) {
        let profit = then.window_profit.map(|profit| profit as f64 / self.minor);
        match (then.lifetime_value, profit) {
            (Some(value), _) => (Some(value), Some(LostValueBasis::Lifetime)),
            (None, Some(profit)) => (Some(profit), Some(LostValueBasis::Profit)),
            (None, None) => (None, None),
        }
    }
}

/// The rows with what is expected of an attempt, and their ranks; `all` is what was tried on all customers.
pub fn ranked(
    mut rows: Vec<lost_customer::Model>,
    all: &Winning,
    rules: &Rules,
) -> Vec<lost_customer::Model> {
    for row in &mut rows {
        if let Some((share, n, basis)) = success(row.reason.as_deref(), all, rules) {
            (row.success, row.success_n, row.success_basis) = (Some(share), n, Some(basis));
        }
        row.gain = row.value.zip(row.success).map(|(value, share)| value * share);
        row.expected = row.gain.zip(row.cost).map(|(gain, cost)| gain - cost);
    }
    let mut places: Vec<usize> = (0..rows.len()).collect();
    places.retain(|place| rows[*place].outcome != Some(WinbackOutcome::WonBack));
    // an attempt costs the same for everybody: the order of gains is that of what is left of them
    let key = |place: usize| (rows[place].gain, rows[place].value);
    places.sort_by(|one, other| {
        let ((gain, value), (other_gain, other_value)) = (key(*one), key(*other));
        descending(gain, other_gain)
            .then(descending(value, other_value))
            .then(rows[*one].customer_id.cmp(&rows[*other].customer_id))
    });
    for (rank, place) in (1..).zip(places) {
        rows[place].rank = Some(rank);
    }
    rows
}

/// The greatest first, and what is not known last.
fn descending(one: Option<f64>, other: Option<f64>) -> std::cmp::Ordering {
    match (one, other) {
        (Some(one), Some(other)) => other.total_cmp(&one),
        (one, other) => other.is_some().cmp(&one.is_some()),
    }
}

/// The share of attempts that succeed on those lost for the same reason, or on all where these are too few; none where
/// all are too few.
fn success(reason: Option<&str>, all: &Winning, rules: &Rules) -> Option<(f64, i64, SuccessBasis)> {
    let of = |word: &str, basis| {
        let tries = all.back(word);
        let enough = tries.n.unsigned_abs() >= rules.minimum_base.max(1);
        let share =
            Proportion::of_counts(tries.successes.unsigned_abs(), tries.n.unsigned_abs()).estimate()?;
        enough.then_some((share.value, tries.n, basis))
    };
    let own = reason.and_then(|reason| of(reason, SuccessBasis::Reason));
    own.or_else(|| of(EVERY, SuccessBasis::Overall))
}
