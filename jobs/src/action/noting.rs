//! What is noted of an action, which moves nothing.

use chrono::{DateTime, Utc};
use rapport_entities::{ActionEvent, Database, connection::begin_write};

use super::{Happening, count, happens, hold, said};
use crate::{
    Error,
    audit::{self, Event},
};

/// Notes something of an action, asked for by `who`. Fails and changes nothing if there is no such action, or nothing
/// to note.
pub async fn note(
    database: &Database,
    code: &str,
    text: String,
    who: &str,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let note = said(Some(text)).ok_or_else(|| Error::Action { why: "a note needs words".to_owned() })?;
    let transaction = begin_write(database).await?;
    let held = hold(&transaction, code).await?;
    if !count(&transaction, &held).await? {
        let now = hold(&transaction, code).await?.state;
        return Err(Error::ActionMoved { action: code.to_owned(), saw: held.state, now });
    }
    let what = Happening { kind: ActionEvent::Note, states: None, note: Some(note) };
    happens(&transaction, code, held.version + 1, what, who, now).await?;
    audit::record(&transaction, Event::done(who, "note action", code), now).await?;
    transaction.commit().await?;
    Ok(())
}
