//! The methods: every rule and setting that made the quarter's figures, in words, as they were stored with it.

use askama::Template;
use rapport_jobs::{
    Rules,
    close::{loyalty_rule, people_rule, value_rule},
};
use rapport_messages::Locale;
use serde::Deserialize;
use serde_json::Value;

use super::{
    Page,
    figure::Figure,
    frame::Frame,
    rule::{Rule, rules},
};
use crate::Error;

/// The answer.
#[derive(Deserialize)]
pub struct Data {
    quarter: Quarter,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Quarter {
    settings: String,
    method_version: String,
    digest: String,
    models: Vec<Model>,
}

/// What became of a model.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Model {
    pub(crate) id: String,
    pub(crate) model_label: String,
    pub(crate) outcome_label: String,
    pub(crate) reason: Option<String>,
    pub(crate) n: i64,
}

/// The page.
#[derive(Template)]
#[template(path = "methods.html")]
pub struct Methods {
    pub(crate) frame: Frame,
    pub(crate) method: String,
    pub(crate) digest: String,
    /// How the types and the classes are told apart.
    pub(crate) sentences: Vec<String>,
    /// By the part of the settings they are in.
    pub(crate) groups: Vec<(String, Vec<Rule>)>,
    pub(crate) models: Vec<Model>,
}

impl Page for Methods {
    const PATH: &'static str = "/methods";
    const QUERY: &'static str = include_str!("methods.graphql");
    type Data = Data;

    fn of(frame: Frame, data: Data) -> Result<Self, Error> {
        let Quarter { settings, method_version, digest, models } = data.quarter;
        let settings: Value = serde_json::from_str(&settings).unwrap_or_default();
        let known: Option<Rules> = serde_json::from_value(settings.clone()).ok();
        let sentences = known.map(|known| sentences(&known, frame.locale)).unwrap_or_default();
        Ok(Self {
            sentences,
            groups: rules(&settings, frame.locale),
            method: method_version,
            digest,
            models,
            frame,
        })
    }
}

fn sentences(rules: &Rules, locale: Locale) -> Vec<String> {
    vec![loyalty_rule(rules, locale), value_rule(rules, locale), people_rule(rules, locale)]
}

impl Model {
    pub(crate) fn n(&self) -> Figure {
        Figure::count(&self.id, "n", Some(self.n))
    }
}
