//! After an import the moves of the cases that it touched are put in order of time, page by page of cases, each read and
//! written in a few statements. A move that is not legal from the state reached stays an event and moves nothing.

use std::collections::HashMap;

use rapport_entities::{
    At, CaseEvent, CaseState, Database, EventSort, complaint, complaint_event, connection::begin_write,
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect, Statement, Value, sea_query::Expr,
};

use super::{Standing, standing::Moved};
use crate::{Error, import::Gate};

/// Moves that moved nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Idle {
    /// How many, newly found.
    pub events: u64,
    /// One of them, in words.
    pub example: Option<String>,
}

/// Cases of a transaction.
const PAGE: u64 = 2_000;
/// Values that are written of a case.
const CASE_COLUMNS: usize = 14;
/// Rows of a statement, of whose values SQLite takes 32,766.
const ROWS: usize = 2_000;

/// Marks the cases of new events.
const MARK: &str = "UPDATE complaint SET replay = TRUE, judged = FALSE WHERE NOT replay AND EXISTS \
     (SELECT 1 FROM complaint_event e WHERE e.customer_id = complaint.customer_id AND e.source = complaint.source \
     AND e.complaint = complaint.code AND e.sequence IS NULL)";

/// Cases without events are what their source says.
const PLAIN: &str = "UPDATE complaint SET replay = FALSE, resolved_at = said_resolved_at, \
     state = CASE WHEN said_resolved_at IS NULL THEN 'received' ELSE 'resolved' END \
     WHERE replay AND NOT EXISTS \
     (SELECT 1 FROM complaint_event e WHERE e.customer_id = complaint.customer_id AND e.source = complaint.source \
     AND e.complaint = complaint.code)";

/// Puts the moves in order that imports have left, also those of an import that died.
pub async fn replay(database: &Database, gate: &mut Gate) -> Result<Idle, Error> {
    let transaction = begin_write(database).await?;
    transaction.execute_unprepared(MARK).await?;
    transaction.execute_unprepared(PLAIN).await?;
    transaction.commit().await?;
    let mut idle = Idle::default();
    loop {
        let transaction = begin_write(database).await?;
        let cases = complaint::Entity::find()
            .filter(Expr::cust("replay"))
            .order_by_asc(complaint::Column::CustomerId)
            .order_by_asc(complaint::Column::Source)
            .order_by_asc(complaint::Column::Code)
            .limit(PAGE)
            .lock_exclusive()
            .all(&transaction)
            .await?;
        if cases.is_empty() {
            transaction.commit().await?;
            return Ok(idle);
        }
        page(&transaction, &cases, &mut idle).await?;
        gate.renew(&transaction).await?;
        transaction.commit().await?;
    }
}

type Of<'a> = (i64, &'a str, &'a str);

async fn page(
    transaction: &DatabaseTransaction,
    cases: &[complaint::Model],
    idle: &mut Idle,
) -> Result<(), Error> {
    let events = complaint_event::Entity::find()
        .filter(complaint_event::Column::CustomerId.is_in(cases.iter().map(|case| case.customer_id)))
        .all(transaction)
        .await?;
    let mut histories: HashMap<Of<'_>, Vec<&complaint_event::Model>> = HashMap::new();
    for event in &events {
        let of = (event.customer_id, event.source.as_str(), event.complaint.as_str());
        histories.entry(of).or_default().push(event);
    }
    let (mut told, mut standings) = (Vec::new(), Vec::new());
    for case in cases {
        let history = histories.remove(&(case.customer_id, &case.source, &case.code)).unwrap_or_default();
        standings.push((case, tell(case, history, &mut told, idle)));
    }
    // numbers are taken away before they are given anew: no two events have one at any moment
    let freed = |(event, moved): &&(&complaint_event::Model, Option<Moved>)| {
        moved.is_none() || event.sequence.is_some_and(|number| number > 0)
    };
    let free: Vec<_> = told.iter().filter(freed).map(|(event, _)| (*event, None)).collect();
    let moved: Vec<_> = told.iter().filter(|(_, moved)| moved.is_some()).copied().collect();
    for part in free.chunks(ROWS).chain(moved.chunks(ROWS)) {
        write_events(transaction, part).await?;
    }
    for part in standings.chunks(ROWS) {
        write_cases(transaction, part).await?;
    }
    Ok(())
}

/// Tells a case from its beginning: what it comes to and, in `told`, the events whose part in it is another than was
/// stored.
fn tell<'a>(
    case: &complaint::Model,
    mut history: Vec<&'a complaint_event::Model>,
    told: &mut Vec<(&'a complaint_event::Model, Option<Moved>)>,
    idle: &mut Idle,
) -> Standing {
    let place = |kind: CaseEvent| CaseEvent::ALL.iter().position(|known| *known == kind);
    history.sort_by(|one, other| {
        (one.at.0, place(one.kind), &one.code).cmp(&(other.at.0, place(other.kind), &other.code))
    });
    let first = history.iter().find(|event| event.kind.sort() == EventSort::Move).map(|event| event.at);
    let mut standing = Standing::start(case.said_resolved_at, first);
    for event in history {
        let reached = standing.state;
        let moved = standing.take(event.kind, event.at);
        let stored = event.sequence.map(|number| {
            Some(number)
                .filter(|number| *number > 0)
                .and_then(|number| Some((number, event.from_state?, event.to_state?)))
        });
        if stored == Some(moved) {
            continue;
        }
        if moved.is_none() && event.kind.sort() == EventSort::Move {
            idle.events += 1;
            let example = || format!("complaint {}: `{}` while {reached}", case.code, event.kind);
            idle.example.get_or_insert_with(example);
        }
        told.push((event, moved));
    }
    standing
}

async fn write_events(
    transaction: &DatabaseTransaction,
    rows: &[(&complaint_event::Model, Option<Moved>)],
) -> Result<(), DbErr> {
    let mut values: Vec<Value> = Vec::with_capacity(rows.len() * 7);
    for (event, moved) in rows {
        let (from, to) = (moved.map(|(_, from, _)| from), moved.map(|(_, _, to)| to));
        values.extend([
            event.customer_id.into(),
            event.source.as_str().into(),
            event.complaint.as_str().into(),
            event.code.as_str().into(),
            moved.map_or(0, |(number, ..)| number).into(),
            from.map(CaseState::as_str).into(),
            to.map(CaseState::as_str).into(),
        ]);
    }
    let sql = format!(
        "WITH told (customer_id, source, complaint, code, sequence, from_state, to_state) AS (VALUES {}) \
         UPDATE complaint_event SET sequence = told.sequence, from_state = told.from_state, to_state = told.to_state \
         FROM told WHERE complaint_event.customer_id = told.customer_id AND complaint_event.source = told.source \
         AND complaint_event.complaint = told.complaint AND complaint_event.code = told.code",
        marks(rows.len(), 7)
    );
    run(transaction, sql, values).await
}

async fn write_cases(
    transaction: &DatabaseTransaction,
    rows: &[(&complaint::Model, Standing)],
) -> Result<(), DbErr> {
    let mut values: Vec<Value> = Vec::with_capacity(rows.len() * CASE_COLUMNS);
    let millis = |at: Option<At>| Value::from(at.map(|at| at.timestamp_millis()));
    for (case, is) in rows {
        values.extend([
            case.customer_id.into(),
            case.source.as_str().into(),
            case.code.as_str().into(),
            is.state.as_str().into(),
            is.moves.into(),
            is.reopened.into(),
            millis(is.acknowledged_at),
            millis(is.resolved_at),
            is.satisfied.into(),
            millis(is.last_event_at),
            millis(is.taken_up_at),
            millis(is.first_resolved_at),
            millis(is.confirmed_at),
            is.faults.into(),
        ]);
    }
    let sql = format!(
        "WITH told (customer_id, source, code, state, moves, reopened, acknowledged_at, resolved_at, satisfied, \
         last_event_at, taken_up_at, first_resolved_at, confirmed_at, faults) AS (VALUES {}) \
         UPDATE complaint SET state = told.state, moves = told.moves, reopened = told.reopened, \
         acknowledged_at = told.acknowledged_at, resolved_at = told.resolved_at, satisfied = told.satisfied, \
         last_event_at = told.last_event_at, taken_up_at = told.taken_up_at, \
         first_resolved_at = told.first_resolved_at, confirmed_at = told.confirmed_at, \
         faults = told.faults, judged = FALSE, replay = FALSE FROM told \
         WHERE complaint.customer_id = told.customer_id AND complaint.source = told.source \
         AND complaint.code = told.code",
        marks(rows.len(), CASE_COLUMNS)
    );
    run(transaction, sql, values).await
}

/// `($1, $2), ($3, $4)`
fn marks(rows: usize, width: usize) -> String {
    let row = |row: usize| {
        let marks: Vec<String> = (1..=width).map(|place| format!("${}", row * width + place)).collect();
        format!("({})", marks.join(", "))
    };
    (0..rows).map(row).collect::<Vec<_>>().join(", ")
}

async fn run(transaction: &DatabaseTransaction, sql: String, values: Vec<Value>) -> Result<(), DbErr> {
    if values.is_empty() {
        return Ok(());
    }
    let backend = transaction.get_database_backend();
    transaction.execute_raw(Statement::from_sql_and_values(backend, sql, values)).await?;
    Ok(())
}
