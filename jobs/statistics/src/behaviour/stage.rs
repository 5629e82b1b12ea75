//! The six stages on the way to loyalty.

/// A stage, from a name on a list to one who brings others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Stage {
    /// Might buy one day.
    Suspect,
    /// Found able and willing to buy.
    Prospect,
    /// Has bought once.
    FirstTime,
    /// Has bought again.
    Repeat,
    /// Buys as a habit.
    Client,
    /// A client who recommends.
    Advocate,
}

/// Thresholds of the stages.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StageRule {
    /// Purchases from which a customer is a client.
    pub client_purchases: u32,
    /// Referrals from which a client is an advocate.
    pub advocate_referrals: u32,
    /// Stated recommendation, 0…10, from which a client is an advocate.
    pub advocate_recommendation: f64,
}

impl Default for StageRule {
    fn default() -> Self {
        Self { client_purchases: 4, advocate_referrals: 1, advocate_recommendation: 9.0 }
    }
}

/// What is known of somebody.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Relationship {
    /// Found able and willing to buy.
    pub qualified: bool,
    /// Days with a purchase; a contract period counts as one.
    pub purchases: u32,
    /// Others brought.
    pub referrals: u32,
    /// Stated recommendation, 0…10, where it was asked.
    pub recommendation: Option<f64>,
}

impl StageRule {
    /// The stage: each takes the one before it, so who recommends without being a client is no advocate.
    #[must_use]
    pub fn stage(&self, relationship: &Relationship) -> Stage {
        let recommends = relationship.referrals >= self.advocate_referrals.max(1)
            || relationship.recommendation.is_some_and(|answer| answer >= self.advocate_recommendation);
        match relationship.purchases {
            0 if relationship.qualified => Stage::Prospect,
            0 => Stage::Suspect,
            1 => Stage::FirstTime,
            purchases if purchases < self.client_purchases => Stage::Repeat,
            _ if recommends => Stage::Advocate,
            _ => Stage::Client,
        }
    }
}
