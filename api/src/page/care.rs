//! The care list: who is to be called in a quarter, why, what to do, and what came of it; for operators a form to log it.

use askama::Template;
use rapport_entities::{CareReason, ContactOutcome};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{
    Page,
    figure::Figure,
    frame::{Choice, Frame},
};
use crate::Error;

/// The answer.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Data {
    care_list: Connection,
    managers: Vec<Manager>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Connection {
    total_count: i64,
    nodes: Vec<Line>,
    page_info: PageInfo,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct PageInfo {
    end_cursor: Option<String>,
    has_next_page: bool,
}

/// A line of the list.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Line {
    id: String,
    code: String,
    manager: Option<String>,
    value_at_risk: Option<f64>,
    basis_label: Option<String>,
    type_code: String,
    type_label: String,
    class_label: String,
    promise_overdue: bool,
    last_contact_at: Option<String>,
    last_outcome_label: Option<String>,
    next_contact_at: Option<String>,
    customer: Option<Named>,
    reasons: Vec<Why>,
    card: Option<Card>,
}

#[derive(Deserialize)]
struct Named {
    name: Option<String>,
}

/// Why, in words.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Why {
    reason_code: String,
    reason_label: String,
    words: String,
}

/// What to do.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Card {
    scheme_code: String,
    class_code: String,
    class_label: String,
    focus: String,
}

/// An account manager, how many customers of hers are on the list, and how many she has.
#[derive(Deserialize)]
struct Manager {
    manager: Option<String>,
    customers: i64,
    n: i64,
}

/// The page.
#[derive(Template)]
#[template(path = "care.html")]
pub struct Care {
    frame: Frame,
    total: i64,
    lines: Vec<Line>,
    managers: Vec<Manager>,
    next: Option<String>,
}

impl Page for Care {
    const PATH: &'static str = "/care";
    const QUERY: &'static str = include_str!("care.graphql");
    type Data = Data;

    fn variables(frame: &Frame) -> Result<Value, Error> {
        let mut variables = frame.variables();
        let given = |text: &Option<String>| text.clone().filter(|text| !text.is_empty());
        variables["manager"] = json!(given(&frame.address.manager));
        variables["reason"] = json!(reason(frame)?.map(|reason| reason.as_str().to_ascii_uppercase()));
        variables["after"] = json!(given(&frame.address.after));
        Ok(variables)
    }

    fn of(frame: Frame, data: Data) -> Result<Self, Error> {
        let Connection { total_count, nodes, page_info } = data.care_list;
        let next = page_info.end_cursor.filter(|_| page_info.has_next_page);
        Ok(Self { total: total_count, lines: nodes, managers: data.managers, next, frame })
    }
}

/// The reason in the address. Fails at a word that there is not.
fn reason(frame: &Frame) -> Result<Option<CareReason>, Error> {
    let given = frame.address.reason.as_deref().filter(|text| !text.is_empty());
    let parse = |text: &str| text.to_ascii_lowercase().parse();
    given
        .map(parse)
        .transpose()
        .map_err(|error: rapport_entities::UnknownWord| Error::BadInput(format!("reason: {error}")))
}

/// What a contact may come to, as options of a form.
pub(super) fn outcomes(frame: &Frame) -> Vec<(&'static str, String)> {
    let option =
        |one: &ContactOutcome| (one.as_str(), frame.label("contact-outcome", one.as_str()).into_owned());
    ContactOutcome::ALL.iter().map(option).collect()
}

impl Care {
    /// How many there are, in words.
    fn heading(&self) -> String {
        self.frame.with("care-title", &self.frame.whole_number(&self.total))
    }

    /// The account managers with customers on the list or without, as options of the form.
    fn managers(&self) -> Vec<Choice> {
        let asked = self.frame.address.manager.as_deref().unwrap_or_default();
        let choice = |one: &Manager| {
            let code = one.manager.clone()?;
            let numbers = [one.customers, one.n].map(|n| self.frame.whole_number(&n));
            let label = format!("{code} ({} / {})", numbers[0], numbers[1]);
            Some(Choice { label, open: code == asked, target: code })
        };
        self.managers.iter().filter_map(choice).collect()
    }

    /// The reasons, as options of the form.
    fn reasons(&self) -> Vec<Choice> {
        let asked = self.frame.address.reason.as_deref().unwrap_or_default();
        let choice = |one: &CareReason| Choice {
            label: self.frame.label("care-reason", one.as_str()).into_owned(),
            target: one.as_str().to_ascii_uppercase(),
            open: one.as_str().eq_ignore_ascii_case(asked),
        };
        CareReason::ALL.iter().map(choice).collect()
    }

    fn outcomes(&self) -> Vec<(&'static str, String)> {
        outcomes(&self.frame)
    }

    /// What the list is narrowed to, as the address says it.
    fn narrowed(&self) -> Vec<(&'static str, &str)> {
        let address = &self.frame.address;
        let given = [("manager", &address.manager), ("reason", &address.reason)];
        given.into_iter().map(|(name, value)| (name, value.as_deref().unwrap_or_default())).collect()
    }

    /// The next page of the list.
    fn to_next(&self, cursor: &str) -> String {
        let mut more = self.narrowed();
        more.push(("after", cursor));
        self.frame.to_with(Self::PATH, &more)
    }

    /// The first page of the list, where another is shown.
    fn to_first(&self) -> Option<String> {
        self.frame.address.after.as_deref().filter(|after| !after.is_empty())?;
        Some(self.frame.to_with(Self::PATH, &self.narrowed()))
    }

    /// The form, filled in with the customer of a line.
    fn to_log(&self, code: &str) -> String {
        let mut more = self.narrowed();
        more.push(("after", self.frame.address.after.as_deref().unwrap_or_default()));
        more.push(("customer", code));
        format!("{}#log-title", self.frame.to_with(Self::PATH, &more))
    }

    /// The customer that the form is filled in with.
    fn customer(&self) -> &str {
        self.frame.address.customer.as_deref().unwrap_or_default()
    }

    /// When comes what is next, in words.
    fn next_at(&self, at: &str) -> String {
        self.frame.with("care-next", &self.frame.moment(at))
    }
}

impl Line {
    fn name(&self) -> Option<&str> {
        self.customer.as_ref()?.name.as_deref()
    }

    fn value(&self) -> Figure {
        Figure::money(&self.id, "valueAtRisk", self.value_at_risk)
    }

    /// Whether a promise is overdue, and the reason tells of it.
    fn is_late(&self, why: &Why) -> bool {
        self.promise_overdue && why.reason_code == "PROMISE_DUE"
    }
}
