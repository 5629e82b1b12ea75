//! Contracts from renewal to renewal: survivors S(k) and the retention rate S(k)/S(k−1).

use crate::{Estimate, Proportion};

/// A contract, in numbers of periods.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Contract {
    /// The period it began in.
    pub start: u32,
    /// The first period it was no longer in force; `None` while it is.
    pub end: Option<u32>,
}

/// Retention at a renewal.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Renewal {
    /// The number of the renewal, from 1.
    pub renewal: u32,
    /// The share of those up for it who stayed, with Wilson's interval; its base is those up for it.
    pub retention: Estimate,
    /// S(k): the share of all who began that is still there, the product of the rates.
    pub survival: f64,
}

/// Retention at every renewal that somebody has come up for by the last finished period.
///
/// Contracts of all ages count where they have come to the renewal (Kaplan and Meier, JASA 53 (1958)); of one cohort
/// alone this is S(k) and S(k)/S(k−1) by simple counting. Contracts that end before they begin are left out.
/// There are as many renewals as periods: count months or years, not days of long ago.
#[must_use]
pub fn renewals(contracts: &[Contract], last_finished: u32) -> Vec<Renewal> {
    let known = |contract: &&Contract| {
        contract.start <= last_finished && contract.end.is_none_or(|end| end > contract.start)
    };
    let longest = contracts.iter().filter(known).map(|contract| last_finished - contract.start).max();
    let mut shares = vec![Proportion::default(); longest.unwrap_or_default() as usize];
    for contract in contracts.iter().filter(known) {
        let observed = last_finished - contract.start;
        let ended = contract.end.map(|end| end - contract.start).filter(|age| *age <= observed);
        for (renewal, share) in (1..=ended.unwrap_or(observed)).zip(&mut shares) {
            share.add(ended != Some(renewal), 1.0);
        }
    }
    let mut survival = 1.0;
    let rates = (1..).zip(&shares).map_while(|(renewal, share)| {
        let retention = share.estimate()?;
        survival *= retention.value;
        Some(Renewal { renewal, retention, survival })
    });
    rates.collect()
}
