//! Loyalty: the matrix of the four types, the movement between them, and who stays.

use askama::Template;
use serde::Deserialize;

use super::{
    Page,
    chart::{Chart, of_kinds},
    figure::Figure,
    frame::Frame,
    overview::TYPES,
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
    types: Vec<Class>,
    subtypes: Vec<Class>,
    transitions: Vec<Transition>,
    curve: Vec<Point>,
    cohorts: Vec<Cell>,
    charts: Vec<Chart>,
}

/// Customers who moved from a type to a type.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Transition {
    id: String,
    from_type_code: String,
    to_type_code: String,
    customers: i64,
}

/// A point of the retention curve.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Point {
    pub(crate) id: String,
    pub(crate) x: f64,
    pub(crate) y: f64,
    pub(crate) lower: Option<f64>,
    pub(crate) upper: Option<f64>,
    pub(crate) zone_label: Option<String>,
    pub(crate) n: i64,
}

/// A cohort at an age.
#[derive(Deserialize)]
pub struct Cell {
    id: String,
    acquired: String,
    age: i32,
    customers: Option<i64>,
    share: Option<f64>,
}

/// A cohort.
pub struct Cohort {
    pub(crate) acquired: String,
    pub(crate) customers: Figure,
    /// By age; the shade is of ten.
    pub(crate) ages: Vec<(Figure, u8)>,
}

/// The page.
#[derive(Template)]
#[template(path = "loyalty.html")]
pub struct Loyalty {
    pub(crate) frame: Frame,
    pub(crate) types: Option<Scheme>,
    pub(crate) subtypes: Option<Scheme>,
    pub(crate) moves: Vec<(&'static str, Vec<Option<Figure>>)>,
    pub(crate) curve: Vec<Point>,
    pub(crate) cohorts: Vec<Cohort>,
    pub(crate) ages: usize,
    pub(crate) charts: Vec<Chart>,
}

impl Page for Loyalty {
    const PATH: &'static str = "/loyalty";
    const QUERY: &'static str = concat!(
        include_str!("loyalty.graphql"),
        include_str!("rows/class.graphql"),
        include_str!("rows/chart.graphql"),
    );
    type Data = Data;

    fn of(frame: Frame, data: Data) -> Result<Self, Error> {
        let quarter = data.quarter;
        let cohorts = cohorts(&quarter.cohorts);
        Ok(Self {
            types: Scheme::of(&quarter.types, "LOYALTY", &TYPES),
            subtypes: Scheme::of(&quarter.subtypes, "LOYALTY_SUBTYPE", &["APOSTLE", "TERRORIST"]),
            moves: if quarter.transitions.is_empty() { Vec::new() } else { moves(&quarter.transitions) },
            curve: quarter.curve,
            ages: cohorts.iter().map(|cohort| cohort.ages.len()).max().unwrap_or_default(),
            cohorts,
            charts: of_kinds(
                quarter.charts,
                &["loyalty-matrix", "transitions", "retention-curve", "cohorts"],
            ),
            frame,
        })
    }
}

impl Loyalty {
    /// The types of the quarter now, the heads of the table of movement.
    pub(crate) fn heads(&self) -> [&'static str; 5] {
        TYPES
    }

    /// A type of the matrix.
    fn cell(&self, code: &str) -> Option<&Class> {
        self.types.as_ref()?.classes.iter().find(|class| class.class_code == code)
    }
}

impl Point {
    pub(crate) fn x(&self) -> Figure {
        Figure::decimal(&self.id, "x", Some(self.x), 1)
    }

    pub(crate) fn y(&self) -> Figure {
        Figure::share(&self.id, "y", Some(self.y))
    }

    pub(crate) fn interval(&self) -> Option<(Figure, Figure)> {
        self.lower.zip(self.upper)?;
        Some((Figure::share(&self.id, "lower", self.lower), Figure::share(&self.id, "upper", self.upper)))
    }

    fn bar(&self) -> f64 {
        (self.y * 10_000.0).round() / 100.0
    }

    pub(crate) fn n(&self) -> Figure {
        Figure::count(&self.id, "n", Some(self.n))
    }
}

/// A row for each type before, a column for each type now.
fn moves(transitions: &[Transition]) -> Vec<(&'static str, Vec<Option<Figure>>)> {
    let cell = |from: &str, to: &str| {
        let is_it = |one: &&Transition| one.from_type_code == from && one.to_type_code == to;
        transitions.iter().find(is_it).map(|one| Figure::count(&one.id, "customers", Some(one.customers)))
    };
    TYPES.iter().map(|from| (*from, TYPES.iter().map(|to| cell(from, to)).collect())).collect()
}

/// A row for each cohort, in the order they were acquired.
fn cohorts(cells: &[Cell]) -> Vec<Cohort> {
    let mut cohorts: Vec<Cohort> = Vec::new();
    for cell in cells {
        if cohorts.last().is_none_or(|cohort| cohort.acquired != cell.acquired) {
            let customers = Figure::count(&cell.id, "customers", cell.customers);
            cohorts.push(Cohort { acquired: cell.acquired.clone(), customers, ages: Vec::new() });
        }
        let shade = cell.share.map_or(0, |share| (share * 10.0).clamp(0.0, 10.0).round() as u8);
        let figure = Figure::share(&cell.id, "share", cell.share);
        if let Some(cohort) = cohorts.last_mut() {
            let missing = usize::try_from(cell.age).unwrap_or_default().saturating_sub(cohort.ages.len());
            let none = || (Figure::share(&cell.id, "share", None), 0);
            cohort.ages.extend(std::iter::repeat_with(none).take(missing));
            cohort.ages.push((figure, shade));
        }
    }
    cohorts
}
