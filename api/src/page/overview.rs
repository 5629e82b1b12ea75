//! The overview: a quarter that is understood in a minute.

use askama::Template;
use serde::Deserialize;

use super::{
    Page,
    chart::{Chart, of_kinds},
    frame::Frame,
    rows::{Action, Class, Driver, Effect, Scheme, Score, by_importance, metric},
};
use crate::Error;

/// What stands beside the headline.
const KEY: [&str; 6] = ["CSAT", "TOP2", "NPS", "COMPLAINT_RATE", "RETENTION_RATE", "LOYALTY"];
/// What may be the headline: the first that there is.
const HEADLINES: [&str; 3] = ["CSI", "SATISFACTION", "CSAT"];
/// The types in the order of the matrix.
pub const TYPES: [&str; 5] = ["LOYAL", "MERCENARY", "HOSTAGE", "DEFECTING", "UNCLASSIFIED"];
/// So much that moved is shown, and so many drivers.
const MOVED: usize = 8;
const DRIVERS: usize = 5;

/// The answer.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Data {
    quarter: Quarter,
    before: Option<Before>,
    actions: Vec<Action>,
    effects: Vec<Effect>,
    #[serde(default)]
    alert_rows: Vec<Alert>,
}

#[derive(Deserialize)]
struct Quarter {
    scores: Vec<Score>,
    moved: Vec<Score>,
    classes: Vec<Class>,
    drivers: Vec<Driver>,
    charts: Vec<Chart>,
}

#[derive(Deserialize)]
struct Before {
    classes: Vec<Class>,
    drivers: Vec<Driver>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Alert {
    rule_code: String,
    rule_label: String,
    dimension: String,
    segment: String,
    customer: Option<String>,
    found_at: String,
}

/// The page.
#[derive(Template)]
#[template(path = "overview.html")]
pub struct Overview {
    pub(crate) frame: Frame,
    pub(crate) headline: Option<Score>,
    pub(crate) key: Vec<Score>,
    pub(crate) types: Option<Scheme>,
    pub(crate) types_before: Vec<Class>,
    pub(crate) moved: Vec<Score>,
    pub(crate) more_moved: i64,
    pub(crate) drivers: Vec<(Driver, Option<Driver>)>,
    alerts: Vec<Alert>,
    actions: Vec<Action>,
    effects: Vec<Effect>,
    pub(crate) charts: Vec<Chart>,
}

impl Page for Overview {
    const PATH: &'static str = "/";
    const QUERY: &'static str = concat!(
        include_str!("overview.graphql"),
        include_str!("rows/score.graphql"),
        include_str!("rows/class.graphql"),
        include_str!("rows/driver.graphql"),
        include_str!("rows/chart.graphql"),
        include_str!("rows/action.graphql"),
        include_str!("rows/effect.graphql"),
    );
    type Data = Data;

    fn of(frame: Frame, data: Data) -> Result<Self, Error> {
        let Quarter { scores, moved, classes, drivers, charts } = data.quarter;
        let headline = HEADLINES.iter().find_map(|code| metric(&scores, code)).cloned();
        let is_headline = |code: &str| headline.as_ref().is_some_and(|score| score.metric_code == code);
        let key =
            KEY.iter().filter(|code| !is_headline(code)).filter_map(|code| metric(&scores, code)).cloned();
        let before = data.before.filter(|_| frame.before.is_some());
        let (types_before, drivers_before) =
            before.map(|before| (before.classes, before.drivers)).unwrap_or_default();
        let same =
            |driver: &Driver| drivers_before.iter().find(|one| one.question == driver.question).cloned();
        let moved = in_order(moved);
        Ok(Self {
            key: key.collect(),
            types: Scheme::of(&classes, "LOYALTY", &TYPES),
            types_before,
            more_moved: moved.len().saturating_sub(MOVED) as i64,
            moved: moved.into_iter().take(MOVED).collect(),
            drivers: by_importance(drivers)
                .into_iter()
                .take(DRIVERS)
                .map(|one| (one.clone(), same(&one)))
                .collect(),
            alerts: data.alert_rows,
            actions: data.actions,
            effects: data.effects,
            charts: of_kinds(charts, &["index-trend", "loyalty-matrix", "nps", "importance-performance"]),
            headline,
            frame,
        })
    }
}

impl Overview {
    /// The same type in the quarter before.
    pub(crate) fn type_before(&self, class: &Class) -> Option<&Class> {
        self.types_before.iter().find(|one| one.class_code == class.class_code)
    }
}

/// All customers first, and the headline before other metrics.
fn in_order(mut moved: Vec<Score>) -> Vec<Score> {
    let place = |code: &str| HEADLINES.iter().chain(&KEY).position(|one| *one == code).unwrap_or(usize::MAX);
    moved.sort_by_key(|score| (score.segment != rapport_entities::ALL, place(&score.metric_code)));
    moved
}
