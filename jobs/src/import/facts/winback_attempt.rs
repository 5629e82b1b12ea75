//! Attempts to win lost customers back, as their source tells of them.

use rapport_entities::{At, WinbackOutcome, winback_attempt};
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

impl Fact for winback_attempt::Model {
    const ENTITY: &'static str = "winback";
    const REQUIRED: &'static [&'static str] = &["code", "customer", "at"];
    const OPTIONAL: &'static [&'static str] =
        &["person", "channel", "offer", "cost", "currency", "outcome", "ended_at", "note", "source"];

    fn read(row: &Row<'_>, known: &mut Known) -> Result<Self, Fault> {
        let customer_id = known.customer(row)?;
        let at = row.past("at")?;
        let outcome = row.word("outcome")?.unwrap_or(WinbackOutcome::Open);
        let (cost, currency) = spent(row)?;
        Ok(Self {
            customer_id,
            source: known.source(row),
            code: row.required("code")?,
            at,
            person: row.text("person"),
            channel: row.text("channel"),
            offer: row.text("offer"),
            cost,
            currency,
            outcome,
            ended_at: ended(row, outcome, at)?,
            note: known.personal(customer_id, row, "note"),
        })
    }

    fn key(&self) -> Key<'_> {
        Key { customer: self.customer_id, source: &self.source, of: "", code: &self.code }
    }

    fn at(&self) -> Option<At> {
        Some(self.at)
    }

    fn insert_new(bulk: &Bulk, facts: Vec<Self>) -> Result<Vec<Self>, Error> {
        bulk.insert::<winback_attempt::Entity>(facts, cell)
    }

    async fn write(
        transaction: &DatabaseTransaction,
        facts: Vec<Self>,
        span: Option<Span>,
    ) -> Result<Written, DbErr> {
        Ok(upsert::<winback_attempt::Entity>(transaction, facts, span).await?.into())
    }
}

/// What it cost, with its currency.
fn spent(row: &Row<'_>) -> Result<(Option<i64>, Option<String>), Fault> {
    if row.text("cost").is_none() {
        return Ok((None, None));
    }
    let currency = row.currency()?;
    match row.money("cost", currency)? {
        Some(..0) => Err(row.fault("cost", "it is below zero")),
        cost => Ok((cost, Some(currency.code().to_owned()))),
    }
}

/// When it was known what became of it: at once, where the source does not say.
fn ended(row: &Row<'_>, outcome: WinbackOutcome, at: At) -> Result<Option<At>, Fault> {
    let ended = row.moment("ended_at")?;
    match (outcome, ended) {
        (WinbackOutcome::Open, None) => Ok(None),
        (WinbackOutcome::Open, Some(_)) => Err(row.fault("ended_at", "an open attempt has no end")),
        (_, None) => Ok(Some(at)),
        (_, Some(ended)) if ended.0 < at.0 => Err(row.fault("ended_at", "it lies before the attempt")),
        (_, Some(ended)) if ended.0 > row.reading.now => Err(row.fault("ended_at", "it lies in the future")),
        (_, ended) => Ok(ended),
    }
}

fn cell(row: &winback_attempt::Model, column: winback_attempt::Column) -> Cell<'_> {
    use winback_attempt::Column;
    match column {
        Column::CustomerId => row.customer_id.to_sql(),
        Column::Source => row.source.to_sql(),
        Column::Code => row.code.to_sql(),
        Column::At => millis(Some(row.at)),
        Column::Person => row.person.to_sql(),
        Column::Channel => row.channel.to_sql(),
        Column::Offer => row.offer.to_sql(),
        Column::Cost => row.cost.to_sql(),
        Column::Currency => row.currency.to_sql(),
        Column::Outcome => word(Some(row.outcome.as_str())),
        Column::EndedAt => millis(row.ended_at),
        Column::Note => row.note.to_sql(),
    }
}
