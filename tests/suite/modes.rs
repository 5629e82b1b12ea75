//! How surveys were answered and what difference that makes, reckoned by hand from the answers in the files.

use std::collections::BTreeMap;

use rapport_tests::{World, on_both};
use serde_json::{Value, json};

const MAPPING: &str = r#"
source = "desk"
currency = "CNY"
[files]
customers = "customers.csv"
answers = "answers.csv"
[[dimension]]
rows = [{ code = "region", name = "Region" }]
[[segment]]
rows = [{ dimension = "region", code = "r1" }, { dimension = "region", code = "r2" }, { dimension = "region", code = "r3" }]
[[customer]]
file = "customers"
select = "SELECT _line, code, region AS \"segment.region\" FROM customers"
[[survey]]
rows = [{ code = "pulse" }]
[[question]]
rows = [{ survey = "pulse", code = "overall", construct = "satisfaction", measure = "overall", low = 1, high = 10 }]
[[response]]
file = "answers"
select = "SELECT _line, code, customer, at, mode, channel, overall FROM answers"
"#;

/// Of a customer: the region, the mode, and the answer. The higher the region's level, the more of it is asked on the
/// phone, where answers are kinder; five of each region answer by mail, and one in twelve does not say how.
fn answered(who: usize) -> (usize, &'static str, usize) {
    let (region, place) = (who % 3, who / 3);
    let mode = match place {
        0..5 => "mail",
        _ if place.is_multiple_of(12) => "",
        _ if place % 4 <= region => "phone",
        _ => "online",
    };
    (region, mode, 1 + region * 2 + place * 7 % 4 + usize::from(mode == "phone"))
}

const CUSTOMERS: usize = 240;

fn imported(world: &World) {
    let (mut customers, mut answers) =
        ("code,region\n".to_owned(), "code,customer,at,mode,channel,overall\n".to_owned());
    for who in 0..CUSTOMERS {
        let (region, mode, overall) = answered(who);
        let channel = if mode == "phone" { "Hotline 热线" } else { "" };
        customers += &format!("C{who},r{}\n", region + 1);
        answers += &format!("R{who},C{who},2026-02-10,{mode},{channel},{overall}\n");
    }
    world.file("customers.csv", customers);
    world.file("answers.csv", answers + "X1,C1,2026-02-11,pigeon,,5\n");
    world.file("desk.toml", MAPPING);
    world.file("rapport.toml", "[rules]\nminimum_base = 16\n");
    world.ok(&["import", "desk.toml"]);
    world.ok(&["close"]);
}

/// The answers of a mode by region, 0–100.
fn of(mode: impl Fn(&str) -> bool) -> BTreeMap<usize, Vec<f64>> {
    let mut regions: BTreeMap<usize, Vec<f64>> = BTreeMap::new();
    for (region, _, overall) in (0..CUSTOMERS).map(answered).filter(|(_, its, _)| mode(its)) {
        regions.entry(region).or_default().push((overall as f64 - 1.0) / 9.0 * 100.0);
    }
    regions
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

fn squares(values: &[f64]) -> f64 {
    values.iter().map(|value| (value - mean(values)).powi(2)).sum()
}

/// The difference within regions, each weighted by n₁n₀/(n₁+n₀), and its standard error.
fn within(these: &BTreeMap<usize, Vec<f64>>, others: &BTreeMap<usize, Vec<f64>>) -> (f64, f64) {
    let pairs: Vec<_> =
        these.iter().filter_map(|(region, these)| Some((these, others.get(region)?))).collect();
    let size = |values: &[f64]| values.len() as f64;
    let weight = |one: &[f64], other: &[f64]| size(one) * size(other) / (size(one) + size(other));
    let all: f64 = pairs.iter().map(|(one, other)| weight(one, other)).sum();
    let value: f64 = pairs.iter().map(|(one, other)| weight(one, other) * (mean(one) - mean(other))).sum();
    let pooled = |groups: Vec<&Vec<f64>>| {
        groups.iter().map(|one| squares(one)).sum::<f64>()
            / groups.iter().map(|one| size(one) - 1.0).sum::<f64>()
    };
    let (one, other) = (
        pooled(pairs.iter().map(|pair| pair.0).collect()),
        pooled(pairs.iter().map(|pair| pair.1).collect()),
    );
    let variance: f64 = pairs
        .iter()
        .map(|(these, others)| weight(these, others).powi(2) * (one / size(these) + other / size(others)))
        .sum();
    (value / all, variance.sqrt() / all)
}

fn near(value: &Value, expected: f64, what: &str) {
    let value = value.as_f64().unwrap_or_else(|| panic!("{what}: there is none"));
    assert!((value - expected).abs() < 1e-9, "{what}: {value} is not {expected}");
}

on_both!(
    /// Each way has the metric of its own answers, and stands against the others of its facet region by region; what too few
    /// answered in is told by its base alone.
    ways_stand_against_each_other,
    |world| {
        imported(world);
        let rejects = std::fs::read_to_string(world.folder().join("answers.csv.rejects.csv")).unwrap();
        assert!(rejects.contains("`pigeon` is none of: online, in_person, mail, phone"), "{rejects}");
        let rows = world.rows(
            "{ modeEffectRows(metric: \"CSAT\", limit: 10000) { dimension segment facetCode way value n suppressed effect effectLower \
             effectUpper pValue significant matched others } }",
        );
        let row = |segment: &str, way: &str| {
            let is = |row: &&Value| row["segment"] == segment && row["way"] == way;
            rows.iter().find(is).unwrap_or_else(|| panic!("no {way} of {segment}"))
        };
        let [phone, online, mail] = ["phone", "online", "mail"].map(|mode| of(|its| its == mode));
        let flat = |regions: &BTreeMap<usize, Vec<f64>>| regions.values().flatten().copied().collect::<Vec<_>>();
        for (way, own) in [("PHONE", &phone), ("ONLINE", &online)] {
            let row = row("all", way);
            near(&row["value"], mean(&flat(own)), way);
            assert_eq!(row["n"], flat(own).len());
            let named = if way == "PHONE" { "phone" } else { "online" };
            let others = of(|its| !its.is_empty() && its != named);
            let (effect, error) = within(own, &others);
            near(&row["effect"], effect, way);
            let half = (row["effectUpper"].as_f64().unwrap() - row["effectLower"].as_f64().unwrap()) / 2.0;
            // Student's quantile of some two hundred degrees of freedom
            assert!((1.965..1.985).contains(&(half / error)), "{way}: {half} of {error}");
            assert_eq!((&row["matched"], &row["others"]), (&json!(flat(own).len()), &json!(flat(&others).len())));
        }
        // kinder by about one of nine steps; told plainly, by twice as much, as the phone is where the pleased are
        let phone_row = row("all", "PHONE");
        let plain = mean(&flat(&phone)) - mean(&flat(&of(|its| !its.is_empty() && its != "phone")));
        assert!(phone_row["effect"].as_f64().unwrap() < plain / 1.5 && phone_row["significant"] == true, "{phone_row} {plain}");
        // fifteen letters are under the floor
        assert_eq!(flat(&mail).len(), 15);
        let letters = row("all", "MAIL");
        assert_eq!((&letters["n"], &letters["suppressed"]), (&json!(15), &json!(true)));
        assert!(letters["value"].is_null() && letters["effect"].is_null(), "{letters}");
        // the only channel has a value, and nothing to be held against
        let channel = row("all", "Hotline 热线");
        near(&channel["value"], mean(&flat(&phone)), "channel");
        assert!(channel["effect"].is_null() && channel["facetCode"] == "CHANNEL", "{channel}");
        let (own, others) = (&phone[&1], &of(|its| !its.is_empty() && its != "phone")[&1]);
        near(&row("r2", "PHONE")["effect"], mean(own) - mean(others), "one region");
        world.ok(&["verify"]);
        let [told] = &world.rows("{ responseRows(customer: \"C17\") { modeCode modeLabel(locale: ZH_CN) channel } }")[..] else {
            panic!("one answer")
        };
        assert_eq!(told, &json!({"modeCode": "PHONE", "modeLabel": "电话访问", "channel": "Hotline 热线"}));
    }
);

on_both!(
    /// A question that has the code of one of the responses' own columns would never be read.
    a_question_named_like_a_column_is_refused,
    |world| {
        imported(world);
        world.file("desk.toml", MAPPING.replace("code = \"overall\"", "code = \"channel\""));
        world.ok(&["import", "desk.toml"]);
        let rejects = std::fs::read_to_string(world.folder().join("desk.toml.rejects.csv")).unwrap();
        assert!(rejects.contains("answers come with a column of that name"), "{rejects}");
        // employees answer with other columns
        let staff = MAPPING.replace("code = \"pulse\" }", "code = \"pulse\", audience = \"employee\" }");
        for (code, refused) in [("segment", true), ("channel", false)] {
            world.file("desk.toml", staff.replace("code = \"overall\"", &format!("code = \"{code}\"")));
            world.ok(&["import", "desk.toml", "--check"]);
            assert_eq!(world.folder().join("desk.toml.rejects.csv").exists(), refused, "{code}");
        }
    }
);
