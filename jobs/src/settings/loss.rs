//! Lost customers: a company's own reasons, how long they stay on the list, and what keeping and winning cost.

use rapport_entities::LossReason;
use serde::{Deserialize, Serialize};

use super::{Check, SettingsError};

/// Lost customers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct LossRules {
    /// Customers who were lost in so many quarters, the closed one included, are on the list of those to win back.
    pub listed_quarters: u32,
    /// Reasons of the company's own, besides moved, other_ties, price, quality and service.
    pub reasons: Vec<OwnReason>,
}

/// A reason of the company's own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OwnReason {
    /// Its word, in small letters, digits and underscores.
    pub code: String,
    /// Its name in English.
    pub name: String,
    /// Its name in Chinese; the English one if not given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name_zh: Option<String>,
}

/// What having customers costs, in major units; what is not given is not reckoned with.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CostRules {
    /// Keeping a customer for a quarter.
    pub keep_per_customer: Option<f64>,
    /// Winning a new customer.
    pub win_per_customer: Option<f64>,
    /// An attempt to win a lost customer back.
    pub win_back_attempt: Option<f64>,
}

impl Default for LossRules {
    fn default() -> Self {
        Self { listed_quarters: 4, reasons: Vec::new() }
    }
}

impl LossRules {
    /// The reason that a word means. Fails, in words, if there is none such.
    pub fn reason(&self, word: &str) -> Result<String, String> {
        let word = word.trim().to_ascii_lowercase();
        let words = || {
            let own = self.reasons.iter().map(|one| one.code.as_str());
            LossReason::ALL.iter().map(|one| one.as_str()).chain(own)
        };
        if words().any(|one| one == word) {
            return Ok(word);
        }
        Err(format!("`{word}` is none of: {}", words().collect::<Vec<_>>().join(", ")))
    }

    /// The name of a reason of the company's own; none of the others.
    pub fn name(&self, word: &str, chinese: bool) -> Option<&str> {
        let own = self.reasons.iter().find(|one| one.code == word)?;
        Some(own.name_zh.as_deref().filter(|_| chinese).unwrap_or(&own.name))
    }

    pub(super) fn checks(&self) -> Vec<Check> {
        vec![("losses.listed_quarters", f64::from(self.listed_quarters), 1.0, 40.0, "1 to 40")]
    }

    /// Fails at the first reason that cannot be.
    pub(super) fn validate(&self) -> Result<(), SettingsError> {
        for (place, one) in self.reasons.iter().enumerate() {
            let wrong =
                |why: &str| Err(SettingsError::Reason { code: one.code.clone(), why: why.to_owned() });
            let plain = |sign: u8| sign.is_ascii_lowercase() || sign.is_ascii_digit() || sign == b'_';
            if one.code.is_empty() || !one.code.bytes().all(plain) {
                return wrong("a code has small letters, digits and underscores alone");
            }
            if one.code == "all" || one.code.parse::<LossReason>().is_ok() {
                return wrong("that is a word already");
            }
            if self.reasons[..place].iter().any(|other| other.code == one.code) {
                return wrong("it is given twice");
            }
            if one.name.trim().is_empty() {
                return wrong("it needs a name");
            }
        }
        Ok(())
    }
}

impl CostRules {
    pub(super) fn checks(&self) -> Vec<Check> {
        let given = [
            ("costs.keep_per_customer", self.keep_per_customer),
            ("costs.win_per_customer", self.win_per_customer),
            ("costs.win_back_attempt", self.win_back_attempt),
        ];
        let check = |(name, value): (&'static str, Option<f64>)| Some((name, value?, 0.0, 1e12, "0 or more"));
        given.into_iter().filter_map(check).collect()
    }
}
