//! Complaints, and the steps of their handling.

use rapport_entities::{At, complaint, complaint_event};
use sea_orm::{DatabaseTransaction, DbErr};

use super::{Fact, Known, Written};
use crate::Error;
use crate::import::{
    bulk::Bulk,
    rejects::Fault,
    row::Row,
    upsert::{Span, upsert},
};

/// A complaint.
pub struct Complaint(complaint::Model);

impl Fact for Complaint {
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
        Ok(Self(complaint::Model {
            customer_id: known.customer(row)?,
            source: known.source(row),
            code: row.required("code")?,
            at,
            channel: row.text("channel"),
            product: row.text("product"),
            severity: row.word("severity")?,
            risk: row.word("risk")?,
            text: row.text("text"),
            resolved_at,
        }))
    }

    fn key(&self) -> String {
        format!("{}\u{0}{}\u{0}{}", self.0.customer_id, self.0.source, self.0.code)
    }

    fn at(&self) -> Option<At> {
        Some(self.0.at)
    }

    fn customer(&self) -> i64 {
        self.0.customer_id
    }

    fn insert_new(bulk: &Bulk, facts: Vec<Self>) -> Result<Vec<Self>, Error> {
        let rows = facts.into_iter().map(|Self(row)| row).collect();
        Ok(bulk.insert::<complaint::Entity>(rows)?.into_iter().map(Self).collect())
    }

    async fn write(
        transaction: &DatabaseTransaction,
        facts: Vec<Self>,
        span: Option<Span>,
    ) -> Result<Written, DbErr> {
        let rows = facts.into_iter().map(|Self(row)| row).collect();
        Ok(upsert::<complaint::Entity>(transaction, rows, span).await?.into())
    }
}

/// A step in the handling of a complaint.
pub struct ComplaintEvent(complaint_event::Model);

impl Fact for ComplaintEvent {
    const ENTITY: &'static str = "complaint_event";
    const REQUIRED: &'static [&'static str] = &["code", "complaint", "customer", "at", "kind"];
    const OPTIONAL: &'static [&'static str] = &["person", "note", "source"];

    fn read(row: &Row<'_>, known: &mut Known) -> Result<Self, Fault> {
        Ok(Self(complaint_event::Model {
            customer_id: known.customer(row)?,
            source: known.source(row),
            complaint: row.required("complaint")?,
            code: row.required("code")?,
            at: row.past("at")?,
            kind: row.required("kind")?,
            person: row.text("person"),
            note: row.text("note"),
        }))
    }

    fn key(&self) -> String {
        format!("{}\u{0}{}\u{0}{}\u{0}{}", self.0.customer_id, self.0.source, self.0.complaint, self.0.code)
    }

    fn at(&self) -> Option<At> {
        Some(self.0.at)
    }

    fn customer(&self) -> i64 {
        self.0.customer_id
    }

    fn insert_new(bulk: &Bulk, facts: Vec<Self>) -> Result<Vec<Self>, Error> {
        let rows = facts.into_iter().map(|Self(row)| row).collect();
        Ok(bulk.insert::<complaint_event::Entity>(rows)?.into_iter().map(Self).collect())
    }

    async fn write(
        transaction: &DatabaseTransaction,
        facts: Vec<Self>,
        span: Option<Span>,
    ) -> Result<Written, DbErr> {
        let rows = facts.into_iter().map(|Self(row)| row).collect();
        Ok(upsert::<complaint_event::Entity>(transaction, rows, span).await?.into())
    }
}
