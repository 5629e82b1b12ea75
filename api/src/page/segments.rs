//! The segments, each beside the others of its dimension.

use askama::Template;
use serde::Deserialize;

use super::{
    Page,
    chart::{Chart, of_kinds},
    frame::{Frame, Segment},
    rows::{Class, Score},
};
use crate::Error;

/// The answer.
#[derive(Deserialize)]
pub struct Data {
    index: Vec<Score>,
    recommendation: Vec<Score>,
    complaint: Vec<Score>,
    types: Vec<Class>,
    quarter: Quarter,
}

#[derive(Deserialize)]
struct Quarter {
    charts: Vec<Chart>,
}

/// A segment.
pub struct Line {
    pub(crate) segment: Segment,
    pub(crate) index: Option<Score>,
    pub(crate) recommendation: Option<Score>,
    pub(crate) complaint: Option<Score>,
    pub(crate) loyal: Option<Class>,
    pub(crate) defecting: Option<Class>,
}

/// The page.
#[derive(Template)]
#[template(path = "segments.html")]
pub struct Segments {
    pub(crate) frame: Frame,
    pub(crate) groups: Vec<(String, Vec<Line>)>,
    pub(crate) charts: Vec<Chart>,
}

impl Page for Segments {
    const PATH: &'static str = "/segments";
    const QUERY: &'static str = concat!(
        include_str!("segments.graphql"),
        include_str!("rows/score.graphql"),
        include_str!("rows/class.graphql"),
        include_str!("rows/chart.graphql"),
    );
    type Data = Data;

    fn of(frame: Frame, data: Data) -> Result<Self, Error> {
        let mut groups: Vec<(String, Vec<Line>)> = Vec::new();
        for segment in &frame.segments {
            let line = line(segment, &data);
            match groups.last_mut().filter(|(name, _)| *name == segment.dimension_name) {
                Some((_, lines)) => lines.push(line),
                None => groups.push((segment.dimension_name.clone(), vec![line])),
            }
        }
        Ok(Self { groups, charts: of_kinds(data.quarter.charts, &["segments"]), frame })
    }
}

fn line(segment: &Segment, data: &Data) -> Line {
    let score = |scores: &[Score]| {
        let is_it = |one: &&Score| one.dimension == segment.dimension && one.segment == segment.segment;
        scores.iter().find(is_it).cloned()
    };
    let class = |code: &str| {
        let is_it = |one: &&Class| {
            one.dimension == segment.dimension && one.segment == segment.segment && one.class_code == code
        };
        data.types.iter().find(is_it).cloned()
    };
    Line {
        index: score(&data.index),
        recommendation: score(&data.recommendation),
        complaint: score(&data.complaint),
        loyal: class("LOYAL"),
        defecting: class("DEFECTING"),
        segment: segment.clone(),
    }
}
