//! How customers are lost and won back.

use rapport_entities as stored;

choice! {
    /// A state on the way from using to kept or lost.
    LossState of stored::LossState {
        /// Stayed by contract or purchases at the end of the quarter before.
        Using,
        /// Answered a survey, or has a complaint on record, in the window.
        Contact,
        /// Neither.
        NoContact,
        /// The latest overall answer of the window is at or over the cut.
        Satisfied,
        /// It is under the cut.
        Dissatisfied,
        /// There is none.
        NoAnswer,
        /// Complained in the window, by record or by answer.
        Complained,
        /// Satisfied, and did not complain.
        QuietSatisfied,
        /// Dissatisfied, and did not complain.
        QuietDissatisfied,
        /// Gave no answer, and did not complain.
        QuietNoAnswer,
        /// All complaints on record are resolved, and the customer confirmed to be satisfied.
        HandledWell,
        /// All are resolved, and the customer was not satisfied with the outcome of one.
        HandledBadly,
        /// All are resolved, and the customer did not say how satisfied it is.
        Unconfirmed,
        /// One is not resolved.
        Open,
        /// Complained by answer, and has no complaint on record.
        Unrecorded,
        /// Stays by contract or purchases at the end of the quarter.
        Kept,
        /// Does not.
        Lost,
    }
}

choice! {
    /// What became of an attempt to win a customer back.
    WinbackOutcome of stored::WinbackOutcome {
        /// Nothing yet.
        Open,
        /// The customer came back.
        WonBack,
        /// The customer declined.
        Refused,
        /// The customer was not reached, or did not answer.
        NoAnswer,
    }
}

choice! {
    /// What is done to have a customer.
    Effort of stored::Effort {
        /// Keeping one that stays.
        Keep,
        /// Winning one back that was lost.
        WinBack,
        /// Winning a new one.
        WinNew,
    }
}

choice! {
    /// What the value of a lost customer is read from.
    LostValueBasis of stored::LostValueBasis {
        /// The lifetime value in the quarter before the loss.
        Lifetime,
        /// The profit of the window of that quarter, where no lifetime value was known.
        Profit,
    }
}

choice! {
    /// Whose success an expectation rests on.
    SuccessBasis of stored::SuccessBasis {
        /// The attempts on customers lost for the same reason.
        Reason,
        /// All attempts: those of the same reason are too few.
        Overall,
    }
}
