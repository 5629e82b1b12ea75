//! The enumerations of the schema, and their string twins: the same words in upper case.

use async_graphql::Enum;
use rapport_entities as stored;

use crate::Error;

/// An enumeration of the schema over one that columns hold.
macro_rules! choice {
    ($(#[$doc:meta])* $name:ident of $from:ty { $($(#[$about:meta])* $variant:ident,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
        pub enum $name { $($(#[$about])* $variant,)+ }

        impl $name {
            /// None for what the enumeration leaves out: the unclassified.
            #[allow(unreachable_patterns)]
            pub fn of(stored: $from) -> Option<Self> {
                match stored { $(<$from>::$variant => Some(Self::$variant),)+ _ => None }
            }

            /// As the columns hold it.
            pub fn stored(self) -> $from {
                match self { $(Self::$variant => <$from>::$variant),+ }
            }
        }
    };
}

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
    }
}

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

/// The string twin: the stored word in upper case.
pub fn code(word: &str) -> String {
    word.to_ascii_uppercase()
}

/// Reads a word given as an argument, in upper or lower case. Fails with the words there are.
pub fn word<T: std::str::FromStr<Err = stored::UnknownWord>>(
    argument: &str,
    text: Option<&str>,
) -> Result<Option<T>, Error> {
    let parse = |text: &str| text.to_ascii_lowercase().parse();
    text.map(parse)
        .transpose()
        .map_err(|error| Error::BadInput(format!("{argument}: {}", code_words(&error))))
}

/// The error's words, as the API writes them.
fn code_words(error: &stored::UnknownWord) -> String {
    let text = error.to_string();
    match text.split_once(" is none of: ") {
        Some((word, known)) => format!("{word} is none of: {}", known.to_ascii_uppercase()),
        None => text,
    }
}
