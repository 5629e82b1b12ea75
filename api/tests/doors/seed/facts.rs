//! The facts behind the small database: of each customer a purchase and a response a quarter, and some complaints.

use super::*;

pub async fn facts(database: &Database) {
    for number in 0..CUSTOMERS {
        let id = customer_id(&format!("C{number:02}"));
        for (place, month) in ["2026-02", "2026-05"].into_iter().enumerate() {
            purchase(database, id, number, &format!("{month}-{:02}", number + 10)).await;
            response(database, id, number, &format!("{month}-{:02}", number + 10)).await;
            remark(database, id, &format!("{month}-{:02}", number + 10)).await;
            if number % 4 == 0 {
                complaint(database, id, number, &format!("{month}-{:02}", number + 10), place == 0).await;
                contact(database, id, &format!("{month}-{:02}", number + 10)).await;
                happened(database, id, &format!("{month}-{:02}", number + 10)).await;
            }
        }
    }
}

async fn purchase(database: &Database, customer_id: i64, number: usize, day: &str) {
    let row = purchase::Model {
        customer_id,
        source: "shop".into(),
        code: format!("P-{day}"),
        at: at(&format!("{day}T12:20:00Z")),
        amount: 1_000 * number as i64 + 5,
        cost: (number != 3).then_some(500),
        currency: "EUR".into(),
        quantity: 2,
        product: Some(["tea", "cake"][number % 2].into()),
    };
    put(database, row).await;
}

async fn response(database: &Database, customer_id: i64, number: usize, day: &str) {
    let row = response::Model {
        customer_id,
        source: "survey".into(),
        code: format!("R-{day}"),
        survey: "b-first".into(),
        at: at(&format!("{day}T23:30:00Z")),
        weight: None,
        // the last one left out the question
        answers: if number == CUSTOMERS - 1 {
            "{}".into()
        } else {
            format!("{{\"q-ease\":{}}}", number % 10 + 1)
        },
        comment: Some("Jane Roe says: call me".into()),
        mode: [None, Some(AnswerMode::Online), Some(AnswerMode::Phone)][number % 3],
        channel: Some("App".into()),
    };
    put(database, row).await;
}

async fn remark(database: &Database, customer_id: i64, day: &str) {
    let row = remark::Model {
        customer_id,
        source: "survey".into(),
        code: format!("M-{day}"),
        at: at(&format!("{day}T23:31:00Z")),
        kind: RemarkKind::Problem,
        theme: "Delivery".into(),
        text: Some("Jane Roe waits for her parcel".into()),
    };
    put(database, row).await;
}

async fn complaint(database: &Database, customer_id: i64, number: usize, day: &str, resolved: bool) {
    let row = complaint::Model {
        customer_id,
        source: "desk".into(),
        code: format!("T-{day}"),
        at: at(&format!("{day}T08:00:00Z")),
        channel: Some("phone".into()),
        unit: Some("hotline".into()),
        product: None,
        severity: Some(Severity::ALL[number % 3]),
        risk: (number > 0).then_some(Risk::Financial),
        text: Some("Jane Roe is angry".into()),
        said_resolved_at: resolved.then(|| at(&format!("{day}T20:30:00Z"))),
        state: if resolved { CaseState::Resolved } else { CaseState::Acknowledged },
        moves: i32::from(!resolved),
        reopened: 0,
        acknowledged_at: (!resolved).then(|| at(&format!("{day}T09:00:00Z"))),
        resolved_at: resolved.then(|| at(&format!("{day}T20:30:00Z"))),
        satisfied: None,
        last_event_at: (!resolved).then(|| at(&format!("{day}T09:00:00Z"))),
        taken_up_at: (!resolved).then(|| at(&format!("{day}T09:00:00Z"))),
        first_resolved_at: None,
        confirmed_at: None,
        faults: 1,
        judged: false,
        replay: false,
    };
    put(database, row).await;
    if !resolved {
        let breach = complaint_breach::Model {
            customer_id,
            source: "desk".into(),
            complaint: format!("T-{day}"),
            deadline: Deadline::Resolve,
            due_at: at(&format!("{day}T20:00:00Z")),
            found_at: at(&format!("{day}T21:00:00Z")),
        };
        put(database, breach).await;
    }
}

/// A contact, with something to be kept.
async fn contact(database: &Database, customer_id: i64, day: &str) {
    let row = care_contact::Model {
        customer_id,
        code: format!("K-{day}"),
        at: at(&format!("{day}T10:00:00Z")),
        who: "Jane Roe".into(),
        channel: Some("phone".into()),
        outcome: ContactOutcome::Promised,
        note: Some("Jane Roe waits".into()),
        next_at: Some(at("2026-07-01T10:00:00Z")),
    };
    put(database, row).await;
}

/// A move, where the complaint is not resolved by its source's word, and a fault.
async fn happened(database: &Database, customer_id: i64, day: &str) {
    let fault = complaint_event::Model {
        customer_id,
        source: "desk".into(),
        complaint: format!("T-{day}"),
        code: "1-fault".into(),
        at: at(&format!("{day}T08:30:00Z")),
        kind: CaseEvent::PassedOn,
        person: Some("Jane Roe".into()),
        note: Some("Jane Roe passed on".into()),
        amount: None,
        currency: None,
        due_at: None,
        sequence: Some(0),
        from_state: None,
        to_state: None,
    };
    let moved = complaint_event::Model {
        code: "2-move".into(),
        at: at(&format!("{day}T09:00:00Z")),
        kind: CaseEvent::Acknowledged,
        sequence: Some(1),
        from_state: Some(CaseState::Received),
        to_state: Some(CaseState::Acknowledged),
        ..fault.clone()
    };
    put(database, fault).await;
    if day.starts_with("2026-05") {
        put(database, moved).await;
    }
}
