//! That a customer was lost, recorded by hand.

use chrono::{DateTime, Utc};
use rapport_entities::{Database, connection::begin_write, customer_loss};
use sea_orm::{EntityTrait, IntoActiveModel};

use super::{SOURCE, customer, past, said};
use crate::{
    Error, Settings,
    audit::{self, Event},
    ledger, token,
};

/// That a customer was lost.
#[derive(Clone, Debug)]
pub struct Loss {
    /// The company's own code of the customer.
    pub customer: String,
    /// When; now if not given.
    pub at: Option<DateTime<Utc>>,
    /// Why: one of the common reasons, or of the company's own.
    pub reason: String,
    /// Something to remember.
    pub note: Option<String>,
}

/// Records that a customer was lost, asked for by `who`, and says the record's code. Of several records of a customer the
/// latest counts. Fails and changes nothing if there is no such customer or reason, or in the future.
pub async fn record(
    database: &Database,
    settings: &Settings,
    what: Loss,
    who: &str,
    now: DateTime<Utc>,
) -> Result<String, Error> {
    let at = past(what.at.unwrap_or(now), now)?;
    let reason = settings.rules.losses.reason(&what.reason).map_err(|why| Error::Loss { why })?;
    let transaction = begin_write(database).await?;
    let customer = customer(&transaction, &what.customer).await?;
    let day = at.0.with_timezone(&settings.calendar.zone).format("%Y%m%d");
    let code = format!("{day}-{}", hex::encode(token::random::<4>()?));
    let loss = customer_loss::Model {
        customer_id: customer.customer_id,
        source: SOURCE.to_owned(),
        code: code.clone(),
        at,
        reason,
        note: said(what.note).filter(|_| customer.erased_at.is_none()),
        recorded_by: Some(who.to_owned()),
    };
    customer_loss::Entity::insert(loss.into_active_model()).exec_without_returning(&transaction).await?;
    ledger::changed(&transaction, settings, at.0).await?;
    audit::record(&transaction, Event::done(who, "record loss", &what.customer), now).await?;
    transaction.commit().await?;
    Ok(code)
}
