//! What happens to a case besides its moves: steps and faults of its handling, promises, notes.

use chrono::{DateTime, Utc};
use iso_currency::Currency;
use rapport_entities::{CaseEvent, Database, EventSort, complaint, connection::begin_write};
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, sea_query::Expr};

use super::{Held, Key, Standing, insert, said, stored};
use crate::{
    Error, Settings,
    audit::{self, Event},
    ledger,
};

/// Something that happened to a case.
#[derive(Clone, Debug)]
pub struct Happening {
    /// What; not a move.
    pub kind: CaseEvent,
    /// When; now if not given.
    pub at: Option<DateTime<Utc>>,
    /// Who did it.
    pub person: Option<String>,
    /// Something to remember.
    pub note: Option<String>,
    /// What the customer was given, in minor units of a currency.
    pub amends: Option<(i64, Currency)>,
    /// By when something was promised.
    pub due: Option<DateTime<Utc>>,
}

/// Records what happened to a case, asked for by `who`. Fails and changes nothing if it is a move, lacks what its kind
/// needs or has what its kind has not, or if its time is before the complaint or in the future.
pub async fn record(
    database: &Database,
    settings: &Settings,
    key: &Key,
    what: Happening,
    who: &str,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let transaction = begin_write(database).await?;
    let held = Held::take(&transaction, key).await?;
    let at = held.time(what.at, now)?;
    what.check(at)?;
    let mut event = held.event(what.kind, at)?;
    event.person = said(what.person);
    event.note = held.words(what.note);
    event.due_at = what.due.map(stored);
    if let Some((amount, currency)) = what.amends {
        (event.amount, event.currency) = (Some(amount), Some(currency.code().to_owned()));
    }
    insert(&transaction, event).await?;
    put(&transaction, &held.complaint, what.kind, at).await?;
    ledger::changed(&transaction, settings, at).await?;
    audit::record(&transaction, Event::done(who, "record complaint event", &key.to_string()), now).await?;
    transaction.commit().await?;
    Ok(())
}

/// Puts down what the event leaves behind in the complaint that is held.
async fn put(
    transaction: &DatabaseTransaction,
    complaint: &complaint::Model,
    kind: CaseEvent,
    at: DateTime<Utc>,
) -> Result<(), Error> {
    use complaint::Column;
    let mut standing = Standing::of(complaint);
    // it is no move
    standing.take(kind, stored(at));
    complaint::Entity::update_many()
        .col_expr(Column::Faults, Expr::value(standing.faults))
        .col_expr(Column::LastEventAt, Expr::value(standing.last_event_at))
        .col_expr(Column::TakenUpAt, Expr::value(standing.taken_up_at))
        .filter(Column::CustomerId.eq(complaint.customer_id))
        .filter(Column::Source.eq(&complaint.source))
        .filter(Column::Code.eq(&complaint.code))
        .exec(transaction)
        .await?;
    Ok(())
}

impl Happening {
    fn check(&self, at: DateTime<Utc>) -> Result<(), Error> {
        let kind = self.kind;
        let wrong = |why: &str| Err(Error::CaseEvent { kind, why: why.to_owned() });
        match (kind.sort(), self.due) {
            (EventSort::Move, _) => return wrong("it is a move; ask for that instead"),
            (EventSort::Promise, None) => return wrong("it needs the time that it is due"),
            (EventSort::Promise, Some(due)) if due < at => return wrong("it is due before it was made"),
            (EventSort::Promise, _) | (_, None) => {}
            (_, Some(_)) => return wrong("only a promise is due at a time"),
        }
        match self.amends {
            Some(_) if kind != CaseEvent::Compensated => wrong("only `compensated` has money"),
            Some((..0, _)) => wrong("its money is below zero"),
            _ => Ok(()),
        }
    }
}
