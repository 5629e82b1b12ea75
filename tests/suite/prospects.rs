//! Prospects: their conversion by grade counted by hand, the history of their grades, what is refused, and erasing one.

use rapport_tests::{Server, World, on_both};
use serde_json::{Value, json};

use crate::cases::ask_as;

const MAPPING: &str = r#"
source = "desk"
currency = "CNY"
[files]
customers = "customers.csv"
prospects = "prospects.csv"
grades = "grades.csv"
orders = "orders.csv"
[[dimension]]
rows = [{ code = "region", name = "Region" }]
[[segment]]
rows = [{ dimension = "region", code = "north" }, { dimension = "region", code = "south" },
        { dimension = "region", code = "west" }]
[[customer]]
file = "customers"
select = "SELECT _line, code FROM customers"
[[purchase]]
file = "orders"
select = "SELECT _line, code, customer, at, amount FROM orders"
[[prospect]]
file = "prospects"
select = """
SELECT _line, code, name, email, first_at, grade, manager, customer, converted_at, lost_at, reason, region AS "segment.region"
FROM prospects"""
[[prospect_grade]]
file = "grades"
select = "SELECT _line, prospect, at, grade FROM grades"
"#;

/// A prospect: number, grade at first, first contact, then what became of it and when.
struct One {
    number: usize,
    grade: usize,
    first: &'static str,
    converted: Option<String>,
    lost: Option<&'static str>,
    /// Graded worse by one in February.
    lowered: bool,
    /// Graded better by one in February.
    raised: bool,
}

impl One {
    /// The grade that it was given last.
    fn last(&self) -> usize {
        self.grade + usize::from(self.lowered) - usize::from(self.raised)
    }
}

/// Sixty open when the quarter begins, forty new in it, ten over before it and five after it. Every third of grade A closes,
/// every sixth of B; of the others every eighth is lost.
fn all() -> Vec<One> {
    (0..115)
        .map(|number| {
            let grade = number % 4;
            let first = match number {
                0..60 => "2025-11-20",
                60..100 => "2026-01-15",
                100..110 => "2025-06-01",
                _ => "2026-04-20",
            };
            let closes = match grade {
                0 => number % 3 == 0,
                1 => number % 6 == 1,
                _ => false,
            };
            let in_quarter = number < 100;
            One {
                number,
                grade,
                first,
                converted: (in_quarter && closes).then(|| format!("2026-03-{:02}", 1 + number % 20)),
                lost: match () {
                    () if number >= 110 => None,
                    () if !in_quarter => Some("2025-08-01"),
                    () if grade > 1 && number % 8 == 2 => Some("2026-03-02"),
                    () => None,
                },
                lowered: in_quarter && grade < 3 && number % 10 == 5,
                raised: in_quarter && grade > 0 && number % 10 == 7,
            }
        })
        .collect()
}

fn imported(world: &World) {
    let (mut customers, mut prospects, mut grades) = (
        "code\nC0\n".to_owned(),
        "code,name,email,first_at,grade,manager,customer,converted_at,lost_at,reason,region\n".to_owned(),
        "prospect,at,grade\n".to_owned(),
    );
    for one in all() {
        let One { number, grade, first, .. } = one;
        let letter = ["a", "b", "c", "d"][grade];
        let region = match number {
            _ if number % 5 == 0 => "south",
            _ if number % 50 == 49 => "west",
            _ => "north",
        };
        let customer = one.converted.as_ref().map(|_| format!("C{}", number + 1)).unwrap_or_default();
        if !customer.is_empty() {
            customers += &format!("{customer}\n");
        }
        let (converted, lost) = (one.converted.clone().unwrap_or_default(), one.lost.unwrap_or_default());
        let reason = if lost.is_empty() { "" } else { "price" };
        prospects += &format!(
            "N{number},Prospect {number},p{number}@example.com,{first},{letter},M1,{customer},{converted},{lost},{reason},{region}\n"
        );
        if one.lowered || one.raised {
            grades += &format!("N{number},2026-02-20,{}\n", ["a", "b", "c", "d"][one.last()]);
        }
    }
    world.file("customers.csv", customers);
    world.file("orders.csv", "code,customer,at,amount\nO1,C0,2026-02-02,10.00\n");
    world.file("prospects.csv", prospects);
    world.file("grades.csv", grades);
    world.file("desk.toml", MAPPING);
    world.ok(&["import", "desk.toml"]);
}

fn day(text: &str) -> i64 {
    let [year, month, day]: [i64; 3] =
        text.split('-').map(|part| part.parse().unwrap()).collect::<Vec<_>>().try_into().unwrap();
    // days of civil dates, by Hinnant
    let (y, m) = if month <= 2 { (year - 1, month + 9) } else { (year, month - 3) };
    y * 365 + y / 4 - y / 100 + y / 400 + (m * 153 + 2) / 5 + day
}

/// Wilson's interval.
fn wilson(hits: f64, n: f64) -> (f64, f64) {
    let z = 1.959_963_984_540_054_f64;
    let (p, square) = (hits / n, z * z);
    let (middle, half) = (p + square / (2.0 * n), z * (p * (1.0 - p) / n + square / (4.0 * n * n)).sqrt());
    ((middle - half) / (1.0 + square / n), (middle + half) / (1.0 + square / n))
}

fn near(value: &Value, expected: f64, what: &str) {
    let value = value.as_f64().unwrap_or_else(|| panic!("{what}: there is none"));
    assert!((value - expected).abs() < 1e-9, "{what}: {value} is not {expected}");
}

const FIELDS: &str = "dimension segment gradeCode openStart met converted lost raised lowered openEnd conversion lower upper \
                      medianDays n suppressed";

on_both!(
    /// By the grade at the start of the quarter, or at first contact of the new: who was open, came, closed, was lost and
    /// graded anew; the open at the end by the grade they have then.
    conversion_by_grade,
    |world| {
        imported(world);
        world.ok(&["close", "--quarter", "2026-Q1"]);
        let rows = world.rows(&format!("{{ prospectConversionRows(dimension: \"all\") {{ {FIELDS} }} }}"));
        assert_eq!(rows.len(), 5);
        let of_quarter: Vec<One> = all().into_iter().filter(|one| one.number < 100).collect();
        for (place, row) in rows.iter().enumerate() {
            let own: Vec<&One> = of_quarter.iter().filter(|one| place == 4 || one.grade == place).collect();
            let count = |is: &dyn Fn(&&&One) -> bool| own.iter().filter(is).count();
            let closed = count(&|one| one.converted.is_some());
            assert_eq!(row["gradeCode"], ["A", "B", "C", "D", "ALL"][place]);
            assert_eq!(row["openStart"], count(&|one| one.number < 60), "{row}");
            assert_eq!(row["met"], count(&|one| one.number >= 60), "{row}");
            assert_eq!((&row["converted"], &row["lost"]), (&json!(closed), &json!(count(&|one| one.lost.is_some()))));
            let [raised, lowered] = [count(&|one| one.raised), count(&|one| one.lowered)];
            assert_eq!((&row["raised"], &row["lowered"]), (&json!(raised), &json!(lowered)), "{row}");
            let open = of_quarter.iter().filter(|one| one.converted.is_none() && one.lost.is_none());
            let open = open.filter(|one| place == 4 || one.last() == place).count();
            assert_eq!(row["openEnd"], open, "{row}");
            assert_eq!(row["n"], own.len());
            near(&row["conversion"], closed as f64 / own.len() as f64, "conversion");
            let (lower, upper) = wilson(closed as f64, own.len() as f64);
            near(&row["upper"], upper, "upper");
            if closed > 0 {
                near(&row["lower"], lower, "lower");
            }
            let mut days: Vec<i64> =
                own.iter().filter_map(|one| Some(day(one.converted.as_deref()?) - day(one.first))).collect();
            days.sort_unstable();
            // a median of too few is none
            match days.len() {
                0..10 => assert!(row["medianDays"].is_null(), "{row}"),
                n => near(&row["medianDays"], (days[(n - 1) / 2] + days[n / 2]) as f64 / 2.0, "days"),
            }
        }
        // a region has its own, and they add up
        let regions = world.rows(&format!("{{ prospectConversionRows(dimension: \"region\") {{ {FIELDS} }} }}"));
        let sum = |field: &str, grade: &str| -> i64 {
            regions.iter().filter(|row| row["gradeCode"] == grade).filter_map(|row| row[field].as_i64()).sum()
        };
        // two are in the west, too few to be told apart: one of them closed
        let west = regions.iter().filter(|row| row["segment"] == "west").collect::<Vec<_>>();
        assert_eq!((west.len(), &west[4]["n"]), (5, &json!(2)));
        for row in west {
            assert!(row["suppressed"] == true && row["openStart"].is_null() && row["conversion"].is_null(), "{row}");
        }
        assert_eq!((sum("n", "ALL"), sum("openEnd", "ALL")), (100, rows[4]["openEnd"].as_i64().unwrap() - 1));
        world.ok(&["verify"]);
    }
);

on_both!(
    /// The list tells the latest grade, what became of each, and finds by state, grade and segment.
    the_list,
    |world| {
        imported(world);
        let codes = |arguments: &str| -> Vec<String> {
            let rows = world.rows(&format!("{{ prospectRows{arguments} {{ code }} }}"));
            rows.iter().map(|row| row["code"].as_str().unwrap().to_owned()).collect()
        };
        let count = |is: &dyn Fn(&One) -> bool| all().iter().filter(|one| is(one)).count();
        assert_eq!(codes("").len(), 115);
        assert_eq!(codes("(state: \"CONVERTED\")").len(), count(&|one| one.converted.is_some()));
        assert_eq!(codes("(state: \"LOST\")").len(), count(&|one| one.lost.is_some()));
        assert_eq!(codes("(grade: \"D\")").len(), count(&|one| one.last() == 3));
        assert_eq!(codes("(dimension: \"region\", segment: \"south\")").len(), 23);
        let [one] = &world.rows("{ prospectRows(state: \"CONVERTED\", limit: 1) { code gradeLabel(locale: ZH_CN) stateCode customer \
                                 date } }")[..] else { panic!("one") };
        assert_eq!(
            one,
            &json!({"code": "N0", "gradeLabel": "A级潜在客户", "stateCode": "CONVERTED", "customer": "C1",
                    "date": "2025-11-20"})
        );
        // each grade that was given, the latest first
        let told = world.answer("{ prospect(source: \"desk\", code: \"N5\") { name gradeCode grades { at grade } } }");
        let told: Value = serde_json::from_str(&told).unwrap();
        let told = told.get("data").unwrap_or(&told);
        assert_eq!(told["prospect"]["name"], "Prospect 5", "{told}");
        let grades: Vec<_> = told["prospect"]["grades"].as_array().unwrap().iter().map(|one| &one["grade"]).collect();
        assert_eq!(grades, ["C", "B"], "{told}");
        assert_eq!(told["prospect"]["gradeCode"], "C");
        // erased is erased, also after the file is read again
        world.ok(&["erase", "N4", "--prospect-of", "desk", "--yes"]);
        world.ok(&["import", "desk.toml"]);
        let answer = world.answer("{ prospect(source: \"desk\", code: \"N4\") { name email code } }");
        assert!(answer.contains("\"name\": null") && answer.contains("\"email\": null") && answer.contains("N4"), "{answer}");
        // and so is the prospect that an erased customer was
        world.ok(&["erase", "C1", "--yes"]);
        let answer = world.answer("{ prospect(source: \"desk\", code: \"N0\") { name email customer } }");
        assert!(answer.contains("\"name\": null") && answer.contains("\"email\": null") && answer.contains("C1"), "{answer}");
        let gone = world.rows("{ prospectRows(limit: 200) { code } }");
        assert_eq!(gone.len(), 115);
    }
);

on_both!(
    /// What cannot be is refused, line by line, and changes nothing.
    what_cannot_be_is_refused,
    |world| {
        imported(world);
        let head = "code,name,email,first_at,grade,manager,customer,converted_at,lost_at,reason,region\n";
        let lines = "Z1,,,2026-01-10,a,,C999,2026-02-01,,,north\n\
                     Z2,,,2026-01-10,a,,C0,2026-01-01,,,north\n\
                     Z3,,,2026-01-10,a,,,,2026-02-01,,north\n\
                     Z4,,,2026-01-10,e,,,,,,north\n\
                     Z5,,,2026-01-10,b,,C0,2026-02-01,2026-03-01,price,north\n";
        world.file("prospects.csv", format!("{head}{lines}"));
        world.file("grades.csv", "prospect,at,grade\nN1,2024-01-01,a\nN999,2026-01-01,a\n");
        world.ok(&["import", "desk.toml"]);
        let rejects = |file: &str| std::fs::read_to_string(world.folder().join(format!("{file}.rejects.csv"))).unwrap();
        let told = rejects("prospects.csv");
        for (line, why) in [
            (2, "there is no such customer"),
            (3, "it lies before the first contact"),
            (4, "it is missing, and the prospect was lost"),
            (5, "`e` is none of: a, b, c, d"),
            (6, "the prospect became a customer, and cannot be lost too"),
        ] {
            let found = told.lines().any(|one| one.starts_with(&format!("{line},")) && one.contains(why));
            assert!(found, "line {line}: {why}: {told}");
        }
        let told = rejects("grades.csv");
        assert!(told.contains("it lies before the first contact") && told.contains("there is no such prospect"), "{told}");
        assert_eq!(world.rows("{ prospectRows(limit: 200) { code } }").len(), 115);
    }
);

on_both!(
    /// Answers are kept as long as the data stay; who was erased is not told from them.
    no_kept_answer_tells_the_erased,
    |world| {
        imported(world);
        let operator = format!("Bearer {}", world.ok(&["token", "create", "op", "--role", "operator"]).out.trim());
        let server = Server::start(world, &["--without-schedule"]);
        let name = || {
            let query = "{ prospect(source: \"desk\", code: \"N4\") { name } }";
            ask_as(&server, query, &operator).unwrap()["prospect"]["name"].clone()
        };
        assert_eq!((name(), name()), (json!("Prospect 4"), json!("Prospect 4")));
        world.ok(&["erase", "N4", "--prospect-of", "desk", "--yes"]);
        assert_eq!(name(), Value::Null);
    }
);
