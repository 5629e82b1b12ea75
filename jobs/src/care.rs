//! Contacts with customers who are to be cared for: logged, and never changed.

use chrono::{DateTime, SubsecRound, Utc};
use rapport_entities::{
    ContactOutcome, Database, care_contact, connection::begin_write, customer, customer_id,
};
use sea_orm::{EntityTrait, IntoActiveModel, prelude::ChronoUnixTimestampMillis};

use crate::{
    Error,
    audit::{self, Event},
    token,
};

/// A contact that was made.
#[derive(Clone, Debug)]
pub struct Contact {
    /// The company's own code of the customer.
    pub customer: String,
    /// When; now if not given.
    pub at: Option<DateTime<Utc>>,
    /// Who made it; the account's manager, or else who logs it, if not given.
    pub who: Option<String>,
    /// How: by telephone, in person …
    pub channel: Option<String>,
    /// What came of it.
    pub outcome: ContactOutcome,
    /// Something to remember.
    pub note: Option<String>,
    /// By when what was promised is due, or the next contact.
    pub next: Option<DateTime<Utc>>,
}

/// Logs a contact, asked for by `who`. Fails and changes nothing if there is no such customer, if it lies in the future, if
/// a promise has no time, or if what comes next comes before it.
pub async fn log(database: &Database, contact: Contact, who: &str, now: DateTime<Utc>) -> Result<(), Error> {
    let at = contact.check(now)?;
    let transaction = begin_write(database).await?;
    let id = customer_id(&contact.customer);
    let found = customer::Entity::find_by_id(id).one(&transaction).await?;
    let found = found.filter(|found| found.code == contact.customer);
    let customer = found.ok_or_else(|| Error::NoCustomer { code: contact.customer.clone() })?;
    let row = care_contact::Model {
        customer_id: id,
        at: ChronoUnixTimestampMillis(at),
        code: hex::encode(token::random::<8>()?),
        who: said(contact.who).or(customer.manager).unwrap_or_else(|| who.to_owned()),
        channel: said(contact.channel),
        outcome: contact.outcome,
        note: said(contact.note).filter(|_| customer.erased_at.is_none()),
        next_at: contact.next.map(|next| ChronoUnixTimestampMillis(next.trunc_subsecs(3))),
    };
    care_contact::Entity::insert(row.into_active_model()).exec_without_returning(&transaction).await?;
    audit::record(&transaction, Event::done(who, "log contact", &contact.customer), now).await?;
    transaction.commit().await?;
    Ok(())
}

impl Contact {
    /// The moment as it is stored, in milliseconds. Fails if the contact cannot have been so.
    fn check(&self, now: DateTime<Utc>) -> Result<DateTime<Utc>, Error> {
        let at = self.at.unwrap_or(now).trunc_subsecs(3);
        let wrong = |why: &str| Err(Error::Contact { why: why.to_owned() });
        if at > now {
            return wrong("it lies in the future");
        }
        match self.next {
            None if self.outcome == ContactOutcome::Promised => {
                wrong("what was promised needs the time that it is due")
            }
            Some(next) if next < at => wrong("what comes next lies before it"),
            _ => Ok(at),
        }
    }
}

/// Text without the space around it; none if nothing is left.
fn said(text: Option<String>) -> Option<String> {
    text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
}
