//! The care list: who is of high value, what counts as slipping, and how early promises are told.

use serde::{Deserialize, Serialize};

use super::Check;

/// The rules of the care list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CareRules {
    /// Of high value: this share of the customers who bought in the window, by turnover from the top.
    pub high_value: f64,
    /// A loyal customer whose satisfaction fell by so many points of ten since the quarter before is slipping.
    pub satisfaction_fall: f64,
    /// A customer of class A whose probability of not having left fell below this one is turning.
    pub alive_cut: f64,
    /// Promises are told so many days before they are due.
    pub promise_days: u32,
}

impl Default for CareRules {
    fn default() -> Self {
        Self { high_value: 0.2, satisfaction_fall: 2.0, alive_cut: 0.5, promise_days: 7 }
    }
}

impl CareRules {
    pub(super) fn checks(&self) -> Vec<Check> {
        let share = "a share, 0 to 1";
        let (fall, days) = (self.satisfaction_fall, f64::from(self.promise_days));
        vec![
            ("care.high_value", self.high_value, 0.0, 1.0, share),
            ("care.satisfaction_fall", fall, f64::MIN_POSITIVE, 10.0, "above 0 and at most 10 points"),
            ("care.alive_cut", self.alive_cut, 0.0, 1.0, share),
            ("care.promise_days", days, 0.0, 366.0, "0 to 366"),
        ]
    }
}
