//! What people here record of lost customers: that and why one was lost, what was tried to win it back, and what became
//! of that.

mod recording;
mod winning;

use chrono::{DateTime, SubsecRound, Utc};
use rapport_entities::{At, customer, customer_id};
use sea_orm::{DatabaseTransaction, EntityTrait, prelude::ChronoUnixTimestampMillis};

use crate::Error;

pub use recording::{Loss, record};
pub use winning::{Attempt, Ending, Key, attempt, end};

/// The source of what is recorded here.
pub const SOURCE: &str = "rapport";

/// The customer with a code. Fails if there is none.
async fn customer(transaction: &DatabaseTransaction, code: &str) -> Result<customer::Model, Error> {
    let found = customer::Entity::find_by_id(customer_id(code)).one(transaction).await?;
    found.filter(|found| found.code == code).ok_or_else(|| Error::NoCustomer { code: code.to_owned() })
}

/// A moment as it is stored, in milliseconds. Fails in the future.
fn past(at: DateTime<Utc>, now: DateTime<Utc>) -> Result<At, Error> {
    let at = at.trunc_subsecs(3);
    if at > now {
        return Err(Error::EventTime { at, why: "it lies in the future".to_owned() });
    }
    Ok(ChronoUnixTimestampMillis(at))
}

/// Text without the space around it; none if nothing is left.
fn said(text: Option<String>) -> Option<String> {
    text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
}
