//! A move of a case: legal from the state it is in, after all moves before it, and made by one person of two who try.

use chrono::{DateTime, TimeDelta, Utc};
use rapport_entities::{CaseState, Database, complaint, connection::begin_write};
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, sea_query::Expr};

use super::{Held, Key, Standing, insert, legal, said, stored};
use crate::{
    Error, Settings,
    audit::{self, Event},
    ledger,
};

/// How a case is moved.
#[derive(Clone, Debug)]
pub struct Move {
    /// Where to.
    pub to: CaseState,
    /// The state that whoever moves it saw it in; not compared if not given.
    pub seen: Option<CaseState>,
    /// When it was; now if not given.
    pub at: Option<DateTime<Utc>>,
    /// Who did it.
    pub person: Option<String>,
    /// Something to remember.
    pub note: Option<String>,
}

/// Moves a case, asked for by `who`. Fails and changes nothing if another was quicker, if the move is not legal, or if
/// its time is before the last move or in the future.
pub async fn move_to(
    database: &Database,
    settings: &Settings,
    key: &Key,
    how: Move,
    who: &str,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let transaction = begin_write(database).await?;
    let held = Held::take(&transaction, key).await?;
    let state = held.complaint.state;
    let complaint = || key.code.clone();
    if let Some(saw) = how.seen.filter(|saw| *saw != state) {
        return Err(Error::Moved { complaint: complaint(), saw, now: state });
    }
    let illegal =
        || Error::IllegalMove { complaint: complaint(), from: state, to: how.to, legal: legal(state) };
    let kind = state.event_to(how.to).ok_or_else(illegal)?;
    let at = time(&transaction, &held, how.at, now).await?;
    let mut standing = Standing::of(&held.complaint);
    let (sequence, from, to) = standing.take(kind, stored(at)).ok_or_else(illegal)?;
    if !put(&transaction, &held.complaint, &standing).await? {
        let now = Held::take(&transaction, key).await?.complaint.state;
        return Err(Error::Moved { complaint: complaint(), saw: state, now });
    }
    let mut event = held.event(kind, at)?;
    event.person = said(how.person);
    event.note = held.words(how.note);
    (event.sequence, event.from_state, event.to_state) = (Some(sequence), Some(from), Some(to));
    insert(&transaction, event).await?;
    ledger::changed(&transaction, settings, at).await?;
    audit::record(&transaction, Event::done(who, "move complaint", &key.to_string()), now).await?;
    transaction.commit().await?;
    Ok(())
}

/// Later than the last move, by the least there is if the clock has not gone on.
async fn time(
    transaction: &DatabaseTransaction,
    held: &Held,
    said: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
) -> Result<DateTime<Utc>, Error> {
    let at = held.time(said, now)?;
    let Some(last) = held.last_move(transaction).await? else { return Ok(at) };
    match said {
        Some(_) if at <= last => {
            Err(Error::EventTime { at, why: format!("it is not later than the last move, of {last}") })
        }
        _ => Ok(at.max(last + TimeDelta::milliseconds(1))),
    }
}

/// Puts down what the case has come to, if it is still what it was; says whether it was.
async fn put(
    transaction: &DatabaseTransaction,
    was: &complaint::Model,
    is: &Standing,
) -> Result<bool, Error> {
    use complaint::Column;
    let updated = complaint::Entity::update_many()
        .col_expr(Column::State, Expr::value(is.state.as_str()))
        .col_expr(Column::Moves, Expr::value(is.moves))
        .col_expr(Column::Reopened, Expr::value(is.reopened))
        .col_expr(Column::AcknowledgedAt, Expr::value(is.acknowledged_at))
        .col_expr(Column::ResolvedAt, Expr::value(is.resolved_at))
        .col_expr(Column::Satisfied, Expr::value(is.satisfied))
        .col_expr(Column::LastEventAt, Expr::value(is.last_event_at))
        .col_expr(Column::TakenUpAt, Expr::value(is.taken_up_at))
        .col_expr(Column::FirstResolvedAt, Expr::value(is.first_resolved_at))
        .col_expr(Column::ConfirmedAt, Expr::value(is.confirmed_at))
        .col_expr(Column::Judged, Expr::value(false))
        .filter(Column::CustomerId.eq(was.customer_id))
        .filter(Column::Source.eq(&was.source))
        .filter(Column::Code.eq(&was.code))
        .filter(Column::Moves.eq(was.moves))
        .filter(Column::State.eq(was.state))
        .exec(transaction)
        .await?;
    Ok(updated.rows_affected == 1)
}
