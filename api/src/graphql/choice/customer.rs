//! The classes of customers.

use rapport_entities as stored;

choice! {
    /// The loyalty type of a customer in a quarter, by satisfaction × staying. The unclassified have none.
    LoyaltyType of stored::LoyaltyType {
        /// Satisfied and staying.
        Loyal,
        /// Not satisfied and leaving.
        Defecting,
        /// Satisfied, not staying: buys on price.
        Mercenary,
        /// Not satisfied, staying for want of a better choice.
        Hostage,
    }
}

choice! {
    /// The extremes within two of the loyalty types.
    LoyaltySubtype of stored::LoyaltySubtype {
        /// Loyal, at the top of both axes, and recommending where that was asked.
        Apostle,
        /// Defecting, at the bottom of both axes, and complaining or warning others.
        Terrorist,
    }
}

choice! {
    /// Turnover × profitability. The unclassified have none.
    ValueClass of stored::ValueClass {
        /// High turnover, high profitability.
        A,
        /// High turnover, low profitability.
        B,
        /// Low turnover, low profitability.
        C,
        /// Low turnover, high profitability.
        D,
    }
}

choice! {
    /// What a customer is worth and could be worth (Peppers & Rogers). The unclassified have none.
    Growth of stored::Growth {
        /// The highest value.
        MostValuable,
        /// The highest unrealised potential of the rest.
        MostGrowable,
        /// Costs more than it brings, and so would the best of its like.
        BelowZero,
        /// None of these.
        Other,
    }
}

choice! {
    /// A customer's size by turnover. Those who never bought have none.
    Size of stored::Size {
        /// The few at the top.
        Vip,
        /// Above the medium.
        Large,
        /// Above the small.
        Medium,
        /// The many.
        Small,
    }
}

choice! {
    /// Phase of the relationship. Those who never bought have none.
    Lifecycle of stored::Lifecycle {
        /// The first purchases.
        Exploration,
        /// Buys more, or more often.
        BuildUp,
        /// Buys in a rhythm.
        Maturity,
        /// Stays away longer than usual, or has probably left.
        Decline,
    }
}

choice! {
    /// Stage on the way to loyalty. Where no purchase and no contract is recorded of anybody there is none.
    Stage of stored::Stage {
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
}

choice! {
    /// A way to divide customers into classes.
    Scheme of stored::Scheme {
        /// By loyalty type.
        Loyalty,
        /// Apostles and terrorists, within loyal and defecting.
        LoyaltySubtype,
        /// By turnover × profitability.
        ValueClass,
        /// Most valuable, most growable, below zero.
        Growth,
        /// Small to VIP.
        Size,
        /// Phase of the relationship.
        Lifecycle,
        /// Stage on the way to loyalty.
        Stage,
        /// Of the dissatisfied, who complained and what became of it: each class a part of the one before, its share of
        /// the dissatisfied; null where nothing is recorded that could tell.
        Complaint,
    }
}
