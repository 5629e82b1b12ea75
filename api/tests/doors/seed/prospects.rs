//! Prospects of the small database, one in each region and one of the north who became a customer of another region; and
//! what became of prospects by grade.

use super::*;

pub async fn prospects(database: &Database) {
    for (code, region, grade) in [
        ("N-1", "east", ProspectGrade::A),
        ("N-2", "north", ProspectGrade::B),
        ("N-3", "west", ProspectGrade::D),
        ("N-4", "north", ProspectGrade::A),
    ] {
        let first_at = at("2026-04-02T09:00:00Z");
        let row = prospect::Model {
            source: "sales".into(),
            code: code.into(),
            name: Some(if region == "north" { "Jane Roe" } else { "Undisclosed prospect" }.into()),
            email: Some("jane.roe@example.com".into()),
            phone: Some("+86 138 0013 1234".into()),
            first_at,
            manager: Some("M-1".into()),
            customer_id: (code == "N-4").then(|| customer_id("C00")),
            converted_at: (code == "N-4").then(|| at("2026-05-03T09:00:00Z")),
            lost_at: (code == "N-3").then(|| at("2026-05-02T09:00:00Z")),
            reason: (code == "N-3").then(|| "price".into()),
            erased_at: None,
        };
        put(database, row).await;
        let row = prospect_grade::Model {
            source: "sales".into(),
            prospect: code.into(),
            at: first_at.0.timestamp_millis(),
            grade,
        };
        put(database, row).await;
        let row = prospect_segment::Model {
            source: "sales".into(),
            prospect: code.into(),
            dimension: "region".into(),
            segment: region.into(),
        };
        put(database, row).await;
    }
}

pub async fn of_place(database: &Database, set: &str, place: (String, String)) {
    let suppressed = place.1 == "west";
    for (number, grade) in (0..).zip(["a", "b", "c", "d", "all"]) {
        let count = |count: i64| (!suppressed).then_some(count);
        let row = prospect_conversion::Model {
            set_id: set.into(),
            dimension: place.0.clone(),
            segment: place.1.clone(),
            place: number,
            grade: grade.into(),
            open_start: count(20),
            met: count(20),
            converted: count(10),
            lost: count(6),
            raised: count(3),
            lowered: count(2),
            open_end: count(24),
            conversion: (!suppressed).then_some(0.25),
            lower: (!suppressed).then_some(0.14),
            upper: (!suppressed).then_some(0.4),
            median_days: (!suppressed).then_some(31.5),
            n: 40,
            suppressed,
        };
        put(database, row).await;
    }
}
