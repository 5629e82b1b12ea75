//! What groups say is what the rows add up to; pages reach every row once, of facts and of customers.

use rapport_tests::{on_both, shop};
use serde_json::Value;

fn number(row: &Value, column: &str) -> f64 {
    row[column].as_f64().unwrap()
}

on_both!(groups_add_up_to_the_rows, |world| {
    shop::write(world);
    world.ok(&["import", "shop.toml"]);
    world.ok(&["close", "--quarter", "2026-Q1"]);
    let rows = world.rows("{ customerRows(quarter: \"2026-Q1\") { typeCode revenue satisfaction } }");
    let groups = world.rows(
        "{ customerGroups(quarter: \"2026-Q1\", by: TYPE) { typeCode n revenue { sum } satisfaction { n mean } } }",
    );
    assert!(groups.len() > 2, "{groups:?}");
    for group in &groups {
        let of: Vec<&Value> = rows.iter().filter(|row| row["typeCode"] == group["typeCode"]).collect();
        assert_eq!(number(group, "n"), of.len() as f64, "{group}");
        let revenue: f64 = of.iter().map(|row| number(row, "revenue")).sum();
        assert!((number(&group["revenue"], "sum") - revenue).abs() < 1e-6, "{group}");
        assert!(group["satisfaction"]["mean"].is_null(), "fewer than thirty answers: {group}");
    }
    let all = world.rows("{ customerGroups { satisfaction { n mean } } }");
    let answers: Vec<f64> = rows.iter().filter_map(|row| row["satisfaction"].as_f64()).collect();
    let mean = answers.iter().sum::<f64>() / answers.len() as f64;
    assert!((number(&all[0]["satisfaction"], "mean") - mean).abs() < 1e-6, "{all:?}");
    assert_eq!(number(&all[0]["satisfaction"], "n"), answers.len() as f64);
});

on_both!(pages_of_facts_reach_every_row_once, |world| {
    shop::write(world);
    world.ok(&["import", "shop.toml"]);
    for (field, rows) in [("purchaseRows", 40), ("responseRows", 120)] {
        let mut ids: Vec<String> = Vec::new();
        for offset in (0..).step_by(17) {
            let page = world.rows(&format!("{{ {field}(offset: {offset}, limit: 17) {{ id at }} }}"));
            ids.extend(page.iter().map(|row| row["id"].to_string()));
            if page.len() < 17 {
                break;
            }
        }
        assert_eq!(ids.len(), rows, "{field}");
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), rows, "{field}: each once");
    }
    let purchases = world.rows("{ purchaseRows { amount profit } }");
    let sum = |column: &str| -> f64 { purchases.iter().map(|row| number(row, column)).sum() };
    let groups = world.rows("{ purchaseGroups { n purchases { sum } revenue { sum } profit { sum } } }");
    assert_eq!(number(&groups[0]["purchases"], "sum"), 40.0);
    assert_eq!(number(&groups[0], "n"), 20.0, "customers");
    assert!((number(&groups[0]["revenue"], "sum") - sum("amount")).abs() < 1e-6, "{groups:?}");
    assert!((number(&groups[0]["profit"], "sum") - sum("profit")).abs() < 1e-6, "{groups:?}");
    let months = world.rows("{ purchaseGroups(by: MONTH) { month purchases { sum before { sum } } } }");
    let month = |row: &Value| (row["month"].clone(), row["purchases"]["sum"].clone());
    assert_eq!(
        months.iter().map(month).collect::<Vec<_>>(),
        [(Value::from("2026-01"), Value::from(20.0)), (Value::from("2026-03"), Value::from(20.0)),]
    );
    assert!(months[1]["purchases"]["before"].is_null(), "nobody bought in February");
});
