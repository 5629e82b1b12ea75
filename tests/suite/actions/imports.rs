//! Actions from a plan that is imported again and again.

use rapport_tests::{World, on_both, shop};
use serde_json::json;

fn plan(world: &World, source: &str, rows: &str) {
    shop::write(world);
    let mapping = shop::MAPPING.replace("[files]", "[files]\nplan = \"plan.csv\"");
    let more = "\n[[action]]\nfile = \"plan\"\nselect = \"SELECT _line, code, title, owner, due, 'csat' AS metric, 'region' AS dimension, segment, \
                effect_from, expected, state, 'index' AS origin, 'CSAT' AS origin_code FROM plan\"\n";
    world.file("shop.toml", mapping.replace("source = \"shop\"", &format!("source = \"{source}\"")) + more);
    world.file("plan.csv", format!("code,title,owner,due,segment,effect_from,expected,state\n{rows}"));
}

fn events(world: &World) -> Vec<String> {
    let rows = world.rows("{ x: actionRows { code stateCode version } }");
    rows.iter()
        .map(|row| {
            format!(
                "{} {} {}",
                row["code"].as_str().unwrap(),
                row["stateCode"].as_str().unwrap(),
                row["version"]
            )
        })
        .collect()
}

on_both!(
    /// A plan opens actions, moves them to where it says they stand, and corrects them; the same plan again changes
    /// nothing. What has no owner, no segment or no way to its state is refused with its line.
    a_plan_is_imported_again_and_again,
    |world| {
        let first = "A1,Call back,Chen Jing,2026-06-30,east,2026-Q2,3,\n\
                     A2,Train,,2026-06-30,east,2026-Q2,,\n\
                     A3,Train,Liu Yang,2026-06-30,nowhere,2026-Q2,,\n\
                     A4,Repair,Liu Yang,2026-05-31,west,2026-Q2,,done\n\
                     A5,Train,Liu Yang,soon,west,2026-Q2,,\n";
        plan(world, "plan", first);
        let ran = world.ok(&["import", "shop.toml"]);
        let rejects = std::fs::read_to_string(world.folder().join("plan.csv.rejects.csv")).unwrap();
        for (line, why) in [("3,owner", "it is missing"), ("4,segment", "there is no such segment"), ("6,due", "it is not a day")] {
            assert!(rejects.contains(line) && rejects.contains(why), "{line} {why}: {rejects}\n{}", ran.out);
        }
        assert_eq!(events(world), ["A4 DONE 3", "A1 PLANNED 1"]);
        world.ok(&["close", "--quarter", "2026-Q1"]);
        let good: String = first.lines().filter(|line| line.starts_with("A1") || line.starts_with("A4")).map(|line| format!("{line}\n")).collect();
        plan(world, "plan", &good);
        world.ok(&["import", "shop.toml"]);
        assert_eq!(events(world), ["A4 DONE 3", "A1 PLANNED 1"]);
        plan(world, "plan", &good.replace("east,2026-Q2,3,", "east,2026-Q2,4,in_work").replace("done", "planned"));
        world.ok(&["import", "shop.toml"]);
        assert_eq!(events(world), ["A4 DONE 3", "A1 IN_WORK 3"]);
        let rejects = std::fs::read_to_string(world.folder().join("plan.csv.rejects.csv")).unwrap();
        assert!(rejects.contains("no moves lead from there to it"), "{rejects}");
        let told = world.answer("{ action(code: \"A1\") { expected events { nodes { kindCode who } } } }");
        let told: serde_json::Value = serde_json::from_str(&told).unwrap();
        let event = |kind: &str| json!({"kindCode": kind, "who": "import plan"});
        assert_eq!(
            told["data"]["action"],
            json!({"expected": 4.0, "events": {"nodes": [event("OPENED"), event("CORRECTED"), event("IN_WORK")]}})
        );
        // nothing of it counts in the quarter that is closed
        assert_eq!(world.rows("{ quarterRows { stale } }"), [json!({"stale": false})]);
        plan(world, "other", &good);
        world.ok(&["import", "shop.toml"]);
        let rejects = std::fs::read_to_string(world.folder().join("plan.csv.rejects.csv")).unwrap();
        assert!(rejects.contains("an action from plan has this code"), "{rejects}");
    }
);
