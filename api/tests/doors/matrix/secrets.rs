//! What a reader of the north must never come across: marks in everything that is of another region or of all customers.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::DateTime;
use rapport_entities::*;
use sea_orm::{ConnectionTrait, EntityTrait, IntoActiveModel, prelude::ChronoUnixTimestampMillis};

use super::narrowing;
use crate::seed::{CUSTOMERS, Seeded};

/// The base of every result that is not of the north.
const HIDDEN: &str = "90210";
/// The same, as pages write it.
const SHOWN: &str = "90,210";
/// The base of the results of the north.
const NORTH: i64 = 77_000;

/// Marks the figures by whose they are, and adds what the small database lacks: work, contact data, movements.
pub async fn mark(seeded: &Seeded) {
    let database = &seeded.database;
    let mut statements = vec![
        "INSERT INTO transition SELECT set_id, 'region', s.code, from_type, to_type, customers, revenue, transition.n FROM \
         transition, segment s"
            .to_owned(),
        "UPDATE customer SET phone = '+86 138 0013 1234'".to_owned(),
        format!(
            "UPDATE publication SET settings = '{{\"weighting\":{{\"margins\":{{\"region\":{{\"east\":{HIDDEN}}}}}}}}}'"
        ),
        format!("UPDATE action_effect SET n_after = CASE segment WHEN 'north' THEN {NORTH} ELSE {HIDDEN} END"),
        format!("UPDATE cohort SET customers = CASE segment WHEN 'north' THEN {NORTH} ELSE {HIDDEN} END"),
    ];
    for table in [
        "score",
        "composition",
        "transition",
        "driver",
        "path_estimate",
        "model_fit",
        "parameter",
        "curve_point",
        "funnel_step",
        "loss_flow",
        "loss_reason",
        "effort",
        "unit_score",
        "linkage",
        "mode_effect",
        "prospect_conversion",
    ] {
        let mark = format!("UPDATE {table} SET n = CASE segment WHEN 'north' THEN {NORTH} ELSE {HIDDEN} END");
        statements.push(mark);
    }
    statements.push(format!("UPDATE lost_customer SET success_n = {HIDDEN}, rank = {HIDDEN} + attempts"));
    // a revision that differs from the one before in every place
    statements.push("UPDATE score SET n = n + 1 WHERE set_id = 'set-2-old' AND segment = 'north'".to_owned());
    statements.push("UPDATE score SET value = 1 WHERE set_id = 'set-2-old'".to_owned());
    for number in (0..CUSTOMERS).filter(|number| number % 3 != 1) {
        let code = format!("C{number:02}");
        statements.push(format!("UPDATE customer SET name = 'Undisclosed {code}' WHERE code = '{code}'"));
        let id = customer_id(&code);
        statements.push(format!("UPDATE customer_quarter SET rank = {HIDDEN} WHERE customer_id = {id}"));
    }
    for statement in statements {
        database.execute_unprepared(&statement).await.unwrap();
    }
    work(database).await;
}

/// A run, an import, an alert and a delivery.
async fn work(database: &Database) {
    let at = ChronoUnixTimestampMillis(DateTime::from_timestamp(1_780_000_000, 0).unwrap());
    let alert = alert::Model {
        alert_id: "a1".into(),
        rule: AlertRule::CustomerDefecting,
        quarter: Some("2026-Q2".parse().unwrap()),
        revision: Some(2),
        dimension: "region".into(),
        segment: "east".into(),
        customer_id: Some(customer_id("C00")),
        cause: "C00".into(),
        details: "{}".into(),
        found_at: at,
    };
    alert::Entity::insert(alert.into_active_model()).exec_without_returning(database).await.unwrap();
    job_run::Entity::insert(run(at).into_active_model()).exec_without_returning(database).await.unwrap();
    let delivery = delivery::Model {
        delivery_id: "d1".into(),
        subscription: "board".into(),
        what: "alert:a1".into(),
        state: DeliveryState::Queued,
        attempt: 0,
        not_before: at,
        last_error: None,
        created_at: at,
        delivered_at: None,
    };
    delivery::Entity::insert(delivery.into_active_model()).exec_without_returning(database).await.unwrap();
    let batch = import_batch::Model {
        batch_id: "b1".into(),
        quarter: "2026-Q2".parse().unwrap(),
        source: "shop".into(),
        state: BatchState::Closed,
        lease_until: at,
        rows: 90_210,
        changed: true,
        closed_version: Some(1),
        closed_at: Some(at),
    };
    import_batch::Entity::insert(batch.into_active_model()).exec_without_returning(database).await.unwrap();
}

fn run(at: At) -> job_run::Model {
    job_run::Model {
        run_id: "r1".into(),
        job: "prune".into(),
        period: "2026-Q2".into(),
        inputs_version: 0,
        params_hash: "p".into(),
        state: RunState::Done,
        stage: Some("rows".into()),
        rows_done: 1,
        rows_known: Some(1),
        attempt: 1,
        max_attempts: 3,
        fence: 1,
        owner: None,
        lease_until: None,
        not_before: at,
        reason: "schedule".into(),
        last_error: Some("east".into()),
        figures: Some("{}".into()),
        created_at: at,
        started_at: Some(at),
        finished_at: Some(at),
    }
}

/// Fails if a reader of some segments is told anything of another, in words, in figures or within an id.
pub fn hold(reader: &str, of: &str, text: &str) {
    if narrowing(reader).is_none() {
        return;
    }
    let words = text.split(|one: char| !(one.is_ascii_alphanumeric() || "-_".contains(one)));
    let unpacked = words.filter_map(|word| String::from_utf8(URL_SAFE_NO_PAD.decode(word).ok()?).ok());
    let all: Vec<String> = std::iter::once(text.to_owned()).chain(unpacked).collect();
    for text in &all {
        assert!(!text.contains(HIDDEN) && !text.contains(SHOWN), "{reader}, {of}: {text}");
        assert!(!text.contains("All customers") && !text.contains("全部客户"), "{reader}, {of}: {text}");
        let hidden = (0..CUSTOMERS).filter(|number| number % 3 != 1).map(|number| format!("C{number:02}"));
        for word in hidden.chain(["east", "west", "East", "West", "Undisclosed"].map(str::to_owned)) {
            let mut parts = text.split(|one: char| !one.is_alphanumeric());
            assert!(!parts.any(|part| part == word), "{word} in {of} for {reader}: {text}");
        }
        let of_all = text.contains("\"all\"") || text.contains("\u{1f}all");
        assert!(!of_all, "{reader}, {of}: {text}");
    }
}
