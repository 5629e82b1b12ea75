//! Every number of every page is the stored one: what the markup says it is, GraphQL says too, and what people read is
//! that number rounded.

use std::collections::{BTreeMap, BTreeSet};

use rapport_tests::{Server, World, on_both};
use serde_json::Value;

const QUARTER: &str = "2026-Q2";
const PAGES: [&str; 17] = [
    "/",
    "/indexes",
    "/loyalty",
    "/value",
    "/drivers",
    "/comments",
    "/complaints",
    "/lost",
    "/actions",
    "/playbooks",
    "/playbooks/loyalty/hostage",
    "/customers",
    "/care",
    "/segments",
    "/people",
    "/jobs",
    "/methods",
];

/// A number as the markup has it.
#[derive(Debug)]
struct Number {
    value: f64,
    row: String,
    field: String,
    text: String,
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let rest = tag.split(&format!(" {name}=\"")).nth(1)?;
    Some(rest.split('"').next()?.to_owned())
}

/// The numbers of a page; those of totals have no row.
fn numbers(page: &str) -> Vec<Number> {
    let number = |part: &str| {
        let (tag, rest) = part.split_once('>').unwrap();
        let tag = format!(" {tag}");
        Some(Number {
            value: attribute(&tag, "value")?.parse().unwrap(),
            row: attribute(&tag, "data-row")?,
            field: attribute(&tag, "data-field")?,
            text: rest.split("</data>").next()?.replace("&lt;", "<"),
        })
    };
    page.split("<data ").skip(1).filter_map(number).collect()
}

/// The number that people read, and how many decimals it has.
fn read(text: &str) -> (f64, i32) {
    let digits: String =
        text.replace('−', "-").chars().filter(|c| c.is_ascii_digit() || ".-".contains(*c)).collect();
    let decimals = digits.split_once('.').map_or(0, |(_, rest)| rest.len() as i32);
    (digits.parse().unwrap_or_else(|_| panic!("`{text}` is no number")), decimals)
}

/// Rounded, and per cent where it says so.
fn is_rounded(number: &Number) -> bool {
    if let Some(bound) = number.text.strip_prefix('<') {
        return number.value < bound.parse().unwrap();
    }
    let (shown, decimals) = read(&number.text);
    let percent = ["%", "pp", "个百分点"].iter().any(|sign| number.text.contains(sign));
    let value = if percent { number.value * 100.0 } else { number.value };
    (value - shown).abs() <= 0.5 * 10_f64.powi(-decimals) + 1e-9
}

/// The numbers of the cells of figures stand in such markup, and nowhere else.
fn nothing_stands_alone(page: &str, path: &str) {
    for cell in page.split("<td class=\"number").skip(1) {
        let cell = cell.split_once('>').unwrap().1.split("</td>").next().unwrap();
        let mut bare = String::new();
        for (place, part) in cell.split("<data ").enumerate() {
            bare.push_str(if place == 0 { part } else { part.split_once("</data>").unwrap().1 });
        }
        let words: String = bare.split('<').map(|part| part.rsplit('>').next().unwrap()).collect();
        assert!(!words.bytes().any(|byte| byte.is_ascii_digit()), "{path}: `{cell}` has a number of its own");
    }
}

/// Flat tables and their numbers.
const FLAT: [(&str, &str); 24] = [
    ("scoreRows", "value lower upper n change changeYear"),
    ("classRows", "customers share revenue profit n"),
    ("transitionRows", "customers"),
    ("curveRows", "x y lower upper n"),
    ("cohortRows", "customers share"),
    ("driverRows", "importance performance stated pValue varianceInflation rSquared n"),
    ("pathRows", "value lower upper n"),
    ("modelRows", "n"),
    ("folkloreRows", "value"),
    ("funnelRows", "customers quarters fellBack conversion lower upper n"),
    ("modeEffectRows", "value lower upper n effect effectLower effectUpper matched others"),
    (
        "prospectConversionRows",
        "openStart met converted lost raised lowered openEnd conversion lower upper medianDays n",
    ),
    ("themeRows", "customers remarks share lower upper n"),
    ("lossFlowRows", "customers revenue profit share lower upper n"),
    ("lossReasonRows", "customers revenue profit share lower upper n lost"),
    ("winbackRows", "n successes open share lower upper cost costN costPerSuccess"),
    ("lostCustomerRows", "value attempts success successN gain cost expected rank"),
    ("unitScoreRows", "value lower upper n"),
    ("linkageRows", "lag correlation lower upper slope slopeLower slopeUpper pValue n"),
    ("parameterRows", "value"),
    ("actionRows", "expected"),
    ("careRows", "valueAtRisk"),
    ("actionEffectRows", "before nBefore after nAfter expectedChange value lower upper comparable"),
    ("jobRunRows", "attempt maxAttempts rowsDone rowsKnown"),
];

/// Every row that a page may show, by its id, as GraphQL gives them; groups are of a place.
fn rows(world: &World, place: Option<(&str, &str)>, customer: &str) -> BTreeMap<String, Value> {
    let of = place.map_or_else(String::new, |(dimension, segment)| {
        format!(", dimension: \"{dimension}\", segment: \"{segment}\"")
    });
    let mut queries: Vec<String> =
        FLAT.map(|(field, columns)| format!("{{ {field}(limit: 10000) {{ id {columns} }} }}")).into();
    for by in [
        "",
        ", by: \"severity\"",
        ", by: \"risk\"",
        ", by: \"product\"",
        ", by: \"channel\"",
        ", by: \"unit\"",
        ", by: \"month\"",
    ] {
        queries.push(format!("{{ complaintGroupRows(quarter: \"{QUARTER}\"{by}{of}) {{ id n sum mean }} }}"));
    }
    let by_state =
        format!("{{ complaintGroupRows(by: \"state\", measure: \"complaints\"{of}) {{ id n sum mean }} }}");
    queries.push(by_state);
    queries
        .push("{ serviceStandardRows { id acknowledgeHours resolveHours faultless satisfied } }".to_owned());
    queries.push(format!(
        "{{ customerGroupRows(quarter: \"{QUARTER}\", by: \"type\"{of}) {{ id n sum mean }} }}"
    ));
    let columns = "satisfaction recommend purchases revenue profit windowRevenue lifetimeValue pAlive";
    queries.push(format!("{{ customerRows(limit: 10000) {{ id {columns} }} }}"));
    queries.push(format!("{{ purchaseRows(customer: \"{customer}\") {{ id quantity amount }} }}"));
    queries.push(format!("{{ complaintRows(customer: \"{customer}\") {{ id hoursToResolve }} }}"));
    let attempts = format!("{{ customer(code: \"{customer}\") {{ winbackAttempts {{ id cost }} }} }}");
    let attempts: Value = serde_json::from_str(&world.answer(&attempts)).unwrap();
    let attempts = attempts["data"]["customer"]["winbackAttempts"].as_array().unwrap().clone();
    let all = queries.iter().flat_map(|query| {
        let mut rows = Vec::new();
        for offset in [0, 10_000] {
            let paged = query.replace("limit: 10000", &format!("limit: 10000, offset: {offset}"));
            rows.extend(world.rows(&paged));
            if rows.len() < 10_000 || !query.contains("limit") {
                break;
            }
        }
        rows
    });
    all.chain(attempts).map(|row| (row["id"].as_str().unwrap().to_owned(), row)).collect()
}

fn get(server: &Server, path: &str) -> String {
    let (head, body) = server.get(path);
    assert!(head.starts_with("HTTP/1.1 200"), "{path}: {head} {}", String::from_utf8_lossy(&body));
    String::from_utf8(body).unwrap()
}

on_both!(
    /// Of all customers and of a segment, in both languages.
    every_number_is_the_stored_one,
    |world| {
        world.ok(&["demo", "--no-serve", "--customers", "500", "--quarters", "6", "--last", QUARTER]);
        let server = Server::start(world, &["--without-schedule"]);
        let complained = world.rows("{ complaintRows(limit: 1) { customer } }");
        let customer = complained[0]["customer"].as_str().unwrap();
        let mut seen = BTreeSet::new();
        for (place, locale) in [(None, "en"), (Some(("region", "east")), "zh-CN")] {
            let rows = rows(world, place, customer);
            let segment = place.map_or_else(String::new, |(one, other)| format!("&segment={one}:{other}"));
            let own = format!("/customers/{customer}");
            let action = if place.is_none() { "/actions/ACT-2" } else { "/actions/ACT-1" };
            for path in PAGES.iter().copied().chain([own.as_str(), action]) {
                let page = get(&server, &format!("{path}?quarter={QUARTER}&locale={locale}{segment}"));
                nothing_stands_alone(&page, path);
                let numbers = numbers(&page);
                // a small segment has no drivers, but all customers have figures of every kind
                let least = if place.is_none() { 3 } else { 1 };
                assert!(numbers.len() >= least, "{path} has {} numbers", numbers.len());
                for number in numbers {
                    let row = rows.get(&number.row);
                    let row = row.unwrap_or_else(|| panic!("{path}: GraphQL has no row of {number:?}"));
                    let stored = row[&number.field].as_f64();
                    assert_eq!(stored, Some(number.value), "{path}: {number:?} is not of {row}");
                    assert!(is_rounded(&number), "{path}: {number:?}");
                    seen.insert((path.to_owned(), number.field));
                }
            }
        }
        assert!(seen.len() >= 45, "{} kinds of numbers on the pages: {seen:?}", seen.len());
    }
);
