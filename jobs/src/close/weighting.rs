//! Weights that make the respondents of a quarter look like the population whose margins are known.

use std::collections::{BTreeMap, HashMap};

use rapport_entities::{FitOutcome, ModelKind, model_fit};
use rapport_statistics::{Cell, Margin, WeightCap, Weighting, rake};
use serde_json::json;

use super::{
    model::{Failure, Place},
    segments::{Combination, Segments},
};
use crate::settings::WeightingRules;

/// The weight of every combination of segments.
#[derive(Debug, Default)]
pub struct Weights {
    by_combination: HashMap<Combination, f64>,
    outcome: Option<Result<Weighting, String>>,
}

impl Weights {
    /// From the number of respondents of each combination. Margins that contradict each other leave all weights at 1,
    /// and that is stored with the reason.
    pub fn new(
        respondents: &BTreeMap<Combination, u64>,
        segments: &Segments,
        rules: &WeightingRules,
    ) -> Self {
        if rules.margins.is_empty() {
            return Self::default();
        }
        let margin = |(dimension, shares): (&String, &BTreeMap<String, f64>)| Margin {
            name: dimension.clone(),
            shares: shares.values().copied().collect(),
        };
        let margins: Vec<Margin> = rules.margins.iter().map(margin).collect();
        let cells: Vec<Cell> = respondents
            .iter()
            .map(|(combination, n)| Cell { n: *n, categories: categories(*combination, segments, rules) })
            .collect();
        let cap = WeightCap { least: rules.least, most: rules.most };
        match rake(&cells, &margins, cap) {
            Ok(weighting) => Self {
                by_combination: respondents.keys().copied().zip(weighting.weights.iter().copied()).collect(),
                outcome: Some(Ok(weighting)),
            },
            Err(error) => Self { outcome: Some(Err(error.to_string())), ..Self::default() },
        }
    }

    /// The weight of a respondent; 1 without margins.
    pub fn of(&self, combination: Combination) -> f64 {
        self.by_combination.get(&combination).copied().unwrap_or(1.0)
    }

    /// What became of the weighting; `None` without margins.
    pub fn fit(&self, place: &Place, rules: &WeightingRules) -> Option<model_fit::Model> {
        let weighting = match self.outcome.as_ref()? {
            Ok(weighting) => weighting,
            Err(reason) => return Some(place.failed(ModelKind::Weighting, Failure::Named(reason.clone()))),
        };
        let efficiency = weighting.effective_n / weighting.n as f64;
        let mut warnings = Vec::new();
        if efficiency < rules.efficiency {
            warnings.push(format!(
                "the weights leave {:.0} of {} answers: an efficiency of {:.0} %",
                weighting.effective_n,
                weighting.n,
                100.0 * efficiency
            ));
        }
        if weighting.capped > 0 {
            warnings.push(format!(
                "{} groups stand at a cap, so the margins are met but nearly",
                weighting.capped
            ));
        }
        let empty = self.empty(weighting, rules);
        if !empty.is_empty() {
            warnings.push(format!("nobody answered in {}: the others stand for them", empty.join(", ")));
        }
        let details = json!({
            "efficiency": efficiency,
            "rounds": weighting.rounds,
            "capped": weighting.capped,
            "margins": rules.margins,
        });
        Some(model_fit::Model {
            outcome: if warnings.is_empty() { FitOutcome::Fitted } else { FitOutcome::Warned },
            reason: (!warnings.is_empty()).then(|| warnings.join("; ")),
            effective_n: Some(weighting.effective_n),
            details: details.to_string(),
            ..place.fit(ModelKind::Weighting, weighting.n)
        })
    }

    fn empty(&self, weighting: &Weighting, rules: &WeightingRules) -> Vec<String> {
        let named = |((dimension, shares), empty): ((&String, &BTreeMap<String, f64>), &Vec<usize>)| {
            let name = |place: &usize| shares.keys().nth(*place).map(|code| format!("{dimension} {code}"));
            empty.iter().filter_map(name).collect::<Vec<_>>()
        };
        rules.margins.iter().zip(&weighting.empty).flat_map(named).collect()
    }
}

/// Of each margin, the category that a combination is in.
fn categories(combination: Combination, segments: &Segments, rules: &WeightingRules) -> Vec<Option<usize>> {
    let category = |(dimension, shares): (&String, &BTreeMap<String, f64>)| {
        let members = segments.members(combination).iter();
        let own = members.map(|member| &segments.keys[*member]).find(|(of, _)| of == dimension)?;
        shares.keys().position(|code| *code == own.1)
    };
    rules.margins.iter().map(category).collect()
}
