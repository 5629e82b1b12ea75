//! The audit trail: who was denied or changed what, appended to a chain in which every event holds the hash of the one
//! before. Writers never fork it: the place after an event can be taken once.

use chrono::{DateTime, Utc};
use futures_util::TryStreamExt;
use rapport_entities::{Database, audit_event};
use sea_orm::{
    ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, QueryOrder, TryInsertResult,
    prelude::ChronoUnixTimestampMillis, sea_query::OnConflict,
};
use sha2::{Digest, Sha256};

use crate::Error;

/// Who sits at the machine.
pub const COMMAND_LINE: &str = "command line";
/// What stands before the first event.
const NOTHING: &str = "";
/// So often a place is tried to be taken while others write too.
const TRIES: usize = 1_000;

/// What happened; names things, never their values.
#[derive(Clone, Copy, Debug)]
pub struct Event<'a> {
    /// Who did it, or tried to.
    pub who: &'a str,
    /// What: `erase`, `token create`, `POST /graphql` …
    pub action: &'a str,
    /// To what.
    pub subject: Option<&'a str>,
    /// What became of it: `done`, `asked`, `401` …
    pub outcome: &'a str,
    /// How often.
    pub times: i32,
}

impl<'a> Event<'a> {
    /// Something that was done once.
    pub fn done(who: &'a str, action: &'a str, subject: &'a str) -> Self {
        Self { who, action, subject: Some(subject), outcome: "done", times: 1 }
    }
}

/// Appends an event; within the transaction of what it tells, where there is one.
pub async fn record(
    connection: &impl ConnectionTrait,
    event: Event<'_>,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    for _ in 0..TRIES {
        let last =
            audit_event::Entity::find().order_by_desc(audit_event::Column::Number).one(connection).await?;
        let row = following(last.as_ref(), event, now);
        // another who wrote meanwhile has taken the place; the next one is tried
        let taken = audit_event::Entity::insert(row.into_active_model())
            .on_conflict(OnConflict::new().do_nothing().to_owned())
            .try_insert()
            .exec_without_returning(connection)
            .await?;
        if matches!(taken, TryInsertResult::Inserted(1..)) {
            return Ok(());
        }
    }
    Err(DbErr::Custom(format!("the audit trail took no event in {TRIES} tries")))
}

fn following(last: Option<&audit_event::Model>, event: Event<'_>, now: DateTime<Utc>) -> audit_event::Model {
    let millis = DateTime::from_timestamp_millis(now.timestamp_millis()).unwrap_or(now);
    let mut row = audit_event::Model {
        number: last.map_or(0, |last| last.number) + 1,
        at: ChronoUnixTimestampMillis(millis),
        who: event.who.to_owned(),
        action: event.action.to_owned(),
        subject: event.subject.map(str::to_owned),
        outcome: event.outcome.to_owned(),
        times: event.times,
        previous: last.map_or(NOTHING, |last| &last.hash).to_owned(),
        hash: String::new(),
    };
    row.hash = hash(&row);
    row
}

/// Of all but the hash itself, as a JSON list: no two events are written alike.
fn hash(row: &audit_event::Model) -> String {
    let content = serde_json::json!([
        row.number,
        row.at.timestamp_millis(),
        row.who,
        row.action,
        row.subject,
        row.outcome,
        row.times,
        row.previous
    ]);
    hex::encode(Sha256::digest(content.to_string()))
}

/// A chain that is whole. Its last hash, noted elsewhere, would show if events were cut off its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chain {
    /// How many events.
    pub events: i64,
    /// Hash of the last.
    pub last: String,
}

/// Goes through the whole trail. Fails at the first event that is not what was written.
pub async fn verify(database: &Database) -> Result<Chain, Error> {
    let mut rows =
        audit_event::Entity::find().order_by_asc(audit_event::Column::Number).stream(database).await?;
    let mut chain = Chain { events: 0, last: NOTHING.to_owned() };
    while let Some(row) = rows.try_next().await? {
        let number = chain.events + 1;
        let why = if row.number != number {
            "it is missing"
        } else if row.previous != chain.last {
            "it does not follow the one before"
        } else if row.hash != hash(&row) {
            "it was changed"
        } else {
            chain = Chain { events: number, last: row.hash };
            continue;
        };
        return Err(Error::Chain { number, why });
    }
    Ok(chain)
}
