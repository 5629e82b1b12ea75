//! Complaints: how many, how fast they are resolved, what they are about, which customers stay silent, and the cases that
//! are open.

use askama::Template;
use rapport_entities::{Metric, Risk, Severity};
use serde::Deserialize;

use super::{
    CasePage, Customers, Page,
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
    by_unit: Vec<Group>,
    by_month: Vec<Group>,
    by_state: Vec<Group>,
    types: Vec<Measure>,
    folklore: Vec<Folklore>,
    standards: Vec<Standard>,
    #[serde(default)]
    received: Vec<Complaint>,
    #[serde(default)]
    acknowledged: Vec<Complaint>,
    #[serde(default)]
    in_work: Vec<Complaint>,
}

#[derive(Deserialize)]
struct Quarter {
    scores: Vec<Score>,
    charts: Vec<Chart>,
}

/// A figure of a group of complaints.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Group {
    severity_code: Option<String>,
    severity_label: Option<String>,
    risk_code: Option<String>,
    risk_label: Option<String>,
    product: Option<String>,
    channel: Option<String>,
    unit: Option<String>,
    month: Option<String>,
    state_code: Option<String>,
    state_label: Option<String>,
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
    n: i64,
    sum: Option<f64>,
    mean: Option<f64>,
}

impl Measure {
    /// Of how many it is.
    fn base(&self) -> Figure {
        Figure::count(&self.id, "n", Some(self.n))
    }
}

/// A complaint that is open.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Complaint {
    id: String,
    code: String,
    customer: String,
    at: String,
    product: Option<String>,
    channel: Option<String>,
    unit: Option<String>,
    severity_label: Option<String>,
    risk_label: Option<String>,
    acknowledge_due: Option<String>,
    acknowledge_kept: Option<bool>,
    resolve_due: Option<String>,
    resolve_kept: Option<bool>,
}

/// A service standard.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Standard {
    id: String,
    from: String,
    severity_label: Option<String>,
    class_code: Option<String>,
    acknowledge_hours: Option<f64>,
    resolve_hours: Option<f64>,
    business_hours: bool,
    faultless: Option<f64>,
    satisfied: Option<f64>,
}

/// The open cases of a state, the oldest first.
struct Open {
    name: String,
    /// The customer waits to be told that the complaint came in.
    waits: bool,
    cases: Vec<Complaint>,
}

/// What the textbooks say of a metric.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Folklore {
    id: String,
    metric_code: String,
    value: f64,
    source: String,
}

/// A metric that complaints teach, beside what the textbooks say of it.
pub struct Lesson {
    pub(crate) score: Score,
    /// With where it comes from.
    pub(crate) folklore: Option<(Figure, String)>,
}

/// What complaints teach, in this order.
const LESSONS: [Metric; 10] = [
    Metric::SilentRate,
    Metric::HoursToAcknowledge,
    Metric::HoursToResolve,
    Metric::Faultless,
    Metric::HandledSatisfied,
    Metric::RepurchaseOnTheSpot,
    Metric::RepurchaseLater,
    Metric::RepurchaseUnresolved,
    Metric::Told,
    Metric::Reached,
];

/// A figure, and of how many it is.
pub struct Based {
    pub(crate) figure: Figure,
    pub(crate) base: Figure,
}

/// What complaints of a kind add up to.
pub struct Line {
    pub(crate) name: String,
    /// The risk's code, of lines of risks.
    code: String,
    pub(crate) complaints: Figure,
    /// Of 100 of the most, for the bar.
    pub(crate) bar: f64,
    pub(crate) resolved: Based,
    pub(crate) hours: Based,
}

/// A table of reasons.
pub struct Table {
    pub(crate) head: &'static str,
    pub(crate) lines: Vec<Line>,
}

/// Customers of a type who complained, and all of it.
pub struct Silence {
    pub(crate) code: String,
    pub(crate) name: String,
    pub(crate) customers: Figure,
    pub(crate) complained: Figure,
    pub(crate) share: Figure,
}

/// The page.
#[derive(Template)]
#[template(path = "complaints.html")]
pub struct Complaints {
    pub(crate) frame: Frame,
    pub(crate) rate: Option<Score>,
    pub(crate) all: Option<Line>,
    pub(crate) tables: Vec<Table>,
    pub(crate) silence: Vec<Silence>,
    pub(crate) lessons: Vec<Lesson>,
    pub(crate) hours: Option<Score>,
    states: Vec<Line>,
    open: Vec<Open>,
    standards: Vec<Standard>,
    pub(crate) charts: Vec<Chart>,
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
            table("reason-unit", data.by_unit, |group| group.unit.clone()),
            table("reason-month", data.by_month, |group| group.month.clone()),
        ];
        let open = [
            ("received", true, data.received),
            ("acknowledged", false, data.acknowledged),
            ("in_work", false, data.in_work),
        ];
        let open = open.map(|(state, waits, cases)| {
            let name = frame.label("case", state).into_owned();
            Open { name, waits, cases }
        });
        let states = in_order(data.by_state);
        Ok(Self {
            states: lines(&states, |group| group.state_label.clone().unwrap_or_default()),
            open: open.into_iter().filter(|list| !list.cases.is_empty()).collect(),
            standards: data.standards,
            lessons: lessons(&data.quarter.scores, &data.folklore),
            rate: of_metric(&data.quarter.scores, Metric::ComplaintRate).cloned(),
            hours: of_metric(&data.quarter.scores, Metric::HoursToResolve).cloned(),
            all: lines(&data.all, |_| String::new()).into_iter().next(),
            tables: tables.into_iter().filter(|table| is_telling(table, &unsaid)).collect(),
            silence: silence(&data.types),
            charts: of_kinds(data.quarter.charts, &["complaint-iceberg"]),
            frame,
        })
    }
}

impl Complaints {
    /// The page of a case.
    fn to_case(&self, one: &Complaint) -> String {
        self.frame.to(&CasePage::PATH.replace("{code}", &one.id))
    }

    /// The words of a form's list, with their names.
    fn words(&self, family: &str) -> Vec<(&'static str, String)> {
        let words: Vec<&'static str> = match family {
            "severity" => Severity::ALL.iter().rev().map(|one| one.as_str()).collect(),
            _ => Risk::ALL.iter().map(|one| one.as_str()).collect(),
        };
        words.into_iter().map(|word| (word, self.frame.label(family, word).into_owned())).collect()
    }

    /// The customers of a type who complained.
    fn to_complained(&self, one: &Silence) -> String {
        self.frame.to_with(Customers::PATH, &[("type", &one.code), ("complained", "yes")])
    }
}

impl Complaint {
    /// What it is about and how it came, in a line.
    fn about(&self) -> String {
        let parts = [&self.product, &self.risk_label, &self.channel];
        parts.into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join(" · ")
    }
}

impl Standard {
    fn acknowledge(&self) -> Figure {
        Figure::decimal(&self.id, "acknowledgeHours", self.acknowledge_hours, 1)
    }

    fn resolve(&self) -> Figure {
        Figure::decimal(&self.id, "resolveHours", self.resolve_hours, 1)
    }

    fn faultless(&self) -> Figure {
        Figure::share(&self.id, "faultless", self.faultless)
    }

    fn satisfied(&self) -> Figure {
        Figure::share(&self.id, "satisfied", self.satisfied)
    }
}

/// The metrics there are, beside what the textbooks say.
fn lessons(scores: &[Score], folklore: &[Folklore]) -> Vec<Lesson> {
    let lesson = |metric: &Metric| {
        let score = of_metric(scores, *metric)?.clone();
        let told = folklore.iter().find(|one| one.metric_code == score.metric_code);
        let figure = |one: &Folklore| Figure::metric(&one.id, "value", &one.metric_code, Some(one.value));
        Some(Lesson { folklore: told.map(|one| (figure(one), one.source.clone())), score })
    };
    LESSONS.iter().filter_map(lesson).collect()
}

fn of_metric(scores: &[Score], metric: Metric) -> Option<&Score> {
    scores.iter().find(|score| score.metric_code.eq_ignore_ascii_case(metric.as_str()))
}

/// In the order of a case's life.
fn in_order(mut groups: Vec<Group>) -> Vec<Group> {
    let place = |group: &Group| {
        let code = group.state_code.as_deref().unwrap_or_default().to_ascii_lowercase();
        rapport_entities::CaseState::ALL.iter().position(|state| state.as_str() == code)
    };
    groups.sort_by_key(place);
    groups
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
            let [resolved, hours] = [(); 2].map(|()| Based { figure: none(), base: none() });
            let code = group.risk_code.clone().unwrap_or_default();
            lines.push(Line { name: named, code, complaints: none(), bar: 0.0, resolved, hours });
        }
        let Some(line) = lines.last_mut() else { continue };
        match measure.measure_code.as_str() {
            "COMPLAINTS" => {
                line.complaints = Figure::decimal(&measure.id, "sum", measure.sum, 0);
                line.bar = (measure.sum.unwrap_or_default() / most * 10_000.0).round() / 100.0;
            }
            "RESOLVED" => {
                let figure = Figure::share(&measure.id, "mean", measure.mean);
                line.resolved = Based { figure, base: measure.base() };
            }
            "HOURS_TO_RESOLVE" => {
                let figure = Figure::decimal(&measure.id, "mean", measure.mean, 1);
                line.hours = Based { figure, base: measure.base() };
            }
            _ => {}
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
