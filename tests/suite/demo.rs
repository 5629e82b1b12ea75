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
    employees_and_partners(&world);
}

/// Employees feel a quarter ahead how their region will serve; partners of an industry feel nothing that customers do.
fn employees_and_partners(world: &World) {
    let linked = |audience: &str, dimension: &str| {
        let rows = world.rows(&format!(
            "{{ linkageRows(quarter: \"2025-Q4\", audience: \"{audience}\", dimension: \"{dimension}\") {{ metricCode outcomeCode \
             lag correlation lower upper n unlinkedCode }} }}"
        ));
        let is = |row: &Value| row["metricCode"] == "CSI" && row["outcomeCode"] == "CSI" && row["lag"] == 1;
        rows.into_iter().find(is).unwrap()
    };
    let employees = linked("EMPLOYEE", "region");
    assert_eq!(employees["n"], 5, "{employees}");
    assert!(employees["lower"].as_f64() > Some(0.0), "{employees}");
    let partners = linked("PARTNER", "industry");
    // of the smallest of six industries too few customers answered
    assert_eq!(partners["n"], 5, "{partners}");
    assert!(partners["lower"].as_f64() < Some(0.0) && partners["upper"].as_f64() > Some(0.0), "{partners}");
    let east = world.rows(
        "{ unitScoreRows(dimension: \"region\", segment: \"east\", audience: \"EMPLOYEE\", limit: 1000) { quarter metricCode value } }",
    );
    let index = |quarter: &str| {
        let is = |row: &&Value| row["quarter"] == quarter && row["metricCode"] == "CSI";
        east.iter().find(is).unwrap()["value"].as_f64().unwrap()
    };
    assert!(index("2024-Q3") < index("2024-Q2") - 10.0, "{east:?}");
}
