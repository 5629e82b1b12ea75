//! Histories that another system exported, beside what is done here; and that all of it is noticed.

use std::collections::BTreeMap;

use rapport_tests::{Server, on_both};
use serde_json::json;

use super::{COMPLAINTS, EVENTS, history, moved, number, open, stored};

on_both!(
    /// Histories of another system: moves are put in order of time, one that is not legal stays an event and is told, a
    /// complaint that its source calls resolved is so unless moves say otherwise; and the same files change nothing.
    histories_are_imported,
    |world| {
        history(world, COMPLAINTS, EVENTS);
        let ran = world.ok(&["import", "shop.toml"]);
        assert!(ran.out.contains("1 events of complaints are kept and moved nothing"), "{}", ran.out);
        assert!(ran.out.contains("complaint K3: `closed` while received"), "{}", ran.out);
        let rows = world.rows("{ complaintRows { code stateCode moves faults resolvedAt unit } }");
        let states: BTreeMap<&str, (&str, i64, i64)> = rows
            .iter()
            .map(|row| {
                let counts = (row["moves"].as_i64().unwrap(), row["faults"].as_i64().unwrap());
                (row["code"].as_str().unwrap(), (row["stateCode"].as_str().unwrap(), counts.0, counts.1))
            })
            .collect();
        let expected = [
            ("K1", ("RESOLVED", 3, 0)),
            ("K2", ("RESOLVED", 0, 0)),
            ("K3", ("RECEIVED", 0, 1)),
            ("K4", ("ACKNOWLEDGED", 1, 0)),
        ];
        assert_eq!(states, BTreeMap::from(expected));
        let first = rows.iter().find(|row| row["code"] == "K1").unwrap();
        assert_eq!((&first["resolvedAt"], &first["unit"]), (&json!("2026-02-04T00:00:00Z"), &json!("east")));
        let before = stored(world);
        let version = "SELECT CAST(SUM(version) AS bigint) FROM period_inputs";
        let inputs = number(world, version);
        let ran = world.ok(&["import", "shop.toml"]);
        assert!(!ran.out.contains("moved nothing"), "it was told: {}", ran.out);
        assert_eq!((stored(world), number(world, version)), (before, inputs));

        // moved here by hand, and imported again: what was done here stays
        let server = Server::start(world, &["--without-schedule"]);
        let id = |code: &str| {
            let rows = world.rows("{ complaintRows { code id } }");
            rows.iter().find(|row| row["code"] == code).unwrap()["id"].as_str().unwrap().to_owned()
        };
        moved(&server, &id("K1"), "CONFIRMED_SATISFIED", "").unwrap();
        moved(&server, &id("K2"), "CONFIRMED_DISSATISFIED", "").unwrap();
        moved(&server, &id("K3"), "ACKNOWLEDGED", "").unwrap();
        let before = stored(world);
        world.ok(&["import", "shop.toml"]);
        assert_eq!(stored(world), before);

        // late: the source says that K3 was acknowledged earlier, and taken up; what was done here moved nothing then
        history(
            world,
            &COMPLAINTS.replace("K3,C03,2026-02-01,west", "K3,C03,2026-02-01,north"),
            &(EVENTS.to_owned() + "0,K3,C03,2026-02-01,acknowledged,,,,\n3,K3,C03,2026-02-04,in_work,,,,\n"),
        );
        let ran = world.ok(&["import", "shop.toml"]);
        assert!(ran.out.contains("moved nothing"), "{}", ran.out);
        let rows = world.rows("{ complaintRows(customer: \"C03\") { stateCode moves unit acknowledgedAt } }");
        assert_eq!(
            rows,
            [json!({"stateCode": "IN_WORK", "moves": 2, "unit": "north", "acknowledgedAt": "2026-02-01T00:00:00Z"})]
        );
        let events = world.rows("{ complaintEventRows(customer: \"C03\", sort: \"move\") { kindCode sequence } }");
        assert_eq!(events.len(), 4, "nothing is lost: {events:?}");
    }
);

on_both!(
    /// What cannot be is refused with line and reason, and the rest is loaded.
    bad_rows_are_refused,
    |world| {
        let bad = "1,K1,C01,2026-02-02,called,,,,\n2,K1,C01,2026-01-31,listened,,,,\n3,K9,C01,2026-02-02,listened,,,,\n\
                   4,K1,C01,2026-02-02,promise,,,,\n5,K1,C01,2026-02-02,listened,,,5.00,\n6,K1,C02,2026-02-02,listened,,,,\n\
                   7,K1,C01,2099-01-01,listened,,,,\n8,K1,C01,2026-02-02,listened,,,,\n";
        history(world, COMPLAINTS, bad);
        let ran = world.ok(&["import", "shop.toml"]);
        assert!(ran.out.contains("7 rejected"), "{}", ran.out);
        let rejects = std::fs::read_to_string(world.folder().join("events.csv.rejects.csv")).unwrap();
        for (line, why) in [
            (2, "`called` is none of: acknowledged"),
            (3, "before the complaint"),
            (4, "no such complaint"),
            (5, "a promise needs the time"),
            (6, "money goes with `compensated`"),
            (7, "no such complaint"),
            (8, "in the future"),
        ] {
            let there = rejects.lines().any(|row| row.starts_with(&format!("{line},")) && row.contains(why));
            assert!(there, "line {line}: {why}\n{rejects}");
        }
        assert_eq!(world.rows("{ complaintEventRows { code } }"), [json!({"code": "8"})]);
    }
);

on_both!(
    /// What is done with cases is noticed as what is imported is: the quarters of the fact and those that read it are
    /// closed again, and earlier ones are not.
    what_is_done_is_noticed,
    |world| {
        world.file("rapport.toml", "[schedule]\ndebounce_seconds = 0\n");
        history(world, COMPLAINTS, EVENTS);
        world.ok(&["import", "shop.toml"]);
        world.ok(&["close", "--quarter", "2026-Q1"]);
        let stale = || world.rows("{ quarterRows { quarter revision stale } }");
        assert_eq!(stale(), [json!({"quarter": "2026-Q1", "revision": 1, "stale": false})]);
        let server = Server::start(world, &["--without-schedule"]);
        let id = world.rows("{ complaintRows(customer: \"C03\") { id } }")[0]["id"].as_str().unwrap().to_owned();
        moved(&server, &id, "ACKNOWLEDGED", ", at: \"2026-05-01T00:00:00Z\"").unwrap();
        assert_eq!(stale()[0]["stale"], false, "what happened later is not of the quarter");
        open(&server, ", at: \"2026-03-01T00:00:00Z\"");
        assert_eq!(stale()[0]["stale"], true);
        world.ok(&["close", "--quarter", "2026-Q1"]);
        assert_eq!(stale(), [json!({"quarter": "2026-Q1", "revision": 2, "stale": false})]);
        assert!(world.ok(&["verify"]).out.contains("verified true"));
    }
);
