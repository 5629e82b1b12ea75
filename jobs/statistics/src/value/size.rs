//! The size of customers: small, medium, large, VIP.

use super::{Concentration, ValueError, finite};

/// A customer's size.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum SizeClass {
    /// The many.
    Small,
    /// Above them.
    Medium,
    /// Above the medium.
    Large,
    /// The few at the top.
    Vip,
}

/// Where the cuts come from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum SizeRule {
    /// From the top down, the customers who have these shares of the turnover together are VIP, large and medium; who
    /// crosses a cut belongs above it, and equal amounts have equal sizes.
    CumulativeShares {
        /// VIP up to this share of the turnover, such as 0.5.
        vip: f64,
        /// Large up to this share, such as 0.8.
        large: f64,
        /// Medium up to this share, such as 0.95.
        medium: f64,
    },
    /// From these amounts on.
    Amounts {
        /// VIP from here.
        vip: f64,
        /// Large from here.
        large: f64,
        /// Medium from here.
        medium: f64,
    },
}

impl Default for SizeRule {
    fn default() -> Self {
        Self::CumulativeShares { vip: 0.5, large: 0.8, medium: 0.95 }
    }
}

impl SizeRule {
    /// The sizes of customers with these turnovers, in the order given. Without turnover a customer is small.
    ///
    /// # Errors
    /// [`ValueError::Setting`] for cuts out of order; [`ValueError::Empty`]; [`ValueError::NotFinite`].
    pub fn classes(&self, turnovers: &[f64]) -> Result<Vec<SizeClass>, ValueError> {
        let [vip, large, medium] = self.amounts(finite(turnovers)?)?;
        let class = |turnover: &f64| match *turnover {
            amount if amount <= 0.0 => SizeClass::Small,
            amount if amount >= vip => SizeClass::Vip,
            amount if amount >= large => SizeClass::Large,
            amount if amount >= medium => SizeClass::Medium,
            _ => SizeClass::Small,
        };
        Ok(turnovers.iter().map(class).collect())
    }

    /// The least amounts of VIP, large and medium customers; infinite where there is none.
    ///
    /// # Errors
    /// As [`SizeRule::classes`].
    pub fn amounts(&self, turnovers: &[f64]) -> Result<[f64; 3], ValueError> {
        match *self {
            Self::Amounts { vip, large, medium } if vip >= large && large >= medium => {
                Ok([vip, large, medium])
            }
            Self::CumulativeShares { vip, large, medium }
                if (0.0..=large).contains(&vip) && large <= medium && medium <= 1.0 =>
            {
                Self::amounts_of_shares(turnovers, [vip, large, medium])
            }
            Self::Amounts { .. } => Err(ValueError::Setting { name: "amounts" }),
            Self::CumulativeShares { .. } => Err(ValueError::Setting { name: "cumulative shares" }),
        }
    }

    fn amounts_of_shares(turnovers: &[f64], shares: [f64; 3]) -> Result<[f64; 3], ValueError> {
        let mut positive: Vec<f64> =
            finite(turnovers)?.iter().copied().filter(|turnover| *turnover > 0.0).collect();
        if positive.is_empty() {
            return Ok([f64::INFINITY; 3]);
        }
        positive.sort_by(|one, other| other.total_cmp(one));
        let concentration = Concentration::new(&positive)?;
        Ok(shares.map(|share| {
            let count = concentration.customers_for(share).unwrap_or_default() as usize;
            count.checked_sub(1).and_then(|last| positive.get(last)).copied().unwrap_or(f64::INFINITY)
        }))
    }
}
