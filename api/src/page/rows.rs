//! Rows that several pages read, as the API gives them, with their figures.

mod action;
mod effect;
mod mode;
mod prospect;

use std::borrow::Cow;

use rapport_messages::{Locale, number::decimal};
use rapport_reports::Form;
use serde::Deserialize;

pub use action::Action;
pub use effect::Effect;
pub use mode::Mode;
pub use prospect::Prospects;

use super::figure::{self, Figure, Whisker};

/// A metric of a segment.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Score {
    /// Global id.
    pub id: String,
    /// Written `2026-Q3`.
    pub quarter: String,
    /// From 1; none where no page asks for it.
    pub revision: Option<i32>,
    /// Code of the dimension.
    pub dimension: String,
    /// Code of the segment.
    pub segment: String,
    /// The metric.
    pub metric_code: String,
    /// Its name.
    pub metric_label: String,
    value: Option<f64>,
    lower: Option<f64>,
    upper: Option<f64>,
    n: i64,
    /// The base is too small.
    pub suppressed: bool,
    change: Option<f64>,
    change_significant: Option<bool>,
    change_year: Option<f64>,
    change_year_significant: Option<bool>,
}

/// A change as it is shown.
#[derive(Clone, Debug)]
pub struct Delta {
    /// The change, with its sign.
    pub figure: Figure,
    /// `up`, `down` or nothing.
    pub direction: &'static str,
    /// To the better.
    pub good: bool,
    /// More than chance.
    pub sure: bool,
}

impl Score {
    /// What the metric is.
    pub fn about(&self, locale: &Locale) -> Cow<'static, str> {
        locale.about("metric", &self.metric_code)
    }

    /// The value, if it is there to be shown.
    pub fn value(&self) -> Option<Figure> {
        self.value.is_some().then(|| self.metric("value", self.value))
    }

    /// The ends of the interval.
    pub fn interval(&self) -> Option<(Figure, Figure)> {
        self.lower.zip(self.upper)?;
        Some((self.metric("lower", self.lower), self.metric("upper", self.upper)))
    }

    /// The base.
    pub fn n(&self) -> Figure {
        Figure::count(&self.id, "n", Some(self.n))
    }

    /// On the quarter before.
    pub fn change(&self, locale: &Locale) -> Option<Delta> {
        self.delta("change", self.change?, self.change_significant, *locale)
    }

    /// On the year before.
    pub fn change_year(&self, locale: &Locale) -> Option<Delta> {
        self.delta("changeYear", self.change_year?, self.change_year_significant, *locale)
    }

    /// For the drawing.
    pub fn whisker(&self) -> Option<Whisker> {
        Whisker::of(&self.metric_code, self.value?, self.lower.zip(self.upper)?)
    }

    fn metric(&self, field: &'static str, value: Option<f64>) -> Figure {
        Figure::metric(&self.id, field, &self.metric_code, value)
    }

    fn delta(&self, field: &'static str, change: f64, sure: Option<bool>, locale: Locale) -> Option<Delta> {
        let write = |change| figure::change(&self.metric_code, change, locale);
        let is_nothing = !write(change).bytes().any(|byte| (b'1'..=b'9').contains(&byte));
        let direction = match change {
            _ if is_nothing => "",
            change if change > 0.0 => "up",
            _ => "down",
        };
        let good = (change > 0.0) != figure::is_better_low(&self.metric_code);
        let figure = Figure::of(&self.id, field, (Some(change), figure::forms(&self.metric_code).1), write);
        Some(Delta { figure, direction, good, sure: sure.unwrap_or(false) })
    }
}

/// The score of a metric among a segment's.
pub fn metric<'a>(scores: &'a [Score], code: &str) -> Option<&'a Score> {
    scores.iter().find(|score| score.metric_code == code)
}

/// A class of a scheme, of a segment.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Class {
    /// Global id.
    pub id: String,
    /// Code of the dimension.
    pub dimension: String,
    /// Code of the segment.
    pub segment: String,
    /// The scheme.
    pub scheme_code: String,
    /// Its name.
    pub scheme_label: String,
    /// The class.
    pub class_code: String,
    /// Its name.
    pub class_label: String,
    /// Customers; none if suppressed.
    pub customers: Option<i64>,
    share: Option<f64>,
    revenue: Option<f64>,
    profit: Option<f64>,
    n: i64,
    /// The segment is too small.
    pub suppressed: bool,
}

impl Class {
    /// How many.
    pub fn customers(&self) -> Figure {
        Figure::count(&self.id, "customers", self.customers)
    }

    /// All customers of the segment.
    pub fn n(&self) -> Figure {
        Figure::count(&self.id, "n", Some(self.n))
    }

    /// Of the classified.
    pub fn share(&self) -> Figure {
        Figure::share(&self.id, "share", self.share)
    }

    /// Of 100, for the bar.
    pub fn bar(&self) -> Option<f64> {
        self.share.map(|share| (share * 10_000.0).round() / 100.0)
    }

    /// Their revenue in the window.
    pub fn revenue(&self) -> Figure {
        Figure::money(&self.id, "revenue", self.revenue)
    }

    /// Their profit in the window.
    pub fn profit(&self) -> Figure {
        Figure::money(&self.id, "profit", self.profit)
    }

    /// What the class is.
    pub fn about(&self, locale: &Locale) -> Cow<'static, str> {
        locale.about(self.family(), &self.class_code)
    }

    /// Which field of an address finds its customers.
    pub fn field(&self) -> &'static str {
        match self.scheme_code.as_str() {
            "LOYALTY" => "type",
            "LOYALTY_SUBTYPE" => "subtype",
            "VALUE_CLASS" => "class",
            "GROWTH" => "growth",
            "SIZE" => "size",
            "LIFECYCLE" => "lifecycle",
            _ => "stage",
        }
    }

    fn family(&self) -> &'static str {
        if self.scheme_code == "LOYALTY" { "loyalty" } else { self.field() }
    }

    /// True of those that are in no class.
    pub fn is_rest(&self) -> bool {
        self.class_code == "UNCLASSIFIED"
    }
}

/// The classes of a scheme as a table: its name, and its file.
#[derive(Clone, Debug)]
pub struct Scheme {
    /// Its name.
    pub name: String,
    /// Its classes, in the order of reports.
    pub classes: Vec<Class>,
}

impl Scheme {
    /// Of the classes of all schemes; none if the quarter has none of it. Only the ones of these codes, in this order.
    pub fn of(classes: &[Class], scheme: &str, order: &[&str]) -> Option<Self> {
        let find =
            |code: &&str| classes.iter().find(|one| one.scheme_code == scheme && one.class_code == **code);
        let classes: Vec<Class> = order.iter().filter_map(find).cloned().collect();
        Some(Self { name: classes.first()?.scheme_label.clone(), classes })
    }

    /// True if the segment is too small to be divided.
    pub fn few(&self) -> bool {
        self.classes.iter().all(|class| class.suppressed)
    }
}

/// How much an item drives satisfaction, and how well it is met.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Driver {
    /// Global id.
    pub id: String,
    /// The item's code.
    pub question: String,
    question_text: Option<String>,
    importance: Option<f64>,
    performance: Option<f64>,
    stated: Option<f64>,
    p_value: Option<f64>,
    variance_inflation: Option<f64>,
    /// What to do about it.
    pub quadrant_code: Option<String>,
    /// The same in words.
    pub quadrant_label: Option<String>,
    r_squared: Option<f64>,
    n: i64,
}

impl Driver {
    /// As it was asked.
    pub fn name(&self) -> &str {
        self.question_text.as_deref().filter(|text| !text.is_empty()).unwrap_or(&self.question)
    }

    /// Derived importance.
    pub fn importance(&self) -> Figure {
        Figure::decimal(&self.id, "importance", self.importance, 3)
    }

    /// Of 100 of the greatest, for the bar.
    pub fn bar(&self, greatest: f64) -> f64 {
        let share = self.importance.unwrap_or_default() / greatest.max(f64::MIN_POSITIVE);
        (share.clamp(0.0, 1.0) * 10_000.0).round() / 100.0
    }

    /// For the order and the bars.
    pub fn weight(&self) -> f64 {
        self.importance.unwrap_or_default()
    }

    /// Mean of the item.
    pub fn performance(&self) -> Figure {
        Figure::decimal(&self.id, "performance", self.performance, 1)
    }

    /// Stated importance.
    pub fn stated(&self) -> Figure {
        Figure::decimal(&self.id, "stated", self.stated, 1)
    }

    /// Of the coefficient.
    pub fn p_value(&self) -> Figure {
        Figure::of(&self.id, "pValue", (self.p_value, Form::Decimal(3)), |p| match p < 0.001 {
            true => "<0.001".to_owned(),
            false => decimal(p, 3),
        })
    }

    /// How much it overlaps with the others.
    pub fn variance_inflation(&self) -> Figure {
        Figure::decimal(&self.id, "varianceInflation", self.variance_inflation, 2)
    }

    /// How much all of them explain.
    pub fn r_squared(&self) -> Figure {
        Figure::share(&self.id, "rSquared", self.r_squared)
    }

    /// The base.
    pub fn n(&self) -> Figure {
        Figure::count(&self.id, "n", Some(self.n))
    }
}

/// Of the most important first.
pub fn by_importance(mut drivers: Vec<Driver>) -> Vec<Driver> {
    drivers.sort_by(|one, other| other.weight().total_cmp(&one.weight()));
    drivers
}
