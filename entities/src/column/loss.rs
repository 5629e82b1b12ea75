//! How customers are lost and won back: the states of the way, the reasons, and what became of attempts.

use sea_orm::{DeriveActiveEnum, EnumIter};
use serde::{Deserialize, Serialize};

use super::{UnknownWord, words};

words! {
    /// A state on the way from using to kept or lost. A customer passes through one of each step.
    LossState {
        /// Stayed by contract or purchases at the end of the quarter before.
        Using = "using",
        /// Answered a survey, or has a complaint on record, in the window.
        Contact = "contact",
        /// Neither.
        NoContact = "no_contact",
        /// The latest overall answer of the window is at or over the cut.
        Satisfied = "satisfied",
        /// It is under the cut.
        Dissatisfied = "dissatisfied",
        /// There is none.
        NoAnswer = "no_answer",
        /// Complained in the window, by record or by answer.
        Complained = "complained",
        /// Satisfied, and did not complain.
        QuietSatisfied = "quiet_satisfied",
        /// Dissatisfied, and did not complain.
        QuietDissatisfied = "quiet_dissatisfied",
        /// Gave no answer, and did not complain.
        QuietNoAnswer = "quiet_no_answer",
        /// All complaints on record are resolved, and the customer confirmed to be satisfied.
        HandledWell = "handled_well",
        /// All are resolved, and the customer was not satisfied with the outcome of one.
        HandledBadly = "handled_badly",
        /// All are resolved, and the customer did not say how satisfied it is.
        Unconfirmed = "unconfirmed",
        /// One is not resolved.
        Open = "open",
        /// Complained by answer, and has no complaint on record.
        Unrecorded = "unrecorded",
        /// Stays by contract or purchases at the end of the quarter.
        Kept = "kept",
        /// Does not.
        Lost = "lost",
    }
}

words! {
    /// Why a customer was lost; a company may have reasons of its own besides.
    LossReason {
        /// Moved away, or does not need it any more.
        Moved = "moved",
        /// Ties to others: friends, relatives or partners who sell the same.
        OtherTies = "other_ties",
        /// The price.
        Price = "price",
        /// The product.
        Quality = "quality",
        /// How the customer was served.
        Service = "service",
    }
}

words! {
    /// What became of an attempt to win a customer back.
    WinbackOutcome {
        /// Nothing yet.
        Open = "open",
        /// The customer came back.
        WonBack = "won_back",
        /// The customer declined.
        Refused = "refused",
        /// The customer was not reached, or did not answer.
        NoAnswer = "no_answer",
    }
}

words! {
    /// What is done to have a customer.
    Effort {
        /// Keeping one that stays.
        Keep = "keep",
        /// Winning one back that was lost.
        WinBack = "win_back",
        /// Winning a new one.
        WinNew = "win_new",
    }
}

words! {
    /// What the value of a lost customer is read from.
    LostValueBasis {
        /// The lifetime value in the quarter before the loss.
        Lifetime = "lifetime",
        /// The profit of the window of that quarter, where no lifetime value was known.
        Profit = "profit",
    }
}

words! {
    /// Whose success an expectation rests on.
    SuccessBasis {
        /// The attempts on customers lost for the same reason.
        Reason = "reason",
        /// All attempts: those of the same reason are too few.
        Overall = "overall",
    }
}
