//! Improvement actions: which there are, what they did by the quarter shown, and for operators the form of a new one.

use askama::Template;
use rapport_entities::{ActionOrigin, Metric, Quarter};
use serde::Deserialize;

use super::{
    Page,
    frame::Frame,
    rows::{Action, Effect},
};
use crate::Error;

/// The answer.
#[derive(Deserialize)]
pub struct Data {
    actions: Vec<Action>,
    effects: Vec<Effect>,
}

/// The page.
#[derive(Template)]
#[template(path = "actions.html")]
pub struct Actions {
    pub(crate) frame: Frame,
    /// Each with what it did by the quarter that is shown.
    pub(crate) actions: Vec<(Action, Option<Effect>)>,
}

impl Page for Actions {
    const PATH: &'static str = "/actions";
    const QUERY: &'static str = concat!(
        include_str!("actions.graphql"),
        include_str!("rows/action.graphql"),
        include_str!("rows/effect.graphql"),
    );
    type Data = Data;

    fn of(frame: Frame, data: Data) -> Result<Self, Error> {
        let did = |action: &Action| data.effects.iter().find(|one| one.action == action.code).cloned();
        let actions = data.actions.into_iter().map(|action| {
            let effect = did(&action);
            (action, effect)
        });
        Ok(Self { actions: actions.collect(), frame })
    }
}

impl Actions {
    /// The origins, and whether it is the one in the address.
    fn origins(&self) -> Vec<(&'static str, String, bool)> {
        let asked = self.frame.address.origin.as_deref().unwrap_or("segment");
        let option = |one: &ActionOrigin| {
            let label = self.frame.label("action-origin", one.as_str()).into_owned();
            (one.as_str(), label, one.as_str() == asked)
        };
        ActionOrigin::ALL.iter().map(option).collect()
    }

    /// The indexes, and whether it is the one in the address.
    fn metrics(&self) -> Vec<(&'static str, String, bool)> {
        let asked = self.frame.address.metric.as_deref().unwrap_or("CSI").to_ascii_lowercase();
        let option = |one: &Metric| {
            (one.as_str(), self.frame.label("metric", one.as_str()).into_owned(), one.as_str() == asked)
        };
        Metric::ALL.iter().map(option).collect()
    }

    /// What the address says it is opened from.
    fn reference(&self) -> &str {
        self.frame.address.reference.as_deref().unwrap_or_default()
    }

    /// The quarter after the one that is shown: an action shows in it at the earliest.
    fn next(&self) -> String {
        let shown: Option<Quarter> = self.frame.quarter.quarter.parse().ok();
        shown.map(|quarter| quarter.next().to_string()).unwrap_or_default()
    }
}
