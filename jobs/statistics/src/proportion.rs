//! A weighted share and Wilson's interval.

use crate::{Estimate, Interval, Z95, moments::SIZES};

/// A running share of weighted cases.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Proportion {
    n: u64,
    weight: f64,
    weight_squared: f64,
    hit_weight: f64,
}

impl Proportion {
    /// Adds a case. A weight outside 1e-100…1e100 is left out: nothing could be reckoned with its square.
    pub fn add(&mut self, hit: bool, weight: f64) {
        if !SIZES.contains(&weight) {
            return;
        }
        self.n += 1;
        self.weight += weight;
        self.weight_squared += weight * weight;
        if hit {
            self.hit_weight += weight;
        }
    }

    /// Adds another part.
    pub fn merge(&mut self, other: &Self) {
        self.n += other.n;
        self.weight += other.weight;
        self.weight_squared += other.weight_squared;
        self.hit_weight += other.hit_weight;
    }

    /// So many cases without weights, of which so many are hits (all at most).
    pub fn of_counts(hits: u64, cases: u64) -> Self {
        let weight = cases as f64;
        Self { n: cases, weight, weight_squared: weight, hit_weight: hits.min(cases) as f64 }
    }

    /// Unweighted base.
    pub fn n(&self) -> u64 {
        self.n
    }

    /// The share (0…1) with Wilson's interval over the effective base; `None` without a case.
    ///
    /// Source: E. B. Wilson, JASA 22 (1927): centre (p̂+z²/2n)/(1+z²/n), half-width
    /// z√(p̂(1−p̂)/n+z²/4n²)/(1+z²/n). The standard error is Wald's √(p̂(1−p̂)/n).
    pub fn estimate(&self) -> Option<Estimate> {
        if self.n == 0 {
            return None;
        }
        let share = (self.hit_weight / self.weight).clamp(0.0, 1.0);
        let effective_n = self.weight * self.weight / self.weight_squared;
        Some(Estimate {
            value: share,
            interval: Some(wilson(share, effective_n)),
            standard_error: Some((share * (1.0 - share) / effective_n).sqrt()),
            n: self.n,
            effective_n,
        })
    }
}

fn wilson(share: f64, n: f64) -> Interval {
    let z2 = Z95 * Z95;
    let spread = 1.0 + z2 / n;
    let centre = (share + z2 / (2.0 * n)) / spread;
    let half = Z95 * (share * (1.0 - share) / n + z2 / (4.0 * n * n)).sqrt() / spread;
    // at 0 and 1 the exact ends are 0 and 1; rounding must not leave the scale or the share
    Interval { lower: (centre - half).min(share), upper: (centre + half).max(share) }.within(0.0, 1.0)
}
