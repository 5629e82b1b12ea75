//! An improvement action, as the API gives it.

use rapport_messages::Locale;
use serde::Deserialize;

use super::super::figure::{self, Figure};

/// An improvement action.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Action {
    /// Global id.
    pub id: String,
    /// Its key.
    pub code: String,
    /// What is to be done.
    pub title: String,
    /// What it was opened from.
    pub origin_label: String,
    /// The driver, segment, risk or metric it was opened from.
    pub origin_reference: Option<String>,
    /// The quarter whose figures it was opened from.
    pub origin_quarter: Option<String>,
    /// Code of the dimension.
    pub dimension: String,
    /// Code of the segment.
    pub segment: String,
    /// The index that is to move.
    pub metric_code: String,
    /// Its name.
    pub metric_label: String,
    /// The quarter it takes effect from.
    pub effect_from: String,
    /// Who answers for it; none for viewers.
    pub owner: Option<String>,
    /// The day it is due.
    pub due: String,
    /// Whether that is over, and it is not done.
    pub overdue: bool,
    expected: Option<f64>,
    /// Where it stands.
    pub state_code: String,
    /// The same in words.
    pub state_label: String,
    /// The quarter in which it was given up.
    pub abandoned_in: Option<String>,
}

impl Action {
    /// The effect that is expected, with its sign.
    pub fn expected(&self, locale: &Locale) -> Figure {
        let write = |value| figure::change(&self.metric_code, value, *locale);
        Figure::of(&self.id, "expected", (self.expected, figure::forms(&self.metric_code).1), write)
    }
}
