//! Improvement actions: opened, moved from state to state, and what was noted. Whoever writes holds the action's row, so
//! that it has one history, in which each move begins where the one before ended.

mod moving;
mod noting;
mod opening;

use chrono::{DateTime, SubsecRound, Utc};
use rapport_entities::{ActionEvent, ActionState, action, action_event};
use sea_orm::{
    ColumnTrait, DatabaseTransaction, DbErr, EntityTrait, ExprTrait, IntoActiveModel, QueryFilter,
    QuerySelect, prelude::ChronoUnixTimestampMillis, sea_query::Expr,
};

use crate::Error;

pub use moving::{Move, move_to};
pub use noting::note;
pub(crate) use opening::reference;
pub use opening::{Opening, open};

/// The source of the actions that are opened here.
pub const SOURCE: &str = "rapport";

/// Something that happens to an action: what, and the states it leads from and to if it is a move.
pub(crate) struct Happening {
    /// What.
    pub kind: ActionEvent,
    /// From and to.
    pub states: Option<(ActionState, ActionState)>,
    /// Something to remember.
    pub note: Option<String>,
}

/// Puts down what happens to an action as its event of this number.
pub(crate) async fn happens(
    transaction: &DatabaseTransaction,
    code: &str,
    number: i32,
    what: Happening,
    who: &str,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let event = action_event::Model {
        action: code.to_owned(),
        number,
        at: ChronoUnixTimestampMillis(now.trunc_subsecs(3)),
        kind: what.kind,
        who: who.to_owned(),
        note: what.note,
        from_state: what.states.map(|(from, _)| from),
        to_state: what.states.map(|(_, to)| to),
    };
    action_event::Entity::insert(event.into_active_model()).exec_without_returning(transaction).await?;
    Ok(())
}

/// Holds an action until the transaction ends. Fails if there is none.
async fn hold(transaction: &DatabaseTransaction, code: &str) -> Result<action::Model, Error> {
    let found = action::Entity::find_by_id(code).lock_exclusive().one(transaction).await?;
    found.ok_or_else(|| Error::NoAction { action: code.to_owned() })
}

/// Counts one more event of an action, if nobody else did; says whether it was so.
async fn count(transaction: &DatabaseTransaction, was: &action::Model) -> Result<bool, Error> {
    use action::Column;
    let updated = action::Entity::update_many()
        .col_expr(Column::Version, Expr::col(Column::Version).add(1))
        .filter(Column::Code.eq(&was.code))
        .filter(Column::Version.eq(was.version))
        .filter(Column::State.eq(was.state))
        .exec(transaction)
        .await?;
    Ok(updated.rows_affected == 1)
}

/// Text without the space around it; none if nothing is left.
fn said(text: Option<String>) -> Option<String> {
    text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
}

/// What an action may become from this state, in words.
fn legal(from: ActionState) -> String {
    let states: Vec<&str> = from.moves().map(|(_, to)| to.as_str()).collect();
    if states.is_empty() {
        "that is its end".to_owned()
    } else {
        format!("from there it becomes {}", states.join(" or "))
    }
}
