//! A card is written: a new version, if nobody wrote one since the version that was seen.

use chrono::{DateTime, Utc};
use rapport_entities::{Database, connection::begin_write, playbook_card};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect,
    TryInsertResult, prelude::ChronoUnixTimestampMillis, sea_query::OnConflict,
};

use super::{Key, Text};
use crate::{
    Error,
    audit::{self, Event},
};

/// Writes a version of a card, asked for by `who`: with this text, or with the one that is shipped if none is given.
/// Fails and changes nothing if the newest version is not the one that was seen, or if a part cannot be so.
pub async fn write(
    database: &Database,
    key: Key,
    seen: i32,
    text: Option<Text>,
    who: &str,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let action = if text.is_some() { "edit card" } else { "put shipped card back" };
    let text = text.unwrap_or_else(|| Text::shipped(key)).checked()?;
    let transaction = begin_write(database).await?;
    let newest = newest(&transaction, key).await?;
    let rewritten = |now: i32| Error::Rewritten { card: key.to_string(), saw: seen, now };
    if newest != seen {
        return Err(rewritten(newest));
    }
    let version = newest.saturating_add(1);
    let row = row(key, version, text, who, now);
    // of two who saw the same version one has its key first
    let taken = playbook_card::Entity::insert(row.into_active_model())
        .on_conflict(OnConflict::new().do_nothing().to_owned())
        .try_insert()
        .exec_without_returning(&transaction)
        .await?;
    if !matches!(taken, TryInsertResult::Inserted(1..)) {
        return Err(rewritten(version));
    }
    audit::record(&transaction, Event::done(who, action, &key.to_string()), now).await?;
    transaction.commit().await?;
    Ok(())
}

/// The number of the newest version; 0 if nobody wrote one.
async fn newest(connection: &impl ConnectionTrait, key: Key) -> Result<i32, DbErr> {
    use playbook_card::Column;
    let newest: Option<i32> = playbook_card::Entity::find()
        .select_only()
        .column(Column::Version)
        .filter(Column::Scheme.eq(key.scheme))
        .filter(Column::Class.eq(key.class))
        .filter(Column::Locale.eq(key.locale.as_str()))
        .order_by_desc(Column::Version)
        .limit(1)
        .into_tuple()
        .one(connection)
        .await?;
    Ok(newest.unwrap_or_default())
}

fn row(key: Key, version: i32, text: Text, who: &str, now: DateTime<Utc>) -> playbook_card::Model {
    let millis = DateTime::from_timestamp_millis(now.timestamp_millis()).unwrap_or(now);
    playbook_card::Model {
        scheme: key.scheme,
        class: key.class.to_owned(),
        locale: key.locale.as_str().to_owned(),
        version,
        meaning: text.meaning,
        focus: text.focus,
        service: text.service,
        communication: text.communication,
        skill: text.skill,
        avoid: text.avoid,
        together: text.together,
        written_by: who.to_owned(),
        written_at: ChronoUnixTimestampMillis(millis),
    }
}
