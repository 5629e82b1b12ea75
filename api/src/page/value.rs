//! Value: classes A to D and what to do for each, worth and potential, and how unevenly turnover is spread.

use askama::Template;
use serde::Deserialize;

use super::{
    Page,
    chart::{Chart, of_kinds},
    figure::Figure,
    frame::Frame,
    rows::{Class, Prospects, Scheme},
};
use crate::Error;

/// The answer.
#[derive(Deserialize)]
pub struct Data {
    quarter: Quarter,
}

#[derive(Deserialize)]
struct Quarter {
    classes: Vec<Class>,
    stages: Vec<Step>,
    phases: Vec<Step>,
    prospects: Vec<Prospects>,
    lorenz: Vec<Point>,
    concentration: Vec<Parameter>,
    charts: Vec<Chart>,
}

/// A step of a funnel.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Step {
    id: String,
    scheme_code: String,
    scheme_label: String,
    class_code: String,
    customers: Option<i64>,
    quarters: Option<f64>,
    fell_back: Option<i64>,
    conversion: Option<f64>,
    lower: Option<f64>,
    upper: Option<f64>,
    n: i64,
    suppressed: bool,
}

/// The steps of the stages, or of the phases.
pub struct Funnel {
    pub(crate) name: String,
    pub(crate) steps: Vec<Step>,
    /// Who are at the fullest step.
    most: i64,
}

/// A point of the Lorenz curve.
#[derive(Deserialize)]
pub struct Point {
    pub(crate) id: String,
    pub(crate) place: i32,
    pub(crate) x: f64,
    pub(crate) y: f64,
}

/// A figure of how turnover is spread.
#[derive(Deserialize)]
pub struct Parameter {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) value: Option<f64>,
}

/// The page.
#[derive(Template)]
#[template(path = "value.html")]
pub struct Value {
    pub(crate) frame: Frame,
    pub(crate) classes: Option<Scheme>,
    pub(crate) others: Vec<Scheme>,
    pub(crate) funnels: Vec<Funnel>,
    /// Prospects by grade, all of them last; none where there are too few, or none at all.
    pub(crate) prospects: Vec<Prospects>,
    pub(crate) lorenz: Vec<Point>,
    pub(crate) concentration: Vec<Parameter>,
    pub(crate) charts: Vec<Chart>,
}

impl Page for Value {
    const PATH: &'static str = "/value";
    const QUERY: &'static str = concat!(
        include_str!("value.graphql"),
        include_str!("rows/class.graphql"),
        include_str!("rows/prospect.graphql"),
        include_str!("rows/chart.graphql"),
    );
    type Data = Data;

    fn of(frame: Frame, data: Data) -> Result<Self, Error> {
        let quarter = data.quarter;
        let scheme = |name: &str, order: &[&str]| Scheme::of(&quarter.classes, name, order);
        let others = [
            scheme("GROWTH", &["MOST_VALUABLE", "MOST_GROWABLE", "BELOW_ZERO", "OTHER", "UNCLASSIFIED"]),
            scheme("SIZE", &["VIP", "LARGE", "MEDIUM", "SMALL", "UNCLASSIFIED"]),
            scheme("LIFECYCLE", &["EXPLORATION", "BUILD_UP", "MATURITY", "DECLINE", "UNCLASSIFIED"]),
            scheme(
                "STAGE",
                &["SUSPECT", "PROSPECT", "FIRST_TIME", "REPEAT", "CLIENT", "ADVOCATE", "UNCLASSIFIED"],
            ),
        ];
        let last = quarter.lorenz.len().saturating_sub(1);
        Ok(Self {
            classes: scheme("VALUE_CLASS", &["A", "B", "C", "D", "UNCLASSIFIED"]),
            others: others.into_iter().flatten().collect(),
            funnels: [quarter.stages, quarter.phases].into_iter().filter_map(Funnel::of).collect(),
            prospects: quarter.prospects.into_iter().filter(|one| !one.suppressed).collect(),
            lorenz: quarter.lorenz.into_iter().filter(|point| is_shown(point, last)).collect(),
            concentration: quarter.concentration.into_iter().filter(|one| one.value.is_some()).collect(),
            charts: of_kinds(quarter.charts, &["value-classes", "pareto", "value-pyramid"]),
            frame,
        })
    }
}

/// The words of what is counted of prospects, in the order of [`Prospects::counts`].
pub(crate) const COUNTED: [&str; 7] = [
    "prospects-start",
    "prospects-met",
    "prospects-converted",
    "prospects-lost",
    "prospects-raised",
    "prospects-lowered",
    "prospects-end",
];

impl Funnel {
    /// None where nobody is at any step, or the segment is too small.
    fn of(steps: Vec<Step>) -> Option<Self> {
        let most = steps.iter().filter(|step| !step.suppressed).filter_map(|step| step.customers).max()?;
        let name = steps.first()?.scheme_label.clone();
        (most > 0).then_some(Self { name, steps, most })
    }

    /// Of 100 of the fullest step, for the bar.
    pub(crate) fn bar(&self, step: &Step) -> f64 {
        (step.customers.unwrap_or_default() as f64 / self.most as f64 * 10_000.0).round() / 100.0
    }
}

impl Step {
    /// Its name and which field of an address finds its customers.
    pub(crate) fn named(&self, frame: &Frame) -> String {
        frame.label(self.field(), &self.class_code).into_owned()
    }

    pub(crate) fn field(&self) -> &'static str {
        if self.scheme_code == "STAGE" { "stage" } else { "lifecycle" }
    }

    pub(crate) fn customers(&self) -> Figure {
        Figure::count(&self.id, "customers", self.customers)
    }

    pub(crate) fn quarters(&self) -> Figure {
        Figure::decimal(&self.id, "quarters", self.quarters, 1)
    }

    pub(crate) fn fell_back(&self) -> Figure {
        Figure::count(&self.id, "fellBack", self.fell_back)
    }

    pub(crate) fn conversion(&self) -> Figure {
        Figure::share(&self.id, "conversion", self.conversion)
    }

    pub(crate) fn interval(&self) -> Option<(Figure, Figure)> {
        let (lower, upper) = self.lower.zip(self.upper)?;
        let end = |field, value| Figure::share(&self.id, field, Some(value));
        Some((end("lower", lower), end("upper", upper)))
    }

    pub(crate) fn n(&self) -> Figure {
        Figure::count(&self.id, "n", Some(self.n))
    }
}

/// Of a long curve ten points or so; the start says nothing.
fn is_shown(point: &Point, last: usize) -> bool {
    let place = usize::try_from(point.place).unwrap_or_default();
    let step = (last / 10).max(1);
    place > 0 && (place.is_multiple_of(step) || place == last)
}

impl Value {
    /// The words of what is counted of prospects.
    fn counted(&self) -> [&'static str; 7] {
        COUNTED
    }

    /// The classes that there is work to do for.
    pub(crate) fn work(&self) -> Vec<&Class> {
        self.classes.iter().flat_map(|scheme| &scheme.classes).filter(|class| !class.is_rest()).collect()
    }

    /// What to do for a class.
    pub(crate) fn to_do(&self, class: &Class) -> std::borrow::Cow<'static, str> {
        match class.class_code.as_str() {
            "A" => self.frame.t("work-a"),
            "B" => self.frame.t("work-b"),
            "C" => self.frame.t("work-c"),
            _ => self.frame.t("work-d"),
        }
    }
}

impl Point {
    pub(crate) fn x(&self) -> Figure {
        Figure::share(&self.id, "x", Some(self.x))
    }

    pub(crate) fn y(&self) -> Figure {
        Figure::share(&self.id, "y", Some(self.y))
    }
}

impl Parameter {
    /// What it is; none of what a page does not show.
    pub(crate) fn word(&self) -> Option<&'static str> {
        match self.name.as_str() {
            "gini" => Some("gini"),
            "top_20_share" => Some("top-20-share"),
            _ => None,
        }
    }

    pub(crate) fn value(&self) -> Figure {
        match self.name.as_str() {
            "gini" => Figure::decimal(&self.id, "value", self.value, 2),
            _ => Figure::share(&self.id, "value", self.value),
        }
    }
}
