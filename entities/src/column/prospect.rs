//! Prospects: where each stands.

use sea_orm::{DeriveActiveEnum, EnumIter};
use serde::{Deserialize, Serialize};

use super::{UnknownWord, words};

words! {
    /// Where a prospect stands, by what its source tells.
    ProspectState {
        /// It may become a customer yet.
        Open = "open",
        /// It became a customer.
        Converted = "converted",
        /// It was lost.
        Lost = "lost",
    }
}
