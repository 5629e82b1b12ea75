//! The rules by which a sample is weighted to look like its population.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Weights to known margins of the population; none by default.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct WeightingRules {
    /// By dimension the share of each segment, in any unit; one dimension is post-stratification, several are raked.
    pub margins: BTreeMap<String, BTreeMap<String, f64>>,
    /// The least weight.
    pub least: f64,
    /// The most.
    pub most: f64,
    /// Below this efficiency (effective base ÷ base) there is a warning.
    pub efficiency: f64,
}

impl Default for WeightingRules {
    fn default() -> Self {
        Self { margins: BTreeMap::new(), least: 0.2, most: 5.0, efficiency: 0.7 }
    }
}
