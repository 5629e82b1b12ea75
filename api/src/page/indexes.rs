//! The indexes: every metric, one of them over time and in every segment.

use askama::Template;
use rapport_entities::Metric;
use serde::Deserialize;

use super::{
    Page,
    chart::{Chart, of_kinds},
    frame::{Choice, Frame},
    rows::{Mode, Score},
};
use crate::Error;

/// The metric that is shown over time if none is asked for.
const USUAL: &str = "CSI";

/// The answer.
#[derive(Deserialize)]
pub struct Data {
    quarter: Quarter,
    trend: Vec<Score>,
    segments: Vec<Score>,
    modes: Vec<Mode>,
}

#[derive(Deserialize)]
struct Quarter {
    scores: Vec<Score>,
    charts: Vec<Chart>,
}

/// The page.
#[derive(Template)]
#[template(path = "indexes.html")]
pub struct Indexes {
    pub(crate) frame: Frame,
    pub(crate) scores: Vec<Score>,
    /// The code of the metric that is shown over time.
    pub(crate) metric: String,
    pub(crate) trend: Vec<Score>,
    pub(crate) groups: Vec<(String, Vec<Score>)>,
    pub(crate) charts: Vec<Chart>,
    /// The metric by how it was answered: modes, then channels, each with its name.
    pub(crate) facets: Vec<(String, Vec<Mode>)>,
}

impl Page for Indexes {
    const PATH: &'static str = "/indexes";
    const QUERY: &'static str = concat!(
        include_str!("indexes.graphql"),
        include_str!("rows/score.graphql"),
        include_str!("rows/chart.graphql"),
    );
    type Data = Data;

    fn variables(frame: &Frame) -> Result<serde_json::Value, Error> {
        let mut variables = frame.variables();
        variables["metric"] = wanted(frame).into();
        Ok(variables)
    }

    fn of(frame: Frame, data: Data) -> Result<Self, Error> {
        Ok(Self {
            metric: wanted(&frame).to_ascii_uppercase(),
            groups: by_dimension(&frame, data.segments),
            charts: of_kinds(data.quarter.charts, &["index-trend", "nps", "segments"]),
            facets: by_facet(data.modes),
            scores: in_order(data.quarter.scores),
            trend: data.trend,
            frame,
        })
    }
}

/// As reports show them, the headline first.
fn in_order(mut scores: Vec<Score>) -> Vec<Score> {
    let place = |score: &Score| {
        let known = Metric::ALL.iter().position(|one| one.as_str().eq_ignore_ascii_case(&score.metric_code));
        (score.metric_code != USUAL, known)
    };
    scores.sort_by_key(place);
    scores
}

fn wanted(frame: &Frame) -> &str {
    frame.address.metric.as_deref().filter(|code| !code.is_empty()).unwrap_or(USUAL)
}

/// The scores of segments, by the names of their dimensions.
pub fn by_dimension(frame: &Frame, scores: Vec<Score>) -> Vec<(String, Vec<Score>)> {
    let mut groups: Vec<(String, Vec<Score>)> = Vec::new();
    for one in &frame.segments {
        let is_it = |score: &&Score| score.dimension == one.dimension && score.segment == one.segment;
        let Some(score) = scores.iter().find(is_it).cloned() else { continue };
        match groups.last_mut().filter(|(name, _)| *name == one.dimension_name) {
            Some((_, scores)) => scores.push(score),
            None => groups.push((one.dimension_name.clone(), vec![score])),
        }
    }
    groups
}

/// The ways of answering, modes before channels, the most used first.
fn by_facet(modes: Vec<Mode>) -> Vec<(String, Vec<Mode>)> {
    let mut facets: Vec<(String, Vec<Mode>)> = Vec::new();
    for mode in modes {
        match facets.iter_mut().find(|(name, _)| *name == mode.facet_label) {
            Some((_, modes)) => modes.push(mode),
            None => facets.push((mode.facet_label.clone(), vec![mode])),
        }
    }
    facets.sort_by_key(|(_, modes)| modes.iter().all(|mode| mode.facet_code != "MODE"));
    facets.iter_mut().for_each(|(_, modes)| modes.sort_by_key(Mode::rank));
    facets
}

impl Indexes {
    /// The metrics there are, as options of the form.
    fn metrics(&self) -> Vec<Choice> {
        let choice = |score: &Score| Choice {
            label: score.metric_label.clone(),
            target: score.metric_code.clone(),
            open: score.metric_code == self.metric,
        };
        self.scores.iter().map(choice).collect()
    }

    /// The name of the metric that is shown over time.
    pub(crate) fn metric_name(&self) -> std::borrow::Cow<'static, str> {
        self.frame.label("metric", &self.metric)
    }
}
