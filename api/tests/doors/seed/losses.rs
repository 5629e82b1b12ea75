//! The lost customers of the small database: the way, the reasons, the efforts and the list of every set; what was recorded
//! of every customer.

use super::*;

pub async fn of_place(database: &Database, set: &str, place: (String, String)) {
    let suppressed = place.1 == "west";
    let shown = !suppressed;
    for (number, (from, to)) in
        [(LossState::Using, LossState::Contact), (LossState::QuietSatisfied, LossState::Lost)]
            .into_iter()
            .enumerate()
    {
        let row = loss_flow::Model {
            set_id: set.into(),
            dimension: place.0.clone(),
            segment: place.1.clone(),
            place: number as i32,
            step: if number == 0 { 1 } else { 5 },
            from_state: from,
            to_state: to,
            customers: shown.then_some(40),
            revenue: shown.then_some(123_456),
            profit: None,
            share: shown.then_some(0.25),
            lower: shown.then_some(0.1),
            upper: shown.then_some(0.4),
            n: 160,
            suppressed,
        };
        put(database, row).await;
    }
    for reason in ["price", "moved"] {
        let row = loss_reason::Model {
            set_id: set.into(),
            dimension: place.0.clone(),
            segment: place.1.clone(),
            reason: reason.into(),
            customers: shown.then_some(9),
            revenue: shown.then_some(12_345),
            profit: shown.then_some(-5),
            share: shown.then_some(0.5),
            lower: shown.then_some(0.2),
            upper: shown.then_some(0.8),
            n: 18,
            lost: 18,
            suppressed,
        };
        put(database, row).await;
    }
    for (effort, reason) in
        [(Effort::Keep, "all"), (Effort::WinBack, "all"), (Effort::WinBack, "price"), (Effort::WinNew, "all")]
    {
        let row = effort::Model {
            set_id: set.into(),
            dimension: place.0.clone(),
            segment: place.1.clone(),
            effort,
            reason: reason.into(),
            n: 40,
            successes: shown.then_some(10),
            open: (shown && effort == Effort::WinBack).then_some(2),
            share: shown.then_some(0.25),
            lower: shown.then_some(0.1),
            upper: shown.then_some(0.4),
            cost: Some(12.5),
            cost_n: if effort == Effort::WinBack { 4 } else { 0 },
            cost_per_success: shown.then_some(50.0),
            suppressed,
        };
        put(database, row).await;
    }
}

pub async fn listed(database: &Database, set: &str, code: &str, number: usize) {
    let row = lost_customer::Model {
        customer_id: customer_id(code),
        set_id: set.into(),
        lost_in: "2026-Q1".parse().unwrap(),
        reason: (number != 3).then(|| "price".into()),
        value: Some(99.5),
        value_basis: Some(LostValueBasis::Lifetime),
        attempts: 1,
        outcome: Some(WinbackOutcome::ALL[number % 4]),
        success: Some(0.25),
        success_n: 40,
        success_basis: Some(SuccessBasis::Overall),
        gain: Some(24.9),
        cost: Some(12.0),
        expected: Some(12.9),
        // ties, so that the code must break them; none of who was won back
        rank: (number % 4 != 1).then_some(1),
    };
    put(database, row).await;
}

pub async fn recorded(database: &Database) {
    for number in 0..CUSTOMERS {
        let code = format!("C{number:02}");
        let loss = customer_loss::Model {
            customer_id: customer_id(&code),
            source: "desk".into(),
            code: format!("L-{code}"),
            at: at("2026-02-01T08:00:00Z"),
            reason: "price".into(),
            note: Some("Jane Roe says: too dear".into()),
            recorded_by: Some("Jane Roe".into()),
        };
        put(database, loss).await;
        let attempt = winback_attempt::Model {
            customer_id: customer_id(&code),
            source: "desk".into(),
            code: format!("W-{code}"),
            at: at("2026-03-01T08:00:00Z"),
            person: Some("Jane Roe".into()),
            channel: Some("phone".into()),
            offer: Some("10 % off".into()),
            cost: Some(1_250),
            currency: Some("EUR".into()),
            outcome: WinbackOutcome::Open,
            ended_at: None,
            note: Some("Jane Roe says: perhaps".into()),
        };
        put(database, attempt).await;
    }
}
