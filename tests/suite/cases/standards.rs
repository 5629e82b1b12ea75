//! Service standards: which one counts, by which clock, and what becomes of what it misses.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use rapport_tests::{Server, on_both};
use serde_json::json;

use super::{ago, ask, history, moved, open, quiet};
use crate::alerts::watch;

/// The standard of a customer's class before that of the severity, and by business hours where it says so.
const STANDARDS: &str = "[calendar]\nzone = \"Asia/Shanghai\"\n[service.calendar]\nholidays = [\"2026-10-01\"]\n\
    [[service.standards]]\nfrom = \"2020-01-01\"\nacknowledge_hours = 4\nresolve_hours = 48\n\
    [[service.standards]]\nfrom = \"2020-01-01\"\nseverity = \"high\"\nacknowledge_hours = 2\nresolve_hours = 24\n\
    [[service.standards]]\nfrom = \"2026-09-01\"\nseverity = \"high\"\nacknowledge_hours = 1\nresolve_hours = 9\nclock = \"business\"\n";

on_both!(
    /// The most exact standard that was in force when a complaint came in says when it is due; what it misses is found
    /// once and alarms once, while it waits.
    standards_are_kept_or_not,
    |world| {
        world.file("rapport.toml", STANDARDS);
        quiet(world);
        let server = Server::start(world, &["--without-schedule"]);
        let at = |text: &str| format!(", at: \"{text}\"");
        open(&server, &at("2026-08-31T08:00:00Z"));
        // Wednesday, 17:00 in Shanghai: an hour is left of the day, Thursday is a holiday
        open(&server, &at("2026-09-30T09:00:00Z"));
        let due = world.rows("{ complaintRows { acknowledgeDue resolveDue acknowledgeKept resolveKept } }");
        let row = |acknowledge: &str, resolve: &str| {
            json!({"acknowledgeDue": acknowledge, "resolveDue": resolve, "acknowledgeKept": false, "resolveKept": false})
        };
        assert_eq!(
            due,
            [row("2026-08-31T10:00:00Z", "2026-09-01T08:00:00Z"), row("2026-09-30T10:00:00Z", "2026-10-02T09:00:00Z")]
        );
        let young = open(&server, "");
        let kept = "{ complaintRows(state: \"RECEIVED\", offset: 2) { acknowledgeKept resolveKept } }";
        assert_eq!(world.rows(kept), [json!({"acknowledgeKept": null, "resolveKept": null})]);
        moved(&server, &young, "ACKNOWLEDGED", "").unwrap();
        let late = open(&server, &at(&ago(29 * 24)));
        for _ in 0..2 {
            watch(world);
            let breaches = world.rows("{ complaintBreachRows { complaint deadlineCode } }");
            assert_eq!(breaches.len(), 6, "{breaches:?}");
            let alerts = world.rows("{ alertRows(rule: \"COMPLAINT_OVERDUE\") { details } }");
            let alarmed = alerts.len();
            assert_eq!(alarmed, 2, "both deadlines of the one that is not history: {alerts:?}");
        }
        assert_eq!(world.rows("{ complaintRows(breached: true) { id } }").len(), 3);
        assert_eq!(world.rows("{ complaintRows(breached: false) { id } }").len(), 1);
        // acknowledged late, and in time for the rest of its life
        moved(&server, &late, "ACKNOWLEDGED", "").unwrap();
        watch(world);
        assert_eq!(world.rows("{ complaintBreachRows { complaint } }").len(), 6);
        let shown = ask(&server, &format!("{{ complaint(id: \"{late}\") {{ acknowledgeKept breaches {{ deadline dueAt }} }} }}"));
        let shown = shown.unwrap();
        assert_eq!(shown["complaint"]["acknowledgeKept"], false);
        assert_eq!(shown["complaint"]["breaches"].as_array().unwrap().len(), 2);
    }
);

on_both!(
    /// The standard of a class is that of the customers who are of it in the newest published quarter.
    a_class_has_its_own_standard,
    |world| {
        let own = "[[service.standards]]\nfrom = \"2020-01-01\"\nresolve_hours = 100\n\
                   [[service.standards]]\nfrom = \"2020-01-01\"\nclass = \"vip\"\nresolve_hours = 10\n\
                   [[service.standards]]\nfrom = \"2020-01-01\"\nclass = \"a\"\nresolve_hours = 5\n";
        world.file("rapport.toml", own);
        let row = |number: u32| format!("K{number},C{number:02},2026-03-20,,\n");
        history(world, &(1..=40).map(row).collect::<String>(), "");
        world.ok(&["import", "shop.toml"]);
        world.ok(&["close", "--quarter", "2026-Q1"]);
        // nobody recorded what was done about complaints, and nothing recorded is not nothing done
        let stages = world.rows("{ classRows(quarter: \"2026-Q1\", dimension: \"all\") { schemeCode classCode customers } }");
        let stage = |code: &str| {
            let of = |row: &&serde_json::Value| row["schemeCode"] == "COMPLAINT" && row["classCode"] == code;
            stages.iter().find(of).and_then(|row| row["customers"].as_i64())
        };
        assert_eq!((stage("COMPLAINED"), stage("ACKNOWLEDGED")), (Some(28), None));
        let classes: BTreeMap<String, (String, String)> = world
            .rows("{ customerRows(quarter: \"2026-Q1\", limit: 100) { code classCode sizeCode } }")
            .iter()
            .map(|row| {
                let text = |field: &str| row[field].as_str().unwrap().to_owned();
                (text("code"), (text("classCode"), text("sizeCode")))
            })
            .collect();
        let received = DateTime::parse_from_rfc3339("2026-03-20T00:00:00Z").unwrap().to_utc();
        let mut seen = BTreeMap::new();
        for row in world.rows("{ complaintRows { customer resolveDue } }") {
            let (class, size) = &classes[row["customer"].as_str().unwrap()];
            let hours = if class == "A" { 5 } else if size == "VIP" { 10 } else { 100 };
            let due: DateTime<Utc> = row["resolveDue"].as_str().unwrap().parse().unwrap();
            assert_eq!((due - received).num_hours(), hours, "{row}");
            *seen.entry(hours).or_insert(0) += 1;
        }
        assert!(seen.len() >= 2 && seen.contains_key(&5), "{seen:?}");
    }
);
