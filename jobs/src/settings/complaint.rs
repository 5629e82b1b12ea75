//! What complaints teach: what counts as on the spot, and what is assumed of how customers talk about it.

use serde::{Deserialize, Serialize};

use super::Check;

/// What complaints teach.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ComplaintRules {
    /// A complaint that was resolved within so many hours was so on the spot.
    pub on_the_spot_hours: f64,
    /// So many others hear of it from a customer who was dissatisfied with the outcome, as is assumed.
    pub told_by_dissatisfied: f64,
    /// So many from one who was satisfied.
    pub told_by_satisfied: f64,
    /// So many others are within reach of a customer, as is assumed.
    pub within_reach: f64,
}

impl Default for ComplaintRules {
    fn default() -> Self {
        Self {
            on_the_spot_hours: 24.0,
            told_by_dissatisfied: 12.0,
            told_by_satisfied: 5.0,
            within_reach: 250.0,
        }
    }
}

impl ComplaintRules {
    /// The longest that counts as on the spot, in milliseconds.
    pub(crate) fn on_the_spot_milliseconds(&self) -> i64 {
        // checked to be 8,760 hours at most
        (self.on_the_spot_hours * 3_600_000.0) as i64
    }

    pub(super) fn checks(&self) -> Vec<Check> {
        let people = "0 to 1,000,000";
        vec![
            ("complaints.on_the_spot_hours", self.on_the_spot_hours, 0.0, 8_760.0, "0 to 8,760"),
            ("complaints.told_by_dissatisfied", self.told_by_dissatisfied, 0.0, 1e6, people),
            ("complaints.told_by_satisfied", self.told_by_satisfied, 0.0, 1e6, people),
            ("complaints.within_reach", self.within_reach, 0.0, 1e6, people),
        ]
    }
}
