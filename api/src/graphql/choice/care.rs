//! Why customers are cared for, and what came of it.

use rapport_entities as stored;

choice! {
    /// Why a customer is on the care list; the gravest first.
    CareReason of stored::CareReason {
        /// Was of class A and is no more, or its probability of not having left fell below the rule's.
        ClassATurning,
        /// Of high value, without a purchase of late and without an answer in the window.
        HighValueSilent,
        /// Was loyal and is of another type now, or its satisfaction fell by more than the rule's points.
        LoyalSlipping,
        /// A promise is due, or will be soon, and is not kept.
        PromiseDue,
        /// Of high value, not satisfied, and stays for want of a better choice: the first to go when competition comes.
        Hostage,
    }
}

choice! {
    /// What the value at risk is reckoned from.
    RiskBasis of stored::RiskBasis {
        /// Lifetime value × (1 − the probability of not having left).
        Lifetime,
        /// The profit of the window, where no lifetime value is known.
        Profit,
    }
}

choice! {
    /// What came of a contact with a customer.
    ContactOutcome of stored::ContactOutcome {
        /// The customer was spoken to.
        Reached,
        /// Nobody answered.
        NotReached,
        /// Something was promised, by a time.
        Promised,
        /// What had been promised was kept: nothing of before is owed any more.
        Kept,
        /// The customer is lost: nothing is owed any more.
        Lost,
    }
}
