//! The care list: who is on it and why, counted again in plain SQL; what is at risk; promises, contacts and what came of
//! them; and who may see and do what.

mod contacts;

use chrono::{SecondsFormat, TimeDelta};
use rapport_entities::clock;
use rapport_tests::{World, on_both, shop};
use serde_json::{Value, json};

use crate::cases::{execute, number};

/// A moment so many days from now.
pub(crate) fn in_days(days: i64) -> String {
    (clock::now() + TimeDelta::days(days)).to_rfc3339_opts(SecondsFormat::Secs, true)
}

/// The shop with account managers over three quarters. In the second C20, who was loyal, is not satisfied any more; C41
/// bought once for much, and nothing is heard of it since.
pub(crate) fn three_quarters(world: &World) {
    managed(world, "am-1");
    for quarter in ["2026-Q1", "2026-Q2", "2026-Q3"] {
        world.ok(&["close", "--quarter", quarter]);
    }
}

/// The shop's files, imported; this manager has every third account, another the others but that of C41.
pub(crate) fn managed(world: &World, manager: &str) {
    shop::write(world);
    let manager = |line: (usize, &str)| match line {
        (0, head) => format!("{head},manager\n"),
        (place, row) => format!("{row},{}\n", if place % 3 == 0 { manager } else { "am-2" }),
    };
    let customers: String = shop::customers().lines().enumerate().map(manager).collect();
    world.file("customers.csv", customers + "C41,客户 41,east,\n");
    world.file("orders.csv", shop::orders() + "O41,C41,2026-01-05,5000.00,1000.00,1\n");
    let later = "R20b,C20,2026-05-10 10:00:00,3,3,2\nR01b,C01,2026-08-10 10:00:00,1,1,1\n";
    world.file("answers.csv", shop::answers() + later);
    world.file("shop.toml", shop::MAPPING.replace("code, name, region AS", "code, name, manager, region AS"));
    world.ok(&["import", "shop.toml"]);
}

pub(crate) fn line(world: &World, quarter: &str, code: &str, fields: &str) -> Option<Value> {
    let rows = world.rows(&format!("{{ careRows(quarter: \"{quarter}\") {{ code {fields} }} }}"));
    rows.into_iter().find(|row| row["code"] == code)
}

/// Set of a quarter's newest revision, as SQL.
fn set(quarter: &str) -> String {
    format!("(SELECT set_id FROM current_publication WHERE quarter = '{quarter}')")
}

/// That a result is among the best fifth of those with turnover.
fn high(of: &str, set: &str) -> String {
    format!(
        "({of}.window_revenue > 0 AND {of}.rank * 5 < 5 + (SELECT COUNT(*) FROM customer_quarter n WHERE n.set_id = {set} \
         AND n.window_revenue > 0))"
    )
}

on_both!(
    /// Every reason has as many customers as plain SQL counts, each customer is one line with all its reasons, and what is
    /// at risk is reckoned from the stored lifetime value and probability.
    reasons_are_what_sql_counts,
    |world| {
        world.ok(&["demo", "--no-serve", "--customers", "600", "--quarters", "4", "--last", "2025-Q4"]);
        let mut found = std::collections::BTreeMap::new();
        for (before, quarter) in [("2025-Q2", "2025-Q3"), ("2025-Q3", "2025-Q4")] {
            let (then, now) = (set(before), set(quarter));
            let (is_high, was_high) = (high("t", &now), high("b", &then));
            let silent = format!(
                "({is_high} OR {was_high}) AND t.satisfaction IS NULL AND t.intention IS NULL AND t.recommend IS NULL AND \
                 NOT EXISTS (SELECT 1 FROM purchase p WHERE p.customer_id = t.customer_id AND p.at >= \
                 (SELECT starts_at FROM period_inputs WHERE quarter = '{before}') AND p.at < \
                 (SELECT ends_at FROM period_inputs WHERE quarter = '{quarter}'))"
            );
            let reasons = [
                ("HOSTAGE", format!("t.loyalty_type = 'hostage' AND {is_high}")),
                (
                    "LOYAL_SLIPPING",
                    "b.loyalty_type = 'loyal' AND (t.loyalty_type IN ('hostage', 'mercenary', 'defecting') OR \
                     b.satisfaction - t.satisfaction >= 2)"
                        .to_owned(),
                ),
                (
                    "CLASS_A_TURNING",
                    "b.value_class = 'a' AND (t.value_class <> 'a' OR (b.p_alive >= 0.5 AND t.p_alive < 0.5))".to_owned(),
                ),
                ("HIGH_VALUE_SILENT", silent),
            ];
            let count = |condition: &str| {
                number(world, &format!(
                    "SELECT CAST(COUNT(*) AS bigint) FROM customer_quarter t LEFT JOIN customer_quarter b \
                     ON b.customer_id = t.customer_id AND b.set_id = {then} WHERE t.set_id = {now} AND ({condition})"
                ))
            };
            for (reason, condition) in &reasons {
                let rows = world.rows(&format!("{{ careRows(quarter: \"{quarter}\", reason: \"{reason}\", limit: 10000) {{ reasonCodes }} }}"));
                assert_eq!(rows.len() as i64, count(condition), "{reason} in {quarter}");
                assert!(rows.iter().all(|row| row["reasonCodes"].as_str().unwrap().contains(reason)), "{rows:?}");
                *found.entry(*reason).or_insert(0) += rows.len();
            }
            let any = reasons.map(|(_, condition)| format!("({condition})")).join(" OR ");
            let fields = "code reasonCode reasonCodes valueAtRisk basisCode pAlive lifetimeValue words";
            let rows = world.rows(&format!("{{ careRows(quarter: \"{quarter}\", limit: 10000) {{ {fields} }} }}"));
            assert_eq!(rows.len() as i64, count(&any), "lines of {quarter}");
            let mut last = (f64::INFINITY, String::new());
            let mut codes = std::collections::BTreeSet::new();
            for row in &rows {
                let code = row["code"].as_str().unwrap().to_owned();
                assert!(codes.insert(code.clone()), "{code} has two lines");
                assert!(row["reasonCodes"].as_str().unwrap().starts_with(row["reasonCode"].as_str().unwrap()), "{row}");
                assert!(!row["words"].as_str().unwrap().is_empty(), "{row}");
                let risk = row["valueAtRisk"].as_f64().unwrap_or(f64::NEG_INFINITY);
                if let (Some(value), Some(alive)) = (row["lifetimeValue"].as_f64(), row["pAlive"].as_f64()) {
                    assert!((risk - value * (1.0 - alive)).abs() < 1e-6 && row["basisCode"] == "LIFETIME", "{row}");
                }
                assert!(risk < last.0 || (risk == last.0 && code > last.1), "{row} after {last:?}");
                last = (risk, code);
            }
        }
        assert!(found.values().all(|count| *count > 0), "nobody is on the list by some reason: there is nothing to see, {found:?}");
        world.ok(&["verify"]);
        // a promise of each complaint that is open, and one of a few that are not
        let promised = "INSERT INTO complaint_event (customer_id, source, complaint, code, at, kind, due_at, sequence) \
                        SELECT customer_id, source, code, 'promised', at, 'promise', at + 86400000, 0 FROM complaint";
        execute(world, &[promised.to_owned()]).remove(0).unwrap();
        let open = "SELECT CAST(COUNT(DISTINCT customer_id) AS bigint) FROM complaint WHERE state IN ('received', 'acknowledged', 'in_work')";
        let due = world.rows("{ careRows(reason: \"PROMISE_DUE\", limit: 10000) { code promiseOverdue words } }");
        assert_eq!(due.len() as i64, number(world, open));
        assert!(due.len() >= 3 && due.iter().all(|row| row["promiseOverdue"] == true), "{due:?}");
        let whole = "SELECT CAST(COUNT(*) AS bigint) FROM customer_quarter t JOIN current_publication p ON p.set_id = t.set_id AND \
                     p.quarter = '2025-Q4' WHERE t.care <> '' OR EXISTS (SELECT 1 FROM complaint c WHERE c.customer_id = t.customer_id \
                     AND c.state IN ('received', 'acknowledged', 'in_work'))";
        let lines = world.rows("{ careRows(limit: 10000) { code } }");
        assert_eq!(lines.len() as i64, number(world, whole));
    }
);

on_both!(
    /// Who was loyal and is not satisfied any more slips; who bought for much and is not heard of is silent; without a
    /// lifetime value the profit of the window is at risk, and the list says so.
    lines_say_why,
    |world| {
        three_quarters(world);
        let fields = "reasonCode reasonCodes words valueAtRisk basisCode typeCode typeBefore satisfaction satisfactionBefore manager";
        let slipped = line(world, "2026-Q2", "C20", fields).unwrap();
        assert_eq!(
            slipped,
            json!({"code": "C20", "reasonCode": "LOYAL_SLIPPING", "reasonCodes": "LOYAL_SLIPPING HOSTAGE",
                   "words": "was Loyal, is now Hostage; among the best by turnover, stays though satisfied with 3.0 of 10 only: \
                             the first to go when competition comes",
                   "valueAtRisk": 200.5 + 100.0 - 20.25 - 90.0, "basisCode": "PROFIT", "typeCode": "HOSTAGE", "typeBefore": "LOYAL",
                   "satisfaction": 3.0, "satisfactionBefore": 10.0, "manager": "am-2"})
        );
        assert_eq!(line(world, "2026-Q2", "C41", "code"), None, "bought two quarters ago at most");
        let silent = line(world, "2026-Q3", "C41", "reasonCodes valueAtRisk basisCode manager").unwrap();
        let expected = json!({"code": "C41", "reasonCodes": "HIGH_VALUE_SILENT", "valueAtRisk": 4000.0, "basisCode": "PROFIT", "manager": null});
        assert_eq!(silent, expected);
        let first = world.rows("{ careRows(limit: 1) { code quarter } }");
        assert_eq!(first, [json!({"code": "C41", "quarter": "2026-Q3"})], "of the newest quarter, the most at risk");
        let chinese = world.answer("{ careList(quarter: \"2026-Q2\", reason: LOYAL_SLIPPING) { nodes { code reasons { reasonLabel(locale: ZH_CN) \
                                    words(locale: ZH_CN) } card(locale: ZH_CN) { schemeCode classCode } customer { name manager } } } }");
        let node: Value = serde_json::from_str::<Value>(&chinese).unwrap()["data"]["careList"]["nodes"][0].clone();
        assert_eq!(node["reasons"][0], json!({"reasonLabel": "忠诚客户松动", "words": "原为忠诚型，现为人质型"}));
        assert_eq!(node["card"], json!({"schemeCode": "LOYALTY", "classCode": "HOSTAGE"}));
        assert_eq!(node["customer"], json!({"name": "客户 20", "manager": "am-2"}));
        // a published list stays as it was, whatever the settings become
        let before = world.answer("{ careRows(quarter: \"2026-Q2\", revision: 1) { id words } }");
        world.file("rapport.toml", "[rules.care]\nhigh_value = 1.0\n");
        world.ok(&["close", "--quarter", "2026-Q2"]);
        let wider = world.rows("{ careRows(quarter: \"2026-Q2\", reason: \"hostage\") { code } }");
        let narrower = world.rows("{ careRows(quarter: \"2026-Q2\", revision: 1, reason: \"hostage\") { code } }");
        assert!(wider.len() > narrower.len(), "{wider:?} {narrower:?}");
        assert_eq!(world.answer("{ careRows(quarter: \"2026-Q2\", revision: 1) { id words } }"), before);
        let refused = world.file("rapport.toml", "[rules.care]\nsatisfaction_fall = 0.0\n");
        assert!(world.run(&["config"]).err.contains("rules.care.satisfaction_fall is 0"), "{refused:?}");
    }
);

on_both!(
    /// Pages by cursor are the whole list, narrowed to a manager or not; counts by manager add up to it; and an account that
    /// changes hands is another's at once, and closes no quarter again.
    pages_and_managers,
    |world| {
        world.file("rapport.toml", "[rules.care]\nhigh_value = 1.0\n");
        three_quarters(world);
        let whole: Vec<Value> = world.rows("{ careRows(quarter: \"2026-Q2\") { code } }").iter().map(|row| row["code"].clone()).collect();
        assert!(whole.len() >= 4, "{whole:?}");
        let (mut codes, mut after) = (Vec::new(), "null".to_owned());
        loop {
            let page = world.answer(&format!(
                "{{ careList(quarter: \"2026-Q2\", first: 3, after: {after}) {{ totalCount nodes {{ code }} pageInfo {{ endCursor hasNextPage }} }} }}"
            ));
            let page = serde_json::from_str::<Value>(&page).unwrap()["data"]["careList"].clone();
            assert_eq!(page["totalCount"], whole.len());
            codes.extend(page["nodes"].as_array().unwrap().iter().map(|node| node["code"].clone()));
            if page["pageInfo"]["hasNextPage"] == false {
                break;
            }
            after = page["pageInfo"]["endCursor"].to_string();
        }
        assert_eq!(codes, whole);
        let managers = || world.rows("{ careManagerRows(quarter: \"2026-Q2\") { manager customers n } }");
        let counted = managers();
        let names: Vec<&Value> = counted.iter().map(|row| &row["manager"]).collect();
        assert_eq!(names, [&json!("am-1"), &json!("am-2"), &Value::Null]);
        let bases: Vec<i64> = counted.iter().map(|row| row["n"].as_i64().unwrap()).collect();
        assert_eq!(bases, [13, 27, 1]);
        for row in &counted[..2] {
            let lines = world.rows(&format!("{{ careRows(quarter: \"2026-Q2\", manager: {}) {{ manager }} }}", row["manager"]));
            assert_eq!(row["customers"], lines.len(), "{row}");
            assert!(lines.iter().all(|line| line["manager"] == row["manager"]), "{lines:?}");
        }
        let sum: i64 = counted.iter().map(|row| row["customers"].as_i64().unwrap()).sum();
        assert_eq!(sum, whole.len() as i64);
        managed(world, "am-3");
        assert_eq!(managers()[1]["manager"], "am-3", "{:?}", managers());
        let stale = world.rows("{ quarterRows { stale } }");
        assert!(stale.iter().all(|row| row["stale"] == false), "{stale:?}");
        let again = world.ok(&["import", "shop.toml"]).out;
        assert!(managers()[1]["n"] == 13, "{again}");
    }
);
