//! A complaint as a case: where it stands, its deadlines, what happened to it, and for operators what can be done.

use askama::Template;
use rapport_entities::{CaseEvent, EventSort};
use serde::Deserialize;
use serde_json::Value;

use super::{Page, figure::Figure, frame::Frame};
use crate::Error;

/// The answer.
#[derive(Deserialize)]
pub struct Data {
    complaint: Option<Case>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Case {
    code: String,
    source: String,
    customer: String,
    at: String,
    channel: Option<String>,
    unit: Option<String>,
    product: Option<String>,
    severity_label: Option<String>,
    risk_label: Option<String>,
    state_code: String,
    state_label: String,
    reopened: i64,
    faults: i64,
    satisfied: Option<bool>,
    acknowledged_at: Option<String>,
    resolved_at: Option<String>,
    acknowledge_due: Option<String>,
    acknowledge_kept: Option<bool>,
    resolve_due: Option<String>,
    resolve_kept: Option<bool>,
    text: Option<String>,
    allowed_moves: Vec<Move>,
    events: Events,
}

#[derive(Deserialize)]
struct Events {
    nodes: Vec<Event>,
}

/// A move that is legal now.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Move {
    kind_code: String,
    to_code: String,
}

/// Something that happened.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Event {
    id: String,
    at: String,
    kind_label: String,
    sort_code: String,
    sort_label: String,
    from_label: Option<String>,
    to_label: Option<String>,
    person: Option<String>,
    note: Option<String>,
    amount: Option<f64>,
    currency: Option<String>,
    due_at: Option<String>,
}

/// The page.
#[derive(Template)]
#[template(path = "case.html")]
pub struct CasePage {
    frame: Frame,
    one: Case,
}

impl Page for CasePage {
    const PATH: &'static str = "/complaints/{code}";
    const QUERY: &'static str = include_str!("case.graphql");
    type Data = Data;

    fn variables(frame: &Frame) -> Result<Value, Error> {
        let mut variables = frame.variables();
        variables["id"] = frame.address.code.as_str().into();
        Ok(variables)
    }

    fn of(frame: Frame, data: Data) -> Result<Self, Error> {
        let nothing = || Error::NotFound("there is no such complaint".to_owned());
        Ok(Self { one: data.complaint.ok_or_else(nothing)?, frame })
    }
}

impl CasePage {
    /// Where the forms go.
    fn target(&self) -> String {
        format!("{}?locale={}", self.frame.here(), self.frame.locale.tag())
    }

    /// What the button of a move says.
    fn button(&self, one: &Move) -> String {
        self.frame.label("move", &one.kind_code.to_ascii_lowercase()).into_owned()
    }

    /// By when something was promised, in words.
    fn due_by(&self, at: &str) -> String {
        self.frame.with("case-due-by", &self.frame.moment(at))
    }

    /// What can be recorded besides moves: each sort with its events.
    fn kinds(&self) -> Vec<(String, Vec<(&'static str, String)>)> {
        let label = |family: &str, word: &str| self.frame.label(family, word).into_owned();
        let of = |sort: EventSort| {
            let events = CaseEvent::of_sort(sort);
            let events = events.map(|event| (event.as_str(), label("event", event.as_str()))).collect();
            (label("event-sort", sort.as_str()), events)
        };
        [EventSort::Step, EventSort::Fault, EventSort::Promise, EventSort::Note].map(of).into()
    }
}

impl Event {
    fn amount(&self) -> Figure {
        Figure::decimal(&self.id, "amount", self.amount, 2)
    }
}
