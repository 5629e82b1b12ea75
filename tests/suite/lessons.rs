//! What complaints teach: who stays silent, how soon and how well complaints are handled, and who buys again after; each
//! counted by hand.

use rapport_tests::{World, on_both, shop};
use serde_json::{Value, json};

/// Complaints of the summer before, long enough ago to tell who stayed: resolved on the spot, later, and never. The first
/// twenty customers bought again, those from the twenty-first on bought once, long before.
const SUMMER: [(&[u32], Option<&str>); 3] = [
    (&[1, 2, 3, 4, 5, 6, 21, 22, 31], Some("2025-06-01 15:00:00")),
    (&[7, 8, 9, 23, 24, 25], Some("2025-06-04 10:00:00")),
    (&[10, 26, 27, 28], None),
];

/// Of the quarter: code, customer, and when its source says it was resolved.
const WINTER: &str = "W1,C11,2026-02-01 10:00:00,\nW2,C12,2026-02-01 10:00:00,\n\
                      W3,C13,2026-02-01 00:00:00,2026-02-03 00:00:00\nW4,C14,2026-02-01,\n";
const EVENTS: &str = "1,W1,C11,2026-02-01 12:00:00,acknowledged\n2,W1,C11,2026-02-01 13:00:00,in_work\n\
                      3,W1,C11,2026-02-01 20:00:00,resolved\n4,W1,C11,2026-02-03,confirmed_satisfied\n\
                      1,W2,C12,2026-02-01 14:00:00,acknowledged\n2,W2,C12,2026-02-01 15:00:00,in_work\n\
                      3,W2,C12,2026-02-02 16:00:00,resolved\n4,W2,C12,2026-02-04,confirmed_dissatisfied\n\
                      1,W4,C14,2026-02-02,impolite\n2,W4,C14,2026-04-02,no_reaction\n5,W1,C11,2026-04-05,impolite\n";

fn closed(world: &World, settings: &str) {
    shop::write(world);
    let summer = SUMMER.iter().flat_map(|(customers, resolved)| {
        let resolved = resolved.unwrap_or_default();
        customers.iter().map(move |n| format!("S{n},C{n:02},2025-06-01 10:00:00,{resolved}\n"))
    });
    let older = (21..=30).map(|n| format!("O{n}c,C{n:02},2025-01-10,50.00,40.00,1\n"));
    world.file("orders.csv", shop::orders() + &older.collect::<String>());
    world.file(
        "complaints.csv",
        format!("code,customer,at,resolved_at\n{}{WINTER}", summer.collect::<String>()),
    );
    world.file("events.csv", format!("code,complaint,customer,at,kind\n{EVENTS}"));
    let files = "[files]\ncomplaints = \"complaints.csv\"\nevents = \"events.csv\"";
    let more = "\n[[complaint]]\nfile = \"complaints\"\nselect = \"SELECT _line, code, customer, at, resolved_at FROM complaints\"\n\
                [[complaint_event]]\nfile = \"events\"\nselect = \"SELECT _line, code, complaint, customer, at, kind FROM events\"\n";
    world.file("shop.toml", shop::MAPPING.replace("[files]", files) + more);
    world.file("rapport.toml", format!("[rules]\nminimum_base = 1\nminimum_customers = 1\n{settings}"));
    world.ok(&["import", "shop.toml"]);
    world.ok(&["close", "--quarter", "2026-Q1"]);
}

/// Value and base of a metric in the quarter.
fn score(world: &World, metric: &str, place: &str) -> Option<(f64, i64)> {
    let fields = "value lower upper n suppressed";
    let rows = world
        .rows(&format!("{{ scoreRows(quarter: \"2026-Q1\", metric: \"{metric}\"{place}) {{ {fields} }} }}"));
    let row = rows.first()?;
    let (value, n) = (row["value"].as_f64().unwrap(), row["n"].as_i64().unwrap());
    if let Some((lower, upper)) = row["lower"].as_f64().zip(row["upper"].as_f64()) {
        assert!(lower <= value && value <= upper && lower < upper, "{metric}: {row}");
    }
    Some((value, n))
}

const ALL: &str = ", dimension: \"all\"";

on_both!(
    /// Every figure is what a reader of the files would count.
    figures_are_what_happened,
    |world| {
        closed(world, "");
        let lessons = [
            ("REPURCHASE_ON_THE_SPOT", 6.0 / 8.0, 8),
            ("REPURCHASE_LATER", 3.0 / 6.0, 6),
            ("REPURCHASE_UNRESOLVED", 1.0 / 4.0, 4),
            ("HOURS_TO_ACKNOWLEDGE", (2.0 + 4.0) / 2.0, 2),
            ("HOURS_TO_RESOLVE", (10.0 + 30.0 + 48.0) / 3.0, 3),
            ("FAULTLESS", 3.0 / 4.0, 4),
            ("HANDLED_SATISFIED", 1.0 / 2.0, 2),
            ("TOLD", (5.0 + 12.0) / 2.0, 2),
            ("REACHED", 250.0 / 2.0, 2),
        ];
        for (metric, value, n) in lessons {
            let found = score(world, metric, ALL).unwrap_or_else(|| panic!("no {metric}"));
            assert!((found.0 - value).abs() < 1e-9 && found.1 == n, "{metric}: {found:?}");
        }
        // the answers run through 1 to 10: those below 8 are dissatisfied
        let dissatisfied = |n: &u32| (n - 1) % 10 + 1 < 8;
        let complained = |n: &u32| SUMMER.iter().any(|(who, _)| who.contains(n)) || (11..=14).contains(n);
        let silent = (1..=40).filter(dissatisfied).filter(|n| !complained(n)).count();
        let base = (1..=40).filter(dissatisfied).count();
        let found = score(world, "SILENT_RATE", ALL).unwrap();
        assert!((found.0 - silent as f64 / base as f64).abs() < 1e-9, "{found:?}");
        assert_eq!(found.1, base as i64);
        // of those in the east, who have even numbers
        let east = ", dimension: \"region\", segment: \"east\"";
        assert_eq!(score(world, "HOURS_TO_ACKNOWLEDGE", east), Some((4.0, 1)));
        assert_eq!(score(world, "REPURCHASE_ON_THE_SPOT", east), Some((3.0 / 4.0, 4)));
        world.ok(&["verify"]);
    }
);

on_both!(
    /// A case that comes again counts each of its moves; what happens after the quarter changes nothing of it.
    cases_come_again,
    |world| {
        closed(world, "");
        let more = |events: &str| {
            world.file("events.csv", format!("code,complaint,customer,at,kind\n{EVENTS}{events}"));
            world.ok(&["import", "shop.toml"]);
        };
        let again = "5,W2,C12,2026-02-05,reopened\n6,W2,C12,2026-02-06 10:00:00,resolved\n\
                     7,W2,C12,2026-02-07,confirmed_satisfied\n";
        more(again);
        world.ok(&["close", "--quarter", "2026-Q1"]);
        let figures = || {
            ["HOURS_TO_ACKNOWLEDGE", "HOURS_TO_RESOLVE", "HANDLED_SATISFIED", "FAULTLESS"]
                .map(|metric| score(world, metric, ALL).unwrap())
        };
        let counted = [(3.0, 2), ((10.0 + 30.0 + 120.0 + 48.0) / 4.0, 4), (2.0 / 3.0, 3), (3.0 / 4.0, 4)];
        assert_eq!(figures(), counted);
        // in the quarter after, cases come again, are resolved and get faults; one is taken up only then
        let later = "6,W1,C11,2026-04-06,closed\n7,W1,C11,2026-04-07,reopened\n8,W1,C11,2026-04-08,resolved\n\
                     3,W4,C14,2026-04-03,acknowledged\n4,W4,C14,2026-04-04,in_work\n5,W4,C14,2026-04-05,resolved\n\
                     8,W2,C12,2026-04-02,broke_promise\n1,W3,C13,2026-04-01,confirmed_dissatisfied\n";
        more(&format!("{again}{later}"));
        world.ok(&["verify"]);
        assert_eq!(figures(), counted);
        world.ok(&["close", "--quarter", "2026-Q2"]);
        let next = |metric: &str| {
            let rows = world.rows(&format!(
                "{{ scoreRows(quarter: \"2026-Q2\", metric: \"{metric}\", dimension: \"all\") {{ value n }} }}"
            ));
            rows.first().map(|row| (row["value"].as_f64().unwrap(), row["n"].as_i64().unwrap()))
        };
        let days = |from: f64, to: f64| (to - from) * 24.0;
        assert_eq!(next("HOURS_TO_ACKNOWLEDGE"), Some((days(0.0, 61.0), 1)));
        assert_eq!(next("HOURS_TO_RESOLVE"), Some(((days(0.0, 66.0) - 10.0 + days(0.0, 63.0)) / 2.0, 2)));
        assert_eq!(next("HANDLED_SATISFIED"), Some((0.0, 1)));
    }
);

on_both!(
    /// What counts as on the spot, and what is assumed of how customers talk, are settings.
    settings_decide,
    |world| {
        let rules = "[rules.complaints]\non_the_spot_hours = 72\ntold_by_dissatisfied = 20\ntold_by_satisfied = 0\nwithin_reach = 10\n";
        closed(world, rules);
        // 1 June 10:00 to 4 June 10:00 is 72 hours
        assert_eq!(score(world, "REPURCHASE_ON_THE_SPOT", ALL), Some((9.0 / 14.0, 14)));
        assert_eq!(score(world, "REPURCHASE_LATER", ALL), None);
        assert_eq!(score(world, "TOLD", ALL), Some((10.0, 2)));
        assert_eq!(score(world, "REACHED", ALL), Some((5.0, 2)));
        world.file("rapport.toml", "[rules.complaints]\non_the_spot_hours = -1\n");
        let ran = world.run(&["close"]);
        assert!(ran.err.contains("rules.complaints.on_the_spot_hours is -1; it must be 0 to 8,760"), "{}", ran.err);
    }
);

on_both!(
    /// Of what no source records there is no figure; beside each stands what the textbooks say, marked as that.
    what_is_not_recorded_has_no_figure,
    |world| {
        shop::write(world);
        world.ok(&["import", "shop.toml"]);
        world.ok(&["close", "--quarter", "2026-Q1"]);
        for metric in ["SILENT_RATE", "HOURS_TO_RESOLVE", "FAULTLESS", "REPURCHASE_UNRESOLVED", "TOLD"] {
            assert_eq!(score(world, metric, ALL), None, "{metric}");
        }
        let folklore = world.rows("{ folkloreRows { metricCode value source metricLabel(locale: ZH_CN) } }");
        let spot = folklore.iter().find(|row| row["metricCode"] == "REPURCHASE_ON_THE_SPOT").unwrap();
        assert_eq!(spot["value"], json!(0.95));
        assert_eq!(spot["metricLabel"], "当场解决后的留存");
        assert!(folklore.iter().all(|row| row["source"].as_str().is_some_and(|source| source.contains("19"))));
        assert!(folklore.iter().all(|row| row["value"] != Value::Null));
    }
);
