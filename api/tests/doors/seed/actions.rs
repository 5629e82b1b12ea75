//! The improvement actions of the small database: one for all customers, one in each segment, and what they did.

use super::*;

pub async fn actions(database: &Database) {
    let places = [("all", "all"), ("region", "east"), ("region", "north"), ("region", "west")];
    for (number, (dimension, segment)) in places.into_iter().enumerate() {
        let code = format!("A-{segment}");
        let row = action::Model {
            code: code.clone(),
            source: "plan".into(),
            title: format!("Call back in {segment}"),
            origin: ActionOrigin::ALL[number],
            origin_quarter: Some("2026-Q1".parse().unwrap()),
            origin_code: (number == 0).then(|| "q-ease".into()),
            dimension: dimension.into(),
            segment: segment.into(),
            metric: Metric::Csi,
            effect_from: "2026-Q2".parse().unwrap(),
            owner: "Jane Roe".into(),
            // ties, so that the code must break them
            due: NaiveDate::from_ymd_opt(if number < 2 { 2020 } else { 2100 }, 1, 31).unwrap(),
            expected: Some(2.0),
            state: ActionState::Planned,
            version: 2,
            opened_by: "open".into(),
            opened_at: at("2026-04-02T08:00:00Z"),
            abandoned_in: None,
        };
        put(database, row).await;
        for (number, kind) in [ActionEvent::Opened, ActionEvent::Note].into_iter().enumerate() {
            let event = action_event::Model {
                action: code.clone(),
                number: number as i32 + 1,
                at: at("2026-04-02T08:00:00Z"),
                kind,
                who: "Jane Roe".into(),
                note: Some("Jane Roe says: soon".into()),
                from_state: None,
                to_state: None,
            };
            put(database, event).await;
        }
        effect(database, &code, (dimension, segment)).await;
    }
}

async fn effect(database: &Database, action: &str, (dimension, segment): (&str, &str)) {
    let told = segment != "west";
    let row = action_effect::Model {
        set_id: "set-2".into(),
        action: action.into(),
        dimension: dimension.into(),
        segment: segment.into(),
        metric: Metric::Csi,
        base_quarter: Some("2026-Q1".parse().unwrap()),
        base_set_id: Some("set-1".into()),
        before: told.then_some(70.0),
        n_before: 400,
        after: told.then_some(74.5),
        n_after: 400,
        expected_change: told.then_some(1.5),
        value: told.then_some(3.0),
        lower: told.then_some(1.0),
        upper: told.then_some(5.0),
        standard_error: told.then_some(0.7),
        p_value: told.then_some(0.01),
        comparable: 4,
        expected: Some(2.0),
        verdict: if told { Verdict::Improved } else { Verdict::CannotTell },
        untold: (!told).then_some(Untold::BaseTooSmall),
    };
    put(database, row).await;
}
