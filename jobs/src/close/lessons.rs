//! What complaints teach: who stays silent, how soon and how well cases are handled, and who buys again after. What no
//! source records is not known, and has no figure.

use futures_util::TryStreamExt;
use rapport_entities::{CaseEvent, ComplaintStage, Database, EventSort, Metric};
use rapport_statistics::{Estimate, Mean, Proportion};
use sea_orm::StreamTrait;

use super::{
    handling::Handling,
    inputs::{Inputs, cell, statement},
    segments::SegmentIndex,
    span::Span,
};
use crate::{Error, Rules, settings::ComplaintRules};

/// What the complaints of a segment teach.
#[derive(Clone, Debug, Default)]
struct Lessons {
    silent: Proportion,
    acknowledged: Mean,
    resolved: Mean,
    faultless: Proportion,
    satisfied: Proportion,
    on_the_spot: Proportion,
    later: Proportion,
    unresolved: Proportion,
}

/// Moves of the quarter, with the minutes since the complaint came in: whole minutes, whose sums are exact in any order. A
/// case without moves was resolved when its source says so.
const MOVED: &str = "SELECT customer_id, kind, COUNT(*), SUM(CAST(minutes AS double precision)), \
     SUM(CAST(minutes AS double precision) * minutes) FROM ( \
     SELECT e.customer_id, e.kind, (e.at - c.at) / 60000 AS minutes FROM complaint_event e \
     JOIN complaint c ON c.customer_id = e.customer_id AND c.source = e.source AND c.code = e.complaint \
     WHERE e.kind IN ('acknowledged', 'resolved', 'confirmed_satisfied', 'confirmed_dissatisfied') \
     AND e.sequence > 0 AND e.at >= $1 AND e.at < $2 \
     UNION ALL SELECT c.customer_id, 'resolved', (c.said_resolved_at - c.at) / 60000 FROM complaint c \
     WHERE c.said_resolved_at >= $1 AND c.said_resolved_at < $2 AND NOT EXISTS (SELECT 1 FROM complaint_event e \
     WHERE e.customer_id = c.customer_id AND e.source = c.source AND e.complaint = c.code \
     AND e.sequence > 0 AND e.at < $2)) moved GROUP BY customer_id, kind ORDER BY customer_id, kind";

/// Complaints received in the quarter, and those of them with a fault until its end.
const RECEIVED: &str = "SELECT c.customer_id, COUNT(*), SUM(CASE WHEN c.faults > 0 AND EXISTS ( \
     SELECT 1 FROM complaint_event e WHERE e.customer_id = c.customer_id AND e.source = c.source \
     AND e.complaint = c.code AND e.kind IN (FAULTS) AND e.at < $2) THEN 1 ELSE 0 END) \
     FROM complaint c WHERE c.at >= $1 AND c.at < $2 GROUP BY c.customer_id ORDER BY c.customer_id";

/// Reads what the complaints of the quarter teach, and puts it among the scores; handling and answers must be known.
pub async fn read(database: &Database, inputs: &mut Inputs, span: Span, rules: &Rules) -> Result<(), Error> {
    let mut all = vec![Lessons::default(); inputs.segments.len()];
    of_customers(&mut all, inputs, rules);
    if inputs.recording.tells(ComplaintStage::Complained) {
        of_moves(&mut all, database, inputs, span).await?;
    }
    if inputs.recording.tells(ComplaintStage::Acknowledged) {
        of_faults(&mut all, database, inputs, span).await?;
    }
    for (segment, lessons) in all.iter().enumerate() {
        for (metric, estimate) in lessons.estimates(&rules.complaints) {
            inputs.answering.scores.put(segment, metric, estimate);
        }
    }
    Ok(())
}

/// Who stays silent, and who stays.
fn of_customers(all: &mut [Lessons], inputs: &Inputs, rules: &Rules) {
    let complaints = inputs.recording.tells(ComplaintStage::Complained);
    let ends = inputs.recording.tells(ComplaintStage::Resolved);
    for (customer, _) in inputs.customers.iter() {
        let members = inputs.segments.members(customer.combination);
        let dissatisfied = customer.satisfaction.is_some_and(|points| points < rules.satisfaction_cut);
        if complaints && dissatisfied {
            members.iter().for_each(|member| all[*member].silent.add(!customer.complained, 1.0));
        }
        if let Some(handling) = customer.handling.filter(|_| ends) {
            members.iter().for_each(|member| all[*member].stays(handling));
        }
    }
}

/// How long it took, and how satisfied those are who were asked.
async fn of_moves(
    all: &mut [Lessons],
    database: &Database,
    inputs: &Inputs,
    span: Span,
) -> Result<(), Error> {
    let values = [span.quarter.into(), span.end.into()];
    let mut rows = database.stream_raw(statement(database, MOVED, values)).await?;
    while let Some(row) = rows.try_next().await? {
        let (id, kind, n): (i64, CaseEvent, i64) = (cell(&row, 0)?, cell(&row, 1)?, cell(&row, 2)?);
        let minutes = (cell(&row, 3)?, cell(&row, 4)?);
        members(inputs, id).iter().for_each(|member| all[*member].moved(kind, n.unsigned_abs(), minutes));
    }
    Ok(())
}

/// How many were handled without a fault.
async fn of_faults(
    all: &mut [Lessons],
    database: &Database,
    inputs: &Inputs,
    span: Span,
) -> Result<(), Error> {
    let faults = CaseEvent::ALL.iter().filter(|event| event.sort() == EventSort::Fault);
    let faults = faults.map(|event| format!("'{event}'")).collect::<Vec<_>>().join(", ");
    let values = [span.quarter.into(), span.end.into()];
    let sql = RECEIVED.replace("FAULTS", &faults);
    let mut rows = database.stream_raw(statement(database, &sql, values)).await?;
    while let Some(row) = rows.try_next().await? {
        let (id, received, faulty): (i64, i64, i64) = (cell(&row, 0)?, cell(&row, 1)?, cell(&row, 2)?);
        let faultless = Proportion::of_counts((received - faulty).unsigned_abs(), received.unsigned_abs());
        members(inputs, id).iter().for_each(|member| all[*member].faultless.merge(&faultless));
    }
    Ok(())
}

/// The segments of a customer.
fn members(inputs: &Inputs, id: i64) -> &[SegmentIndex] {
    let combination = inputs.customers.combination(id);
    combination.map_or(&[], |combination| inputs.segments.members(combination))
}

impl Lessons {
    /// A customer whose complaints are long enough ago to tell whether it stayed.
    fn stays(&mut self, handling: Handling) {
        let Some(kept) = handling.kept.filter(|_| handling.long_ago) else { return };
        let group = match handling {
            Handling { resolved: true, on_the_spot: true, .. } => &mut self.on_the_spot,
            Handling { resolved: true, .. } => &mut self.later,
            _ => &mut self.unresolved,
        };
        group.add(kept, 1.0);
    }

    /// So many moves of a kind, with the sums of their minutes and of the squares of these.
    fn moved(&mut self, kind: CaseEvent, n: u64, (minutes, squares): (f64, f64)) {
        let hours = || Mean::of_sums(n, minutes / 60.0, squares / 3_600.0);
        match kind {
            CaseEvent::Acknowledged => self.acknowledged.merge(&hours()),
            CaseEvent::Resolved => self.resolved.merge(&hours()),
            CaseEvent::ConfirmedSatisfied => self.satisfied.merge(&Proportion::of_counts(n, n)),
            CaseEvent::ConfirmedDissatisfied => self.satisfied.merge(&Proportion::of_counts(0, n)),
            _ => {}
        }
    }

    /// What it comes to; of what nobody recorded there is nothing.
    fn estimates(&self, rules: &ComplaintRules) -> impl Iterator<Item = (Metric, Estimate)> {
        let satisfied = self.satisfied.estimate();
        let told = |share: Estimate| share.between(rules.told_by_dissatisfied, rules.told_by_satisfied);
        [
            (Metric::SilentRate, self.silent.estimate()),
            (Metric::HoursToAcknowledge, self.acknowledged.estimate(0.0, f64::INFINITY)),
            (Metric::HoursToResolve, self.resolved.estimate(0.0, f64::INFINITY)),
            (Metric::Faultless, self.faultless.estimate()),
            (Metric::HandledSatisfied, satisfied),
            (Metric::RepurchaseOnTheSpot, self.on_the_spot.estimate()),
            (Metric::RepurchaseLater, self.later.estimate()),
            (Metric::RepurchaseUnresolved, self.unresolved.estimate()),
            (Metric::Told, satisfied.map(told)),
            (Metric::Reached, satisfied.map(|share| share.between(rules.within_reach, 0.0))),
        ]
        .into_iter()
        .filter_map(|(metric, estimate)| Some((metric, estimate?)))
    }
}
