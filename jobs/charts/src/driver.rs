//! A driver of satisfaction, as the grid and the bars show it.

use crate::frame::Headline;
use rapport_messages::Locale;
use rapport_messages::number::{UNKNOWN, decimal, finite, tenths};
use serde::{Deserialize, Serialize};

/// An item that drives satisfaction.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Driver {
    /// The item as it was asked, in the reader's language where that is known; its code otherwise.
    pub name: String,
    /// How much it drives satisfaction: a share of the explained variance, or a coefficient, as the rule says.
    pub importance: Option<f64>,
    /// The mean of the item on 0–100.
    pub performance: Option<f64>,
    /// Its standardised coefficient, the other drivers held.
    pub beta: Option<f64>,
    /// Of the coefficient, two-sided.
    pub p_value: Option<f64>,
    /// What to do about it: `concentrate_here`, `keep_up`, `low_priority` or `possible_overkill`.
    pub quadrant: Option<String>,
    /// The number of answers.
    pub n: u64,
}

impl Driver {
    /// Its importance as printed: per cent of the variance, or a coefficient.
    pub(crate) fn strength(&self, is_share: bool) -> String {
        match finite(self.importance) {
            Some(value) if is_share => tenths(Some(value)),
            Some(value) => decimal(value, 2),
            None => UNKNOWN.to_owned(),
        }
    }

    /// Its importance with the sign of its coefficient.
    pub(crate) fn signed(&self) -> Option<f64> {
        let importance = finite(self.importance)?;
        let falls = finite(self.beta).is_some_and(|beta| beta < 0.0);
        Some(if falls { -importance.abs() } else { importance })
    }
}

/// The headline where there is no driver.
pub(crate) fn none(locale: Locale) -> Headline {
    Headline {
        about: locale.text("chart-drivers").into_owned(),
        found: locale.text("chart-no-drivers").into_owned(),
    }
}

/// The mean of the item, as printed.
pub(crate) fn performance(driver: &Driver) -> String {
    finite(driver.performance).map_or_else(|| UNKNOWN.to_owned(), |mean| decimal(mean, 1))
}
