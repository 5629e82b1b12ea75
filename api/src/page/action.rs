//! An improvement action: where it stands, what it did quarter by quarter, what happened to it, and for operators what
//! can be done.

use askama::Template;
use serde::Deserialize;
use serde_json::Value;

use super::{
    Page,
    frame::Frame,
    rows::{Action, Effect},
};
use crate::Error;

/// The answer.
#[derive(Deserialize)]
pub struct Data {
    action: Option<Whole>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Whole {
    #[serde(flatten)]
    row: Action,
    allowed_moves: Vec<Move>,
    events: Events,
    effects: Vec<Effect>,
}

/// A move that is legal now.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Move {
    kind_code: String,
    to_code: String,
}

#[derive(Deserialize)]
struct Events {
    nodes: Vec<Event>,
}

/// Something that happened.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Event {
    at: String,
    kind_label: String,
    from_label: Option<String>,
    to_label: Option<String>,
    who: Option<String>,
    note: Option<String>,
}

/// The page.
#[derive(Template)]
#[template(path = "action.html")]
pub struct ActionPage {
    frame: Frame,
    one: Action,
    moves: Vec<Move>,
    events: Vec<Event>,
    effects: Vec<Effect>,
}

impl Page for ActionPage {
    const PATH: &'static str = "/actions/{code}";
    const QUERY: &'static str = concat!(include_str!("action.graphql"), include_str!("rows/effect.graphql"));
    type Data = Data;

    fn variables(frame: &Frame) -> Result<Value, Error> {
        let mut variables = frame.variables();
        variables["code"] = frame.address.code.as_str().into();
        Ok(variables)
    }

    fn of(frame: Frame, data: Data) -> Result<Self, Error> {
        let nothing = || Error::NotFound("there is no such action".to_owned());
        let Whole { row, allowed_moves, events, effects } = data.action.ok_or_else(nothing)?;
        Ok(Self { one: row, moves: allowed_moves, events: events.nodes, effects, frame })
    }
}

impl ActionPage {
    /// Where the forms go.
    fn target(&self) -> String {
        format!("{}?locale={}", self.frame.here(), self.frame.locale.tag())
    }

    /// What the button of a move says.
    fn button(&self, one: &Move) -> String {
        self.frame.label("action-move", &one.kind_code.to_ascii_lowercase()).into_owned()
    }
}
