//! The mapping of the sample company's files: what `rapport import` reads first.
//! It is written for people to read and to copy, from the same tables the files are written from.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use super::Error;
use super::market::{Group, INDUSTRIES, PLANS, REGIONS};
use super::people::{Asked, OF_EMPLOYEES, OF_PARTNERS};
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
employees = "employees.csv"
partners = "partners.csv"
prospects = "prospects.csv"
grades = "grades.csv"
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
rows = [
  { code = "quarterly", name = "Quarterly customer survey 季度客户调查", audience = "customer" },
  { code = "employees", name = "Employee survey 员工调查", audience = "employee" },
  { code = "partners", name = "Channel partner survey 渠道合作伙伴调查", audience = "partner" },
]

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

# Who may become a customer, how likely that is held to be, and what became of it.
[[prospect]]
file = "prospects"
select = """
SELECT _line, code, name, email, manager, first_at, grade, customer, converted_at, lost_at, reason,
       region AS "segment.region", plan AS "segment.plan"
FROM prospects"""

[[prospect_grade]]
file = "grades"
select = "SELECT _line, prospect, at, grade FROM grades"

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
    let mut questions: String = QUESTIONS.iter().map(asked).collect();
    questions.extend(OF_EMPLOYEES.iter().map(|question| asked_of("employees", question)));
    questions.extend(OF_PARTNERS.iter().map(|question| asked_of("partners", question)));
    format!(
        "{HEAD}[[segment]]\nrows = [\n{segments}]\n\n{SURVEY}[[question]]\nrows = [\n{questions}]\n\n{CUSTOMERS}{}\n{}{FACTS}",
        responses(),
        people()
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

fn asked_of(survey: &str, question: &Asked) -> String {
    let Asked { code, text, construct: (construct, measure), scale: (low, high) } = question;
    let measure = measure.map(|measure| format!(r#"measure = "{measure}", "#)).unwrap_or_default();
    format!(
        "  {{ survey = \"{survey}\", code = \"{code}\", text = \"{text}\", construct = \"{construct}\", {measure}low = {low}, high = {high} }},\n"
    )
}

/// Of employees and partners nothing is known but the unit, a segment of customers.
fn people() -> String {
    let asks = [("employee", "region", &OF_EMPLOYEES), ("partner", "industry", &OF_PARTNERS)];
    let entry = |(entity, dimension, questions): (&str, &str, &[Asked; 4])| {
        let codes: Vec<&str> = questions.iter().map(|question| question.code).collect();
        format!(
            "[[{entity}]]\nfile = \"{entity}s\"\nselect = \"\"\"\nSELECT _line, code, '{dimension}' AS dimension, unit AS segment, at, {}\nFROM {entity}s\"\"\"\n",
            codes.join(", ")
        )
    };
    let entries: Vec<String> = asks.into_iter().map(entry).collect();
    format!(
        "# Of employees and channel partners there is the unit, a segment of customers, and no person.\n{}",
        entries.join("\n")
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
