//! What became of everyone's complaints until the end of the quarter, in one pass over them: of a case that did not go on
//! after it and never came again its own row says all; of the few others their events do.

use std::collections::BTreeMap;

use futures_util::TryStreamExt;
use rapport_entities::{CaseEvent, CaseState, Database, EventSort};
use sea_orm::{QueryResult, StreamTrait};

use super::{
    inputs::{cell, statement},
    span::Span,
};
use crate::{Error, Rules};

/// What became of a customer's complaints, all of them together.
#[derive(Clone, Copy, Debug, Default)]
pub struct Cases {
    /// When the last of the window came in; `None` without one.
    pub latest: Option<i64>,
    /// Of the window, those that are not resolved.
    pub open: i64,
    /// Of the window, those that nobody took up.
    pub unheard: i64,
    /// Of the window, those that were not resolved on the spot.
    pub late: i64,
    /// Of the window, those whose outcome satisfies the customer, by its last word since they were last taken up.
    pub pleased: i64,
    /// Of the window, those whose outcome does not.
    pub displeased: i64,
    /// Received in the quarter.
    pub received: i64,
    /// Of these, those with a fault in their handling.
    pub faulty: i64,
    /// First told to the customer in the quarter.
    pub acknowledged: Lasted,
    /// Resolved in the quarter.
    pub resolved: Lasted,
    /// Confirmed in the quarter: satisfied, and not.
    pub confirmed: [i64; 2],
}

/// So many moves, and the minutes since their complaints came in: whole ones, whose sums are exact in any order.
#[derive(Clone, Copy, Debug, Default)]
pub struct Lasted {
    /// How many.
    pub n: i64,
    /// The sum of their minutes.
    pub minutes: f64,
    /// The sum of the squares of these.
    pub squares: f64,
}

/// Sums over a customer's cases: $1 the window begins, $2 the quarter begins, $3 it ends, $4 milliseconds are on the spot.
const SUMS: &str = "SELECT customer_id, MAX(CASE WHEN at >= $1 THEN at END), \
     SUM(CASE WHEN at >= $1 AND ended = 0 THEN 1 ELSE 0 END), \
     SUM(CASE WHEN at >= $1 AND heard = 0 THEN 1 ELSE 0 END), \
     SUM(CASE WHEN at >= $1 THEN CASE WHEN first_ended - at <= $4 THEN 0 ELSE 1 END ELSE 0 END), \
     SUM(CASE WHEN at >= $1 AND outcome = 1 THEN 1 ELSE 0 END), \
     SUM(CASE WHEN at >= $1 AND outcome = 0 THEN 1 ELSE 0 END), \
     SUM(CASE WHEN at >= $2 THEN 1 ELSE 0 END), SUM(CASE WHEN at >= $2 AND faults > 0 THEN 1 ELSE 0 END), \
     COUNT(acknowledged), COALESCE(SUM(CAST(acknowledged AS double precision)), 0.0), \
     COALESCE(SUM(CAST(acknowledged AS double precision) * acknowledged), 0.0), \
     COUNT(resolved), COALESCE(SUM(CAST(resolved AS double precision)), 0.0), \
     COALESCE(SUM(CAST(resolved AS double precision) * resolved), 0.0), \
     SUM(CASE WHEN satisfied = 1 THEN 1 ELSE 0 END), SUM(CASE WHEN satisfied = 0 THEN 1 ELSE 0 END) \
     FROM (CASES) c GROUP BY customer_id ORDER BY customer_id";

/// Cases whose own rows say all. Without a move the source decides, by what it says of the time before the end. `+at`: by
/// their key, and not by that index, they come in the order that they are added up in.
const SETTLED: &str = "SELECT customer_id, at, \
     CASE WHEN state IN (ENDED) AND (moves > 0 OR said_resolved_at < $3) THEN 1 ELSE 0 END AS ended, \
     CASE WHEN taken_up_at IS NOT NULL OR (moves = 0 AND said_resolved_at < $3) THEN 1 ELSE 0 END AS heard, \
     CASE WHEN moves > 0 THEN first_resolved_at ELSE said_resolved_at END AS first_ended, faults, \
     CASE WHEN satisfied THEN 1 WHEN NOT satisfied THEN 0 END AS outcome, \
     CASE WHEN acknowledged_at >= $2 THEN (acknowledged_at - at) / 60000 END AS acknowledged, \
     CASE WHEN moves > 0 AND first_resolved_at >= $2 THEN (first_resolved_at - at) / 60000 \
     WHEN moves = 0 AND said_resolved_at >= $2 AND said_resolved_at < $3 THEN (said_resolved_at - at) / 60000 \
     END AS resolved, \
     CASE WHEN confirmed_at >= $2 THEN CASE WHEN satisfied THEN 1 ELSE 0 END END AS satisfied \
     FROM complaint WHERE +at < $3 AND reopened = 0 AND (last_event_at IS NULL OR last_event_at < $3) \
     AND (at >= $1 OR last_event_at >= $2 OR said_resolved_at >= $2)";

/// Cases that came again, or went on after the end: a row of each as it was then, and one of each move in the quarter.
const UNSETTLED: &str = "WITH unsettled AS (SELECT customer_id, source, code, at, said_resolved_at FROM complaint \
     WHERE +at < $3 AND (reopened > 0 OR last_event_at >= $3) AND (at >= $1 OR last_event_at >= $2)), \
     then_known AS (SELECT u.customer_id, u.at, u.said_resolved_at, \
     MAX(CASE WHEN e.sequence > 0 THEN e.sequence * 2 + CASE WHEN e.to_state IN (ENDED) THEN 1 ELSE 0 END END) AS last, \
     MIN(CASE WHEN e.kind = 'resolved' AND e.sequence > 0 THEN e.at END) AS first_resolved_at, \
     COALESCE(MAX(CASE WHEN e.kind = 'confirmed_satisfied' THEN e.sequence END), 0) AS pleased, \
     COALESCE(MAX(CASE WHEN e.kind = 'confirmed_dissatisfied' THEN e.sequence END), 0) AS displeased, \
     COALESCE(MAX(CASE WHEN e.kind = 'reopened' THEN e.sequence END), 0) AS anew, \
     COUNT(CASE WHEN e.kind IN (TAKES_UP) THEN 1 END) AS taken_up, COUNT(CASE WHEN e.kind IN (FAULTS) THEN 1 END) AS faults \
     FROM unsettled u LEFT JOIN complaint_event e ON e.customer_id = u.customer_id AND e.source = u.source \
     AND e.complaint = u.code AND e.at < $3 GROUP BY u.customer_id, u.source, u.code, u.at, u.said_resolved_at) \
     SELECT customer_id, at, CASE WHEN last % 2 = 1 OR (last IS NULL AND said_resolved_at < $3) THEN 1 ELSE 0 END AS ended, \
     CASE WHEN taken_up > 0 OR (last IS NULL AND said_resolved_at < $3) THEN 1 ELSE 0 END AS heard, \
     CASE WHEN last IS NULL THEN said_resolved_at ELSE first_resolved_at END AS first_ended, faults, \
     CASE WHEN pleased > displeased AND pleased > anew THEN 1 WHEN displeased > pleased AND displeased > anew THEN 0 \
     END AS outcome, NULL AS acknowledged, CASE WHEN last IS NULL AND said_resolved_at >= $2 AND said_resolved_at < $3 \
     THEN (said_resolved_at - at) / 60000 END AS resolved, NULL AS satisfied FROM then_known \
     UNION ALL SELECT u.customer_id, NULL, NULL, NULL, NULL, NULL, NULL, \
     CASE WHEN e.kind = 'acknowledged' THEN (e.at - u.at) / 60000 END, \
     CASE WHEN e.kind = 'resolved' THEN (e.at - u.at) / 60000 END, \
     CASE WHEN e.kind = 'confirmed_satisfied' THEN 1 WHEN e.kind = 'confirmed_dissatisfied' THEN 0 END \
     FROM unsettled u JOIN complaint_event e ON e.customer_id = u.customer_id AND e.source = u.source \
     AND e.complaint = u.code WHERE e.sequence > 0 AND e.at >= $2 AND e.at < $3";

/// The cases of every customer with any in the window, or with a move in the quarter.
pub async fn read(database: &Database, span: Span, rules: &Rules) -> Result<BTreeMap<i64, Cases>, Error> {
    let on_the_spot = rules.complaints.on_the_spot_milliseconds();
    let mut all: BTreeMap<i64, Cases> = BTreeMap::new();
    for cases in [SETTLED, UNSETTLED] {
        let sql = with_words(&SUMS.replace("CASES", cases));
        let values = [span.window, span.quarter, span.end, on_the_spot].map(Into::into);
        let mut rows = database.stream_raw(statement(database, &sql, values)).await?;
        while let Some(row) = rows.try_next().await? {
            all.entry(cell(&row, 0)?).or_default().add(&Cases::of(&row)?);
        }
    }
    Ok(all)
}

/// With the words of what ends a case, of what takes it up, and of faults.
fn with_words(sql: &str) -> String {
    let listed = |words: Vec<&str>| format!("'{}'", words.join("', '"));
    let events = |wanted: fn(CaseEvent) -> bool| {
        listed(CaseEvent::ALL.iter().filter(|event| wanted(**event)).map(|event| event.as_str()).collect())
    };
    let ended =
        CaseState::ALL.iter().filter(|state| state.is_resolved()).map(|state| state.as_str()).collect();
    sql.replace("ENDED", &listed(ended))
        .replace("TAKES_UP", &events(CaseEvent::takes_up))
        .replace("FAULTS", &events(|event| event.sort() == EventSort::Fault))
}

impl Cases {
    fn of(row: &QueryResult) -> Result<Self, Error> {
        let lasted = |place: usize| -> Result<Lasted, Error> {
            Ok(Lasted {
                n: cell(row, place)?,
                minutes: cell(row, place + 1)?,
                squares: cell(row, place + 2)?,
            })
        };
        Ok(Self {
            latest: cell(row, 1)?,
            open: cell(row, 2)?,
            unheard: cell(row, 3)?,
            late: cell(row, 4)?,
            pleased: cell(row, 5)?,
            displeased: cell(row, 6)?,
            received: cell(row, 7)?,
            faulty: cell(row, 8)?,
            acknowledged: lasted(9)?,
            resolved: lasted(12)?,
            confirmed: [cell(row, 15)?, cell(row, 16)?],
        })
    }

    fn add(&mut self, other: &Self) {
        self.latest = self.latest.max(other.latest);
        self.open += other.open;
        self.unheard += other.unheard;
        self.late += other.late;
        self.pleased += other.pleased;
        self.displeased += other.displeased;
        self.received += other.received;
        self.faulty += other.faulty;
        self.acknowledged.add(other.acknowledged);
        self.resolved.add(other.resolved);
        self.confirmed = std::array::from_fn(|i| self.confirmed[i] + other.confirmed[i]);
    }
}

impl Lasted {
    fn add(&mut self, other: Self) {
        self.n += other.n;
        self.minutes += other.minutes;
        self.squares += other.squares;
    }
}
