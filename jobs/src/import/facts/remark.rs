//! Problems and suggestions, each under a theme of the company's own.

use rapport_entities::{At, RemarkKind, remark};
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

impl Fact for remark::Model {
    const ENTITY: &'static str = "remark";
    const REQUIRED: &'static [&'static str] = &["code", "customer", "at", "kind", "theme"];
    const OPTIONAL: &'static [&'static str] = &["text", "source"];

    fn read(row: &Row<'_>, known: &mut Known) -> Result<Self, Fault> {
        let customer_id = known.customer(row)?;
        let kind: RemarkKind = row.word("kind")?.ok_or_else(|| row.fault("kind", "it is missing"))?;
        Ok(Self {
            customer_id,
            source: known.source(row),
            code: row.required("code")?,
            at: row.past("at")?,
            kind,
            theme: row.required("theme")?,
            text: known.personal(customer_id, row, "text"),
        })
    }

    fn key(&self) -> Key<'_> {
        Key { customer: self.customer_id, source: &self.source, of: "", code: &self.code }
    }

    fn at(&self) -> Option<At> {
        Some(self.at)
    }

    fn insert_new(bulk: &Bulk, facts: Vec<Self>) -> Result<Vec<Self>, Error> {
        bulk.insert::<remark::Entity>(facts, cell)
    }

    async fn write(
        transaction: &DatabaseTransaction,
        facts: Vec<Self>,
        span: Option<Span>,
    ) -> Result<Written, DbErr> {
        Ok(upsert::<remark::Entity>(transaction, facts, span).await?.into())
    }
}

fn cell(row: &remark::Model, column: remark::Column) -> Cell<'_> {
    use remark::Column;
    match column {
        Column::CustomerId => row.customer_id.to_sql(),
        Column::Source => row.source.to_sql(),
        Column::Code => row.code.to_sql(),
        Column::At => millis(Some(row.at)),
        Column::Kind => word(Some(row.kind.as_str())),
        Column::Theme => row.theme.to_sql(),
        Column::Text => row.text.to_sql(),
    }
}
