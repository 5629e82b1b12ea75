//! Drivers: what satisfaction hangs on, how well that is met, and the structural model behind the indexes.

use std::borrow::Cow;

use askama::Template;
use serde::Deserialize;

use super::{
    Page,
    chart::{Chart, of_kinds},
    figure::Figure,
    frame::Frame,
    rows::{Driver, by_importance},
};
use crate::Error;

/// The quadrants, the most urgent first.
const QUADRANTS: [&str; 4] = ["CONCENTRATE_HERE", "KEEP_UP", "LOW_PRIORITY", "POSSIBLE_OVERKILL"];

/// The answer.
#[derive(Deserialize)]
pub struct Data {
    quarter: Quarter,
}

#[derive(Deserialize)]
struct Quarter {
    drivers: Vec<Driver>,
    paths: Vec<Path>,
    models: Vec<Model>,
    charts: Vec<Chart>,
}

/// An estimate of the structural model.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Path {
    pub(crate) id: String,
    pub(crate) kind_code: String,
    pub(crate) source: String,
    pub(crate) target: String,
    pub(crate) value: Option<f64>,
    pub(crate) lower: Option<f64>,
    pub(crate) upper: Option<f64>,
    pub(crate) n: i64,
}

/// What became of a model.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Model {
    pub(crate) id: String,
    pub(crate) model_code: String,
    pub(crate) model_label: String,
    pub(crate) outcome_label: String,
    pub(crate) n: i64,
}

/// The page.
#[derive(Template)]
#[template(path = "drivers.html")]
pub struct Drivers {
    pub(crate) frame: Frame,
    pub(crate) drivers: Vec<Driver>,
    pub(crate) paths: Vec<Path>,
    pub(crate) qualities: Vec<Quality>,
    pub(crate) models: Vec<Model>,
    pub(crate) charts: Vec<Chart>,
}

/// How well a construct is measured and explained.
pub struct Quality {
    pub(crate) construct: String,
    pub(crate) index: Figure,
    pub(crate) explained: Figure,
    pub(crate) alpha: Figure,
    pub(crate) composite: Figure,
    pub(crate) extracted: Figure,
}

impl Page for Drivers {
    const PATH: &'static str = "/drivers";
    const QUERY: &'static str = concat!(
        include_str!("drivers.graphql"),
        include_str!("rows/driver.graphql"),
        include_str!("rows/chart.graphql"),
    );
    type Data = Data;

    fn of(frame: Frame, data: Data) -> Result<Self, Error> {
        let Quarter { drivers, paths, models, charts } = data.quarter;
        Ok(Self {
            drivers: by_importance(drivers),
            qualities: qualities(&paths),
            paths: paths.into_iter().filter(|path| path.kind_code == "PATH").collect(),
            models: models
                .into_iter()
                .filter(|model| ["STRUCTURE", "DRIVERS"].contains(&&*model.model_code))
                .collect(),
            charts: of_kinds(charts, &["importance-performance", "drivers", "structural-model"]),
            frame,
        })
    }
}

impl Drivers {
    /// The quadrants with their drivers.
    fn quadrants(&self) -> Vec<(&'static str, Vec<&Driver>)> {
        let within = |code: &str| {
            self.drivers.iter().filter(|one| one.quadrant_code.as_deref() == Some(code)).collect::<Vec<_>>()
        };
        QUADRANTS.iter().map(|code| (*code, within(code))).collect()
    }

    fn greatest(&self) -> f64 {
        self.drivers.first().map_or(0.0, Driver::weight)
    }

    /// A construct of the structural model.
    pub(crate) fn construct(&self, code: &str) -> Cow<'static, str> {
        self.frame.label("metric", code)
    }
}

impl Path {
    pub(crate) fn value(&self) -> Figure {
        Figure::decimal(&self.id, "value", self.value, 3)
    }

    pub(crate) fn interval(&self) -> Option<(Figure, Figure)> {
        self.lower.zip(self.upper)?;
        Some((
            Figure::decimal(&self.id, "lower", self.lower, 3),
            Figure::decimal(&self.id, "upper", self.upper, 3),
        ))
    }

    pub(crate) fn n(&self) -> Figure {
        Figure::count(&self.id, "n", Some(self.n))
    }
}

impl Model {
    pub(crate) fn n(&self) -> Figure {
        Figure::count(&self.id, "n", Some(self.n))
    }
}

/// A row for each construct with an index.
fn qualities(paths: &[Path]) -> Vec<Quality> {
    let of = |kind: &str, construct: &str, places: usize| {
        let is_it = |path: &&Path| path.kind_code == kind && path.source == construct;
        match paths.iter().find(is_it) {
            Some(path) => Figure::decimal(&path.id, "value", path.value, places),
            None => Figure::decimal("", "value", None, places),
        }
    };
    let indexes = paths.iter().filter(|path| path.kind_code == "INDEX");
    indexes
        .map(|path| Quality {
            construct: path.source.clone(),
            index: of("INDEX", &path.source, 1),
            explained: of("R_SQUARED", &path.source, 2),
            alpha: of("ALPHA", &path.source, 2),
            composite: of("RHO_C", &path.source, 2),
            extracted: of("AVE", &path.source, 2),
        })
        .collect()
}
