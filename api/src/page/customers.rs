//! The customers: searched, narrowed, ordered, a page at a time, and as many as every figure says that leads here.

use askama::Template;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{
    Page,
    figure::Figure,
    frame::{Choice, Frame},
};
use crate::Error;

/// The orders there are, the usual one first.
const ORDERS: [&str; 8] = [
    "CODE_ASC",
    "WINDOW_REVENUE_DESC",
    "LIFETIME_VALUE_DESC",
    "SATISFACTION_ASC",
    "SATISFACTION_DESC",
    "RECOMMEND_ASC",
    "P_ALIVE_ASC",
    "PURCHASES_DESC",
];

/// Classes by which the form narrows: the field of the address, the family of its words, and the words.
const CLASSES: [(&str, &str, &[&str]); 7] = [
    ("type", "loyalty", &["LOYAL", "MERCENARY", "HOSTAGE", "DEFECTING", "UNCLASSIFIED"]),
    ("class", "class", &["A", "B", "C", "D", "UNCLASSIFIED"]),
    ("growth", "growth", &["MOST_VALUABLE", "MOST_GROWABLE", "BELOW_ZERO", "OTHER", "UNCLASSIFIED"]),
    ("size", "size", &["VIP", "LARGE", "MEDIUM", "SMALL", "UNCLASSIFIED"]),
    ("lifecycle", "lifecycle", &["EXPLORATION", "BUILD_UP", "MATURITY", "DECLINE", "UNCLASSIFIED"]),
    (
        "stage",
        "stage",
        &["SUSPECT", "PROSPECT", "FIRST_TIME", "REPEAT", "CLIENT", "ADVOCATE", "UNCLASSIFIED"],
    ),
    ("subtype", "subtype", &["APOSTLE", "TERRORIST"]),
];

/// The answer.
#[derive(Deserialize)]
pub struct Data {
    customers: Connection,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Connection {
    total_count: i64,
    nodes: Vec<Customer>,
    page_info: PageInfo,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct PageInfo {
    end_cursor: Option<String>,
    has_next_page: bool,
}

/// A customer of the list.
#[derive(Deserialize)]
struct Customer {
    code: String,
    name: Option<String>,
    quarters: Vec<Row>,
}

/// What the quarter says of a customer.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Row {
    id: String,
    type_code: String,
    type_label: String,
    subtype_label: Option<String>,
    class_label: String,
    growth_label: String,
    satisfaction: Option<f64>,
    recommend: Option<f64>,
    window_revenue: f64,
    lifetime_value: Option<f64>,
    p_alive: Option<f64>,
}

/// The page.
#[derive(Template)]
#[template(path = "customers.html")]
pub struct Customers {
    frame: Frame,
    total: i64,
    customers: Vec<Customer>,
    next: Option<String>,
}

impl Page for Customers {
    const PATH: &'static str = "/customers";
    const QUERY: &'static str = include_str!("customers.graphql");
    type Data = Data;

    fn variables(frame: &Frame) -> Result<Value, Error> {
        let mut variables = frame.variables();
        variables["filter"] = filter(frame)?;
        variables["order"] = json!([order(frame)?]);
        variables["after"] = json!(frame.address.after.as_deref().filter(|text| !text.is_empty()));
        Ok(variables)
    }

    fn of(frame: Frame, data: Data) -> Result<Self, Error> {
        let Connection { total_count, nodes, page_info } = data.customers;
        let next = page_info.end_cursor.filter(|_| page_info.has_next_page);
        Ok(Self { total: total_count, customers: nodes, next, frame })
    }
}

/// What the address narrows the list to. Fails at a word that there is not.
fn filter(frame: &Frame) -> Result<Value, Error> {
    let mut filter = json!({ "quarter": frame.quarter.quarter });
    if frame.is_segment() {
        filter["segment"] = json!([{ "dimension": frame.dimension, "code": frame.segment }]);
    }
    for (field, given) in frame.address.filters() {
        match field {
            "search" => filter["codePrefix"] = json!(given),
            "complained" => filter["complained"] = json!(given == "yes"),
            _ => filter[if field == "class" { "valueClass" } else { field }] = json!([word(field, given)?]),
        }
    }
    Ok(filter)
}

/// A class as the API names it; null for the unclassified.
fn word(field: &str, given: &str) -> Result<Value, Error> {
    let known = CLASSES.iter().find(|(name, _, _)| *name == field).map_or(&[][..], |(_, _, words)| words);
    let given = given.to_ascii_uppercase();
    match known.iter().find(|word| **word == given) {
        Some(&"UNCLASSIFIED") => Ok(Value::Null),
        Some(word) => Ok(json!(word)),
        None => Err(Error::BadInput(format!("{field}: {given} is none of: {}", known.join(", ")))),
    }
}

fn order(frame: &Frame) -> Result<&'static str, Error> {
    let Some(given) = frame.address.order.as_deref().filter(|text| !text.is_empty()) else {
        return Ok(ORDERS[0]);
    };
    let known = ORDERS.iter().find(|order| **order == given);
    known.copied().ok_or_else(|| Error::BadInput(format!("order: {given} is none of: {}", ORDERS.join(", "))))
}

impl Customers {
    /// The selects of the form: field, name, options.
    fn selects(&self) -> Vec<(&'static str, String, Vec<Choice>)> {
        let given = self.frame.address.filters();
        let select = |(field, family, words): &(&'static str, &'static str, &[&str])| {
            let open = given.iter().find(|(name, _)| name == field).map_or("", |(_, word)| word);
            let choice = |word: &&str| Choice {
                label: self.frame.label(family, word).into_owned(),
                target: (*word).to_owned(),
                open: word.eq_ignore_ascii_case(open),
            };
            let name = self.frame.t(match *field {
                "type" => "scheme-loyalty",
                "class" => "scheme-value_class",
                "growth" => "scheme-growth",
                "size" => "scheme-size",
                "lifecycle" => "scheme-lifecycle",
                "stage" => "scheme-stage",
                _ => "scheme-loyalty_subtype",
            });
            (*field, name.into_owned(), words.iter().map(choice).collect())
        };
        CLASSES.iter().map(select).collect()
    }

    /// The orders, as options of the form.
    fn orders(&self) -> Vec<Choice> {
        let open = self.frame.address.order.as_deref().unwrap_or(ORDERS[0]);
        let choice = |order: &&str| Choice {
            label: self.frame.label("order", order).into_owned(),
            target: (*order).to_owned(),
            open: *order == open,
        };
        ORDERS.iter().map(choice).collect()
    }

    /// Whether they complained.
    fn complained(&self) -> &str {
        self.frame.address.complained.as_deref().unwrap_or_default()
    }

    /// What is searched for.
    fn search(&self) -> &str {
        self.frame.address.search.as_deref().unwrap_or_default()
    }

    /// The next page of the list.
    fn to_next(&self, cursor: &str) -> String {
        let mut more = self.frame.address.filters();
        more.push(("order", self.frame.address.order.as_deref().unwrap_or_default()));
        more.push(("after", cursor));
        self.frame.to_with(Self::PATH, &more)
    }

    /// The first page of the list, where another is shown.
    fn to_first(&self) -> Option<String> {
        self.frame.address.after.as_deref().filter(|after| !after.is_empty())?;
        let mut more = self.frame.address.filters();
        more.push(("order", self.frame.address.order.as_deref().unwrap_or_default()));
        Some(self.frame.to_with(Self::PATH, &more))
    }

    /// True if the list is narrowed.
    fn narrowed(&self) -> bool {
        !self.frame.address.filters().is_empty()
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
        Figure::money(&self.id, "windowRevenue", Some(self.window_revenue))
    }

    fn lifetime_value(&self) -> Figure {
        Figure::money(&self.id, "lifetimeValue", self.lifetime_value)
    }

    fn alive(&self) -> Figure {
        Figure::share(&self.id, "pAlive", self.p_alive)
    }
}
