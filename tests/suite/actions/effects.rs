//! What actions did: held against other arithmetic on the stored scores, and against what was put into the data.

use std::fmt::Write;

use rapport_tests::{Server, World, on_both, shop};
use serde_json::{Value, json};

use super::{moved, open};

/// Regions of forty customers each, and one of ten; the action is taken in the first.
const REGIONS: [(&str, u32); 8] =
    [("acted", 40), ("a", 40), ("b", 40), ("c", 40), ("d", 40), ("e", 40), ("idle", 40), ("tiny", 10)];
/// What everybody's answer rises by in the second quarter, and what the action adds; of a scale from 1 to 10.
const RISE: f64 = 0.5;
const EFFECT: f64 = 2.0;

/// A chain of regions with answers in two quarters: normal about 5, by a stream of chance that is always the same.
fn chain(world: &World) {
    shop::write(world);
    let (mut customers, mut answers) =
        ("code,name,region\n".to_owned(), "code,customer,at,overall,again,recommend\n".to_owned());
    let mut state = 5_u64;
    let mut uniform = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((state >> 33) as f64 + 0.5) / f64::from(1_u32 << 31)
    };
    for (region, count) in REGIONS {
        for number in 0..count {
            let code = format!("{region}{number:02}");
            writeln!(customers, "{code},,{region}").unwrap();
            for (quarter, day) in ["2026-02-15", "2026-05-15"].iter().enumerate() {
                let normal = (-2.0 * uniform().ln()).sqrt() * (std::f64::consts::TAU * uniform()).cos();
                let rise = if quarter == 1 { RISE } else { 0.0 };
                let effect = if quarter == 1 && region == "acted" { EFFECT } else { 0.0 };
                // rounding up and down by chance, so that means are not rounded
                let answer = (4.0 + rise + effect + normal + uniform()).floor().clamp(1.0, 10.0);
                writeln!(answers, "{code}-{quarter},{code},{day},{answer},{answer},8").unwrap();
            }
        }
    }
    world.file("customers.csv", customers);
    world.file("answers.csv", answers);
    world.ok(&["import", "shop.toml"]);
}

/// A region's value and standard error in a quarter.
fn score(rows: &[Value], quarter: &str, region: &str) -> (f64, f64) {
    let row = rows.iter().find(|row| row["quarter"] == quarter && row["segment"] == region).unwrap();
    (row["value"].as_f64().unwrap(), row["standardError"].as_f64().unwrap())
}

/// The mean of changes weighted by precision, with the spread by the iterated formula of DerSimonian and Kacker (2007):
/// another way to the same as the product's bisection.
fn expected_change(changes: &[(f64, f64)]) -> f64 {
    let mut spread = 0.0_f64;
    for _ in 0..500 {
        let weights: Vec<f64> = changes.iter().map(|(_, variance)| 1.0 / (variance + spread)).collect();
        let total: f64 = weights.iter().sum();
        let mean =
            changes.iter().zip(&weights).map(|((change, _), weight)| change * weight).sum::<f64>() / total;
        let squares: f64 =
            changes.iter().zip(&weights).map(|((change, _), weight)| weight * (change - mean).powi(2)).sum();
        let sampling: f64 = changes
            .iter()
            .zip(&weights)
            .map(|((_, variance), weight)| weight * variance * (1.0 - weight / total))
            .sum();
        let scale: f64 = weights.iter().map(|weight| weight * (1.0 - weight / total)).sum();
        spread = ((squares - sampling) / scale).max(0.0);
    }
    let weights = changes.iter().map(|(change, variance)| (change, 1.0 / (variance + spread)));
    let (sum, total) =
        weights.fold((0.0, 0.0), |(sum, total), (change, weight)| (sum + change * weight, total + weight));
    sum / total
}

fn effects(world: &World, quarter: &str) -> Vec<Value> {
    world.rows(&format!(
        "{{ actionEffectRows(quarter: \"{quarter}\") {{ action revision segment metricCode baseQuarter before nBefore after nAfter \
         expectedChange value lower upper comparable verdictCode untoldCode actionTitle }} }}"
    ))
}

fn action(region: &str, code: &str, more: &str) -> String {
    format!(
        "code: \"{code}\", title: \"In {region}\", origin: SEGMENT, dimension: \"region\", segment: \"{region}\", metric: CSAT, \
         owner: \"Chen Jing\", due: \"2026-06-30\"{more}"
    )
}

on_both!(
    /// Opened when both quarters are closed, actions make the later one stale; closed again it has what they did, while the
    /// first revision stays as it was. The estimate is what other arithmetic makes of the stored scores, its interval holds
    /// what was put into the data, and where the base cannot tell, that is said, and why.
    effects_are_measured,
    |world| {
        chain(world);
        world.ok(&["close"]);
        let server = Server::start(world, &["--without-schedule"]);
        for (region, code, more) in [
            ("acted", "1", ", effectFrom: \"2026-Q2\", expected: 20"),
            ("idle", "2", ", effectFrom: \"2026-Q2\", expected: 1"),
            ("tiny", "3", ", effectFrom: \"2026-Q2\""),
            ("acted", "4", ", effectFrom: \"2026-Q1\""),
            ("acted", "6", ", effectFrom: \"2026-Q3\""),
        ] {
            open(&server, &action(region, code, more)).unwrap();
        }
        let all = action("all", "5", ", effectFrom: \"2026-Q2\"").replace("\"region\"", "\"all\"");
        open(&server, &all).unwrap();
        assert_eq!(world.rows("{ quarterRows { stale } }"), [json!({"stale": true}), json!({"stale": true})]);
        assert_eq!(effects(world, "2026-Q2"), Vec::<Value>::new(), "what was published is as it was");
        world.ok(&["close"]);
        world.ok(&["verify"]);
        let first = world.rows("{ actionEffectRows(quarter: \"2026-Q2\", revision: 1) { action } }");
        assert_eq!(first, Vec::<Value>::new());
        let rows = effects(world, "2026-Q2");
        let of = |code: &str| rows.iter().find(|row| row["action"] == code).unwrap();
        let codes: Vec<&str> = rows.iter().map(|row| row["action"].as_str().unwrap()).collect();
        assert_eq!(codes, ["5", "1", "4", "2", "3"], "by place, and without what takes effect later");

        let scores = world.rows("{ scoreRows(metric: \"CSAT\", dimension: \"region\") { quarter segment value standardError } }");
        let change = |region: &str| {
            let (before, after) = (score(&scores, "2026-Q1", region), score(&scores, "2026-Q2", region));
            (after.0 - before.0, before.1.powi(2) + after.1.powi(2))
        };
        let expected = expected_change(&["a", "b", "c", "d", "e"].map(change));
        for (code, region) in [("1", "acted"), ("2", "idle")] {
            let (row, number) = (of(code), |field: &str| of(code)[field].as_f64().unwrap());
            assert!((number("expectedChange") - expected).abs() < 1e-6, "{row} {expected}");
            assert!((number("value") - (change(region).0 - expected)).abs() < 1e-6, "{row}");
            assert_eq!((&row["baseQuarter"], &row["comparable"]), (&json!("2026-Q1"), &json!(5)), "{row}");
            assert_eq!((number("before"), number("after")), (score(&scores, "2026-Q1", region).0, score(&scores, "2026-Q2", region).0));
            assert_eq!((number("nBefore"), number("nAfter")), (40.0, 40.0));
            let truth = if code == "1" { EFFECT / 9.0 * 100.0 } else { 0.0 };
            assert!(number("lower") <= truth && truth <= number("upper"), "{truth} is not in the interval of {row}");
        }
        assert_eq!((&of("1")["verdictCode"], &of("1")["untoldCode"]), (&json!("IMPROVED"), &Value::Null));
        for (code, why) in [("2", "TOO_WIDE"), ("3", "BASE_TOO_SMALL"), ("4", "NO_QUARTER_BEFORE"), ("5", "NO_COMPARABLE")] {
            assert_eq!((&of(code)["verdictCode"], &of(code)["untoldCode"]), (&json!("CANNOT_TELL"), &json!(why)), "{}", of(code));
            assert_eq!(of(code)["value"].is_null(), code != "2");
        }
        assert_eq!(of("3")["after"], Value::Null, "what is suppressed is shown nowhere");
        assert_eq!(of("3")["nAfter"], 10);
        let of_node = "{ action(code: \"1\") { effects { quarter value } } }";
        let node: Value = serde_json::from_str(&world.answer(of_node)).unwrap();
        assert_eq!(node["data"]["action"]["effects"], json!([{"quarter": "2026-Q2", "value": of("1")["value"]}]));
        // what is given up now counted then
        for code in ["1", "2"] {
            moved(&server, code, "ABANDONED", "").unwrap();
        }
        assert!(world.rows("{ quarterRows { stale } }").iter().all(|row| row["stale"] == false));
    }
);

on_both!(
    /// An action on a comparable segment takes it out of the comparison; with three left the base cannot tell.
    acted_on_segments_are_not_comparable,
    |world| {
        chain(world);
        let server = Server::start(world, &["--without-schedule"]);
        let from = ", effectFrom: \"2026-Q2\"";
        for (region, code) in [("acted", "1"), ("a", "2"), ("b", "3"), ("idle", "4")] {
            open(&server, &action(region, code, from)).unwrap();
        }
        // on another index
        open(&server, &action("c", "5", from).replace("CSAT", "NPS")).unwrap();
        world.ok(&["close"]);
        let one = effects(world, "2026-Q2").into_iter().find(|row| row["action"] == "1").unwrap();
        assert_eq!(
            (&one["verdictCode"], &one["untoldCode"], &one["comparable"], &one["value"]),
            (&json!("CANNOT_TELL"), &json!("FEW_COMPARABLE"), &json!(3), &Value::Null)
        );
    }
);
