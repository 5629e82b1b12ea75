//! Playbooks: the schemes whose classes have a card of what to do, and what a card tells.

use sea_orm::{DeriveActiveEnum, EnumIter};
use serde::{Deserialize, Serialize};

use super::{
    Growth, Lifecycle, LoyaltySubtype, LoyaltyType, Scheme, Size, Stage, UnknownWord, ValueClass, words,
};

words! {
    /// A scheme whose classes have cards; those of results by the words that results have.
    CardScheme {
        /// By loyalty type.
        Loyalty = "loyalty",
        /// Apostles and terrorists.
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
        /// Of those who have not bought yet, by how likely they are to: of prospects.
        Prospect = "prospect",
    }
}

words! {
    /// How likely a prospect is to close.
    ProspectGrade {
        /// Most likely.
        A = "a",
        /// Likely, with a step still open.
        B = "b",
        /// Possible, not now.
        C = "c",
        /// Unlikely.
        D = "d",
    }
}

words! {
    /// What a card tells, in the order it is read.
    CardPart {
        /// What the class means.
        Meaning = "meaning",
        /// Where the work lies.
        Focus = "focus",
        /// How to serve.
        Service = "service",
        /// How to speak.
        Communication = "communication",
        /// What is asked of the manager.
        Skill = "skill",
        /// What to avoid.
        Avoid = "avoid",
        /// Whom to bring together.
        Together = "together",
    }
}

/// The word of those that are in no class, who have no card.
const NO_CLASS: &str = "unclassified";

impl CardScheme {
    /// The words of its classes that have a card, in the order of reports.
    pub fn classes(self) -> Vec<&'static str> {
        fn words<T: Copy>(all: &[T], word: fn(T) -> &'static str) -> Vec<&'static str> {
            all.iter().map(|one| word(*one)).filter(|word| *word != NO_CLASS).collect()
        }
        match self {
            Self::Loyalty => words(LoyaltyType::ALL, LoyaltyType::as_str),
            Self::LoyaltySubtype => words(LoyaltySubtype::ALL, LoyaltySubtype::as_str),
            Self::ValueClass => words(ValueClass::ALL, ValueClass::as_str),
            Self::Growth => words(Growth::ALL, Growth::as_str),
            Self::Size => words(Size::ALL, Size::as_str),
            Self::Lifecycle => words(Lifecycle::ALL, Lifecycle::as_str),
            Self::Stage => words(Stage::ALL, Stage::as_str),
            Self::Prospect => words(ProspectGrade::ALL, ProspectGrade::as_str),
        }
    }

    /// The scheme of results that has these classes; none where no result has them.
    pub fn of_results(self) -> Option<Scheme> {
        self.as_str().parse().ok()
    }
}
