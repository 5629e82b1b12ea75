//! A move of an action: legal from the state it is in, and made by one person of two who try.

use chrono::{DateTime, Utc};
use rapport_entities::{ActionEvent, ActionState, Database, action, connection::begin_write};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};

use super::{Happening, count, happens, hold, legal, said};
use crate::{
    Error, Settings,
    audit::{self, Event},
    ledger,
};

/// How an action is moved.
#[derive(Clone, Debug)]
pub struct Move {
    /// Where to.
    pub to: ActionState,
    /// The state that whoever moves it saw it in; not compared if not given.
    pub seen: Option<ActionState>,
    /// Something to remember.
    pub note: Option<String>,
}

/// Moves an action, asked for by `who`. Fails and changes nothing if another was quicker, or if the move is not legal.
/// One that is given up counts no more from the quarter of `now` on.
pub async fn move_to(
    database: &Database,
    settings: &Settings,
    code: &str,
    how: Move,
    who: &str,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let transaction = begin_write(database).await?;
    let held = hold(&transaction, code).await?;
    let (action, from) = (code.to_owned(), held.state);
    if let Some(saw) = how.seen.filter(|saw| *saw != from) {
        return Err(Error::ActionMoved { action, saw, now: from });
    }
    let kind = from.event_to(how.to).ok_or_else(|| Error::IllegalActionMove {
        action: action.clone(),
        from,
        to: how.to,
        legal: legal(from),
    })?;
    if !count(&transaction, &held).await? {
        let now = hold(&transaction, code).await?.state;
        return Err(Error::ActionMoved { action, saw: from, now });
    }
    let given_up = (kind == ActionEvent::Abandoned).then(|| settings.calendar.quarter_of(now));
    action::Entity::update_many()
        .col_expr(action::Column::State, Expr::value(how.to.as_str()))
        .col_expr(action::Column::AbandonedIn, Expr::value(given_up.map(|quarter| quarter.to_string())))
        .filter(action::Column::Code.eq(code))
        .exec(&transaction)
        .await?;
    let what = Happening { kind, states: Some((from, how.to)), note: said(how.note) };
    happens(&transaction, code, held.version + 1, what, who, now).await?;
    if let Some(quarter) = given_up {
        ledger::changed_since(&transaction, quarter.max(held.effect_from)).await?;
    }
    audit::record(&transaction, Event::done(who, "move action", code), now).await?;
    transaction.commit().await?;
    Ok(())
}
