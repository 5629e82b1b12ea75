//! A customer's history: types, scores, purchases, complaints and answers, newest first.

use askama::Template;
use rapport_entities::WinbackOutcome;
use serde::Deserialize;
use serde_json::Value;

use super::{CasePage, Page, care, figure::Figure, frame::Frame};
use crate::Error;

/// So many facts of a kind are shown.
const SHOWN: usize = 40;

/// The answer.
#[derive(Deserialize)]
pub struct Data {
    customer: Option<Customer>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Customer {
    code: String,
    name: Option<String>,
    email: Option<String>,
    phone: Option<String>,
    contract_start: Option<String>,
    contract_end: Option<String>,
    referrals: Option<i64>,
    manager: Option<String>,
    erased_at: Option<String>,
    segments: Vec<Segment>,
    cards: Vec<Card>,
    quarters: Vec<Row>,
    purchases: List<Purchase>,
    complaints: List<Complaint>,
    contacts: List<Contact>,
    responses: List<Response>,
    losses: Vec<Loss>,
    winback_attempts: Vec<Attempt>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Segment {
    dimension_name: String,
    name: String,
}

/// A card of a class that the customer is in.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Card {
    scheme_code: String,
    scheme_label: String,
    class_code: String,
    class_label: String,
    focus: String,
    avoid: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct List<T> {
    total_count: i64,
    nodes: Vec<T>,
}

/// What a quarter says of the customer.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Row {
    id: String,
    quarter: String,
    type_code: String,
    type_label: String,
    subtype_label: Option<String>,
    class_label: String,
    lifecycle_label: String,
    stage_label: String,
    satisfaction: Option<f64>,
    recommend: Option<f64>,
    revenue: f64,
    profit: Option<f64>,
    purchases: i64,
    lifetime_value: Option<f64>,
    p_alive: Option<f64>,
}

/// A purchase.
#[derive(Deserialize)]
pub struct Purchase {
    id: String,
    code: String,
    date: String,
    product: Option<String>,
    quantity: i64,
    amount: f64,
    currency: String,
}

/// A complaint.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Complaint {
    id: String,
    code: String,
    date: String,
    product: Option<String>,
    channel: Option<String>,
    severity_label: Option<String>,
    risk_label: Option<String>,
    resolved_date: Option<String>,
    hours_to_resolve: Option<f64>,
}

/// A contact that was logged.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Contact {
    at: String,
    who: String,
    channel: Option<String>,
    outcome_label: String,
    note: Option<String>,
    next_at: Option<String>,
}

/// That the customer was lost.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Loss {
    at: String,
    reason_label: String,
    recorded_by: Option<String>,
    note: Option<String>,
}

/// An attempt to win the customer back.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Attempt {
    id: String,
    at: String,
    person: Option<String>,
    channel: Option<String>,
    offer: Option<String>,
    cost: Option<f64>,
    currency: Option<String>,
    outcome_code: String,
    outcome_label: String,
    ended_at: Option<String>,
    note: Option<String>,
}

/// What the customer answered at a time.
#[derive(Deserialize)]
struct Response {
    date: String,
    survey: String,
    answers: Vec<Answer>,
}

#[derive(Deserialize)]
struct Answer {
    question: String,
    value: f64,
}

/// The page.
#[derive(Template)]
#[template(path = "customer.html")]
pub struct CustomerPage {
    frame: Frame,
    one: Customer,
}

impl Page for CustomerPage {
    const PATH: &'static str = "/customers/{code}";
    const QUERY: &'static str = include_str!("customer.graphql");
    type Data = Data;

    fn variables(frame: &Frame) -> Result<Value, Error> {
        let mut variables = frame.variables();
        variables["code"] = frame.address.code.as_str().into();
        Ok(variables)
    }

    fn of(frame: Frame, data: Data) -> Result<Self, Error> {
        let nobody = || Error::NotFound(format!("there is no customer {}", frame.address.code));
        let mut one = data.customer.ok_or_else(nobody)?;
        one.quarters.reverse();
        newest(&mut one.purchases);
        newest(&mut one.complaints);
        newest(&mut one.contacts);
        newest(&mut one.responses);
        Ok(Self { frame, one })
    }
}

impl CustomerPage {
    /// Where the forms go.
    fn target(&self) -> String {
        let path = CustomerPage::PATH.replace("{code}", &crate::graphql::escape(&self.one.code));
        format!("{path}?locale={}", self.frame.locale.tag())
    }

    /// What may have become of an attempt, the open first.
    fn attempt_outcomes(&self) -> Vec<(&'static str, String)> {
        let option =
            |one: &WinbackOutcome| (one.as_str(), self.frame.label("winback", one.as_str()).into_owned());
        WinbackOutcome::ALL.iter().map(option).collect()
    }

    /// The page of a case.
    fn to_case(&self, one: &Complaint) -> String {
        self.frame.to(&CasePage::PATH.replace("{code}", &one.id))
    }

    /// What a contact may come to.
    fn outcomes(&self) -> Vec<(&'static str, String)> {
        care::outcomes(&self.frame)
    }

    /// When comes what is next, in words.
    fn next_at(&self, at: &str) -> String {
        self.frame.with("care-next", &self.frame.moment(at))
    }
}

fn newest<T>(list: &mut List<T>) {
    list.nodes.reverse();
    list.nodes.truncate(SHOWN);
}

impl<T> List<T> {
    /// How many are not shown.
    fn more(&self) -> i64 {
        self.total_count - self.nodes.len() as i64
    }
}

impl Row {
    fn satisfaction(&self) -> Figure {
        Figure::decimal(&self.id, "satisfaction", self.satisfaction, 1)
    }

    fn recommend(&self) -> Figure {
        Figure::decimal(&self.id, "recommend", self.recommend, 0)
    }

    fn revenue(&self) -> Figure {
        Figure::money(&self.id, "revenue", Some(self.revenue))
    }

    fn profit(&self) -> Figure {
        Figure::money(&self.id, "profit", self.profit)
    }

    fn purchases(&self) -> Figure {
        Figure::count(&self.id, "purchases", Some(self.purchases))
    }

    fn lifetime_value(&self) -> Figure {
        Figure::money(&self.id, "lifetimeValue", self.lifetime_value)
    }

    fn alive(&self) -> Figure {
        Figure::share(&self.id, "pAlive", self.p_alive)
    }
}

impl Purchase {
    fn quantity(&self) -> Figure {
        Figure::count(&self.id, "quantity", Some(self.quantity))
    }

    fn amount(&self) -> Figure {
        Figure::decimal(&self.id, "amount", Some(self.amount), 2)
    }
}

impl Complaint {
    fn hours(&self) -> Figure {
        Figure::decimal(&self.id, "hoursToResolve", self.hours_to_resolve, 1)
    }
}

impl Attempt {
    fn cost(&self) -> Figure {
        Figure::decimal(&self.id, "cost", self.cost, 2)
    }

    fn is_open(&self) -> bool {
        self.outcome_code == "OPEN"
    }
}

impl Response {
    /// The answers in a line.
    fn told(&self) -> String {
        let told = |one: &Answer| format!("{} {}", one.question, one.value);
        self.answers.iter().map(told).collect::<Vec<_>>().join(" · ")
    }
}
