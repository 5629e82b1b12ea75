//! Alerts: each cause is found once, with the numbers that were published.

use std::collections::BTreeSet;

use rapport_entities::clock;
use rapport_tests::{World, on_both, shop};
use serde_json::Value;

fn alerts(world: &World, rule: &str) -> Vec<Value> {
    world.rows(&format!(
        "{{ alertRows(rule: \"{rule}\") {{ alertId quarter revision dimension segment customer details }} }}"
    ))
}

/// Looks for alerts; of one second there is one run.
pub fn watch(world: &World) {
    while world.ok(&["run", "watch"]).out.contains("already done") {
        std::thread::sleep(std::time::Duration::from_millis(100));
    }
}

fn details(alert: &Value) -> Value {
    serde_json::from_str(alert["details"].as_str().unwrap()).unwrap()
}

fn text<'a>(row: &'a Value, field: &str) -> &'a str {
    row[field].as_str().unwrap_or_default()
}

/// A shop whose customers were content in the first quarter, were not in the second, and bought nothing since.
fn gone_sour(world: &World) {
    shop::write(world);
    let sour =
        |number: u32| format!("S{number:02},C{number:02},2026-05-15 10:00:00,{0},{0},{0}\n", number % 3 + 1);
    let last = "T01,C40,2026-08-01 10:00:00,1,1,1\n";
    world.file("answers.csv", shop::answers() + &(1..=40).map(sour).collect::<String>() + last);
    world.ok(&["import", "shop.toml"]);
    world.ok(&["close"]);
}

/// Adds complaints to the shop: one is high and a day and a quarter old; the others are resolved, young or lenient.
pub fn overdue(world: &World) {
    let mapping = format!(
        "{}\n[[complaint]]\nfile = \"complaints\"\nselect = \"SELECT _line, code, customer, at, severity, text, \
         NULLIF(resolved_at, '') AS resolved_at FROM complaints\"\n",
        shop::MAPPING.replace("[files]", "[files]\ncomplaints = \"complaints.csv\"")
    );
    let ago = |hours| (clock::now() - chrono::TimeDelta::hours(hours)).format("%Y-%m-%dT%H:%M:%SZ");
    let (old, young) = (ago(30), ago(1));
    world.file(
        "complaints.csv",
        format!(
            "code,customer,at,severity,text,resolved_at\n\
             K1,C03,{old},high,the screen is broken,\nK2,C04,{old},high,solved,{young}\n\
             K3,C05,{old},low,lenient,\nK4,C06,{young},high,young,\nK5,C07,{},high,history,\n",
            ago(24 * 90)
        ),
    );
    world.file("complaints.toml", mapping);
    for (name, content) in [
        ("customers.csv", shop::customers()),
        ("answers.csv", shop::answers()),
        ("orders.csv", shop::orders()),
    ] {
        world.file(name, content);
    }
    world.ok(&["import", "complaints.toml"]);
}

on_both!(
    /// Indexes that fell more than chance, with the published numbers; looked for again, and in a restated quarter,
    /// they are the same alerts.
    an_index_falls,
    |world| {
        gone_sour(world);
        watch(world);
        let scores = world.rows(
            "{ scoreRows(quarter: \"2026-Q2\") { metricCode dimension segment value n change changeSignificant } }",
        );
        let watched = ["CSI", "CSAT", "SATISFACTION", "NPS"];
        let fallen: BTreeSet<(String, String)> = scores
            .iter()
            .filter(|row| row["changeSignificant"] == true && row["change"].as_f64().unwrap() < 0.0)
            .filter(|row| watched.contains(&text(row, "metricCode")))
            .map(|row| (text(row, "metricCode").to_lowercase(), text(row, "segment").to_owned()))
            .collect();
        assert!(fallen.contains(&("csat".to_owned(), "all".to_owned())), "{fallen:?}");
        let found = alerts(world, "INDEX_FELL");
        let told: BTreeSet<(String, String)> =
            found.iter().map(|one| (text(&details(one), "metric").to_owned(), text(one, "segment").to_owned())).collect();
        assert_eq!((told, found.len()), (fallen.clone(), fallen.len()));
        let csat = found.iter().map(details).find(|one| one["metric"] == "csat").unwrap();
        let score = scores.iter().find(|row| row["metricCode"] == "CSAT" && row["segment"] == "all").unwrap();
        for number in ["value", "n", "change"] {
            assert_eq!(csat[number], score[number]);
        }
        world.file("orders.csv", shop::orders() + "L1,C30,2026-05-02,500.00,400.00,1\n");
        world.ok(&["import", "shop.toml"]);
        world.ok(&["close"]);
        watch(world);
        assert_eq!(alerts(world, "INDEX_FELL"), found);
    }
);

on_both!(
    /// A type that passes its bound is an alert in the quarter it does so, and not in the next, where it is still over.
    a_share_passes_its_bound,
    |world| {
        world.file("rapport.toml", "[alerts]\nquarters = 9\nshares = { defecting = 0.35 }\n");
        gone_sour(world);
        watch(world);
        let found = alerts(world, "SHARE_PASSED");
        let of_all: Vec<&Value> = found.iter().filter(|one| one["segment"] == "all").collect();
        assert_eq!(of_all.len(), 1, "{found:?}");
        // of the forty, the fourteen who neither bought nor were content
        let told = details(of_all[0]);
        assert_eq!((text(of_all[0], "quarter"), told["customers"].as_i64(), told["n"].as_i64()), ("2026-Q1", Some(14), Some(40)));
        assert_eq!((told["share"].as_f64(), told["bound"].as_f64(), &told["before"]), (Some(0.35), Some(0.35), &Value::Null));
    }
);

on_both!(
    /// Customers of class A who turned defecting: those that the published rows show, and no others.
    a_valuable_customer_turns,
    |world| {
        gone_sour(world);
        watch(world);
        let rows = |quarter: &str| world.rows(&format!("{{ customerRows(quarter: \"{quarter}\", limit: 100) {{ code type class }} }}"));
        let before = rows("2026-Q2");
        let was = |code: &str| before.iter().find(|row| row["code"] == code).unwrap();
        let turned: BTreeSet<String> = rows("2026-Q3")
            .iter()
            .filter(|now| now["type"] == "DEFECTING" && (now["class"] == "A" || was(text(now, "code"))["class"] == "A"))
            .map(|now| was(text(now, "code")))
            .filter(|was| !was["type"].is_null() && was["type"] != "DEFECTING")
            .map(|was| text(was, "code").to_owned())
            .collect();
        let found = alerts(world, "CUSTOMER_DEFECTING");
        let told: BTreeSet<String> = found.iter().map(|one| text(one, "customer").to_owned()).collect();
        assert!(!turned.is_empty());
        assert_eq!((&told, found.len()), (&turned, turned.len()));
        assert!(found.iter().all(|one| one["quarter"] == "2026-Q3"));
    }
);

on_both!(
    /// A complaint that passes its time; those resolved, young, lenient or long past are none.
    a_complaint_passes_its_time,
    |world| {
        overdue(world);
        for _ in 0..2 {
            watch(world);
        }
        let found = alerts(world, "COMPLAINT_OVERDUE");
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(text(&found[0], "customer"), "C03");
        assert_eq!((details(&found[0])["complaint"].as_str(), details(&found[0])["hours"].as_i64()), (Some("K1"), Some(24)));
        assert!(!text(&found[0], "details").contains("screen"), "its words stay where they are");
    }
);

on_both!(
    /// A run that is given up is an alert; taken up again and given up again, it is another.
    a_job_gives_up,
    |world| {
        shop::write(world);
        let two = "CASE code WHEN 'O01a' THEN 'EUR' ELSE 'CNY' END AS currency, amount, cost";
        world.file("shop.toml", shop::MAPPING.replace("amount, cost", two));
        world.ok(&["import", "shop.toml"]);
        for given_up in [1, 2] {
            assert_eq!(world.run(&["close", "--quarter", "2026-Q1"]).code, 1);
            for _ in 0..2 {
                watch(world);
                let found = alerts(world, "JOB_GAVE_UP");
                assert_eq!(found.len(), given_up, "{found:?}");
                assert!(found.iter().all(|one| one["quarter"] == "2026-Q1" && details(one)["job"] == "close-quarter"));
            }
        }
    }
);

on_both!(
    /// Rules that are empty are switched off.
    switched_off,
    |world| {
        let off = "[alerts]\nfalling = []\ndefecting_classes = []\njobs = false\nshares = {}\n[service]\nstandards = []\n";
        world.file("rapport.toml", off);
        overdue(world);
        gone_sour(world);
        watch(world);
        assert_eq!(world.rows("{ alertRows { alertId } }"), Vec::<Value>::new());
    }
);

on_both!(
    /// An action whose day is over and that is neither done nor given up alarms once; one whose day is today, or long ago, or
    /// that is done, does not.
    an_action_is_overdue,
    |world| {
        shop::write(world);
        world.ok(&["import", "shop.toml"]);
        let today = clock::now().date_naive();
        let ago = |days: u64| today - chrono::Days::new(days);
        for (code, due, done) in [("late", ago(1), false), ("done", ago(1), true), ("today", today, false), ("old", ago(91), false)] {
            world.answer(&format!(
                "mutation {{ openAction(action: {{code: \"{code}\", title: \"Call back\", origin: SEGMENT, dimension: \"region\", \
                 segment: \"east\", metric: CSAT, effectFrom: \"2026-Q2\", owner: \"Chen Jing\", due: \"{due}\"}}) {{ code }} }}"
            ));
            for to in ["IN_WORK", "DONE"].iter().filter(|_| done) {
                world.answer(&format!("mutation {{ moveAction(code: \"{code}\", to: {to}) {{ code }} }}"));
            }
        }
        for _ in 0..2 {
            watch(world);
            let found = alerts(world, "ACTION_OVERDUE");
            assert_eq!(found.len(), 1, "{found:?}");
            assert_eq!((text(&found[0], "dimension"), text(&found[0], "segment")), ("region", "east"));
            let told = details(&found[0]);
            assert_eq!((&told["action"], &told["due"]), (&"late".into(), &ago(1).to_string().into()), "{told}");
            assert!(!told.to_string().contains("Chen"), "who answers for it is not in an alert");
        }
    }
);
