//! Employees and channel partners: their indexes by unit counted by hand, and how they go together with the customers', by
//! the textbook's formulas.

use std::collections::BTreeMap;

use rapport_tests::{World, on_both};
use serde_json::{Value, json};

const MAPPING: &str = r#"
source = "desk"
currency = "CNY"
[files]
customers = "customers.csv"
answers = "answers.csv"
purchases = "purchases.csv"
team = "team.csv"
dealers = "dealers.csv"
[[dimension]]
rows = [{ code = "branch", name = "Branch" }]
[[segment]]
rows = [
  { dimension = "branch", code = "b1" }, { dimension = "branch", code = "b2" }, { dimension = "branch", code = "b3" },
  { dimension = "branch", code = "b4" }, { dimension = "branch", code = "b5" }, { dimension = "branch", code = "b6" },
]
[[customer]]
file = "customers"
select = "SELECT _line, code, branch AS \"segment.branch\" FROM customers"
[[survey]]
rows = [{ code = "pulse" }, { code = "team", audience = "employee" }, { code = "dealers", audience = "partner" }]
[[question]]
rows = [
  { survey = "pulse", code = "overall", construct = "satisfaction", measure = "overall", low = 1, high = 10 },
  { survey = "team", code = "work", construct = "satisfaction", measure = "overall", low = 1, high = 5 },
  { survey = "dealers", code = "trade", construct = "satisfaction", measure = "overall", low = 1, high = 5 },
]
[[response]]
file = "answers"
select = "SELECT _line, code, customer, at, overall FROM answers"
[[purchase]]
file = "purchases"
select = "SELECT _line, code, customer, at, amount FROM purchases"
[[employee]]
file = "team"
select = "SELECT _line, code, 'branch' AS dimension, branch AS segment, at, work FROM team"
[[partner]]
file = "dealers"
select = "SELECT _line, code, 'branch' AS dimension, branch AS segment, at, trade FROM dealers"
"#;

/// Of a branch, a quarter and somebody in it: what employees and customers answered. No two branches are alike.
fn work(branch: usize, quarter: usize, who: usize) -> usize {
    1 + if who.is_multiple_of(3) { 0 } else { (branch * 2 + quarter + who) % 5 }
}

fn overall(branch: usize, quarter: usize, who: usize) -> usize {
    1 + (branch * branch + 3 * quarter + who * (1 + branch % 3)) % 10
}

/// Of the customers of a branch, so many stay in the second quarter.
const STAYING: [usize; 6] = [15, 11, 12, 8, 13, 9];
const CUSTOMERS: usize = 15;
const DAYS: [&str; 2] = ["2025-11-10", "2026-02-10"];
/// The sixth has too few to be told.
const EMPLOYEES: [usize; 6] = [12, 14, 12, 16, 12, 9];

/// Imported, not closed.
fn imported(world: &World) {
    let (mut customers, mut answers, mut team, mut purchases) = (
        "code,branch\n".to_owned(),
        "code,customer,at,overall\n".to_owned(),
        "code,branch,at,work\n".to_owned(),
        "code,customer,at,amount\n".to_owned(),
    );
    for (branch, employees) in EMPLOYEES.into_iter().enumerate() {
        for who in 0..CUSTOMERS {
            customers += &format!("C{branch}-{who},b{}\n", branch + 1);
            let days = ["2025-10-10", "2025-11-20", "2026-01-20"];
            for day in days.iter().take(if who < STAYING[branch] { 3 } else { 2 }) {
                purchases += &format!("P{branch}-{who}-{day},C{branch}-{who},{day},10\n");
            }
        }
        for (quarter, day) in DAYS.iter().enumerate() {
            for who in 0..CUSTOMERS {
                let answer = overall(branch, quarter, who);
                answers += &format!("R{branch}-{quarter}-{who},C{branch}-{who},{day},{answer}\n");
            }
            for who in 0..employees {
                let answer = work(branch, quarter, who);
                team += &format!("E{branch}-{quarter}-{who},b{},{day},{answer}\n", branch + 1);
            }
        }
    }
    team += "X1,b9,2026-02-10,3\nX2,b1,2026-02-10,7\n";
    world.file("customers.csv", customers);
    world.file("answers.csv", answers);
    world.file("purchases.csv", purchases);
    world.file("team.csv", team);
    world.file("dealers.csv", "code,branch,at,trade\nP1,b1,2026-02-10,4\n");
    world.file("desk.toml", MAPPING);
    world.file("rapport.toml", "[rules]\nminimum_base = 10\nactive_quarters = 1\n");
    world.ok(&["import", "desk.toml"]);
}

/// The values of a quarter by branch.
fn by_branch(rows: &[Value]) -> BTreeMap<String, f64> {
    let value = |row: &Value| Some((row["segment"].as_str().unwrap().to_owned(), row["value"].as_f64()?));
    rows.iter().filter_map(value).collect()
}

fn near(value: &Value, expected: f64, what: &str) {
    assert!(
        value.as_f64().is_some_and(|value| (value - expected).abs() < 1e-9),
        "{what}: {value} is not {expected}"
    );
}

/// Pearson's r with Fisher's interval, the slope of least squares with Student's, and its p-value.
struct Linked {
    r: [f64; 3],
    slope: [f64; 3],
    p: f64,
}

/// By the textbook, of five units: three degrees of freedom, whose distribution can be written down.
fn linked(pairs: &[(f64, f64)]) -> Linked {
    assert_eq!(pairs.len(), 5);
    let n = pairs.len() as f64;
    let mean = |of: fn(&(f64, f64)) -> f64| pairs.iter().map(of).sum::<f64>() / n;
    let (x, y) = (mean(|one| one.0), mean(|one| one.1));
    let sum = |of: &dyn Fn(f64, f64) -> f64| pairs.iter().map(|one| of(one.0 - x, one.1 - y)).sum::<f64>();
    let (xx, yy, xy) = (sum(&|a, _| a * a), sum(&|_, b| b * b), sum(&|a, b| a * b));
    let r = xy / (xx * yy).sqrt();
    let (z, reach) = (0.5 * ((1.0 + r) / (1.0 - r)).ln(), 1.959_963_984_540_054 / (n - 3.0).sqrt());
    let slope = xy / xx;
    let error = ((yy - slope * xy) / (n - 2.0) / xx).sqrt();
    let (t, student) = ((slope / error).abs(), 3.182_446_305_284_263);
    let below = t / 3.0_f64.sqrt() / (1.0 + t * t / 3.0) + (t / 3.0_f64.sqrt()).atan();
    Linked {
        r: [r, (z - reach).tanh(), (z + reach).tanh()],
        slope: [slope, slope - student * error, slope + student * error],
        p: 1.0 - 2.0 / std::f64::consts::PI * below,
    }
}

/// The index of the employees of the branches that have enough of them.
fn employees(quarter: usize) -> BTreeMap<String, f64> {
    let index = |(branch, n): (usize, usize)| {
        let sum: usize = (0..n).map(|who| work(branch, quarter, who)).sum();
        (format!("b{}", branch + 1), (sum as f64 / n as f64 - 1.0) / 4.0 * 100.0)
    };
    EMPLOYEES.into_iter().enumerate().filter(|(_, n)| *n >= 10).map(index).collect()
}

/// The index of the customers of a branch, counted by hand, and the share of them who stayed.
fn customers(quarter: usize) -> [BTreeMap<String, f64>; 2] {
    let of = |figure: &dyn Fn(usize) -> f64| (0..6).map(|at| (format!("b{}", at + 1), figure(at))).collect();
    let index = |branch: usize| {
        let sum: usize = (0..CUSTOMERS).map(|who| overall(branch, quarter, who)).sum();
        (sum as f64 / CUSTOMERS as f64 - 1.0) / 9.0 * 100.0
    };
    [of(&index), of(&|branch| STAYING[branch] as f64 / CUSTOMERS as f64)]
}

const FIELDS: &str = "dimension segment metricCode outcomeCode lag baseQuarter correlation lower upper slope slopeLower \
                      slopeUpper pValue n unlinkedCode";

fn linkages(world: &World, revision: &str) -> Vec<Value> {
    world.rows(&format!(
        "{{ linkageRows(quarter: \"2026-Q1\", audience: \"EMPLOYEE\"{revision}) {{ {FIELDS} }} }}"
    ))
}

fn of<'a>(rows: &'a [Value], outcome: &str, lag: i32) -> &'a Value {
    let is = |row: &&Value| row["metricCode"] == "CSAT" && row["outcomeCode"] == outcome && row["lag"] == lag;
    rows.iter().find(is).unwrap_or_else(|| panic!("no {outcome} at lag {lag}: {rows:?}"))
}

/// A row is the textbook's of these figures of theirs and of the customers.
fn is_linked(row: &Value, own: &BTreeMap<String, f64>, customers: &BTreeMap<String, f64>) {
    let linked = linked(&own.iter().map(|(unit, value)| (*value, customers[unit])).collect::<Vec<_>>());
    assert_eq!((&row["n"], &row["unlinkedCode"]), (&json!(5), &Value::Null), "{row}");
    for (field, value) in ["correlation", "lower", "upper"].into_iter().zip(linked.r) {
        near(&row[field], value, field);
    }
    for (field, value) in ["slope", "slopeLower", "slopeUpper"].into_iter().zip(linked.slope) {
        near(&row[field], value, field);
    }
    near(&row["pValue"], linked.p, "p");
}

on_both!(
    /// Each unit's index is the mean of its people's answers; units with few people are told by their base alone.
    people_by_unit,
    |world| {
        imported(world);
        world.ok(&["close"]);
        let rejects = std::fs::read_to_string(world.folder().join("team.csv.rejects.csv")).unwrap();
        assert!(rejects.contains("there is no segment branch=b9") && rejects.contains("it lies off the scale 1 to 5"), "{rejects}");
        for (quarter, name) in ["2025-Q4", "2026-Q1"].into_iter().enumerate() {
            let rows = world.rows(&format!(
                "{{ unitScoreRows(quarter: \"{name}\", audience: \"EMPLOYEE\", dimension: \"branch\") {{ segment metricCode value \
                 lower upper n suppressed }} }}"
            ));
            let known = employees(quarter);
            for (branch, row) in rows.iter().filter(|row| row["metricCode"] == "CSAT").enumerate() {
                assert_eq!((&row["n"], &row["segment"]), (&json!(EMPLOYEES[branch]), &json!(format!("b{}", branch + 1))));
                let Some(value) = known.get(row["segment"].as_str().unwrap()) else {
                    let nothing = ["value", "lower", "upper"].iter().all(|field| row[*field].is_null());
                    assert!(nothing && row["suppressed"] == true, "{row}");
                    continue;
                };
                near(&row["value"], *value, "CSAT");
                assert!(row["lower"].as_f64() < Some(*value) && Some(*value) < row["upper"].as_f64(), "{row}");
            }
            assert_eq!(rows.iter().filter(|row| row["metricCode"] == "CSAT").count(), 6);
        }
        let partners = world.rows("{ unitScoreRows(audience: \"PARTNER\", dimension: \"branch\") { segment n suppressed } }");
        assert!(!partners.is_empty());
        assert!(partners.iter().all(|row| row == &json!({"segment": "b1", "n": 1, "suppressed": true})), "{partners:?}");
        let graph = world.answer(
            "{ quarter(quarter: \"2026-Q1\") { unitScores(dimension: \"branch\", segment: \"b6\", audience: EMPLOYEE) { n value } } }",
        );
        let graph: Value = serde_json::from_str(&graph).unwrap();
        let graph = graph["data"]["quarter"]["unitScores"].as_array().unwrap().clone();
        assert!(!graph.is_empty() && graph.iter().all(|row| row == &json!({"n": 9, "value": null})), "{graph:?}");
    }
);

on_both!(
    /// How the index of employees goes together with the index and the retention of the customers of the same units, in the
    /// same quarter and one later, is what the textbook says of figures counted by hand.
    linkage_with_the_customers,
    |world| {
        imported(world);
        world.ok(&["close"]);
        let [index, staying] = customers(1);
        let known = world.rows(
            "{ scoreRows(quarter: \"2026-Q1\", metric: \"RETENTION_RATE\", dimension: \"branch\") { segment value n } }",
        );
        assert_eq!(by_branch(&known), staying);
        let rows = linkages(world, "");
        for (lag, quarter) in [(0, 1), (1, 0)] {
            is_linked(of(&rows, "CSI", lag), &employees(quarter), &index);
            is_linked(of(&rows, "RETENTION_RATE", lag), &employees(quarter), &staying);
        }
        assert_eq!(of(&rows, "CSI", 1)["baseQuarter"], "2025-Q4");
        assert!(rows.iter().all(|row| row["dimension"] == "branch" && row["segment"] == "all"));
        for lag in 2..=4 {
            let row = of(&rows, "CSI", lag);
            assert_eq!((&row["unlinkedCode"], &row["n"]), (&json!("NOT_PUBLISHED"), &json!(0)), "{row}");
            assert!(row["correlation"].is_null() && row["slope"].is_null() && row["pValue"].is_null());
        }
        let charts = world.rows(
            "{ chartRows(quarter: \"2026-Q1\", dimension: \"all\", locale: \"en\") { kind description } }",
        );
        let chart = charts.iter().find(|row| row["kind"] == "linkage").unwrap();
        let told = chart["description"].as_str().unwrap().replace('−', "-");
        let r = of(&rows, "CSI", 1)["correlation"].as_f64().unwrap();
        assert!(told.contains(&format!("r = {r:.2} (")) && told.contains("n = 5 units"), "{told}");
        for (unit, own) in employees(0) {
            let sentence = told.split("; ").find_map(|part| part.split_once(&format!("{unit}: "))).unwrap().1;
            let numbers: Vec<f64> = sentence.split(' ').filter_map(|word| word.parse().ok()).take(2).collect();
            // to one decimal, however a half is rounded
            let near = |shown: f64, known: f64| (shown - known).abs() < 0.05 + 1e-9;
            assert!(near(numbers[0], own) && near(numbers[1], index[&unit]), "{unit}: {own}: {told}");
        }
        world.ok(&["verify"]);
    }
);

on_both!(
    /// A quarter that was closed before an earlier one says so, and says it still after that is published; closed again, it
    /// is linked with it, as if they had been closed in order.
    an_earlier_quarter_is_published_late,
    |world| {
        imported(world);
        world.ok(&["close", "--quarter", "2026-Q1"]);
        let first = linkages(world, "");
        assert_eq!(of(&first, "CSI", 1)["unlinkedCode"], "NOT_PUBLISHED");
        is_linked(of(&first, "CSI", 0), &employees(1), &customers(1)[0]);
        world.ok(&["close", "--quarter", "2025-Q4"]);
        world.ok(&["close", "--quarter", "2026-Q1"]);
        assert_eq!(linkages(world, ", revision: 1"), first);
        let again = linkages(world, ", revision: 2");
        is_linked(of(&again, "CSI", 1), &employees(0), &customers(1)[0]);
        assert_eq!(of(&again, "CSI", 0), of(&first, "CSI", 0));
        world.ok(&["verify"]);
    }
);

/// The same answers give the same digests, whatever the sets are called that they are linked with.
#[test]
fn the_same_people_give_the_same_digests() {
    let digests = [(); 2].map(|()| {
        let world = World::new(rapport_tests::Backend::Sqlite).unwrap();
        imported(&world);
        world.ok(&["close"]);
        world.rows("{ quarterRows { quarter digest } }")
    });
    assert!(digests[0].len() == 2 && digests[0] == digests[1], "{digests:?}");
}
