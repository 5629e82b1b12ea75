//! The enumerations of the schema, and their string twins: the same words in upper case.

use rapport_entities::UnknownWord;

use crate::Error;

/// An enumeration of the schema over one that columns hold.
macro_rules! choice {
    ($(#[$doc:meta])* $name:ident of $from:ty { $($(#[$about:meta])* $variant:ident,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, async_graphql::Enum)]
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

// after the macro, which they use
mod action;
mod card;
mod care;
mod case;
mod customer;
mod fact;
mod figure;
mod loss;
mod people;
mod prospect;

pub use action::{ActionHappening, ActionOrigin, ActionState, Untold, Verdict};
pub use card::CardScheme;
pub use care::{CareReason, ContactOutcome, RiskBasis};
pub use case::{CaseEvent, CaseState, Deadline, EventSort};
pub use customer::{Growth, Lifecycle, LoyaltySubtype, LoyaltyType, Scheme, Size, Stage, ValueClass};
pub use fact::{AnswerFacet, AnswerMode, Audience, CommentOrigin, Measure, RemarkKind, Risk, Severity};
pub use figure::{CurveKind, FitOutcome, Metric, ModelKind, PathKind, Quadrant, Zone};
pub use loss::{Effort, LossState, LostValueBasis, SuccessBasis, WinbackOutcome};
pub use people::Unlinked;
pub use prospect::{ProspectGrade, ProspectState};

/// The string twin: the stored word in upper case.
pub fn code(word: &str) -> String {
    word.to_ascii_uppercase()
}

/// Reads a word given as an argument, in upper or lower case. Fails with the words there are.
pub fn word<T: std::str::FromStr<Err = UnknownWord>>(
    argument: &str,
    text: Option<&str>,
) -> Result<Option<T>, Error> {
    let parse = |text: &str| text.to_ascii_lowercase().parse();
    text.map(parse)
        .transpose()
        .map_err(|error| Error::BadInput(format!("{argument}: {}", code_words(&error))))
}

/// The error's words, as the API writes them.
fn code_words(error: &UnknownWord) -> String {
    let text = error.to_string();
    match text.split_once(" is none of: ") {
        Some((word, known)) => format!("{word} is none of: {}", known.to_ascii_uppercase()),
        None => text,
    }
}
