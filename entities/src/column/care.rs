//! The care list: why somebody is to be called, what is at risk, and what came of it.

use sea_orm::{DeriveActiveEnum, EnumIter};
use serde::{Deserialize, Serialize};

use super::{UnknownWord, words};

words! {
    /// Why a customer is on the care list, the gravest reason first: what is being lost comes before what was promised, and
    /// that before what may be lost one day.
    CareReason {
        /// Was of class A and is no more, or will probably not buy again.
        ClassATurning = "class_a_turning",
        /// Of high value, and neither buys nor answers.
        HighValueSilent = "high_value_silent",
        /// Was loyal and is no more, or far less satisfied.
        LoyalSlipping = "loyal_slipping",
        /// A promise was made, is due, and not kept.
        PromiseDue = "promise_due",
        /// Of high value, not satisfied, and stays for want of a better choice.
        Hostage = "hostage",
    }
}

words! {
    /// What the value at risk is reckoned from.
    RiskBasis {
        /// Lifetime value × (1 − the probability of not having left).
        Lifetime = "lifetime",
        /// The profit of the window, where no lifetime value is known.
        Profit = "profit",
    }
}

words! {
    /// What came of a contact.
    ContactOutcome {
        /// The customer was spoken to.
        Reached = "reached",
        /// Nobody answered.
        NotReached = "not_reached",
        /// Something was promised, by a time.
        Promised = "promised",
        /// What had been promised was kept.
        Kept = "kept",
        /// The customer is lost: nothing is owed any more.
        Lost = "lost",
    }
}

impl CareReason {
    /// Those that are stored, as the column holds them: words with a space between them, the gravest first; a word that is
    /// none is left out.
    pub fn of_column(text: &str) -> impl Iterator<Item = Self> {
        text.split(' ').filter_map(|word| word.parse().ok())
    }
}

impl ContactOutcome {
    /// Those after which what was promised before is no longer owed.
    pub const SETTLING: [Self; 2] = [Self::Kept, Self::Lost];
}
