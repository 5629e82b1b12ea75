//! Funnels: who came further on the way through stages and phases, who fell back, and how long everybody has been where it
//! is; counted again from the customers of each quarter.

use std::collections::BTreeMap;

use rapport_tests::{World, on_both};
use serde_json::Value;

const QUARTERS: [&str; 3] = ["2025-Q2", "2025-Q3", "2025-Q4"];
/// The steps of both ways. Decline is last to be read, and below all others to be in.
const STAGES: [&str; 6] = ["SUSPECT", "PROSPECT", "FIRST_TIME", "REPEAT", "CLIENT", "ADVOCATE"];
const PHASES: [&str; 4] = ["DECLINE", "EXPLORATION", "BUILD_UP", "MATURITY"];

/// The step of every customer in a quarter; none of those who have none.
fn steps(world: &World, quarter: &str, column: &str, order: &[&str]) -> BTreeMap<String, usize> {
    let rows =
        world.rows(&format!("{{ customerRows(quarter: \"{quarter}\", limit: 10000) {{ code {column} }} }}"));
    let step = |row: &Value| {
        let place = order.iter().position(|word| row[column] == *word)?;
        Some((row["code"].as_str().unwrap().to_owned(), place))
    };
    rows.iter().filter_map(step).collect()
}

fn is(value: &Value, expected: f64, what: &str) {
    assert!(
        value.as_f64().is_some_and(|value| (value - expected).abs() < 1e-9),
        "{what}: {value} is not {expected}"
    );
}

on_both!(
    /// Every step is what the customers' own rows say.
    funnels_are_what_customers_did,
    |world| {
        world.file("rapport.toml", "[rules]\nminimum_base = 5\n");
        world.ok(&["demo", "--no-serve", "--customers", "400", "--quarters", "3", "--last", "2025-Q4"]);
        let mut moved = 0;
        for (scheme, column, order) in [("STAGE", "stageCode", &STAGES[..]), ("LIFECYCLE", "lifecycleCode", &PHASES)] {
            let [first, second, third] = QUARTERS.map(|quarter| steps(world, quarter, column, order));
            let fields = "classCode customers quarters advanced fellBack conversion lower upper n";
            let rows = world.rows(&format!(
                "{{ funnelRows(quarter: \"2025-Q4\", dimension: \"all\", scheme: \"{scheme}\") {{ {fields} }} }}"
            ));
            assert_eq!(rows.len(), order.len());
            for row in rows {
                let code = row["classCode"].as_str().unwrap();
                let place = order.iter().position(|word| *word == code).unwrap();
                let here: Vec<&String> = third.iter().filter(|(_, step)| **step == place).map(|(code, _)| code).collect();
                assert_eq!(row["customers"], here.len(), "{code}");
                // in a row: a quarter elsewhere begins again
                let quarters = |code: &&String| match (first.get(*code), second.get(*code)) {
                    (Some(one), Some(other)) if *one == place && *other == place => 3,
                    (_, Some(other)) if *other == place => 2,
                    _ => 1,
                };
                if !here.is_empty() {
                    let sum: i32 = here.iter().map(quarters).sum();
                    is(&row["quarters"], f64::from(sum) / here.len() as f64, code);
                }
                let now: Vec<usize> =
                    second.iter().filter(|(_, step)| **step == place).filter_map(|(code, _)| third.get(code).copied()).collect();
                assert_eq!(row["n"], now.len(), "{code}");
                if now.len() < 5 {
                    assert!(row["conversion"].is_null() && row["advanced"].is_null(), "{row}");
                    continue;
                }
                assert_eq!(row["fellBack"], now.iter().filter(|step| **step < place).count(), "{code}");
                // nobody comes further than that
                if ["ADVOCATE", "MATURITY"].contains(&code) {
                    assert!(row["conversion"].is_null() && row["advanced"].is_null(), "{row}");
                    continue;
                }
                let further = now.iter().filter(|step| **step > place).count();
                assert_eq!(row["advanced"], further, "{code}");
                is(&row["conversion"], further as f64 / now.len() as f64, code);
                let [lower, upper] = ["lower", "upper"].map(|end| row[end].as_f64().unwrap());
                assert!((lower..=upper).contains(&row["conversion"].as_f64().unwrap()) && lower < upper, "{row}");
                moved += further;
            }
        }
        assert!(moved > 0, "nobody came further: there is nothing to see");
        // in the first quarter nobody was anywhere before
        let first = world.rows("{ funnelRows(quarter: \"2025-Q2\", dimension: \"all\") { n conversion quarters } }");
        assert!(first.iter().all(|row| row["n"] == 0 && row["conversion"].is_null()), "{first:?}");
        assert!(first.iter().all(|row| row["quarters"].is_null() || row["quarters"] == 1.0), "{first:?}");
        world.ok(&["verify"]);
    }
);
