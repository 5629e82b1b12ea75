//! The words of Rapport in English and 简体中文, from one catalogue, and how numbers, money and dates are written. It
//! imports none of ours and reads nothing: the catalogue is in the binary.

mod catalogue;
mod date;
mod error;
mod locale;
pub mod number;

pub use date::{date, moment};
pub use error::UnknownLocale;
pub use fluent_bundle::FluentValue as Value;
pub use locale::Locale;
