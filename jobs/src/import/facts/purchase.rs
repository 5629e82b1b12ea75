//! Purchases.

use rapport_entities::{At, purchase};
use sea_orm::{DatabaseTransaction, DbErr};

use super::{Fact, Known, Written};
use crate::Error;
use crate::import::{
    bulk::Bulk,
    rejects::Fault,
    row::Row,
    upsert::{Span, upsert},
};

/// A purchase.
pub struct Purchase(purchase::Model);

impl Fact for Purchase {
    const ENTITY: &'static str = "purchase";
    const REQUIRED: &'static [&'static str] = &["code", "customer", "at", "amount"];
    const OPTIONAL: &'static [&'static str] = &["cost", "currency", "quantity", "product", "source"];

    fn read(row: &Row<'_>, known: &mut Known) -> Result<Self, Fault> {
        let currency = row.currency()?;
        let quantity = row.integer("quantity")?.unwrap_or(1);
        if quantity < 1 {
            return Err(row.fault("quantity", "it must be 1 or more; a refund is a negative amount"));
        }
        Ok(Self(purchase::Model {
            customer_id: known.customer(row)?,
            source: known.source(row),
            code: row.required("code")?,
            at: row.past("at")?,
            amount: row.money("amount", currency)?.ok_or_else(|| row.fault("amount", "it is missing"))?,
            cost: row.money("cost", currency)?,
            currency: currency.code().to_owned(),
            quantity,
            product: row.text("product"),
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
        Ok(bulk.insert::<purchase::Entity>(rows)?.into_iter().map(Self).collect())
    }

    async fn write(
        transaction: &DatabaseTransaction,
        facts: Vec<Self>,
        span: Option<Span>,
    ) -> Result<Written, DbErr> {
        let rows = facts.into_iter().map(|Self(row)| row).collect();
        Ok(upsert::<purchase::Entity>(transaction, rows, span).await?.into())
    }
}
