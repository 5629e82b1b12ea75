//! Value: classes A to D and what to do for each, worth and potential, and how unevenly turnover is spread.

use askama::Template;
use serde::Deserialize;

use super::{
    Page,
    chart::{Chart, of_kinds},
    figure::Figure,
    frame::Frame,
    rows::{Class, Scheme},
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
    lorenz: Vec<Point>,
    concentration: Vec<Parameter>,
    charts: Vec<Chart>,
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
    pub(crate) lorenz: Vec<Point>,
    pub(crate) concentration: Vec<Parameter>,
    pub(crate) charts: Vec<Chart>,
}

impl Page for Value {
    const PATH: &'static str = "/value";
    const QUERY: &'static str = concat!(
        include_str!("value.graphql"),
        include_str!("rows/class.graphql"),
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
            lorenz: quarter.lorenz.into_iter().filter(|point| is_shown(point, last)).collect(),
            concentration: quarter.concentration.into_iter().filter(|one| one.value.is_some()).collect(),
            charts: of_kinds(quarter.charts, &["value-classes", "pareto", "value-pyramid"]),
            frame,
        })
    }
}

/// Of a long curve ten points or so; the start says nothing.
fn is_shown(point: &Point, last: usize) -> bool {
    let place = usize::try_from(point.place).unwrap_or_default();
    let step = (last / 10).max(1);
    place > 0 && (place.is_multiple_of(step) || place == last)
}

impl Value {
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
