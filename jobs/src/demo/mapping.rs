//! The mapping of the sample company's files: what `rapport import` reads first.
//! It is written for people to read and to copy, from the same tables the files are written from.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use super::Error;
use super::market::{Group, INDUSTRIES, PLANS, REGIONS};
use super::survey::{QUESTIONS, Question};

const HEAD: &str = r#"# The mapping of a sample company: which files there are, and which columns mean what.
# Each file is a table; a SELECT gives its columns the names Rapport knows. An empty cell is a missing value.
source = "demo" # the namespace of the keys
currency = "CNY"

[files]
customers = "customers.csv"
purchases = "purchases.csv"
responses = "responses.csv"
remarks = "remarks.csv"
complaints = "complaints.csv"
steps = "steps.csv"
losses = "losses.csv"
winbacks = "winbacks.csv"
actions = "actions.csv"

# What customers are told apart by. A customer has at most one segment of each dimension.
[[dimension]]
rows = [
  { code = "region", name = "Region 地区" },
  { code = "plan", name = "Plan 套餐" },
  { code = "industry", name = "Industry 行业" },
]

"#;

const SURVEY: &str = r#"[[survey]]
rows = [{ code = "quarterly", name = "Quarterly customer survey 季度客户调查", audience = "customer" }]

"#;

const CUSTOMERS: &str = r#"[[customer]]
file = "customers"
select = """
SELECT _line, code, name, email, manager,
       region AS "segment.region", plan AS "segment.plan", industry AS "segment.industry"
FROM customers"""

"#;

const FACTS: &str = r#"
[[purchase]]
file = "purchases"
select = "SELECT _line, code, customer, at, amount, cost, quantity, product FROM purchases"

# Problems and suggestions, each under a theme of the company's own.
[[remark]]
file = "remarks"
select = "SELECT _line, code, customer, at, kind, theme, text FROM remarks"

[[complaint]]
file = "complaints"
select = "SELECT _line, code, customer, at, channel, unit, product, severity, risk, text, resolved_at FROM complaints"

[[complaint_event]]
file = "steps"
select = "SELECT _line, code, complaint, customer, at, kind, person, note, amount, due_at FROM steps"

# Who left and why, as far as somebody found out; and what was tried to win them back.
[[loss]]
file = "losses"
select = "SELECT _line, code, customer, at, reason, note, recorded_by FROM losses"

[[winback]]
file = "winbacks"
select = "SELECT _line, code, customer, at, person, channel, offer, cost, outcome, ended_at, note FROM winbacks"

# What is done about it: each action with the index that it is to move.
[[action]]
file = "actions"
select = """
SELECT _line, code, title, owner, due, metric, dimension, segment, effect_from, expected, state,
       origin, origin_quarter, origin_code
FROM actions"""
"#;

/// Writes `company.toml` into the folder of the files.
pub(super) fn write(folder: &Path) -> Result<PathBuf, Error> {
    let path = folder.join("company.toml");
    match fs::write(&path, text()) {
        Ok(()) => Ok(path),
        Err(source) => Err(Error::Write { path, source }),
    }
}

fn text() -> String {
    let segments = [("region", &REGIONS[..]), ("plan", &PLANS[..]), ("industry", &INDUSTRIES[..])];
    let segments: String = segments.iter().map(|(dimension, groups)| rows(dimension, groups)).collect();
    let questions: String = QUESTIONS.iter().map(asked).collect();
    format!(
        "{HEAD}[[segment]]\nrows = [\n{segments}]\n\n{SURVEY}[[question]]\nrows = [\n{questions}]\n\n{CUSTOMERS}{}{FACTS}",
        responses()
    )
}

fn rows(dimension: &str, groups: &[Group]) -> String {
    groups.iter().fold(String::new(), |mut text, Group { code, name, .. }| {
        // Writing to a string cannot fail.
        let _ = writeln!(text, r#"  {{ dimension = "{dimension}", code = "{code}", name = "{name}" }},"#);
        text
    })
}

fn asked(question: &Question) -> String {
    let Question { code, text, construct, measure, component, element, scale: (low, high), .. } = question;
    let measure = measure.map(|measure| format!(r#"measure = "{measure}", "#)).unwrap_or_default();
    let component = component
        .map(|(side, component)| format!(r#"value_side = "{side}", value_component = "{component}", "#));
    let element = element.map(|element| format!(r#"element = "{element}", "#)).unwrap_or_default();
    let role = measure + &component.unwrap_or_default() + &element;
    format!(
        "  {{ survey = \"quarterly\", code = \"{code}\", text = \"{text}\", construct = \"{construct}\", {role}low = {low}, high = {high} }},\n"
    )
}

/// Every column beyond the first ones is the answer to the question of that code.
fn responses() -> String {
    let codes: Vec<&str> = QUESTIONS.iter().map(|question| question.code).collect();
    let lines: Vec<String> = codes.chunks(6).map(|line| line.join(", ")).collect();
    format!(
        "[[response]]\nfile = \"responses\"\nselect = \"\"\"\nSELECT _line, code, customer, survey, at, mode, channel,\n       {}\nFROM responses\"\"\"\n",
        lines.join(",\n       ")
    )
}
