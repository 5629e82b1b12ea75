//! The demo, as a newcomer runs it: and the figures find the story that was put into the company.

use rapport_tests::{Backend, World};
use serde_json::Value;

fn share(rows: &[Value], quarter: &str, segment: &str, kind: &str) -> f64 {
    let is = |row: &&Value| row["quarter"] == quarter && row["segment"] == segment && row["typeCode"] == kind;
    rows.iter().find(is).unwrap()["share"].as_f64().unwrap()
}

#[test]
fn the_figures_find_the_story() {
    let world = World::new(Backend::Sqlite).unwrap();
    let ran = world.ok(&["demo", "--last", "2025-Q4", "--no-serve"]);
    for episode in ["2024-Q4, region east", "2024-Q1, plan plus", "2025-Q1, region west"] {
        assert!(ran.out.contains(episode), "{}", ran.out);
    }
    assert_eq!(ran.out.matches("published as revision 1").count(), 12);

    // a service failure in one region in one quarter: the index and the score fall there, significantly
    let scores = world.rows(
        "{ scoreRows(quarter: \"2024-Q4\", dimension: \"region\") { segment metricCode value change changeSignificant } }",
    );
    let east = |metric: &str| {
        scores.iter().find(|row| row["segment"] == "east" && row["metricCode"] == metric).unwrap()
    };
    for (metric, fall) in [("CSI", -10.0), ("NPS", -30.0)] {
        let row = east(metric);
        assert!(row["change"].as_f64().unwrap() < fall && row["changeSignificant"] == true, "{row}");
    }
    let complaints = east("COMPLAINT_RATE");
    assert!(
        complaints["change"].as_f64().unwrap() > 0.0 && complaints["changeSignificant"] == true,
        "{complaints}"
    );
    let elsewhere = scores.iter().filter(|row| row["segment"] != "east" && row["metricCode"] == "CSI");
    assert!(elsewhere.clone().count() > 2);
    assert!(elsewhere.clone().all(|row| row["changeSignificant"] == false), "nothing happened elsewhere");

    // a price war turns mercenaries in one plan; hostages of one region are freed when competition arrives
    let types = |dimension: &str| {
        world.rows(&format!(
            "{{ loyaltyRows(dimension: \"{dimension}\", limit: 10000) {{ quarter segment typeCode share }} }}"
        ))
    };
    let (plans, regions) = (types("plan"), types("region"));
    let rise = |plan: &str| {
        share(&plans, "2025-Q1", plan, "MERCENARY") - share(&plans, "2023-Q4", plan, "MERCENARY")
    };
    assert!(rise("plus") > 0.06, "mercenaries rise where the price war is: {}", rise("plus"));
    assert!(rise("plus") > rise("basic") + 0.04 && rise("plus") > rise("pro") + 0.04);
    let fall = |region: &str| {
        share(&regions, "2024-Q4", region, "HOSTAGE") - share(&regions, "2025-Q4", region, "HOSTAGE")
    };
    assert!(fall("west") > 0.08, "hostages are freed: {}", fall("west"));
}
