//! Employees and partners beside customers.

use sea_orm::{DeriveActiveEnum, EnumIter};
use serde::{Deserialize, Serialize};

use super::{UnknownWord, words};

words! {
    /// Why it cannot be told how two indexes go together.
    Unlinked {
        /// The earlier quarter is not published.
        NotPublished = "not_published",
        /// Fewer than five units have both figures on a base large enough.
        TooFew = "too_few",
        /// The units do not differ.
        NoDifference = "no_difference",
    }
}
