//! What a close measures and models.

use sea_orm::{DeriveActiveEnum, EnumIter};
use serde::{Deserialize, Serialize};

use super::{UnknownWord, words};

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
        /// What buyers are worth.
        Lifetime = "lifetime",
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
        /// Share of the dissatisfied who never complained.
        SilentRate = "silent_rate",
        /// Hours until a complaint was acknowledged.
        HoursToAcknowledge = "hours_to_acknowledge",
        /// Hours until a complaint was resolved.
        HoursToResolve = "hours_to_resolve",
        /// Share of the complaints whose handling had no fault.
        Faultless = "faultless",
        /// Share of those asked who were satisfied with the outcome.
        HandledSatisfied = "handled_satisfied",
        /// Share who stayed of those whose complaints were resolved on the spot.
        RepurchaseOnTheSpot = "repurchase_on_the_spot",
        /// Share who stayed of those whose complaints were resolved later.
        RepurchaseLater = "repurchase_later",
        /// Share who stayed of those with a complaint that was never resolved.
        RepurchaseUnresolved = "repurchase_unresolved",
        /// Others whom a customer tells of the handling, as assumed.
        Told = "told",
        /// Others within reach of a customer who was handled badly, as assumed.
        Reached = "reached",
        /// Share of those heard in the quarter who named a problem.
        ProblemRate = "problem_rate",
        /// Share of those heard in the quarter who made a suggestion.
        SuggestionRate = "suggestion_rate",
    }
}

/// What a metric is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// A fraction of 1.
    Share,
    /// Points of a scale from 0 to 100.
    Points,
    /// Points of a scale from −100 to 100.
    Balance,
    /// Hours, from 0.
    Hours,
    /// People, from 0.
    People,
}

impl Metric {
    /// What it is counted in.
    pub const fn unit(self) -> Unit {
        match self {
            Self::Top2
            | Self::Promoters
            | Self::Detractors
            | Self::ComplaintRate
            | Self::Easy
            | Self::BelowExpectation
            | Self::AtExpectation
            | Self::AboveExpectation
            | Self::RetentionRate
            | Self::SilentRate
            | Self::Faultless
            | Self::HandledSatisfied
            | Self::RepurchaseOnTheSpot
            | Self::RepurchaseLater
            | Self::RepurchaseUnresolved
            | Self::ProblemRate
            | Self::SuggestionRate => Unit::Share,
            Self::Nps | Self::Disconfirmation | Self::DeliveredValue => Unit::Balance,
            Self::HoursToAcknowledge | Self::HoursToResolve => Unit::Hours,
            Self::Told | Self::Reached => Unit::People,
            Self::Csat
            | Self::Ces
            | Self::Csi
            | Self::Satisfaction
            | Self::Expectation
            | Self::Quality
            | Self::Value
            | Self::Complaints
            | Self::Loyalty
            | Self::CsiStated
            | Self::CsiDerived
            | Self::Image
            | Self::Concept
            | Self::Behaviour
            | Self::Visual
            | Self::TotalValue
            | Self::TotalCost => Unit::Points,
        }
    }

    /// Whether it is an assumption applied to another metric: its changes are that metric's, and not tested again.
    pub const fn is_assumed(self) -> bool {
        matches!(self, Self::Told | Self::Reached)
    }

    /// Whether it is better the lower it is.
    pub const fn is_better_low(self) -> bool {
        matches!(
            self,
            Self::ComplaintRate
                | Self::Detractors
                | Self::BelowExpectation
                | Self::TotalCost
                | Self::SilentRate
                | Self::HoursToAcknowledge
                | Self::HoursToResolve
                | Self::Told
                | Self::Reached
                | Self::ProblemRate
        )
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
