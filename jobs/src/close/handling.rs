//! What became of the complaints of the window: taken up, closed, and the customer kept. What no source records is not
//! known, and is never counted as nothing.

use futures_util::TryStreamExt;
use rapport_entities::{CaseEvent, ComplaintStage, Database};
use sea_orm::{ConnectionTrait, StreamTrait};

use super::{
    customers::{Customer, Customers},
    inputs::{cell, statement},
    span::Span,
};
use crate::{Error, Rules};

/// What became of a customer's complaints on record in the window, all of them together.
#[derive(Clone, Copy, Debug)]
pub struct Handling {
    /// Each was closed, or somebody took it up.
    acknowledged: bool,
    /// Each is closed.
    pub resolved: bool,
    /// Whether the customer was satisfied with the outcomes, as it confirmed since they were last taken up: not, if it was
    /// not with one of them; `None` if it confirmed nothing.
    pub satisfied: Option<bool>,
    /// Each was closed within the hours that count as on the spot.
    pub on_the_spot: bool,
    /// The last came in before the quarters that count as active: time enough to buy again.
    pub long_ago: bool,
    /// The contract runs, or there was a purchase after the last of them; `None` while it is too early to tell, and of
    /// who has no contract and never bought.
    pub kept: Option<bool>,
}

/// What the sources record of complaints, ever.
#[derive(Clone, Copy, Debug, Default)]
pub struct Recording {
    /// Complaints, or a survey asks for them.
    pub complaints: bool,
    /// Steps in their handling.
    events: bool,
    /// Their ends.
    ends: bool,
}

/// As it was at the end of the quarter: a case that was taken up again later had been resolved. Moves decide; without
/// any, what the source says. Faults and notes do not take a complaint up.
const HANDLED: &str = "SELECT c.customer_id, MAX(c.at), \
     SUM(CASE WHEN l.to_state IN ('resolved', 'confirmed_satisfied', 'confirmed_dissatisfied', 'closed') \
     OR (l.to_state IS NULL AND c.said_resolved_at < $2) THEN 0 ELSE 1 END), \
     SUM(CASE WHEN e.taken IS NOT NULL OR (l.to_state IS NULL AND c.said_resolved_at < $2) THEN 0 ELSE 1 END), \
     SUM(CASE WHEN COALESCE(e.ended, CASE WHEN l.to_state IS NULL THEN c.said_resolved_at END) - c.at <= $3 \
     THEN 0 ELSE 1 END), \
     SUM(CASE WHEN e.good > COALESCE(e.bad, 0) AND e.good > COALESCE(e.anew, 0) THEN 1 ELSE 0 END), \
     SUM(CASE WHEN e.bad > COALESCE(e.good, 0) AND e.bad > COALESCE(e.anew, 0) THEN 1 ELSE 0 END) \
     FROM complaint c LEFT JOIN (SELECT customer_id, source, complaint, MAX(sequence) AS last, \
     MIN(CASE WHEN kind = 'resolved' AND sequence > 0 THEN at END) AS ended, \
     MAX(CASE WHEN kind = 'confirmed_satisfied' THEN sequence END) AS good, \
     MAX(CASE WHEN kind = 'confirmed_dissatisfied' THEN sequence END) AS bad, \
     MAX(CASE WHEN kind = 'reopened' THEN sequence END) AS anew, \
     MIN(CASE WHEN kind IN (TAKES_UP) THEN at END) AS taken FROM complaint_event \
     WHERE at < $2 GROUP BY customer_id, source, complaint) e \
     ON e.customer_id = c.customer_id AND e.source = c.source AND e.complaint = c.code \
     LEFT JOIN complaint_event l ON l.customer_id = e.customer_id AND l.source = e.source \
     AND l.complaint = e.complaint AND l.sequence = e.last AND e.last > 0 \
     WHERE c.at >= $1 AND c.at < $2 GROUP BY c.customer_id";

const BOUGHT_AFTER: &str = "SELECT DISTINCT p.customer_id FROM purchase p \
     JOIN (SELECT customer_id, MAX(at) AS at FROM complaint WHERE at >= $1 AND at < $2 GROUP BY customer_id) c \
     ON c.customer_id = p.customer_id WHERE p.at > c.at AND p.at < $2 AND p.amount > 0";

impl Recording {
    /// What was recorded before the end of the quarter; `asked` says whether a survey asks for complaints.
    pub async fn read(database: &Database, end: i64, asked: bool) -> Result<Self, Error> {
        let there = async |sql: &str| -> Result<bool, Error> {
            Ok(database.query_one_raw(statement(database, sql, [end.into()])).await?.is_some())
        };
        Ok(Self {
            complaints: asked || there("SELECT 1 FROM complaint WHERE at < $1 LIMIT 1").await?,
            events: there(&of_taking_up(
                "SELECT 1 FROM complaint_event WHERE at < $1 AND kind IN (TAKES_UP) LIMIT 1",
            ))
            .await?,
            ends: there(
                "SELECT 1 WHERE EXISTS (SELECT 1 FROM complaint WHERE said_resolved_at < $1) OR EXISTS \
                 (SELECT 1 FROM complaint_event WHERE at < $1 AND kind = 'resolved' AND sequence > 0)",
            )
            .await?,
        })
    }

    /// Whether the records can tell who complained.
    pub fn tells_complaints(self) -> bool {
        self.complaints
    }

    /// Whether the records can tell who reached a stage.
    pub fn tells(self, stage: ComplaintStage) -> bool {
        match stage {
            ComplaintStage::Dissatisfied => true,
            ComplaintStage::Complained => self.complaints,
            ComplaintStage::Acknowledged => self.events,
            ComplaintStage::Resolved | ComplaintStage::Kept | ComplaintStage::Undecided => self.ends,
        }
    }
}

/// With the words of the events that show that somebody took a complaint up.
fn of_taking_up(sql: &str) -> String {
    let words = CaseEvent::ALL.iter().filter(|event| event.takes_up()).map(|event| format!("'{event}'"));
    sql.replace("TAKES_UP", &words.collect::<Vec<_>>().join(", "))
}

/// Puts down what became of everyone's complaints; contracts and purchases must be known.
pub async fn read(
    database: &Database,
    customers: &mut Customers,
    span: Span,
    rules: &Rules,
) -> Result<(), Error> {
    let values = || [span.window.into(), span.end.into()];
    let mut after = Vec::new();
    let mut rows = database.stream_raw(statement(database, BOUGHT_AFTER, values())).await?;
    while let Some(row) = rows.try_next().await? {
        after.push(cell::<i64>(&row, 0)?);
    }
    drop(rows);
    after.sort_unstable();
    let on_the_spot = rules.complaints.on_the_spot_milliseconds();
    let values = [span.window.into(), span.end.into(), on_the_spot.into()];
    let mut rows = database.stream_raw(statement(database, &of_taking_up(HANDLED), values)).await?;
    while let Some(row) = rows.try_next().await? {
        let (id, latest): (i64, i64) = (cell(&row, 0)?, cell(&row, 1)?);
        let (open, unheard, late): (i64, i64, i64) = (cell(&row, 2)?, cell(&row, 3)?, cell(&row, 4)?);
        let (good, bad): (i64, i64) = (cell(&row, 5)?, cell(&row, 6)?);
        let (again, long_ago) = (after.binary_search(&id).is_ok(), latest < span.active);
        if let Some(customer) = customers.get_mut(id) {
            customer.handling = Some(Handling {
                acknowledged: unheard == 0,
                resolved: open == 0,
                satisfied: (good + bad > 0).then_some(bad == 0),
                on_the_spot: late == 0,
                long_ago,
                kept: kept(customer, again, long_ago),
            });
        }
    }
    Ok(())
}

/// A contract decides; without one a purchase after the complaint does, and that none came only when the quarters that
/// count as active are over.
fn kept(customer: &Customer, again: bool, long_ago: bool) -> Option<bool> {
    match customer.contract {
        Some(contract) => Some(contract.runs),
        None if again => Some(true),
        None => (long_ago && customer.buys()).then_some(false),
    }
}

/// The stages that a customer reached.
pub fn stages(customer: &Customer, rules: &Rules) -> Vec<ComplaintStage> {
    let mut stages = Vec::new();
    if !customer.satisfaction.is_some_and(|satisfaction| satisfaction < rules.satisfaction_cut) {
        return stages;
    }
    stages.push(ComplaintStage::Dissatisfied);
    if customer.complained {
        stages.push(ComplaintStage::Complained);
    }
    let Some(handling) = customer.handling else { return stages };
    if handling.acknowledged {
        stages.push(ComplaintStage::Acknowledged);
    }
    if handling.resolved {
        stages.push(ComplaintStage::Resolved);
        match handling.kept {
            Some(true) => stages.push(ComplaintStage::Kept),
            Some(false) => {}
            None => stages.push(ComplaintStage::Undecided),
        }
    }
    stages
}
