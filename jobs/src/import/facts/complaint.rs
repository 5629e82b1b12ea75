//! Complaints, as their source tells of them. What a case has been through here stays: its state comes of its moves,
//! which are put in order after the import.

use rapport_entities::{At, CaseState, Risk, Severity, complaint};
use rusqlite::{
    ToSql,
    types::{ToSqlOutput, ValueRef},
};
use sea_orm::{DatabaseTransaction, DbErr};

use super::{Fact, Key, Known, Written};
use crate::Error;
use crate::import::{
    bulk::{Bulk, Cell, millis},
    rejects::Fault,
    row::Row,
    upsert::{Span, upsert},
};

impl Fact for complaint::Model {
    const ENTITY: &'static str = "complaint";
    const REQUIRED: &'static [&'static str] = &["code", "customer", "at"];
    const OPTIONAL: &'static [&'static str] =
        &["channel", "unit", "product", "severity", "risk", "text", "resolved_at", "source"];

    fn read(row: &Row<'_>, known: &mut Known) -> Result<Self, Fault> {
        let at = row.past("at")?;
        let resolved = row.moment("resolved_at")?;
        if resolved.is_some_and(|resolved| resolved.0 < at.0) {
            return Err(row.fault("resolved_at", "it lies before the complaint"));
        }
        if resolved.is_some_and(|resolved| resolved.0 > row.reading.now) {
            return Err(row.fault("resolved_at", "it lies in the future"));
        }
        let customer_id = known.customer(row)?;
        let one = Self {
            customer_id,
            source: known.source(row),
            code: row.required("code")?,
            at,
            channel: row.text("channel"),
            unit: row.text("unit"),
            product: row.text("product"),
            severity: row.word("severity")?,
            risk: row.word("risk")?,
            text: known.personal(customer_id, row, "text"),
            said_resolved_at: resolved,
            state: if resolved.is_some() { CaseState::Resolved } else { CaseState::Received },
            moves: 0,
            reopened: 0,
            acknowledged_at: None,
            resolved_at: resolved,
            satisfied: None,
            last_event_at: None,
            taken_up_at: None,
            first_resolved_at: None,
            confirmed_at: None,
            faults: 0,
            judged: false,
            replay: true,
        };
        known.complained(&one.key(), at);
        Ok(one)
    }

    fn key(&self) -> Key<'_> {
        Key { customer: self.customer_id, source: &self.source, of: "", code: &self.code }
    }

    fn at(&self) -> Option<At> {
        Some(self.at)
    }

    fn insert_new(bulk: &Bulk, facts: Vec<Self>) -> Result<Vec<Self>, Error> {
        bulk.insert::<complaint::Entity>(facts, cell)
    }

    async fn write(
        transaction: &DatabaseTransaction,
        facts: Vec<Self>,
        span: Option<Span>,
    ) -> Result<Written, DbErr> {
        Ok(upsert::<complaint::Entity>(transaction, facts, span).await?.into())
    }
}

fn cell(row: &complaint::Model, column: complaint::Column) -> Cell<'_> {
    use complaint::Column;
    match column {
        Column::CustomerId => row.customer_id.to_sql(),
        Column::Source => row.source.to_sql(),
        Column::Code => row.code.to_sql(),
        Column::At => millis(Some(row.at)),
        Column::Channel => row.channel.to_sql(),
        Column::Unit => row.unit.to_sql(),
        Column::Product => row.product.to_sql(),
        Column::Severity => word(row.severity.map(Severity::as_str)),
        Column::Risk => word(row.risk.map(Risk::as_str)),
        Column::Text => row.text.to_sql(),
        Column::SaidResolvedAt => millis(row.said_resolved_at),
        Column::State => word(Some(row.state.as_str())),
        Column::Moves => row.moves.to_sql(),
        Column::Reopened => row.reopened.to_sql(),
        Column::AcknowledgedAt => millis(row.acknowledged_at),
        Column::ResolvedAt => millis(row.resolved_at),
        Column::Satisfied => row.satisfied.to_sql(),
        Column::LastEventAt => millis(row.last_event_at),
        Column::TakenUpAt => millis(row.taken_up_at),
        Column::FirstResolvedAt => millis(row.first_resolved_at),
        Column::ConfirmedAt => millis(row.confirmed_at),
        Column::Faults => row.faults.to_sql(),
        Column::Judged => row.judged.to_sql(),
        Column::Replay => row.replay.to_sql(),
    }
}

/// A stored word.
pub(super) fn word(word: Option<&'static str>) -> Cell<'static> {
    Ok(ToSqlOutput::Borrowed(word.map_or(ValueRef::Null, ValueRef::from)))
}
