//! What an action did, as the API gives it, with its figures.

use rapport_messages::Locale;
use serde::Deserialize;

use super::super::figure::{self, Figure};

/// What an action did to its index, by a quarter.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Effect {
    /// Global id.
    pub id: String,
    /// Written `2026-Q3`.
    pub quarter: String,
    /// Code of the dimension.
    pub dimension: String,
    /// Code of the segment.
    pub segment: String,
    /// The action's code.
    pub action: String,
    /// What was to be done.
    pub action_title: Option<String>,
    metric_code: String,
    /// Name of the index.
    pub metric_label: String,
    /// The quarter that it is compared with.
    pub base_quarter: Option<String>,
    before: Option<f64>,
    n_before: i64,
    after: Option<f64>,
    n_after: i64,
    expected_change: Option<f64>,
    value: Option<f64>,
    lower: Option<f64>,
    upper: Option<f64>,
    comparable: i64,
    /// What came of it.
    pub verdict_code: String,
    /// The same in words.
    pub verdict_label: String,
    /// Why the base cannot tell, in words.
    pub untold_label: Option<String>,
}

impl Effect {
    /// The effect, with its sign.
    pub fn value(&self, locale: &Locale) -> Figure {
        self.change("value", self.value, locale)
    }

    /// The ends of its interval; none where the base cannot tell.
    pub fn interval(&self, locale: &Locale) -> Option<(Figure, Figure)> {
        self.lower.zip(self.upper)?;
        Some((self.change("lower", self.lower, locale), self.change("upper", self.upper, locale)))
    }

    /// The mean change of the comparable segments.
    pub fn expected_change(&self, locale: &Locale) -> Figure {
        self.change("expectedChange", self.expected_change, locale)
    }

    /// The index before.
    pub fn before(&self) -> Figure {
        self.metric("before", self.before)
    }

    /// The index in the quarter.
    pub fn after(&self) -> Figure {
        self.metric("after", self.after)
    }

    /// The base before.
    pub fn n_before(&self) -> Figure {
        Figure::count(&self.id, "nBefore", Some(self.n_before))
    }

    /// The base in the quarter.
    pub fn n_after(&self) -> Figure {
        Figure::count(&self.id, "nAfter", Some(self.n_after))
    }

    /// With how many segments it is compared.
    pub fn comparable(&self) -> Figure {
        Figure::count(&self.id, "comparable", Some(self.comparable))
    }

    fn metric(&self, field: &'static str, value: Option<f64>) -> Figure {
        Figure::metric(&self.id, field, &self.metric_code, value)
    }

    fn change(&self, field: &'static str, value: Option<f64>, locale: &Locale) -> Figure {
        let write = |value| figure::change(&self.metric_code, value, *locale);
        Figure::of(&self.id, field, (value, figure::forms(&self.metric_code).1), write)
    }
}
