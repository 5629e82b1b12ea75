//! What happened to complaints. A source's history may have gaps and come late: whatever happened is a fact, and which
//! of it moved the case is found after the import.

use rapport_entities::{At, CaseEvent, CaseState, complaint_event};
use rusqlite::ToSql;
use sea_orm::{DatabaseTransaction, DbErr};

use super::{Fact, Key, Known, Written, complaint::word};
use crate::Error;
use crate::import::{
    bulk::{Bulk, Cell, millis},
    rejects::Fault,
    row::Row,
    upsert::{Span, upsert},
};

impl Fact for complaint_event::Model {
    const ENTITY: &'static str = "complaint_event";
    const REQUIRED: &'static [&'static str] = &["code", "complaint", "customer", "at", "kind"];
    const OPTIONAL: &'static [&'static str] = &["person", "note", "amount", "currency", "due_at", "source"];

    fn read(row: &Row<'_>, known: &mut Known) -> Result<Self, Fault> {
        let customer_id = known.customer(row)?;
        let (source, complaint) = (known.source(row), row.required("complaint")?);
        let at = row.past("at")?;
        let of = Key { customer: customer_id, source: &source, of: "", code: &complaint };
        match known.complaint(&of) {
            None => return Err(row.fault("complaint", "this customer made no such complaint")),
            Some(received) if at.0 < received.0 => {
                return Err(row.fault("at", format!("it lies before the complaint, of {}", received.0)));
            }
            Some(_) => {}
        }
        let kind: CaseEvent = row.word("kind")?.ok_or_else(|| row.fault("kind", "it is missing"))?;
        let (amount, currency) = amends(row, kind)?;
        Ok(Self {
            customer_id,
            source,
            complaint,
            code: row.required("code")?,
            at,
            kind,
            person: row.text("person"),
            note: known.personal(customer_id, row, "note"),
            amount,
            currency,
            due_at: promised(row, kind, at)?,
            sequence: None,
            from_state: None,
            to_state: None,
        })
    }

    fn key(&self) -> Key<'_> {
        Key { customer: self.customer_id, source: &self.source, of: &self.complaint, code: &self.code }
    }

    fn at(&self) -> Option<At> {
        Some(self.at)
    }

    fn insert_new(bulk: &Bulk, facts: Vec<Self>) -> Result<Vec<Self>, Error> {
        bulk.insert::<complaint_event::Entity>(facts, cell)
    }

    async fn write(
        transaction: &DatabaseTransaction,
        facts: Vec<Self>,
        span: Option<Span>,
    ) -> Result<Written, DbErr> {
        Ok(upsert::<complaint_event::Entity>(transaction, facts, span).await?.into())
    }
}

/// What the customer was given, with its currency.
fn amends(row: &Row<'_>, kind: CaseEvent) -> Result<(Option<i64>, Option<String>), Fault> {
    if row.text("amount").is_none() {
        return Ok((None, None));
    }
    if kind != CaseEvent::Compensated {
        return Err(row.fault("amount", "money goes with `compensated` alone"));
    }
    let currency = row.currency()?;
    let amount = row.money("amount", currency)?;
    match amount {
        Some(..0) => Err(row.fault("amount", "it is below zero")),
        _ => Ok((amount, Some(currency.code().to_owned()))),
    }
}

/// By when something was promised.
fn promised(row: &Row<'_>, kind: CaseEvent, at: At) -> Result<Option<At>, Fault> {
    let due = row.moment("due_at")?;
    match (kind, due) {
        (CaseEvent::Promise, None) => Err(row.fault("due_at", "a promise needs the time it is due")),
        (CaseEvent::Promise, Some(due)) if due.0 < at.0 => {
            Err(row.fault("due_at", "it lies before the promise"))
        }
        (CaseEvent::Promise, due) => Ok(due),
        (_, Some(_)) => Err(row.fault("due_at", "a due time goes with `promise` alone")),
        (_, None) => Ok(None),
    }
}

fn cell(row: &complaint_event::Model, column: complaint_event::Column) -> Cell<'_> {
    use complaint_event::Column;
    match column {
        Column::CustomerId => row.customer_id.to_sql(),
        Column::Source => row.source.to_sql(),
        Column::Complaint => row.complaint.to_sql(),
        Column::Code => row.code.to_sql(),
        Column::At => millis(Some(row.at)),
        Column::Kind => word(Some(row.kind.as_str())),
        Column::Person => row.person.to_sql(),
        Column::Note => row.note.to_sql(),
        Column::Amount => row.amount.to_sql(),
        Column::Currency => row.currency.to_sql(),
        Column::DueAt => millis(row.due_at),
        Column::Sequence => row.sequence.to_sql(),
        Column::FromState => word(row.from_state.map(CaseState::as_str)),
        Column::ToState => word(row.to_state.map(CaseState::as_str)),
    }
}
