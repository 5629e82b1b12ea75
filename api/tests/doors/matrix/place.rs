//! The places of the schema: every way from a root over relations to an object, no object twice on the way.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::Value;

use super::schema::{Field, Schema};

/// A way to an object.
#[derive(Clone, Debug)]
pub struct Place {
    /// As the table names it: `customers.nodes.segments`.
    pub name: String,
    /// The object at its end.
    pub of: String,
    root: &'static str,
    steps: Vec<Step>,
    /// The fields to ask for at the end.
    leaves: Vec<String>,
}

#[derive(Clone, Debug)]
struct Step {
    field: Field,
    /// What to give for `id`.
    id: Option<String>,
    /// The object, where the field could be several.
    fragment: Option<String>,
}

/// What arguments are given that must be.
fn given(field: &str, argument: &str) -> String {
    match argument {
        "code" if field.to_ascii_lowercase().contains("action") => "\"A-north\"",
        "code" if field == "prospect" => "\"N-2\"",
        "source" => "\"sales\"",
        "to" if field == "moveAction" => "IN_WORK",
        "action" => {
            "{title: \"Call back\", origin: SEGMENT, dimension: \"region\", segment: \"north\", metric: CSI, \
             effectFrom: \"2026-Q2\", owner: \"Jane Roe\", due: \"2100-01-31\"}"
        }
        "note" => "\"soon\"",
        // the one is written before the other
        "version" if field == "restoreCard" => "1",
        "version" => "0",
        "code" => "\"C01\"",
        "quarter" => "\"2026-Q2\"",
        "job" => "\"prune\"",
        "contact" => "{customer: \"C01\", outcome: REACHED}",
        "complaint" => "{customer: \"C01\"}",
        "event" => "{kind: NOTE}",
        "loss" => "{customer: \"C01\", reason: \"PRICE\"}",
        "attempt" => "{customer: \"C01\", channel: \"phone\"}",
        "outcome" => "REFUSED",
        "to" => "CONFIRMED_SATISFIED",
        "scheme" => "LOYALTY",
        "class" => "\"HOSTAGE\"",
        "card" => {
            "{meaning: \"a\", focus: \"b\", service: \"c\", communication: \"d\", skill: \"e\", avoid: \"f\", together: \"g\"}"
        }
        other => panic!("say here what the argument {other} is given in tests"),
    }
    .to_owned()
}

/// An opaque id of these parts.
pub fn packed(parts: &[&str]) -> String {
    URL_SAFE_NO_PAD.encode(parts.join("\u{1f}"))
}

/// An id of an object of this type that every reader who may sees.
fn id(object: &str) -> String {
    match object {
        "Customer" => packed(&["customer", "C01"]),
        "Complaint" => packed(&["complaint", "C04", "desk", "T-2026-02-14"]),
        "Action" => packed(&["action", "A-north"]),
        "Segment" => packed(&["segment", "region", "north"]),
        "WinbackAttempt" => packed(&["winback-attempt", "C01", "desk", "W-C01"]),
        "Card" => packed(&["card", "loyalty", "hostage", "en"]),
        "Quarter" => packed(&["quarter", "2026-Q2", "2"]),
        other => panic!("say here what an id of {other} is"),
    }
}

/// Every place, the short ones first; what changes anything comes last.
pub fn places(schema: &Schema) -> Vec<Place> {
    let mut all = Vec::new();
    for root in ["Query", "Mutation"] {
        let mut places = Vec::new();
        let start =
            Place { name: String::new(), of: root.to_owned(), root, steps: Vec::new(), leaves: Vec::new() };
        grow(schema, &start, &mut vec![root.to_owned()], &mut places);
        places.sort_by_key(|place| place.steps.len());
        all.extend(places);
    }
    all
}

fn grow(schema: &Schema, from: &Place, way: &mut Vec<String>, places: &mut Vec<Place>) {
    for field in schema.relations(&from.of) {
        let objects = schema.objects_of(&field.of);
        for object in &objects {
            if way.contains(object) {
                continue;
            }
            let several = objects.len() > 1;
            let step = Step {
                field: field.clone(),
                id: field.arguments.iter().any(|(name, must)| name == "id" && *must).then(|| id(object)),
                fragment: several.then(|| object.clone()),
            };
            let mut place = from.clone();
            place.steps.push(step);
            let shown = if several { format!("{}({object})", field.name) } else { field.name.clone() };
            place.name = if from.name.is_empty() { shown } else { format!("{}.{shown}", from.name) };
            place.of.clone_from(object);
            place.leaves = schema.leaves(object).map(str::to_owned).collect();
            places.push(place.clone());
            // the same object as that of `nodes`, and from there on the same ways; and some things can be done once
            let once = ["moveComplaint", "moveAction", "editCard", "restoreCard", "endWinback"];
            if from.of.ends_with("Edge") || once.contains(&field.name.as_str()) {
                continue;
            }
            way.push(object.clone());
            grow(schema, &place, way, places);
            way.pop();
        }
    }
}

impl Place {
    /// The query that reaches it, with no arguments but those that must be given.
    pub fn query(&self) -> String {
        self.written(|_| None)
    }

    /// The query with a segment named at the last field that takes one; none if no field does.
    pub fn naming(&self, dimension: &str, segment: &str) -> Option<String> {
        let named = |argument: &str| match argument {
            "dimension" => Some(format!("\"{dimension}\"")),
            "segment" => Some(format!("\"{segment}\"")),
            _ => None,
        };
        let takes = |step: &Step| step.field.arguments.iter().any(|(name, _)| name == "segment");
        let last = self.steps.last().is_some_and(takes) && self.root == "Query";
        last.then(|| self.written(named))
    }

    fn written(&self, named: impl Fn(&str) -> Option<String>) -> String {
        let leaves = self.leaves.join(" ");
        let mut text = if leaves.is_empty() { "__typename".to_owned() } else { leaves };
        for (place, step) in self.steps.iter().enumerate().rev() {
            if let Some(object) = &step.fragment {
                text = format!("... on {object} {{ {text} }}");
            }
            let is_last = place + 1 == self.steps.len();
            let value = |(name, must): &(String, bool)| {
                let named = if is_last { named(name) } else { None };
                let by_id = || step.id.as_ref().filter(|_| name == "id").map(|id| format!("\"{id}\""));
                let value = named
                    .or_else(|| must.then(|| by_id().unwrap_or_else(|| given(&step.field.name, name))))?;
                Some(format!("{name}: {value}"))
            };
            let arguments: Vec<String> = step.field.arguments.iter().filter_map(value).collect();
            let arguments =
                if arguments.is_empty() { String::new() } else { format!("({})", arguments.join(", ")) };
            text = format!("{}{arguments} {{ {text} }}", step.field.name);
        }
        let root = if self.root == "Query" { "query" } else { "mutation" };
        format!("{root} {{ {text} }}")
    }

    /// The objects at its end in an answer's data.
    pub fn values(&self, data: &Value) -> Vec<Value> {
        let mut found = vec![data.clone()];
        for step in &self.steps {
            found = found.iter().flat_map(|value| flat(&value[&step.field.name])).collect();
        }
        found
    }
}

/// A list's elements; the value itself; nothing of null.
fn flat(value: &Value) -> Vec<Value> {
    match value {
        Value::Null => Vec::new(),
        Value::Array(values) => values.iter().flat_map(flat).collect(),
        value => vec![value.clone()],
    }
}
