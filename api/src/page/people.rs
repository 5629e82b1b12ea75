//! Employees and channel partners: an index of theirs by unit, and how their indexes go together with the customers'.

use askama::Template;
use rapport_entities::ALL;
use serde::Deserialize;

use super::{
    Page,
    chart::{Chart, of_kinds},
    figure::{Figure, is_share},
    frame::{Choice, Frame},
};
use crate::Error;

/// The metric that is shown if none is asked for.
const USUAL: &str = "CSI";

/// The answer.
#[derive(Deserialize)]
pub struct Data {
    units: Vec<Unit>,
    indexes: Vec<Beside>,
    retention: Vec<Beside>,
    linkage: Vec<Linkage>,
    quarter: Quarter,
}

#[derive(Deserialize)]
struct Quarter {
    charts: Vec<Chart>,
}

/// An index of a unit.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Unit {
    id: String,
    dimension: String,
    segment: String,
    audience_label: String,
    metric_code: String,
    metric_label: String,
    value: Option<f64>,
    lower: Option<f64>,
    upper: Option<f64>,
    n: i64,
    pub(crate) suppressed: bool,
    /// The index and the retention of its customers.
    #[serde(skip)]
    customers: [Option<Beside>; 2],
}

/// A figure of the customers of a unit.
#[derive(Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Beside {
    id: String,
    dimension: String,
    segment: String,
    metric_code: String,
    value: Option<f64>,
    n: i64,
}

/// How an index of theirs goes together with one of the customers.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Linkage {
    id: String,
    pub(crate) dimension: String,
    audience_label: String,
    metric_code: String,
    metric_label: String,
    outcome_code: String,
    pub(crate) outcome_label: String,
    lag: i64,
    correlation: Option<f64>,
    lower: Option<f64>,
    upper: Option<f64>,
    slope: Option<f64>,
    slope_lower: Option<f64>,
    slope_upper: Option<f64>,
    p_value: Option<f64>,
    n: i64,
    pub(crate) unlinked_label: Option<String>,
}

/// The page.
#[derive(Template)]
#[template(path = "people.html")]
pub struct People {
    pub(crate) frame: Frame,
    /// The code of the metric that is shown.
    metric: String,
    /// The metrics there are: code and name.
    metrics: Vec<(String, String)>,
    /// By whose answers they are.
    pub(crate) groups: Vec<(String, Vec<Unit>)>,
    /// Of that metric; of the usual one where it is not held against customers.
    pub(crate) linkage: Vec<Linkage>,
    pub(crate) charts: Vec<Chart>,
}

impl Page for People {
    const PATH: &'static str = "/people";
    const QUERY: &'static str = concat!(include_str!("people.graphql"), include_str!("rows/chart.graphql"));
    type Data = Data;

    fn of(frame: Frame, data: Data) -> Result<Self, Error> {
        let mut metrics: Vec<(String, String)> = Vec::new();
        for unit in &data.units {
            if !metrics.iter().any(|(code, _)| *code == unit.metric_code) {
                metrics.push((unit.metric_code.clone(), unit.metric_label.clone()));
            }
        }
        let asked = frame.address.metric.as_deref().unwrap_or(USUAL).to_ascii_uppercase();
        let known = metrics.iter().find(|(code, _)| *code == asked).or(metrics.first());
        let metric = known.map(|(code, _)| code.clone()).unwrap_or_default();
        let mut groups: Vec<(String, Vec<Unit>)> = Vec::new();
        for mut unit in data.units.into_iter().filter(|unit| unit.metric_code == metric) {
            unit.customers = [&data.indexes, &data.retention].map(|scores| unit.beside(scores));
            match groups.iter_mut().find(|(name, _)| *name == unit.audience_label) {
                Some((_, units)) => units.push(unit),
                None => groups.push((unit.audience_label.clone(), vec![unit])),
            }
        }
        let held = data.linkage.iter().any(|one| one.metric_code == metric);
        let shown = if held { metric.clone() } else { USUAL.to_owned() };
        let linkage = data.linkage.into_iter().filter(|one| one.metric_code == shown).collect();
        let mut charts = of_kinds(data.quarter.charts, &["linkage"]);
        if groups.is_empty() {
            charts.clear();
        }
        Ok(Self { metric, metrics, groups, linkage, charts, frame })
    }
}

impl People {
    /// The metrics there are, as options of the form.
    fn choices(&self) -> Vec<Choice> {
        let choice = |(code, name): &(String, String)| Choice {
            label: name.clone(),
            target: code.clone(),
            open: *code == self.metric,
        };
        self.metrics.iter().map(choice).collect()
    }

    /// The name of the metric that is shown.
    pub(crate) fn metric_name(&self) -> &str {
        self.metrics.iter().find(|(code, _)| *code == self.metric).map_or("", |(_, name)| name)
    }

    /// The name of a unit.
    pub(crate) fn unit_name(&self, unit: &Unit) -> String {
        match unit.is_all() {
            true => self.frame.t("people-all-units").into_owned(),
            false => self.frame.place_of(&unit.dimension, &unit.segment).into_owned(),
        }
    }

    /// The name of a dimension; its code where it has none.
    pub(crate) fn dimension<'a>(&'a self, code: &'a str) -> &'a str {
        let known = self.frame.segments.iter().find(|one| one.dimension == code);
        known.map_or(code, |one| one.dimension_name.as_str())
    }
}

impl Unit {
    /// What of the customers of the unit.
    fn beside(&self, scores: &[Beside]) -> Option<Beside> {
        scores.iter().find(|one| (&one.dimension, &one.segment) == (&self.dimension, &self.segment)).cloned()
    }

    /// The index and the retention of the customers of the unit, each with its base.
    pub(crate) fn customers(&self) -> Vec<[Figure; 2]> {
        let figures = |one: &Option<Beside>| match one {
            Some(one) => [
                Figure::metric(&one.id, "value", &one.metric_code, one.value),
                Figure::count(&one.id, "n", Some(one.n)),
            ],
            None => [Figure::count("", "value", None), Figure::count("", "n", None)],
        };
        self.customers.iter().map(figures).collect()
    }

    /// All units are together.
    pub(crate) fn is_all(&self) -> bool {
        self.segment == ALL
    }

    pub(crate) fn value(&self) -> Figure {
        Figure::metric(&self.id, "value", &self.metric_code, self.value)
    }

    pub(crate) fn interval(&self) -> Option<(Figure, Figure)> {
        let (lower, upper) = self.lower.zip(self.upper)?;
        let end = |field, value| Figure::metric(&self.id, field, &self.metric_code, Some(value));
        Some((end("lower", lower), end("upper", upper)))
    }

    pub(crate) fn n(&self) -> Figure {
        Figure::count(&self.id, "n", Some(self.n))
    }
}

impl Linkage {
    /// Whose index of theirs.
    pub(crate) fn own(&self) -> String {
        format!("{} · {}", self.audience_label, self.metric_label)
    }

    pub(crate) fn lag(&self) -> Figure {
        Figure::count(&self.id, "lag", Some(self.lag))
    }

    pub(crate) fn correlation(&self) -> Figure {
        Figure::decimal(&self.id, "correlation", self.correlation, 2)
    }

    pub(crate) fn interval(&self) -> Option<(Figure, Figure)> {
        let (lower, upper) = self.lower.zip(self.upper)?;
        let end = |field, value| Figure::decimal(&self.id, field, Some(value), 2);
        Some((end("lower", lower), end("upper", upper)))
    }

    pub(crate) fn slope(&self) -> Figure {
        Figure::decimal(&self.id, "slope", self.slope, self.places())
    }

    pub(crate) fn slope_interval(&self) -> Option<(Figure, Figure)> {
        let (lower, upper) = self.slope_lower.zip(self.slope_upper)?;
        let end = |field, value| Figure::decimal(&self.id, field, Some(value), self.places());
        Some((end("slopeLower", lower), end("slopeUpper", upper)))
    }

    /// Decimals of a slope: a fraction of 1 is small.
    fn places(&self) -> usize {
        if is_share(&self.outcome_code) { 4 } else { 2 }
    }

    pub(crate) fn p_value(&self) -> Figure {
        Figure::decimal(&self.id, "pValue", self.p_value, 3)
    }

    pub(crate) fn n(&self) -> Figure {
        Figure::count(&self.id, "n", Some(self.n))
    }
}
