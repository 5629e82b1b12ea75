//! What is alarming: the rules of the alerts and their bounds. An empty rule is switched off.

use std::collections::BTreeMap;

use rapport_entities::{LoyaltyType, Metric, ValueClass};
use serde::{Deserialize, Serialize};

use super::SettingsError;

/// The rules of the alerts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct AlertRules {
    /// How many of the newest quarters are watched.
    pub quarters: u32,
    /// Quarters that are not final are watched too.
    pub provisional: bool,
    /// Indexes that must not fall significantly.
    pub falling: Vec<Metric>,
    /// Customers of these classes must not turn defecting.
    pub defecting_classes: Vec<ValueClass>,
    /// A complaint that misses a deadline alarms while it waits; one older than this is history, and 0 is never.
    pub complaint_days: u32,
    /// An action that is not done by its day alarms; one whose day is longer ago than so many days is history, and 0 is
    /// never.
    pub action_days: u32,
    /// A run that was given up is an alert.
    pub jobs: bool,
    /// Shares of the classified customers that a loyalty type must not reach.
    pub shares: BTreeMap<LoyaltyType, f64>,
}

impl Default for AlertRules {
    fn default() -> Self {
        Self {
            quarters: 2,
            provisional: false,
            falling: vec![Metric::Csi, Metric::Csat, Metric::Satisfaction, Metric::Nps],
            defecting_classes: vec![ValueClass::A],
            complaint_days: 30,
            action_days: 90,
            jobs: true,
            shares: BTreeMap::from([(LoyaltyType::Defecting, 0.3), (LoyaltyType::Hostage, 0.3)]),
        }
    }
}

impl AlertRules {
    /// Fails at the first rule that cannot be.
    pub(super) fn validate(&self) -> Result<(), SettingsError> {
        let wrong = |name: String, why: String| Err(SettingsError::Alerts { name, why });
        if self.quarters == 0 {
            return wrong("quarters".to_owned(), "is 0; it must be 1 or more".to_owned());
        }
        for (kind, share) in &self.shares {
            if *kind == LoyaltyType::Unclassified {
                let why = "shares are of the classified customers; name one of the four types".to_owned();
                return wrong(format!("shares.{kind}"), why);
            }
            if !(*share > 0.0 && *share <= 1.0) {
                let why = format!("is {share}; it must be a share, above 0 and at most 1");
                return wrong(format!("shares.{kind}"), why);
            }
        }
        Ok(())
    }
}
