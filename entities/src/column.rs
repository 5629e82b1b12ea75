//! The enumerations that columns hold, stored as lower-case words.

mod action;
mod card;
mod care;
mod case;
mod class;
mod fact;
mod figure;
mod loss;
mod people;
mod prospect;
mod work;

pub use action::*;
pub use card::*;
pub use care::*;
pub use case::*;
pub use class::*;
pub use fact::*;
pub use figure::*;
pub use loss::*;
pub use people::*;
pub use prospect::*;
pub use work::*;

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
use words;

/// A word that is none of an enumeration's.
#[derive(Debug, Clone, thiserror::Error)]
#[error("`{word}` is none of: {known}")]
pub struct UnknownWord {
    pub(crate) word: String,
    pub(crate) known: String,
}
