//! Complaints as cases: opened, moved from state to state, and what else happened to them. Whoever writes holds the
//! complaint's row, so that a case has one history, in which each move begins where the one before ended.

mod moving;
mod opening;
mod recording;
mod replay;
mod standard;
mod standing;

use chrono::{DateTime, SubsecRound, Utc};
use rapport_entities::{At, CaseEvent, CaseState, complaint, complaint_event, customer, customer_id};
use sea_orm::{
    ColumnTrait, DatabaseTransaction, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect,
    prelude::ChronoUnixTimestampMillis,
};

use crate::{Error, token};

pub use moving::{Move, move_to};
pub use opening::{Opening, open};
pub use recording::{Happening, record};
pub use replay::{Idle, replay};
pub use standard::{Classes, Due, Standards, classes, newest};
pub use standing::Standing;

/// The source of the complaints that are opened here.
pub const SOURCE: &str = "rapport";

/// What names a complaint.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Key {
    /// The company's own code of the customer.
    pub customer: String,
    /// Where it came from.
    pub source: String,
    /// The source's own key.
    pub code: String,
}

impl std::fmt::Display for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} of {} from {}", self.code, self.customer, self.source)
    }
}

/// A complaint that is held until the transaction ends, and whether its customer was erased.
struct Held {
    complaint: complaint::Model,
    erased: bool,
}

impl Held {
    /// Holds the complaint. Fails if there is none.
    async fn take(transaction: &DatabaseTransaction, key: &Key) -> Result<Self, Error> {
        let nothing = || Error::NoComplaint { complaint: key.to_string() };
        let id = customer_id(&key.customer);
        let found = customer::Entity::find_by_id(id).one(transaction).await?;
        let found = found.filter(|found| found.code == key.customer).ok_or_else(nothing)?;
        let complaint = complaint::Entity::find_by_id((id, key.source.clone(), key.code.clone()))
            .lock_exclusive()
            .one(transaction)
            .await?
            .ok_or_else(nothing)?;
        Ok(Self { complaint, erased: found.erased_at.is_some() })
    }

    /// When something happened: now, or when it is said to have been. Fails before the complaint and in the future.
    fn time(&self, said: Option<DateTime<Utc>>, now: DateTime<Utc>) -> Result<DateTime<Utc>, Error> {
        let at = past(said.unwrap_or_else(|| now.max(self.complaint.at.0)), now)?;
        if at < self.complaint.at.0 {
            let received = self.complaint.at.0;
            return Err(Error::EventTime { at, why: format!("it lies before the complaint, of {received}") });
        }
        Ok(at)
    }

    /// The time of the last move, if there was one.
    async fn last_move(&self, transaction: &DatabaseTransaction) -> Result<Option<DateTime<Utc>>, Error> {
        use complaint_event::Column;
        let of = &self.complaint;
        let last = complaint_event::Entity::find()
            .filter(Column::CustomerId.eq(of.customer_id))
            .filter(Column::Source.eq(&of.source))
            .filter(Column::Complaint.eq(&of.code))
            .filter(Column::Sequence.gt(0))
            .order_by_desc(Column::Sequence)
            .one(transaction)
            .await?;
        Ok(last.map(|last| last.at.0))
    }

    /// A new event of it, which moves nothing.
    fn event(&self, kind: CaseEvent, at: DateTime<Utc>) -> Result<complaint_event::Model, Error> {
        Ok(complaint_event::Model {
            customer_id: self.complaint.customer_id,
            source: self.complaint.source.clone(),
            complaint: self.complaint.code.clone(),
            code: format!("{SOURCE}-{}", hex::encode(token::random::<8>()?)),
            at: ChronoUnixTimestampMillis(at),
            kind,
            person: None,
            note: None,
            amount: None,
            currency: None,
            due_at: None,
            sequence: Some(0),
            from_state: None,
            to_state: None,
        })
    }

    /// Free text; nothing of an erased customer's.
    fn words(&self, text: Option<String>) -> Option<String> {
        said(text).filter(|_| !self.erased)
    }
}

/// A moment as it is stored, in milliseconds. Fails in the future.
fn past(at: DateTime<Utc>, now: DateTime<Utc>) -> Result<DateTime<Utc>, Error> {
    let at = at.trunc_subsecs(3);
    if at > now { Err(Error::EventTime { at, why: "it lies in the future".to_owned() }) } else { Ok(at) }
}

/// Text without the space around it; none if nothing is left.
fn said(text: Option<String>) -> Option<String> {
    text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
}

async fn insert(transaction: &DatabaseTransaction, event: complaint_event::Model) -> Result<(), Error> {
    complaint_event::Entity::insert(event.into_active_model()).exec_without_returning(transaction).await?;
    Ok(())
}

/// The states a case may be moved to from this one, in words.
pub(crate) fn legal(from: CaseState) -> String {
    from.moves().map(|(_, to)| to.as_str()).collect::<Vec<_>>().join(" or ")
}

/// A moment in milliseconds, as columns have it.
fn stored(at: DateTime<Utc>) -> At {
    ChronoUnixTimestampMillis(at)
}
