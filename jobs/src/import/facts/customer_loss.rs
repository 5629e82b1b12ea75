//! Customers that a source knows to be lost, when and why.

use rapport_entities::{At, customer_loss};
use rusqlite::ToSql;
use sea_orm::{DatabaseTransaction, DbErr};

use super::{Fact, Key, Known, Written};
use crate::Error;
use crate::import::{
    bulk::{Bulk, Cell, millis},
    rejects::Fault,
    row::Row,
    upsert::{Span, upsert},
};

impl Fact for customer_loss::Model {
    const ENTITY: &'static str = "loss";
    const REQUIRED: &'static [&'static str] = &["code", "customer", "at", "reason"];
    const OPTIONAL: &'static [&'static str] = &["note", "recorded_by", "source"];

    fn read(row: &Row<'_>, known: &mut Known) -> Result<Self, Fault> {
        let customer_id = known.customer(row)?;
        let reason = known.losses.reason(&row.required("reason")?);
        Ok(Self {
            customer_id,
            source: known.source(row),
            code: row.required("code")?,
            at: row.past("at")?,
            reason: reason.map_err(|why| row.fault("reason", why))?,
            note: known.personal(customer_id, row, "note"),
            recorded_by: row.text("recorded_by"),
        })
    }

    fn key(&self) -> Key<'_> {
        Key { customer: self.customer_id, source: &self.source, of: "", code: &self.code }
    }

    fn at(&self) -> Option<At> {
        Some(self.at)
    }

    fn insert_new(bulk: &Bulk, facts: Vec<Self>) -> Result<Vec<Self>, Error> {
        bulk.insert::<customer_loss::Entity>(facts, cell)
    }

    async fn write(
        transaction: &DatabaseTransaction,
        facts: Vec<Self>,
        span: Option<Span>,
    ) -> Result<Written, DbErr> {
        Ok(upsert::<customer_loss::Entity>(transaction, facts, span).await?.into())
    }
}

fn cell(row: &customer_loss::Model, column: customer_loss::Column) -> Cell<'_> {
    use customer_loss::Column;
    match column {
        Column::CustomerId => row.customer_id.to_sql(),
        Column::Source => row.source.to_sql(),
        Column::Code => row.code.to_sql(),
        Column::At => millis(Some(row.at)),
        Column::Reason => row.reason.to_sql(),
        Column::Note => row.note.to_sql(),
        Column::RecordedBy => row.recorded_by.to_sql(),
    }
}
