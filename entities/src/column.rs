//! The enumerations that columns hold, stored as lower-case words.

use sea_orm::{DeriveActiveEnum, EnumIter};
use serde::{Deserialize, Serialize};

/// A column type: an enumeration stored as lower-case words, with `as_str`, `FromStr` and `Display`.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$about:meta])* $variant:ident = $word:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
        #[sea_orm(rs_type = "String", db_type = "Text")]
        pub enum $name {
            $($(#[$about])* #[sea_orm(string_value = $word)] #[serde(rename = $word)] $variant,)+
        }

        impl $name {
            /// Every value, in the order reports show them.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// The word that is stored.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl std::str::FromStr for $name {
            type Err = UnknownWord;

            fn from_str(text: &str) -> Result<Self, UnknownWord> {
                Self::ALL.iter().copied().find(|value| value.as_str() == text).ok_or_else(|| UnknownWord {
                    word: text.to_owned(),
                    known: [$($word),+].join(", "),
                })
            }
        }
    };
}

/// A word that is none of an enumeration's.
#[derive(Debug, Clone, thiserror::Error)]
#[error("`{word}` is none of: {known}")]
pub struct UnknownWord {
    word: String,
    known: String,
}

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

words! {
    /// A model that a close estimates for a segment.
    ModelKind {
        /// Weights that make the sample look like the population.
        Weighting = "weighting",
        /// The structural model of satisfaction.
        Structure = "structure",
        /// What drives satisfaction.
        Drivers = "drivers",
        /// How buyers buy and leave.
        Purchases = "purchases",
        /// What a purchase is worth.
        Spend = "spend",
        /// How unevenly turnover is spread.
        Concentration = "concentration",
        /// Retention by satisfaction.
        Retention = "retention",
        /// How long contracts last.
        Contracts = "contracts",
    }
}

words! {
    /// What became of a model.
    FitOutcome {
        /// Estimated.
        Fitted = "fitted",
        /// Estimated, with a warning in words.
        Warned = "warned",
        /// The base is under the floor.
        TooFew = "too_few",
        /// Not estimated, for a reason in words.
        Failed = "failed",
    }
}

words! {
    /// What an estimate of the structural model is.
    PathKind {
        /// Standardised path coefficient.
        Path = "path",
        /// Standardised total effect, along all paths.
        TotalEffect = "total_effect",
        /// Points of the target's index for one point of the source's, along all paths.
        Importance = "importance",
        /// Outer weight of an item.
        Weight = "weight",
        /// Weight of an item in its index; a construct's sum to one.
        NormalisedWeight = "normalised_weight",
        /// Correlation of an item with its construct.
        Loading = "loading",
        /// The construct's 0–100 index.
        Index = "index",
        /// Share of a construct's variance explained.
        RSquared = "r_squared",
        /// The same, adjusted.
        RSquaredAdjusted = "r_squared_adjusted",
        /// Cronbach's α of standardised items.
        Alpha = "alpha",
        /// Cronbach's α of the answers.
        AlphaRaw = "alpha_raw",
        /// Dijkstra and Henseler's ρ_A.
        RhoA = "rho_a",
        /// Composite reliability.
        RhoC = "rho_c",
        /// Average variance extracted.
        Ave = "ave",
        /// Correlation of two constructs.
        Correlation = "correlation",
        /// Heterotrait–monotrait ratio of two constructs.
        Htmt = "htmt",
        /// Goodness of fit of the whole.
        GoodnessOfFit = "goodness_of_fit",
    }
}

words! {
    /// What to do about a driver.
    Quadrant {
        /// Important, and performs below the crosshair.
        ConcentrateHere = "concentrate_here",
        /// Important, and performs.
        KeepUp = "keep_up",
        /// Neither.
        LowPriority = "low_priority",
        /// Performs, and matters little.
        PossibleOverkill = "possible_overkill",
    }
}

words! {
    /// A curve of a segment.
    CurveKind {
        /// Share of turnover against share of customers, the least first.
        Lorenz = "lorenz",
        /// Profit added up, the most profitable customers first.
        Whale = "whale",
        /// Retention by satisfaction.
        Retention = "retention",
        /// Share renewed at each renewal, of those up for it.
        Renewal = "renewal",
    }
}

words! {
    /// What a score measures.
    Metric {
        /// Overall satisfaction: mean of the overall item, on 0–100.
        Csat = "csat",
        /// Share of answers in the top two boxes of the overall item, 0–1.
        Top2 = "top2",
        /// Net promoter score, −100…100.
        Nps = "nps",
        /// Share of promoters (9–10 of 0–10), 0–1.
        Promoters = "promoters",
        /// Share of detractors (0–6 of 0–10), 0–1.
        Detractors = "detractors",
        /// Customer effort: mean of the effort item, on 0–100.
        Ces = "ces",
        /// Satisfaction index: weighted mean of the satisfaction items, on 0–100; equal weights by default.
        Csi = "csi",
        /// Structural satisfaction index, on 0–100.
        Satisfaction = "satisfaction",
        /// Structural index of expectations, on 0–100.
        Expectation = "expectation",
        /// Structural index of perceived quality, on 0–100.
        Quality = "quality",
        /// Structural index of perceived value, on 0–100.
        Value = "value",
        /// Structural index of complaint handling, on 0–100.
        Complaints = "complaints",
        /// Structural index of loyalty, on 0–100.
        Loyalty = "loyalty",
        /// Share that complained, 0–1.
        ComplaintRate = "complaint_rate",
        /// Perceived against expected, −100…100.
        Disconfirmation = "disconfirmation",
        /// Total customer value less total cost.
        DeliveredValue = "delivered_value",
        /// Share of those who found it easy.
        Easy = "easy",
        /// Index of the attributes, weighted by their stated importance.
        CsiStated = "csi_stated",
        /// Index of the attributes, weighted by their derived importance.
        CsiDerived = "csi_derived",
        /// Structural index of the image.
        Image = "image",
        /// Index of satisfaction with the concept.
        Concept = "concept",
        /// Index of satisfaction with the behaviour.
        Behaviour = "behaviour",
        /// Index of satisfaction with what is seen.
        Visual = "visual",
        /// Share whose expectations were not met.
        BelowExpectation = "below_expectation",
        /// Share whose expectations were met.
        AtExpectation = "at_expectation",
        /// Share whose expectations were exceeded.
        AboveExpectation = "above_expectation",
        /// Total customer value, on 0–100.
        TotalValue = "total_value",
        /// Total customer cost, on 0–100.
        TotalCost = "total_cost",
        /// Share of those active in the quarter before who stayed.
        RetentionRate = "retention_rate",
    }
}

words! {
    /// The single item a question is, where it is one the rules need by name.
    Measure {
        /// Overall satisfaction.
        Overall = "overall",
        /// Likelihood to recommend.
        Recommend = "recommend",
        /// Likelihood to buy again or stay.
        Repurchase = "repurchase",
        /// How easy it was.
        Effort = "effort",
        /// Whether the respondent complained (0 or 1).
        Complained = "complained",
    }
}

words! {
    /// Whom a survey asks.
    Audience {
        /// Customers.
        Customer = "customer",
        /// Employees.
        Employee = "employee",
        /// Partners.
        Partner = "partner",
    }
}

words! {
    /// An element of satisfaction.
    Element {
        /// Satisfaction with the concept: what the company stands for.
        Concept = "concept",
        /// Satisfaction with how the company acts.
        Behaviour = "behaviour",
        /// Satisfaction with what is seen of it.
        Visual = "visual",
    }
}

words! {
    /// A side of delivered value.
    ValueSide {
        /// Total customer value.
        Value = "value",
        /// Total customer cost.
        Cost = "cost",
    }
}

words! {
    /// How grave a complaint is.
    Severity {
        /// Low.
        Low = "low",
        /// Medium.
        Medium = "medium",
        /// High.
        High = "high",
    }
}

words! {
    /// The risk a complaint or a question is about.
    Risk {
        /// Functional.
        Functional = "functional",
        /// Financial.
        Financial = "financial",
        /// Psychological.
        Psychological = "psychological",
        /// Social.
        Social = "social",
        /// Safety.
        Safety = "safety",
    }
}

words! {
    /// How far an import got with a quarter.
    BatchState {
        /// Open: the quarter must not close.
        Loading = "loading",
        /// Done.
        Closed = "closed",
    }
}

words! {
    /// Where a run stands.
    RunState {
        /// Waiting for a worker.
        Queued = "queued",
        /// Claimed by a worker.
        Running = "running",
        /// Done; its results are a revision.
        Published = "published",
        /// Its inputs were overtaken.
        Superseded = "superseded",
        /// Failed; will be tried again.
        Retry = "retry",
        /// Given up; the reason is stored.
        Dead = "dead",
        /// Taken back.
        Cancelled = "cancelled",
    }
}

words! {
    /// What a token may see and do.
    Role {
        /// Aggregates, no person.
        Viewer = "viewer",
        /// Customers too, contact data masked.
        Analyst = "analyst",
        /// Imports and jobs too.
        Operator = "operator",
    }
}

words! {
    /// A zone of the satisfaction–retention curve (Jones & Sasser 1995).
    Zone {
        /// They leave.
        Defection = "defection",
        /// They stay or leave for little.
        Indifference = "indifference",
        /// They stay.
        Affection = "affection",
    }
}
