//! Complaints: how many, how fast they are resolved, what they are about, and which customers stay silent.

use askama::Template;
use serde::Deserialize;

use super::{
    Customers, Page,
    chart::{Chart, of_kinds},
    figure::Figure,
    frame::Frame,
    overview::TYPES,
    rows::Score,
};
use crate::Error;

/// The answer.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Data {
    quarter: Quarter,
    all: Vec<Group>,
    by_severity: Vec<Group>,
    by_risk: Vec<Group>,
    by_product: Vec<Group>,
    by_channel: Vec<Group>,
    by_month: Vec<Group>,
    types: Vec<Measure>,
    #[serde(default)]
    newest: Vec<Complaint>,
}

#[derive(Deserialize)]
struct Quarter {
    rate: Vec<Score>,
    charts: Vec<Chart>,
}

/// A figure of a group of complaints.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Group {
    severity_code: Option<String>,
    severity_label: Option<String>,
    risk_label: Option<String>,
    product: Option<String>,
    channel: Option<String>,
    month: Option<String>,
    #[serde(flatten)]
    measure: Measure,
}

/// A figure of a group.
#[derive(Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Measure {
    id: String,
    type_code: Option<String>,
    type_label: Option<String>,
    measure_code: String,
    sum: Option<f64>,
    mean: Option<f64>,
}

/// A complaint that is open.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Complaint {
    code: String,
    customer: String,
    date: String,
    product: Option<String>,
    channel: Option<String>,
    severity_label: Option<String>,
    risk_label: Option<String>,
}

/// What complaints of a kind add up to.
pub struct Line {
    name: String,
    complaints: Figure,
    /// Of 100 of the most, for the bar.
    bar: f64,
    resolved: Figure,
    hours: Figure,
}

/// A table of reasons.
pub struct Table {
    head: &'static str,
    lines: Vec<Line>,
}

/// Customers of a type who complained, and all of it.
pub struct Silence {
    code: String,
    name: String,
    customers: Figure,
    complained: Figure,
    share: Figure,
}

/// The page.
#[derive(Template)]
#[template(path = "complaints.html")]
pub struct Complaints {
    frame: Frame,
    rate: Option<Score>,
    all: Option<Line>,
    tables: Vec<Table>,
    silence: Vec<Silence>,
    newest: Vec<Complaint>,
    charts: Vec<Chart>,
}

impl Page for Complaints {
    const PATH: &'static str = "/complaints";
    const QUERY: &'static str = concat!(
        include_str!("complaints.graphql"),
        include_str!("rows/score.graphql"),
        include_str!("rows/chart.graphql"),
    );
    type Data = Data;

    fn of(frame: Frame, data: Data) -> Result<Self, Error> {
        let unsaid = frame.t("not-stated").into_owned();
        let table = |head, groups: Vec<Group>, name: fn(&Group) -> Option<String>| {
            let lines = lines(&groups, |group| name(group).unwrap_or_else(|| unsaid.clone()));
            Table { head, lines }
        };
        let tables = [
            table("reason-risk", data.by_risk, |group| group.risk_label.clone()),
            table("reason-severity", gravest_first(data.by_severity), |group| group.severity_label.clone()),
            table("reason-product", data.by_product, |group| group.product.clone()),
            table("reason-channel", data.by_channel, |group| group.channel.clone()),
            table("reason-month", data.by_month, |group| group.month.clone()),
        ];
        Ok(Self {
            rate: data.quarter.rate.into_iter().next(),
            all: lines(&data.all, |_| String::new()).into_iter().next(),
            tables: tables.into_iter().filter(|table| is_telling(table, &unsaid)).collect(),
            silence: silence(&data.types),
            newest: data.newest,
            charts: of_kinds(data.quarter.charts, &["complaint-iceberg"]),
            frame,
        })
    }
}

impl Complaints {
    /// The customers of a type who complained.
    fn to_complained(&self, one: &Silence) -> String {
        self.frame.to_with(Customers::PATH, &[("type", &one.code), ("complained", "yes")])
    }
}

/// A table of one line that says nothing is none.
fn is_telling(table: &Table, unsaid: &str) -> bool {
    table.lines.iter().any(|line| line.name != unsaid)
}

/// The gravest first; those of which nothing is said last.
fn gravest_first(mut groups: Vec<Group>) -> Vec<Group> {
    let place = |group: &Group| {
        let code = group.severity_code.as_deref();
        ["HIGH", "MEDIUM", "LOW"].iter().position(|known| Some(*known) == code).unwrap_or(3)
    };
    groups.sort_by_key(place);
    groups
}

/// A line for each group, of the figures that follow one another.
fn lines(groups: &[Group], name: impl Fn(&Group) -> String) -> Vec<Line> {
    let most = groups
        .iter()
        .filter(|group| group.measure.measure_code == "COMPLAINTS")
        .filter_map(|group| group.measure.sum)
        .fold(f64::MIN_POSITIVE, f64::max);
    let mut lines: Vec<Line> = Vec::new();
    for group in groups {
        let measure = &group.measure;
        let named = name(group);
        if lines.last().is_none_or(|line| line.name != named) {
            let none = || Figure::count("", "sum", None);
            lines.push(Line { name: named, complaints: none(), bar: 0.0, resolved: none(), hours: none() });
        }
        let Some(line) = lines.last_mut() else { continue };
        match measure.measure_code.as_str() {
            "COMPLAINTS" => {
                line.complaints = Figure::decimal(&measure.id, "sum", measure.sum, 0);
                line.bar = (measure.sum.unwrap_or_default() / most * 10_000.0).round() / 100.0;
            }
            "RESOLVED" => line.resolved = Figure::share(&measure.id, "mean", measure.mean),
            _ => line.hours = Figure::decimal(&measure.id, "mean", measure.mean, 1),
        }
    }
    lines
}

/// A line for each loyalty type.
fn silence(types: &[Measure]) -> Vec<Silence> {
    let of = |code: &str, measure: &str| {
        types.iter().find(|one| one.type_code.as_deref() == Some(code) && one.measure_code == measure)
    };
    let line = |code: &&str| {
        let (customers, complained) = (of(code, "CUSTOMERS")?, of(code, "COMPLAINED")?);
        Some(Silence {
            code: (*code).to_owned(),
            name: customers.type_label.clone().unwrap_or_default(),
            customers: Figure::decimal(&customers.id, "sum", customers.sum, 0),
            complained: Figure::decimal(&complained.id, "sum", complained.sum, 0),
            share: Figure::share(&complained.id, "mean", complained.mean),
        })
    };
    TYPES.iter().filter_map(line).collect()
}
