//! Browsers that signed in with a token. A cookie is 256 random bits, of which the database has the hash alone; it opens
//! what its token opens, in every replica, until it is ended, is over, or the token is.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, TimeDelta, Utc};
use rapport_entities::{Database, connection::begin_write, session, token};
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, prelude::ChronoUnixTimestampMillis};

use crate::{
    Error,
    audit::{self, Event},
    token::{hash, random},
};

/// Signs in with a token, for so long: what the browser is to keep.
pub async fn begin(
    database: &Database,
    token: &token::Model,
    lasts: TimeDelta,
    now: DateTime<Utc>,
) -> Result<String, Error> {
    let cookie = URL_SAFE_NO_PAD.encode(random::<32>()?);
    let session = session::Model {
        hash: hash(&cookie),
        token_id: token.token_id.clone(),
        created_at: ChronoUnixTimestampMillis(now),
        expires_at: ChronoUnixTimestampMillis(now + lasts),
    };
    let transaction = begin_write(database).await?;
    // those that are over go when others come
    session::Entity::delete_many()
        .filter(session::Column::ExpiresAt.lte(ChronoUnixTimestampMillis(now)))
        .exec(&transaction)
        .await?;
    session::Entity::insert(session.into_active_model()).exec_without_returning(&transaction).await?;
    let who = format!("token {}", token.token_id);
    audit::record(&transaction, Event::done(&who, "sign in", &token.token_id), now).await?;
    transaction.commit().await?;
    Ok(cookie)
}

/// The id of the token with which the browser that shows this cookie signed in; none if the session is over.
pub async fn of_cookie(
    database: &Database,
    cookie: &str,
    now: DateTime<Utc>,
) -> Result<Option<String>, Error> {
    let found = session::Entity::find_by_id(hash(cookie))
        .filter(session::Column::ExpiresAt.gt(ChronoUnixTimestampMillis(now)))
        .one(database)
        .await?;
    Ok(found.map(|session| session.token_id))
}

/// Signs out: nobody comes in by this cookie again.
pub async fn end(database: &Database, cookie: &str, now: DateTime<Utc>) -> Result<(), Error> {
    let transaction = begin_write(database).await?;
    if let Some(session) = session::Entity::find_by_id(hash(cookie)).one(&transaction).await? {
        let who = format!("token {}", session.token_id);
        session::Entity::delete_by_id(&session.hash).exec(&transaction).await?;
        audit::record(&transaction, Event::done(&who, "sign out", &session.token_id), now).await?;
    }
    transaction.commit().await?;
    Ok(())
}
