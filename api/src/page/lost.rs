//! Lost customers: the way from using to kept or lost, why, whom to win back first, and what keeping and winning cost.

use askama::Template;
use serde::Deserialize;

use super::{Page, figure::Figure, frame::Frame};
use crate::Error;

/// The answer.
#[derive(Deserialize)]
pub struct Data {
    quarter: Quarter,
    #[serde(default)]
    customers: Vec<Customer>,
}

#[derive(Deserialize)]
struct Quarter {
    flow: Vec<Edge>,
    reasons: Vec<Reason>,
    efforts: Vec<Effort>,
}

/// How many came from a state to another.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Edge {
    id: String,
    step: i32,
    from_code: String,
    from_label: String,
    to_code: String,
    pub(crate) to_label: String,
    customers: Option<i64>,
    revenue: Option<f64>,
    profit: Option<f64>,
    share: Option<f64>,
    lower: Option<f64>,
    upper: Option<f64>,
    n: i64,
    suppressed: bool,
}

/// Where those of a state came to.
pub struct State {
    step: i32,
    code: String,
    pub(crate) name: String,
    pub(crate) edges: Vec<Edge>,
}

/// Why customers were lost.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Reason {
    id: String,
    pub(crate) reason_label: String,
    customers: Option<i64>,
    revenue: Option<f64>,
    profit: Option<f64>,
    share: Option<f64>,
    lower: Option<f64>,
    upper: Option<f64>,
    n: i64,
    lost: i64,
    suppressed: bool,
}

/// How often an effort succeeds, and what that costs.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Effort {
    id: String,
    pub(crate) effort_code: String,
    pub(crate) effort_label: String,
    reason_code: String,
    reason_label: String,
    n: i64,
    successes: Option<i64>,
    open: Option<i64>,
    share: Option<f64>,
    lower: Option<f64>,
    upper: Option<f64>,
    cost: Option<f64>,
    cost_n: i64,
    cost_per_success: Option<f64>,
    suppressed: bool,
}

/// A customer on the list.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Customer {
    id: String,
    code: String,
    lost_in: String,
    reason_label: Option<String>,
    value: Option<f64>,
    value_basis_label: Option<String>,
    attempts: i64,
    outcome_label: Option<String>,
    success: Option<f64>,
    success_n: Option<i64>,
    success_basis_label: Option<String>,
    gain: Option<f64>,
    cost: Option<f64>,
    expected: Option<f64>,
    rank: Option<i64>,
}

/// The page.
#[derive(Template)]
#[template(path = "lost.html")]
pub struct Lost {
    pub(crate) frame: Frame,
    /// The segment is too small.
    pub(crate) few: bool,
    /// The states that anybody was in.
    pub(crate) states: Vec<State>,
    pub(crate) reasons: Vec<Reason>,
    pub(crate) efforts: Vec<Effort>,
    customers: Vec<Customer>,
}

impl Page for Lost {
    const PATH: &'static str = "/lost";
    const QUERY: &'static str = include_str!("lost.graphql");
    type Data = Data;

    fn of(frame: Frame, data: Data) -> Result<Self, Error> {
        let Quarter { flow, reasons, efforts } = data.quarter;
        let few = flow.iter().any(|edge| edge.suppressed);
        let shown = |reason: &Reason| !reason.suppressed && reason.lost > 0;
        Ok(Self {
            few,
            states: if few { Vec::new() } else { State::of(flow) },
            reasons: reasons.into_iter().filter(shown).collect(),
            efforts: efforts.into_iter().filter(|effort| !effort.suppressed && effort.tried()).collect(),
            customers: data.customers,
            frame,
        })
    }
}

impl State {
    /// The states in the order of the way, without those that nobody was in.
    fn of(flow: Vec<Edge>) -> Vec<Self> {
        let mut states: Vec<Self> = Vec::new();
        for edge in flow.into_iter().filter(|edge| edge.n > 0 && edge.customers.is_some()) {
            match states.last_mut().filter(|state| state.code == edge.from_code) {
                Some(state) => state.edges.push(edge),
                None => states.push(Self {
                    step: edge.step,
                    code: edge.from_code.clone(),
                    name: edge.from_label.clone(),
                    edges: vec![edge],
                }),
            }
        }
        states
    }

    /// What the step is about.
    pub(crate) fn about(&self, frame: &Frame) -> String {
        frame.label("loss-step", &self.step.to_string()).into_owned()
    }

    /// Who were in it.
    pub(crate) fn n(&self) -> Figure {
        self.edges.first().map_or_else(|| Figure::count("", "n", None), Edge::n)
    }
}

impl Edge {
    pub(crate) fn customers(&self) -> Figure {
        Figure::count(&self.id, "customers", self.customers)
    }

    pub(crate) fn share(&self) -> Figure {
        Figure::share(&self.id, "share", self.share)
    }

    /// Of 100, for the bar.
    pub(crate) fn bar(&self) -> Option<f64> {
        bar(self.share)
    }

    pub(crate) fn interval(&self) -> Option<(Figure, Figure)> {
        interval(&self.id, self.lower, self.upper)
    }

    pub(crate) fn revenue(&self) -> Figure {
        Figure::money(&self.id, "revenue", self.revenue)
    }

    pub(crate) fn profit(&self) -> Figure {
        Figure::money(&self.id, "profit", self.profit)
    }

    pub(crate) fn n(&self) -> Figure {
        Figure::count(&self.id, "n", Some(self.n))
    }

    fn is_lost(&self) -> bool {
        self.to_code == "LOST"
    }
}

impl Reason {
    pub(crate) fn customers(&self) -> Figure {
        Figure::count(&self.id, "customers", self.customers)
    }

    pub(crate) fn share(&self) -> Figure {
        Figure::share(&self.id, "share", self.share)
    }

    /// Of 100, for the bar.
    pub(crate) fn bar(&self) -> Option<f64> {
        bar(self.share)
    }

    pub(crate) fn interval(&self) -> Option<(Figure, Figure)> {
        interval(&self.id, self.lower, self.upper)
    }

    pub(crate) fn revenue(&self) -> Figure {
        Figure::money(&self.id, "revenue", self.revenue)
    }

    pub(crate) fn profit(&self) -> Figure {
        Figure::money(&self.id, "profit", self.profit)
    }

    pub(crate) fn n(&self) -> Figure {
        Figure::count(&self.id, "n", Some(self.n))
    }

    pub(crate) fn lost(&self) -> Figure {
        Figure::count(&self.id, "lost", Some(self.lost))
    }
}

impl Effort {
    /// Of attempts for a reason there may be open ones alone.
    fn tried(&self) -> bool {
        self.n > 0 || self.open.is_some_and(|open| open > 0) || self.reason_code == "ALL"
    }

    /// What it is for: a reason, unless all.
    pub(crate) fn reason(&self) -> Option<&str> {
        (self.reason_code != "ALL").then_some(self.reason_label.as_str())
    }

    pub(crate) fn n(&self) -> Figure {
        Figure::count(&self.id, "n", Some(self.n))
    }

    pub(crate) fn successes(&self) -> Figure {
        Figure::count(&self.id, "successes", self.successes)
    }

    pub(crate) fn open(&self) -> Figure {
        Figure::count(&self.id, "open", self.open)
    }

    pub(crate) fn share(&self) -> Figure {
        Figure::share(&self.id, "share", self.share)
    }

    pub(crate) fn interval(&self) -> Option<(Figure, Figure)> {
        interval(&self.id, self.lower, self.upper)
    }

    pub(crate) fn cost(&self) -> Figure {
        Figure::decimal(&self.id, "cost", self.cost, 2)
    }

    /// The base of a cost that was measured.
    fn cost_n(&self) -> Option<Figure> {
        (self.cost_n > 0).then(|| Figure::count(&self.id, "costN", Some(self.cost_n)))
    }

    pub(crate) fn cost_per_success(&self) -> Figure {
        Figure::decimal(&self.id, "costPerSuccess", self.cost_per_success, 2)
    }
}

impl Customer {
    fn value(&self) -> Figure {
        Figure::money(&self.id, "value", self.value)
    }

    fn attempts(&self) -> Figure {
        Figure::count(&self.id, "attempts", Some(self.attempts))
    }

    fn success(&self) -> Figure {
        Figure::share(&self.id, "success", self.success)
    }

    fn success_n(&self) -> Figure {
        Figure::count(&self.id, "successN", self.success_n)
    }

    fn gain(&self) -> Figure {
        Figure::money(&self.id, "gain", self.gain)
    }

    fn cost(&self) -> Figure {
        Figure::decimal(&self.id, "cost", self.cost, 2)
    }

    fn expected(&self) -> Figure {
        Figure::money(&self.id, "expected", self.expected)
    }

    fn rank(&self) -> Figure {
        Figure::count(&self.id, "rank", self.rank)
    }
}

fn bar(share: Option<f64>) -> Option<f64> {
    share.map(|share| (share * 10_000.0).round() / 100.0)
}

fn interval(id: &str, lower: Option<f64>, upper: Option<f64>) -> Option<(Figure, Figure)> {
    let (lower, upper) = lower.zip(upper)?;
    let end = |field, value| Figure::share(id, field, Some(value));
    Some((end("lower", lower), end("upper", upper)))
}
