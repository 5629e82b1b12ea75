//! What difference it makes how a survey was answered, as the API gives it, with its figures.

use rapport_messages::Locale;
use serde::Deserialize;

use super::{
    super::figure::{self, Figure, Whisker},
    Delta,
};

/// The answers given in one way.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Mode {
    /// Global id.
    pub id: String,
    metric_code: String,
    /// `MODE` or `CHANNEL`.
    pub facet_code: String,
    /// The same in words.
    pub facet_label: String,
    /// Which way, in words.
    pub way_label: String,
    value: Option<f64>,
    lower: Option<f64>,
    upper: Option<f64>,
    n: i64,
    effect: Option<f64>,
    effect_lower: Option<f64>,
    effect_upper: Option<f64>,
    significant: Option<bool>,
    matched: Option<i64>,
    others: Option<i64>,
}

impl Mode {
    /// The more answers, the sooner.
    pub fn rank(&self) -> std::cmp::Reverse<i64> {
        std::cmp::Reverse(self.n)
    }

    /// The metric of its answers, if it is there to be shown.
    pub fn value(&self) -> Option<Figure> {
        self.value.is_some().then(|| self.metric("value", self.value))
    }

    /// The ends of its interval.
    pub fn interval(&self) -> Option<(Figure, Figure)> {
        self.lower.zip(self.upper)?;
        Some((self.metric("lower", self.lower), self.metric("upper", self.upper)))
    }

    /// For the drawing.
    pub fn whisker(&self) -> Option<Whisker> {
        Whisker::of(&self.metric_code, self.value?, self.lower.zip(self.upper)?)
    }

    /// Its answers.
    pub fn n(&self) -> Figure {
        Figure::count(&self.id, "n", Some(self.n))
    }

    /// How far it is from the others: no way is better than another, so that neither direction is good.
    pub fn effect(&self, locale: &Locale) -> Option<Delta> {
        let effect = self.effect?;
        let direction = if effect > 0.0 { "up" } else { "down" };
        let figure = self.change("effect", self.effect, locale);
        Some(Delta { figure, direction, good: false, sure: self.significant == Some(true) })
    }

    /// The ends of the interval of the effect.
    pub fn effect_interval(&self, locale: &Locale) -> Option<(Figure, Figure)> {
        self.effect_lower.zip(self.effect_upper)?;
        Some((
            self.change("effectLower", self.effect_lower, locale),
            self.change("effectUpper", self.effect_upper, locale),
        ))
    }

    /// Its answers that are compared, and those they are compared with.
    pub fn bases(&self) -> Option<(Figure, Figure)> {
        self.matched.zip(self.others)?;
        Some((
            Figure::count(&self.id, "matched", self.matched),
            Figure::count(&self.id, "others", self.others),
        ))
    }

    fn metric(&self, field: &'static str, value: Option<f64>) -> Figure {
        Figure::metric(&self.id, field, &self.metric_code, value)
    }

    fn change(&self, field: &'static str, value: Option<f64>, locale: &Locale) -> Figure {
        let write = |value| figure::change(&self.metric_code, value, *locale);
        Figure::of(&self.id, field, (value, figure::forms(&self.metric_code).1), write)
    }
}
