//! Purchases.

use rapport_entities::{At, purchase};
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

impl Fact for purchase::Model {
    const ENTITY: &'static str = "purchase";
    const REQUIRED: &'static [&'static str] = &["code", "customer", "at", "amount"];
    const OPTIONAL: &'static [&'static str] = &["cost", "currency", "quantity", "product", "source"];

    fn read(row: &Row<'_>, known: &mut Known) -> Result<Self, Fault> {
        let currency = row.currency()?;
        let quantity = row.integer("quantity")?.unwrap_or(1);
        if quantity < 1 {
            return Err(row.fault("quantity", "it must be 1 or more; a refund is a negative amount"));
        }
        Ok(Self {
            customer_id: known.customer(row)?,
            source: known.source(row),
            code: row.required("code")?,
            at: row.past("at")?,
            amount: row.money("amount", currency)?.ok_or_else(|| row.fault("amount", "it is missing"))?,
            cost: row.money("cost", currency)?,
            currency: currency.code().to_owned(),
            quantity,
            product: row.text("product"),
        })
    }

    fn key(&self) -> Key<'_> {
        Key { customer: self.customer_id, source: &self.source, of: "", code: &self.code }
    }

    fn at(&self) -> Option<At> {
        Some(self.at)
    }

    fn insert_new(bulk: &Bulk, facts: Vec<Self>) -> Result<Vec<Self>, Error> {
        bulk.insert::<purchase::Entity>(facts, cell)
    }

    async fn write(
        transaction: &DatabaseTransaction,
        facts: Vec<Self>,
        span: Option<Span>,
    ) -> Result<Written, DbErr> {
        Ok(upsert::<purchase::Entity>(transaction, facts, span).await?.into())
    }
}

fn cell(row: &purchase::Model, column: purchase::Column) -> Cell<'_> {
    match column {
        purchase::Column::CustomerId => row.customer_id.to_sql(),
        purchase::Column::Source => row.source.to_sql(),
        purchase::Column::Code => row.code.to_sql(),
        purchase::Column::At => millis(Some(row.at)),
        purchase::Column::Amount => row.amount.to_sql(),
        purchase::Column::Cost => row.cost.to_sql(),
        purchase::Column::Currency => row.currency.to_sql(),
        purchase::Column::Quantity => row.quantity.to_sql(),
        purchase::Column::Product => row.product.to_sql(),
    }
}
