//! Complaints, and the steps of their handling.

use rapport_entities::{At, Risk, Severity, complaint, complaint_event};
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
        &["channel", "product", "severity", "risk", "text", "resolved_at", "source"];

    fn read(row: &Row<'_>, known: &mut Known) -> Result<Self, Fault> {
        let at = row.past("at")?;
        let resolved_at = row.moment("resolved_at")?;
        if resolved_at.is_some_and(|resolved| resolved.0 < at.0) {
            return Err(row.fault("resolved_at", "it lies before the complaint"));
        }
        let customer_id = known.customer(row)?;
        Ok(Self {
            customer_id,
            source: known.source(row),
            code: row.required("code")?,
            at,
            channel: row.text("channel"),
            product: row.text("product"),
            severity: row.word("severity")?,
            risk: row.word("risk")?,
            text: known.personal(customer_id, row, "text"),
            resolved_at,
        })
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

impl Fact for complaint_event::Model {
    const ENTITY: &'static str = "complaint_event";
    const REQUIRED: &'static [&'static str] = &["code", "complaint", "customer", "at", "kind"];
    const OPTIONAL: &'static [&'static str] = &["person", "note", "source"];

    fn read(row: &Row<'_>, known: &mut Known) -> Result<Self, Fault> {
        let customer_id = known.customer(row)?;
        Ok(Self {
            customer_id,
            source: known.source(row),
            complaint: row.required("complaint")?,
            code: row.required("code")?,
            at: row.past("at")?,
            kind: row.required("kind")?,
            person: row.text("person"),
            note: known.personal(customer_id, row, "note"),
        })
    }

    fn key(&self) -> Key<'_> {
        Key { customer: self.customer_id, source: &self.source, of: &self.complaint, code: &self.code }
    }

    fn at(&self) -> Option<At> {
        Some(self.at)
    }

    fn insert_new(bulk: &Bulk, facts: Vec<Self>) -> Result<Vec<Self>, Error> {
        bulk.insert::<complaint_event::Entity>(facts, cell_of_event)
    }

    async fn write(
        transaction: &DatabaseTransaction,
        facts: Vec<Self>,
        span: Option<Span>,
    ) -> Result<Written, DbErr> {
        Ok(upsert::<complaint_event::Entity>(transaction, facts, span).await?.into())
    }
}

fn cell(row: &complaint::Model, column: complaint::Column) -> Cell<'_> {
    match column {
        complaint::Column::CustomerId => row.customer_id.to_sql(),
        complaint::Column::Source => row.source.to_sql(),
        complaint::Column::Code => row.code.to_sql(),
        complaint::Column::At => millis(Some(row.at)),
        complaint::Column::Channel => row.channel.to_sql(),
        complaint::Column::Product => row.product.to_sql(),
        complaint::Column::Severity => word(row.severity.map(Severity::as_str)),
        complaint::Column::Risk => word(row.risk.map(Risk::as_str)),
        complaint::Column::Text => row.text.to_sql(),
        complaint::Column::ResolvedAt => millis(row.resolved_at),
    }
}

fn cell_of_event(row: &complaint_event::Model, column: complaint_event::Column) -> Cell<'_> {
    match column {
        complaint_event::Column::CustomerId => row.customer_id.to_sql(),
        complaint_event::Column::Source => row.source.to_sql(),
        complaint_event::Column::Complaint => row.complaint.to_sql(),
        complaint_event::Column::Code => row.code.to_sql(),
        complaint_event::Column::At => millis(Some(row.at)),
        complaint_event::Column::Kind => row.kind.to_sql(),
        complaint_event::Column::Person => row.person.to_sql(),
        complaint_event::Column::Note => row.note.to_sql(),
    }
}

fn word(word: Option<&'static str>) -> Cell<'static> {
    Ok(ToSqlOutput::Borrowed(word.map_or(ValueRef::Null, ValueRef::from)))
}
