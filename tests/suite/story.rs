//! A story through the public doors alone, lived quarter by quarter: a region's service fails, complaints rise, breaches
//! alert, cases are handled, an action is opened, the next quarter shows what it did, and some of the lost are won back. Every
//! figure is what plain SQL finds.

use std::{collections::BTreeMap, fmt::Write as _, io::Write as _, process::Stdio};

use chrono::{DateTime, Utc};
use rapport_entities::clock;
use rapport_tests::{Backend, World, on_both, shop};
use serde_json::{Value, json};

use crate::{cases::number, losses::pairs};

/// Regions of so many customers; the service fails in the first.
const REGIONS: [&str; 6] = ["north", "a", "b", "c", "d", "e"];
const CUSTOMERS: usize = 40;
/// Of the north, those who leave when the service fails, and those who come back.
const LOST: usize = 10;
const BACK: usize = 3;
/// The north's satisfaction in the three quarters, of 1 to 10; that of the others stays.
const NORTH: [f64; 3] = [7.0, 4.0, 6.5];
const OTHERS: f64 = 7.0;
/// The days of answering.
const ASKED: [&str; 3] = ["2025-11-20", "2026-02-20", "2026-05-20"];

const MAPPING: &str = r#"
[[complaint]]
file = "complaints"
select = "SELECT _line, code, customer, at, severity, risk FROM complaints"
[[complaint_event]]
file = "events"
select = "SELECT _line, code, complaint, customer, at, kind, person FROM events"
"#;

const SETTINGS: &str = r#"
[rules]
active_quarters = 1
minimum_base = 10
[[service.standards]]
from = 2025-01-01
severity = "high"
acknowledge_hours = 4
resolve_hours = 48
[alerts]
complaint_days = 30
"#;

/// A company that lives at a time of the past.
struct Company<'a> {
    world: &'a World,
    now: DateTime<Utc>,
}

impl Company<'_> {
    fn set_to(&mut self, now: &str) {
        self.now = now.parse().unwrap();
    }

    /// What the program says to a GraphQL document, or to arguments, at the company's time.
    fn says(&self, arguments: &[&str], input: &str) -> String {
        let behind = (clock::now() - self.now).num_seconds();
        let mut child = self
            .world
            .command(arguments)
            .env("RAPPORT_FAILPOINT", format!("clock:-{behind}"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
        let output = child.wait_with_output().unwrap();
        let words = String::from_utf8_lossy(&output.stderr);
        assert!(
            output.status.success(),
            "{arguments:?} {input}\n{}\n{words}",
            String::from_utf8_lossy(&output.stdout)
        );
        String::from_utf8(output.stdout).unwrap()
    }

    fn ask(&self, document: &str) -> Value {
        let answer: Value = serde_json::from_str(&self.says(&["query", "-"], document)).unwrap();
        answer["data"].clone()
    }

    /// The only row of a query.
    fn row(&self, query: &str) -> Value {
        let rows = self.ask(query);
        let rows = rows.as_object().unwrap().values().next().unwrap().as_array().unwrap();
        assert_eq!(rows.len(), 1, "{query}: {rows:?}");
        rows[0].clone()
    }

    fn score(&self, metric: &str, quarter: &str) -> Value {
        self.row(&format!(
            "{{ scoreRows(quarter: \"{quarter}\", metric: \"{metric}\", dimension: \"region\", segment: \"north\") \
             {{ value n lower upper change changeSignificant }} }}"
        ))
    }

    /// Imports what has happened until now.
    fn import(&self) {
        let today = self.now.format("%Y-%m-%d").to_string();
        let until = |rows: String, place: usize| -> String {
            let kept = |(line, row): &(usize, &str)| {
                *line == 0 || row.split(',').nth(place).unwrap() <= today.as_str()
            };
            rows.lines().enumerate().filter(kept).map(|(_, row)| format!("{row}\n")).collect()
        };
        for (file, rows, at) in [
            ("customers.csv", customers(), usize::MAX),
            ("answers.csv", answers(), 2),
            ("orders.csv", orders(), 2),
            ("complaints.csv", complaints(), 2),
            ("events.csv", events(), 3),
        ] {
            self.world.file(file, if at == usize::MAX { rows } else { until(rows, at) });
        }
        self.says(&["import", "shop.toml"], "");
    }
}

fn customers() -> String {
    let row = |region: &str, n| format!("{region}{n:02},,{region}\n");
    let rows = REGIONS.iter().flat_map(|region| (0..CUSTOMERS).map(move |n| row(region, n)));
    rows.fold("code,name,region\n".to_owned(), |all, row| all + &row)
}

/// Answers about the level of region and quarter, by a stream of chance that is always the same.
fn answers() -> String {
    let mut rows = "code,customer,at,overall,again,recommend\n".to_owned();
    let mut state = 11_u64;
    let mut uniform = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((state >> 33) as f64 + 0.5) / f64::from(1_u32 << 31)
    };
    for region in REGIONS {
        for n in 0..CUSTOMERS {
            for (quarter, day) in ASKED.iter().enumerate() {
                let level = if region == "north" { NORTH[quarter] } else { OTHERS };
                let noise: f64 = (0..4).map(|_| uniform()).sum::<f64>() - 2.0;
                let answer = (level + noise + uniform()).floor().clamp(1.0, 10.0);
                writeln!(rows, "{region}{n:02}-{quarter},{region}{n:02},{day},{answer},{answer},8").unwrap();
            }
        }
    }
    rows
}

/// Everybody buys twice a quarter, but the lost from the new year on; some of them buy again in June.
fn orders() -> String {
    let mut rows = "code,customer,at,amount,cost,quantity\n".to_owned();
    for region in REGIONS {
        for n in 0..CUSTOMERS {
            let lost = region == "north" && n < LOST;
            for (i, day) in
                ["2025-10-10", "2025-12-10", "2026-01-15", "2026-03-10", "2026-04-15", "2026-06-10"]
                    .iter()
                    .enumerate()
            {
                if !lost || i < 2 || (n < BACK && i == 5) {
                    writeln!(rows, "{region}{n:02}-{i},{region}{n:02},{day},100.00,60.00,1").unwrap();
                }
            }
        }
    }
    rows
}

/// Two of the north before, twenty when the service fails, one after; of each other region one in each quarter.
fn complaints() -> String {
    let mut rows = "code,customer,at,severity,risk\n".to_owned();
    let mut made = |region: &str, n: usize, day: &str| {
        writeln!(rows, "K{day}{region}{n:02},{region}{n:02},{day} 09:00:00,high,functional").unwrap();
    };
    (20..22).for_each(|n| made("north", n, "2025-11-05"));
    (0..20).for_each(|n| made("north", n, "2026-02-05"));
    made("north", 30, "2026-05-05");
    for region in &REGIONS[1..] {
        ["2025-11-05", "2026-02-05", "2026-05-05"].iter().for_each(|day| made(region, 5, day));
    }
    rows
}

/// Everywhere a complaint is acknowledged within two hours and solved the next day; in the failing north only after a week,
/// and solved for every second customer alone.
fn events() -> String {
    let mut rows = "code,complaint,customer,at,kind,person\n".to_owned();
    for row in complaints().lines().skip(1) {
        let cells: Vec<&str> = row.split(',').collect();
        let (code, customer, day) = (cells[0], cells[1], &cells[2][..10]);
        let number: usize = customer[customer.len() - 2..].parse().unwrap();
        let failing = customer.starts_with("north") && day == "2026-02-05";
        let steps: &[(&str, &str)] = match (failing, number % 2) {
            (false, _) => {
                &[("05 11:00:00", "acknowledged"), ("05 12:00:00", "in_work"), ("06 09:00:00", "resolved")]
            }
            (true, 0) => &[
                ("12 09:00:00", "acknowledged"),
                ("13 09:00:00", "in_work"),
                ("20 09:00:00", "resolved"),
                ("25 09:00:00", "confirmed_dissatisfied"),
            ],
            (true, _) => &[("12 09:00:00", "acknowledged"), ("12 10:00:00", "impolite")],
        };
        for (i, (at, kind)) in steps.iter().enumerate() {
            writeln!(rows, "{i},{code},{customer},{}{at},{kind},Li", &day[..8]).unwrap();
        }
    }
    rows
}

/// Milliseconds of a day's first moment, in UTC.
fn day(day: &str) -> i64 {
    format!("{day}T00:00:00Z").parse::<DateTime<Utc>>().unwrap().timestamp_millis()
}

/// A region's mean answer in a quarter, of thousands, by plain SQL.
fn mean(world: &World, (from, to): (&str, &str)) -> BTreeMap<String, i64> {
    let answer = match world.backend() {
        Backend::Sqlite => "json_extract(r.answers, '$.overall')",
        Backend::Postgres => "CAST(CAST(r.answers AS json) ->> 'overall' AS double precision)",
    };
    pairs(
        world,
        &format!(
            "SELECT m.segment, CAST(ROUND(AVG({answer}) * 1000000) AS bigint) FROM response r \
             JOIN customer_segment m ON m.customer_id = r.customer_id WHERE r.at >= {} AND r.at < {} GROUP BY m.segment",
            day(from),
            day(to)
        ),
    )
}

const QUARTERS: [(&str, &str, &str); 3] = [
    ("2025-Q4", "2025-10-01", "2026-01-01"),
    ("2026-Q1", "2026-01-01", "2026-04-01"),
    ("2026-Q2", "2026-04-01", "2026-07-01"),
];

on_both!(
    /// From the first bad quarter to the customers who came back.
    a_region_fails_and_recovers,
    |world| {
        shop::write(world);
        let files = "[files]\ncomplaints = \"complaints.csv\"\nevents = \"events.csv\"";
        world.file("shop.toml", shop::MAPPING.replace("[files]", files) + MAPPING);
        world.file("rapport.toml", SETTINGS);
        let mut company = Company { world, now: clock::now() };

        // the good quarter
        company.set_to("2026-01-12T08:00:00Z");
        company.import();
        company.says(&["close"], "");

        // complaints rise, and nobody answers: each is found to have missed both deadlines, and alerts
        company.set_to("2026-02-08T08:00:00Z");
        company.import();
        company.says(&["run", "watch"], "");
        let late = format!("at >= {} AND state = 'received'", day("2026-02-01"));
        let waiting = number(world, &format!("SELECT CAST(COUNT(*) AS bigint) FROM complaint WHERE {late}"));
        assert_eq!(waiting, 20);
        let alerts = company.ask("{ alertRows(rule: \"COMPLAINT_OVERDUE\") { customer details } }");
        assert_eq!(alerts["alertRows"].as_array().unwrap().len() as i64, waiting * 2, "{alerts}");
        let breaches = company.ask("{ complaintBreachRows { deadlineCode } }");
        let breached = breaches["complaintBreachRows"].as_array().unwrap().len() as i64;
        assert_eq!(breached, number(world, "SELECT CAST(COUNT(*) AS bigint) FROM complaint_breach"));
        assert_eq!(breached, 40, "the others were in time");

        // one case is opened and handled by hand, with all that belongs to it
        let opened = company.ask(
            "mutation { openComplaint(complaint: {customer: \"north35\", severity: HIGH, risk: SAFETY, text: \"It burns\"}) { id } }",
        );
        let id = opened["openComplaint"]["id"].clone();
        for (hour, to) in [("09", "ACKNOWLEDGED"), ("10", "IN_WORK"), ("11", "RESOLVED"), ("12", "CONFIRMED_SATISFIED"), ("13", "CLOSED")] {
            company.set_to(&format!("2026-02-08T{hour}:00:00Z"));
            let state = company.ask(&format!("mutation {{ moveComplaint(id: {id}, to: {to}, person: \"Chen\") {{ stateCode }} }}"));
            assert_eq!(state["moveComplaint"]["stateCode"], to);
            if to == "IN_WORK" {
                company.ask(&format!("mutation {{ recordComplaintEvent(id: {id}, event: {{kind: APOLOGISED, person: \"Chen\"}}) {{ id }} }}"));
            }
        }

        // the bad quarter, as it was
        company.set_to("2026-04-10T08:00:00Z");
        company.import();
        company.says(&["close"], "");
        let (_, from, to) = QUARTERS[1];
        let north = format!(
            "JOIN customer_segment m ON m.customer_id = c.customer_id AND m.segment = 'north' WHERE c.at >= {} AND c.at < {}",
            day(from),
            day(to)
        );
        let complained = number(world, &format!("SELECT COUNT(DISTINCT c.customer_id) FROM complaint c {north}"));
        let buyers = number(
            world,
            &format!("SELECT COUNT(DISTINCT c.customer_id) FROM purchase c {north}"),
        );
        let both = number(
            world,
            &format!(
                "SELECT COUNT(DISTINCT c.customer_id) FROM complaint c {north} AND EXISTS (SELECT 1 FROM purchase p \
                 WHERE p.customer_id = c.customer_id AND p.at >= {} AND p.at < {})",
                day(from),
                day(to)
            ),
        );
        assert_eq!((complained, buyers), (21, (CUSTOMERS - LOST) as i64));
        let rate = company.score("COMPLAINT_RATE", "2026-Q1");
        assert!((rate["value"].as_f64().unwrap() - both as f64 / buyers as f64).abs() < 1e-9, "{rate}");
        assert_eq!((&rate["n"], &rate["changeSignificant"]), (&json!(buyers), &json!(true)), "{rate}");
        let hours = |column: &str| {
            let sql = format!(
                "SELECT CAST(SUM(({column} - c.at) / 60000) AS bigint) FROM complaint c {north} AND {column} IS NOT NULL"
            );
            let n = number(world, &format!("SELECT COUNT({column}) FROM complaint c {north}"));
            (number(world, &sql) as f64 / 60.0 / n as f64, n)
        };
        for (metric, column) in [("HOURS_TO_ACKNOWLEDGE", "c.acknowledged_at"), ("HOURS_TO_RESOLVE", "c.resolved_at")] {
            let (score, (mean, n)) = (company.score(metric, "2026-Q1"), hours(column));
            assert!(n > 10 && (score["value"].as_f64().unwrap() - mean).abs() < 1e-6, "{metric}: {score} {mean}");
            assert_eq!(score["n"], n);
        }
        let faulty = number(world, &format!("SELECT COUNT(*) FROM complaint c {north} AND c.faults = 0"));
        let score = company.score("FAULTLESS", "2026-Q1");
        assert!((score["value"].as_f64().unwrap() - faulty as f64 / 21.0).abs() < 1e-9, "{score}");

        // who was lost, and why
        for n in 0..LOST {
            company.ask(&format!("mutation {{ recordLoss(loss: {{customer: \"north{n:02}\", at: \"2026-02-28T08:00:00Z\", reason: \"SERVICE\"}}) {{ reasonCode }} }}"));
        }
        company.says(&["close"], "");
        let gone = number(
            world,
            &format!(
                "SELECT COUNT(DISTINCT c.customer_id) FROM purchase c WHERE c.at >= {} AND c.at < {from_} AND NOT EXISTS \
                 (SELECT 1 FROM purchase p WHERE p.customer_id = c.customer_id AND p.at >= {from_} AND p.at < {})",
                day(QUARTERS[0].1),
                day(to),
                from_ = day(from)
            ),
        );
        assert_eq!(gone, LOST as i64);
        let flow = company.ask("{ lossFlowRows(quarter: \"2026-Q1\", dimension: \"region\", segment: \"north\") { toCode customers } }");
        let lost: i64 = flow["lossFlowRows"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|row| row["toCode"] == "LOST")
            .map(|row| row["customers"].as_i64().unwrap())
            .sum();
        assert_eq!(lost, gone, "{flow}");
        let why = company.ask(
            "{ lossReasonRows(quarter: \"2026-Q1\", dimension: \"region\", segment: \"north\") { reasonCode customers lost n } }",
        );
        let of_service = why["lossReasonRows"].as_array().unwrap().iter().find(|row| row["reasonCode"] == "SERVICE");
        let told = json!({"reasonCode": "SERVICE", "customers": gone, "lost": gone, "n": gone});
        assert_eq!(of_service, Some(&told), "{why}");

        // what is done about it: an action from the next quarter on, and calls to the lost
        company.set_to("2026-04-12T08:00:00Z");
        company.ask(
            "mutation { openAction(action: {code: \"N-1\", title: \"A second service team\", origin: SEGMENT, dimension: \"region\", \
             segment: \"north\", metric: CSAT, effectFrom: \"2026-Q2\", expected: 20, owner: \"Chen Jing\", due: \"2026-05-31\"}) { code } }",
        );
        for n in 0..LOST {
            let outcome = if n < BACK { "WON_BACK" } else { "REFUSED" };
            company.ask(&format!("mutation {{ recordWinback(attempt: {{customer: \"north{n:02}\", at: \"2026-04-11T08:00:00Z\", channel: \"phone\", cost: 10, currency: \"CNY\", outcome: {outcome}}}) {{ outcomeCode }} }}"));
        }

        // the quarter after
        company.set_to("2026-07-10T08:00:00Z");
        company.import();
        company.says(&["close"], "");
        let means: Vec<BTreeMap<String, i64>> =
            QUARTERS.iter().map(|(_, from, to)| mean(world, (from, to))).collect();
        let points = |quarter: usize, region: &str| (means[quarter][region] as f64 / 1e6 - 1.0) / 9.0 * 100.0;
        for (place, (quarter, ..)) in QUARTERS.iter().enumerate() {
            let score = company.score("CSAT", quarter);
            assert!((score["value"].as_f64().unwrap() - points(place, "north")).abs() < 1e-4, "{quarter}: {score}");
        }
        assert_eq!(company.score("CSAT", "2026-Q1")["changeSignificant"], true);
        let effect = company.row(
            "{ actionEffectRows(quarter: \"2026-Q2\") { action before after value lower upper comparable verdictCode } }",
        );
        let of = |field: &str| effect[field].as_f64().unwrap();
        assert!((of("before") - points(1, "north")).abs() < 1e-4 && (of("after") - points(2, "north")).abs() < 1e-4);
        let others = REGIONS[1..].iter().map(|region| points(2, region) - points(1, region)).sum::<f64>() / 5.0;
        let plain = points(2, "north") - points(1, "north") - others;
        assert!((of("value") - plain).abs() < 1.0, "{effect} is not about {plain}");
        let truth = (NORTH[2] - NORTH[1]) / 9.0 * 100.0;
        assert!(of("lower") < truth && truth < of("upper"), "{truth} is not in {effect}");
        assert_eq!((&effect["comparable"], &effect["verdictCode"]), (&json!(5), &json!("IMPROVED")));

        // some are back: by what was recorded, and by what they bought
        let won = number(world, "SELECT COUNT(*) FROM winback_attempt WHERE outcome = 'won_back'");
        let ended = number(world, "SELECT COUNT(*) FROM winback_attempt WHERE outcome <> 'open'");
        assert_eq!((won, ended), (BACK as i64, LOST as i64));
        let tried = company.ask(
            "{ winbackRows(quarter: \"2026-Q2\", dimension: \"region\", segment: \"north\") { effortCode reasonCode n successes share cost } }",
        );
        let tried = tried["winbackRows"].as_array().unwrap();
        let of_service = tried.iter().find(|row| row["effortCode"] == "WIN_BACK" && row["reasonCode"] == "SERVICE");
        let row = of_service.unwrap_or_else(|| panic!("{tried:?}"));
        assert_eq!((&row["n"], &row["successes"]), (&json!(ended), &json!(won)), "{row}");
        let back = number(
            world,
            &format!(
                "SELECT COUNT(DISTINCT p.customer_id) FROM purchase p JOIN customer_loss l ON l.customer_id = p.customer_id \
                 WHERE p.at >= {} AND p.at < {}",
                day(QUARTERS[2].1),
                day(QUARTERS[2].2)
            ),
        );
        assert_eq!(back, BACK as i64);
        let rows = company.ask("{ customers(first: 100, filter: {quarter: \"2026-Q2\", segment: [{dimension: \"region\", code: \"north\"}]}) { nodes { code quarters(quarter: \"2026-Q2\") { purchases staying } } } }");
        let staying = rows["customers"]["nodes"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|one| one["quarters"][0]["purchases"].as_i64() > Some(0))
            .count();
        assert_eq!(staying, CUSTOMERS - LOST + BACK);
        company.says(&["verify"], "");
    }
);
