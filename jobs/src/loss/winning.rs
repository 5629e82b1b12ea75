//! Attempts to win a lost customer back. What became of one is recorded once.

use chrono::{DateTime, Utc};
use iso_currency::Currency;
use rapport_entities::{Database, WinbackOutcome, connection::begin_write, customer_id, winback_attempt};
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, IntoActiveModel, QueryFilter, sea_query::Expr};

use super::{SOURCE, customer, past, said};
use crate::{
    Error, Settings,
    audit::{self, Event},
    ledger, token,
};

/// How an attempt is named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    /// The company's own code of the customer.
    pub customer: String,
    /// Where it came from.
    pub source: String,
    /// Its own code.
    pub code: String,
}

/// An attempt to win a customer back.
#[derive(Clone, Debug)]
pub struct Attempt {
    /// The company's own code of the customer.
    pub customer: String,
    /// When; now if not given.
    pub at: Option<DateTime<Utc>>,
    /// Who tried; who records it if not given.
    pub person: Option<String>,
    /// By which way.
    pub channel: Option<String>,
    /// What was offered.
    pub offer: Option<String>,
    /// What it cost, in minor units of a currency.
    pub cost: Option<(i64, Currency)>,
    /// What became of it.
    pub outcome: WinbackOutcome,
    /// Something to remember.
    pub note: Option<String>,
}

/// What became of an attempt.
#[derive(Clone, Debug)]
pub struct Ending {
    /// What; not that it is open.
    pub outcome: WinbackOutcome,
    /// When that was known; now if not given.
    pub at: Option<DateTime<Utc>>,
    /// Something to remember, in the place of what was.
    pub note: Option<String>,
}

/// Records an attempt, asked for by `who`, and says how it is named. Fails and changes nothing if there is no such customer,
/// in the future, or at a cost below zero.
pub async fn attempt(
    database: &Database,
    settings: &Settings,
    what: Attempt,
    who: &str,
    now: DateTime<Utc>,
) -> Result<Key, Error> {
    let at = past(what.at.unwrap_or(now), now)?;
    if what.cost.is_some_and(|(cost, _)| cost < 0) {
        return Err(Error::Loss { why: "its cost is below zero".to_owned() });
    }
    let transaction = begin_write(database).await?;
    let customer = customer(&transaction, &what.customer).await?;
    let day = at.0.with_timezone(&settings.calendar.zone).format("%Y%m%d");
    let code = format!("{day}-{}", hex::encode(token::random::<4>()?));
    let row = winback_attempt::Model {
        customer_id: customer.customer_id,
        source: SOURCE.to_owned(),
        code: code.clone(),
        at,
        person: said(what.person).or_else(|| Some(who.to_owned())),
        channel: said(what.channel),
        offer: said(what.offer),
        cost: what.cost.map(|(cost, _)| cost),
        currency: what.cost.map(|(_, currency)| currency.code().to_owned()),
        outcome: what.outcome,
        ended_at: (what.outcome != WinbackOutcome::Open).then_some(at),
        note: said(what.note).filter(|_| customer.erased_at.is_none()),
    };
    winback_attempt::Entity::insert(row.into_active_model()).exec_without_returning(&transaction).await?;
    ledger::changed(&transaction, settings, at.0).await?;
    audit::record(&transaction, Event::done(who, "try to win back", &what.customer), now).await?;
    transaction.commit().await?;
    Ok(Key { customer: what.customer, source: SOURCE.to_owned(), code })
}

/// Records what became of an open attempt, asked for by `who`. Fails and changes nothing if there is no such attempt, if
/// somebody recorded it before, or if the time lies before the attempt or in the future.
pub async fn end(
    database: &Database,
    settings: &Settings,
    key: &Key,
    how: Ending,
    who: &str,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    use winback_attempt::Column;
    if how.outcome == WinbackOutcome::Open {
        return Err(Error::Loss { why: "an outcome is won_back, refused or no_answer".to_owned() });
    }
    let transaction = begin_write(database).await?;
    let was = found(&transaction, key).await?;
    let erased = customer(&transaction, &key.customer).await?.erased_at.is_some();
    let ended = past(how.at.unwrap_or_else(|| now.max(was.at.0)), now)?;
    if ended.0 < was.at.0 {
        let why = "it lies before the attempt".to_owned();
        return Err(Error::EventTime { at: ended.0, why });
    }
    let note = said(how.note).or(was.note).filter(|_| !erased);
    let updated = winback_attempt::Entity::update_many()
        .col_expr(Column::Outcome, Expr::value(how.outcome))
        .col_expr(Column::EndedAt, Expr::value(ended))
        .col_expr(Column::Note, Expr::value(note))
        .filter(Column::CustomerId.eq(was.customer_id))
        .filter(Column::Source.eq(&was.source))
        .filter(Column::Code.eq(&was.code))
        .filter(Column::Outcome.eq(WinbackOutcome::Open))
        .exec(&transaction)
        .await?;
    if updated.rows_affected != 1 {
        let now = found(&transaction, key).await?.outcome;
        return Err(Error::AttemptEnded { attempt: key.code.clone(), now });
    }
    ledger::changed(&transaction, settings, was.at.0).await?;
    audit::record(&transaction, Event::done(who, "end attempt to win back", &key.customer), now).await?;
    transaction.commit().await?;
    Ok(())
}

/// The attempt of a key. Fails if there is none.
async fn found(transaction: &DatabaseTransaction, key: &Key) -> Result<winback_attempt::Model, Error> {
    let id = (customer_id(&key.customer), key.source.clone(), key.code.clone());
    let found = winback_attempt::Entity::find_by_id(id).one(transaction).await?;
    found.ok_or_else(|| Error::NoAttempt { attempt: key.code.clone() })
}
