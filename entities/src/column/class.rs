//! What a close says a customer is.

use sea_orm::{DeriveActiveEnum, EnumIter};
use serde::{Deserialize, Serialize};

use super::{UnknownWord, words};

words! {
    /// The loyalty type of a customer in a quarter (Jones & Sasser 1995), by satisfaction × staying.
    LoyaltyType {
        /// Satisfied and staying.
        Loyal = "loyal",
        /// Not satisfied and leaving.
        Defecting = "defecting",
        /// Satisfied, not staying: buys on price.
        Mercenary = "mercenary",
        /// Not satisfied, staying for want of a better choice.
        Hostage = "hostage",
        /// One axis or both unknown.
        Unclassified = "unclassified",
    }
}

words! {
    /// The extremes within two of the loyalty types; never added to them.
    LoyaltySubtype {
        /// Loyal at the top of both axes, and recommending where that was asked.
        Apostle = "apostle",
        /// Defecting at the bottom of both axes, and complaining or warning others.
        Terrorist = "terrorist",
    }
}

words! {
    /// What the loyalty axis was read from.
    LoyaltyBasis {
        /// A contract that runs or has ended.
        Contract = "contract",
        /// Repeat purchases.
        Purchases = "purchases",
        /// The stated intention to buy again.
        Intention = "intention",
    }
}

words! {
    /// Turnover × profitability.
    ValueClass {
        /// High turnover, high profitability.
        A = "a",
        /// High turnover, low profitability.
        B = "b",
        /// Low turnover, low profitability.
        C = "c",
        /// Low turnover, high profitability.
        D = "d",
        /// Turnover or profit unknown.
        Unclassified = "unclassified",
    }
}

words! {
    /// A way to divide customers into classes, the unclassified included.
    Scheme {
        /// By loyalty type.
        Loyalty = "loyalty",
        /// Apostles and terrorists, within loyal and defecting.
        LoyaltySubtype = "loyalty_subtype",
        /// By turnover × profitability.
        ValueClass = "value_class",
        /// Most valuable, most growable, below zero.
        Growth = "growth",
        /// Small to VIP.
        Size = "size",
        /// Phase of the relationship.
        Lifecycle = "lifecycle",
        /// Stage on the way to loyalty.
        Stage = "stage",
        /// Of the dissatisfied, who complained, and what became of it: each stage a part of the one before.
        Complaint = "complaint",
    }
}

words! {
    /// How far a dissatisfied customer's complaint came: each stage a part of the one before.
    ComplaintStage {
        /// The latest overall answer is under the cut.
        Dissatisfied = "dissatisfied",
        /// Complained in the window, by record or by answer.
        Complained = "complained",
        /// All complaints on record were taken up.
        Acknowledged = "acknowledged",
        /// All complaints on record are closed.
        Resolved = "resolved",
        /// The contract runs, or a purchase came after the complaint.
        Kept = "kept",
        /// Resolved, and too early to tell whether the customer is kept.
        Undecided = "undecided",
    }
}

words! {
    /// What a customer is worth and could be worth (Peppers & Rogers).
    Growth {
        /// The highest value.
        MostValuable = "most_valuable",
        /// The highest unrealised potential of the rest.
        MostGrowable = "most_growable",
        /// Costs more than it brings, and so would the best of its like.
        BelowZero = "below_zero",
        /// None of these.
        Other = "other",
        /// Nothing is known of its value.
        Unclassified = "unclassified",
    }
}

words! {
    /// A customer's size by turnover.
    Size {
        /// The few at the top.
        Vip = "vip",
        /// Above the medium.
        Large = "large",
        /// Above the small.
        Medium = "medium",
        /// The many.
        Small = "small",
        /// Never bought.
        Unclassified = "unclassified",
    }
}

words! {
    /// Phase of the relationship.
    Lifecycle {
        /// The first purchases.
        Exploration = "exploration",
        /// Buys more, or more often.
        BuildUp = "build_up",
        /// Buys in a rhythm.
        Maturity = "maturity",
        /// Stays away longer than usual, or has probably left.
        Decline = "decline",
        /// Never bought.
        Unclassified = "unclassified",
    }
}

words! {
    /// Stage on the way to loyalty.
    Stage {
        /// Might buy one day.
        Suspect = "suspect",
        /// Found able and willing to buy.
        Prospect = "prospect",
        /// Has bought once.
        FirstTime = "first_time",
        /// Has bought again.
        Repeat = "repeat",
        /// Buys as a habit.
        Client = "client",
        /// A client who recommends.
        Advocate = "advocate",
        /// No purchase and no contract is recorded of anybody.
        Unclassified = "unclassified",
    }
}
