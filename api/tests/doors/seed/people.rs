//! Employees and partners of the small database: their indexes by unit, and how these go together with the customers'.

use super::*;

pub async fn of_place(database: &Database, set: &str, place: (String, String)) {
    let suppressed = place.1 == "west";
    for audience in [Audience::Employee, Audience::Partner] {
        let row = unit_score::Model {
            set_id: set.into(),
            dimension: place.0.clone(),
            segment: place.1.clone(),
            audience,
            metric: Metric::Csi,
            value: (!suppressed).then_some(66.5),
            lower: (!suppressed).then_some(60.0),
            upper: (!suppressed).then_some(73.0),
            standard_error: (!suppressed).then_some(3.25),
            n: 40,
            suppressed,
        };
        put(database, row).await;
    }
}

pub async fn linked(database: &Database, set: &str) {
    for lag in 0..2 {
        let told = lag == 0;
        let row = linkage::Model {
            set_id: set.into(),
            dimension: "region".into(),
            segment: "all".into(),
            audience: Audience::Employee,
            metric: Metric::Csi,
            outcome: Metric::RetentionRate,
            lag,
            base_quarter: (!told).then(|| "2025-Q4".parse().unwrap()),
            base_set_id: None,
            correlation: told.then_some(0.6),
            lower: told.then_some(0.1),
            upper: told.then_some(0.9),
            slope: told.then_some(0.01),
            slope_lower: told.then_some(0.001),
            slope_upper: told.then_some(0.02),
            p_value: told.then_some(0.03),
            n: if told { 12 } else { 3 },
            unlinked: (!told).then_some(Unlinked::TooFew),
        };
        put(database, row).await;
    }
}
