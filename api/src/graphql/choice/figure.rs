//! The kinds of figures: what scores, models and curves tell.

use rapport_entities as stored;

choice! {
    /// What a score measures.
    Metric of stored::Metric {
        /// Overall satisfaction: mean of the overall item, on 0–100.
        Csat,
        /// Share of answers in the top two boxes of the overall item, a fraction of 1.
        Top2,
        /// Net promoter score, −100…100.
        Nps,
        /// Share of promoters (9–10 of 0–10), a fraction of 1.
        Promoters,
        /// Share of detractors (0–6 of 0–10), a fraction of 1.
        Detractors,
        /// Customer effort: mean of the effort item, on 0–100.
        Ces,
        /// Satisfaction index: weighted mean of the satisfaction items, on 0–100.
        Csi,
        /// Structural satisfaction index, on 0–100.
        Satisfaction,
        /// Structural index of expectations, on 0–100.
        Expectation,
        /// Structural index of perceived quality, on 0–100.
        Quality,
        /// Structural index of perceived value, on 0–100.
        Value,
        /// Structural index of complaint handling, on 0–100.
        Complaints,
        /// Structural index of loyalty, on 0–100.
        Loyalty,
        /// Share of customers that complained, a fraction of 1.
        ComplaintRate,
        /// Perceived against expected, −100…100.
        Disconfirmation,
        /// Total customer value less total customer cost.
        DeliveredValue,
        /// Share of those who found it easy: the upper points of the effort item, 5 to 7 of 7; a fraction of 1.
        Easy,
        /// Index of the attributes weighted by their stated importance, on 0–100.
        CsiStated,
        /// Index of the attributes weighted by their derived importance, on 0–100.
        CsiDerived,
        /// Structural index of the image, on 0–100.
        Image,
        /// Satisfaction with the concept, on 0–100.
        Concept,
        /// Satisfaction with the behaviour, on 0–100.
        Behaviour,
        /// Satisfaction with what is seen, on 0–100.
        Visual,
        /// Share of those whose expectations were not met, a fraction of 1.
        BelowExpectation,
        /// Share of those whose expectations were met, a fraction of 1.
        AtExpectation,
        /// Share of those whose expectations were exceeded, a fraction of 1.
        AboveExpectation,
        /// Total customer value, on 0–100.
        TotalValue,
        /// Total customer cost, on 0–100.
        TotalCost,
        /// Share of those who stayed in the quarter before and stay now, a fraction of 1.
        RetentionRate,
        /// Share of the dissatisfied who never complained, a fraction of 1.
        SilentRate,
        /// Hours until a complaint was acknowledged, of those acknowledged in the quarter.
        HoursToAcknowledge,
        /// Hours until a complaint was resolved, of those resolved in the quarter.
        HoursToResolve,
        /// Share of the complaints received in the quarter whose handling had no fault, a fraction of 1.
        Faultless,
        /// Share of those asked in the quarter who were satisfied with the outcome, a fraction of 1.
        HandledSatisfied,
        /// Share who stayed or bought again of those whose complaints were all resolved on the spot, a fraction of 1.
        RepurchaseOnTheSpot,
        /// Share who stayed or bought again of those whose complaints were all resolved, but later; a fraction of 1.
        RepurchaseLater,
        /// Share who stayed or bought again of those with a complaint that was not resolved, a fraction of 1.
        RepurchaseUnresolved,
        /// Others whom a customer tells of the handling: the share satisfied with it, by what the rules assume.
        Told,
        /// Others within reach of a customer dissatisfied with the handling: the share of these, by what the rules assume.
        Reached,
        /// Share of those heard in the quarter, by an answer or a remark, who named a problem; a fraction of 1.
        ProblemRate,
        /// Share of those heard in the quarter, by an answer or a remark, who made a suggestion; a fraction of 1.
        SuggestionRate,
    }
}

choice! {
    /// A model that a close estimates for a segment.
    ModelKind of stored::ModelKind {
        /// Weights that make the sample look like the population.
        Weighting,
        /// The structural model of satisfaction.
        Structure,
        /// What drives satisfaction.
        Drivers,
        /// How buyers buy and leave.
        Purchases,
        /// What a purchase is worth.
        Spend,
        /// What buyers are worth, by the two before.
        Lifetime,
        /// How unevenly turnover is spread.
        Concentration,
        /// Retention by satisfaction.
        Retention,
        /// How long contracts last.
        Contracts,
    }
}

choice! {
    /// What became of a model.
    FitOutcome of stored::FitOutcome {
        /// Estimated.
        Fitted,
        /// Estimated, with a warning in words.
        Warned,
        /// Not estimated: the base is under the floor.
        TooFew,
        /// Not estimated, for a reason in words.
        Failed,
    }
}

choice! {
    /// What an estimate of the structural model is.
    PathKind of stored::PathKind {
        /// Standardised path coefficient.
        Path,
        /// Standardised total effect, along all paths.
        TotalEffect,
        /// Points of the target's index for one point of the source's, along all paths.
        Importance,
        /// Outer weight of an item.
        Weight,
        /// Weight of an item in its index; a construct's sum to one.
        NormalisedWeight,
        /// Correlation of an item with its construct.
        Loading,
        /// The construct's index, on 0–100.
        Index,
        /// Share of a construct's variance explained, a fraction of 1.
        RSquared,
        /// The same, adjusted.
        RSquaredAdjusted,
        /// Cronbach's α of standardised items.
        Alpha,
        /// Cronbach's α of the answers.
        AlphaRaw,
        /// Dijkstra and Henseler's ρ_A.
        RhoA,
        /// Composite reliability.
        RhoC,
        /// Average variance extracted.
        Ave,
        /// Correlation of two constructs.
        Correlation,
        /// Heterotrait–monotrait ratio of two constructs.
        Htmt,
        /// Goodness of fit of the whole.
        GoodnessOfFit,
    }
}

choice! {
    /// What to do about a driver.
    Quadrant of stored::Quadrant {
        /// Important, and performs below the crosshair.
        ConcentrateHere,
        /// Important, and performs.
        KeepUp,
        /// Neither.
        LowPriority,
        /// Performs, and matters little.
        PossibleOverkill,
    }
}

choice! {
    /// A curve of a segment.
    CurveKind of stored::CurveKind {
        /// Share of turnover against share of customers, the least first.
        Lorenz,
        /// Profit added up, the most profitable customers first.
        Whale,
        /// Retention by satisfaction.
        Retention,
        /// Share renewed at each renewal, of those up for it.
        Renewal,
    }
}

choice! {
    /// A zone of the satisfaction–retention curve (Jones & Sasser 1995).
    Zone of stored::Zone {
        /// They leave.
        Defection,
        /// They stay or leave for little.
        Indifference,
        /// They stay.
        Affection,
    }
}
