//! The pictures of a page: those of the kinds it shows that the quarter has.

use serde::Deserialize;

/// A picture, where it can be had.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Chart {
    /// What it shows.
    pub kind: String,
    /// As people name it.
    pub title: String,
    /// What it tells, for those who cannot see it; none of pictures that do not say.
    #[serde(default)]
    pub description: Option<String>,
    /// Its address.
    pub svg_url: String,
    /// Its address as pixels.
    pub png_url: String,
}

/// Those of these kinds, in this order.
pub fn of_kinds(mut charts: Vec<Chart>, kinds: &[&str]) -> Vec<Chart> {
    let place = |chart: &Chart| kinds.iter().position(|kind| *kind == chart.kind);
    charts.retain(|chart| place(chart).is_some());
    charts.sort_by_key(place);
    charts
}
