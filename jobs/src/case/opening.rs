//! A complaint that is opened here, by hand.

use chrono::{DateTime, Utc};
use rapport_entities::{
    CaseState, Database, Risk, Severity, complaint, connection::begin_write, customer, customer_id,
};
use sea_orm::{EntityTrait, IntoActiveModel};

use super::{Key, SOURCE, past, said, stored};
use crate::{
    Error, Settings,
    audit::{self, Event},
    ledger, token,
};

/// What a customer complained about.
#[derive(Clone, Debug, Default)]
pub struct Opening {
    /// The company's own code of the customer.
    pub customer: String,
    /// When it was received; now if not given.
    pub at: Option<DateTime<Utc>>,
    /// How it came.
    pub channel: Option<String>,
    /// The unit that it is about or that handles it.
    pub unit: Option<String>,
    /// What it is about.
    pub product: Option<String>,
    /// How grave it is.
    pub severity: Option<Severity>,
    /// Which risk.
    pub risk: Option<Risk>,
    /// In the customer's words.
    pub text: Option<String>,
}

/// Opens a complaint, asked for by `who`, and says how it is named. Fails if there is no such customer, or in the future.
pub async fn open(
    database: &Database,
    settings: &Settings,
    what: Opening,
    who: &str,
    now: DateTime<Utc>,
) -> Result<Key, Error> {
    let at = past(what.at.unwrap_or(now), now)?;
    let transaction = begin_write(database).await?;
    let id = customer_id(&what.customer);
    let found = customer::Entity::find_by_id(id).one(&transaction).await?;
    let found = found.filter(|found| found.code == what.customer);
    let customer = found.ok_or_else(|| Error::NoCustomer { code: what.customer.clone() })?;
    let day = at.with_timezone(&settings.calendar.zone).format("%Y%m%d");
    let code = format!("{day}-{}", hex::encode(token::random::<4>()?));
    let complaint = complaint::Model {
        customer_id: id,
        source: SOURCE.to_owned(),
        code: code.clone(),
        at: stored(at),
        channel: said(what.channel),
        unit: said(what.unit),
        product: said(what.product),
        severity: what.severity,
        risk: what.risk,
        text: said(what.text).filter(|_| customer.erased_at.is_none()),
        said_resolved_at: None,
        state: CaseState::Received,
        moves: 0,
        reopened: 0,
        acknowledged_at: None,
        resolved_at: None,
        satisfied: None,
        last_event_at: None,
        taken_up_at: None,
        first_resolved_at: None,
        confirmed_at: None,
        faults: 0,
        judged: false,
        replay: false,
    };
    complaint::Entity::insert(complaint.into_active_model()).exec_without_returning(&transaction).await?;
    ledger::changed(&transaction, settings, at).await?;
    let key = Key { customer: what.customer, source: SOURCE.to_owned(), code };
    audit::record(&transaction, Event::done(who, "open complaint", &key.to_string()), now).await?;
    transaction.commit().await?;
    Ok(key)
}
