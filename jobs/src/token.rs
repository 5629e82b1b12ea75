//! Access tokens: made, listed, revoked, found. The secret is told once; the database has its hash alone.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, Utc};
use rapport_entities::{Database, Role, connection::begin_write, segment, token};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait,
    IntoActiveModel, QueryFilter, QueryOrder, prelude::ChronoUnixTimestampMillis,
};
use sha2::{Digest, Sha256};

use crate::{
    Error,
    audit::{self, COMMAND_LINE, Event},
};

/// What a secret begins with, so that those who find one know what it opens.
const PREFIX: &str = "rapport_";

/// The token to be made.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// Whose it is, or what for.
    pub name: String,
    /// What it may do.
    pub role: Role,
    /// The only segments it sees, by dimension and code; all if empty.
    pub segments: Vec<(String, String)>,
    /// When it ends; never if none.
    pub expires_at: Option<DateTime<Utc>>,
}

/// A new token.
#[derive(Clone, Debug)]
pub struct Made {
    /// As it is stored.
    pub token: token::Model,
    /// What its holder sends; nobody can tell it again.
    pub secret: String,
}

/// Makes a token. Fails if the name is taken, a segment is not there, or an operator's would be narrowed.
pub async fn create(database: &Database, wanted: Wanted, now: DateTime<Utc>) -> Result<Made, Error> {
    if wanted.role == Role::Operator && !wanted.segments.is_empty() {
        return Err(Error::NarrowedOperator);
    }
    let secret = format!("{PREFIX}{}", URL_SAFE_NO_PAD.encode(random::<32>()?));
    let token = token::Model {
        token_id: hex::encode(random::<6>()?),
        segments: (!wanted.segments.is_empty()).then(|| serde_json::json!(wanted.segments).to_string()),
        name: wanted.name,
        role: wanted.role,
        hash: hash(&secret),
        created_at: ChronoUnixTimestampMillis(now),
        expires_at: wanted.expires_at.map(ChronoUnixTimestampMillis),
        revoked_at: None,
    };
    let transaction = begin_write(database).await?;
    segments_exist(&transaction, &wanted.segments).await?;
    if named(&transaction, &token.name).await?.is_some() {
        return Err(Error::TokenExists { name: token.name });
    }
    token::Entity::insert(token.clone().into_active_model()).exec_without_returning(&transaction).await?;
    let event = Event::done(COMMAND_LINE, "token create", &token.token_id);
    audit::record(&transaction, event, now).await?;
    transaction.commit().await?;
    Ok(Made { token, secret })
}

/// Every token there ever was, newest first.
pub async fn all(database: &Database) -> Result<Vec<token::Model>, DbErr> {
    use token::Column;
    token::Entity::find().order_by_desc(Column::CreatedAt).order_by_asc(Column::TokenId).all(database).await
}

/// Revokes the token of this name or id, for good. Fails if there is none, or it is revoked already.
pub async fn revoke(database: &Database, name: &str, now: DateTime<Utc>) -> Result<token::Model, Error> {
    let transaction = begin_write(database).await?;
    let found = named(&transaction, name).await?;
    let found = found.ok_or_else(|| Error::NoToken { name: name.to_owned() })?;
    let mut revoked = found.into_active_model();
    revoked.revoked_at = Set(Some(ChronoUnixTimestampMillis(now)));
    let revoked = revoked.update(&transaction).await?;
    let event = Event::done(COMMAND_LINE, "token revoke", &revoked.token_id);
    audit::record(&transaction, event, now).await?;
    transaction.commit().await?;
    Ok(revoked)
}

/// The one of these tokens that this secret is of; none if it is unknown, expired or revoked.
pub fn of_secret<'a>(
    tokens: &'a [token::Model],
    secret: &str,
    now: DateTime<Utc>,
) -> Option<&'a token::Model> {
    let hash = hash(secret);
    let lasts = |token: &token::Model| token.expires_at.is_none_or(|end| *end > now);
    tokens.iter().find(|token| token.hash == hash && token.revoked_at.is_none() && lasts(token))
}

/// Whether anybody can come in by a token.
pub async fn any_live(database: &Database, now: DateTime<Utc>) -> Result<bool, DbErr> {
    Ok(token::Entity::find().filter(is_live(now)).one(database).await?.is_some())
}

/// The only segments that a token sees, by dimension and code; none if it sees all. Fails if the database holds
/// something else, so that nobody sees more by it.
pub fn segments(token: &token::Model) -> Result<Option<Vec<(String, String)>>, Error> {
    let read = |text: &String| {
        serde_json::from_str(text).map_err(|_| Error::Stored {
            what: format!("the segments of token {}", token.token_id),
            why: "they are no list of pairs".to_owned(),
        })
    };
    token.segments.as_ref().map(read).transpose()
}

fn is_live(now: DateTime<Utc>) -> Condition {
    use token::Column;
    let lasts = Condition::any()
        .add(Column::ExpiresAt.is_null())
        .add(Column::ExpiresAt.gt(ChronoUnixTimestampMillis(now)));
    Condition::all().add(Column::RevokedAt.is_null()).add(lasts)
}

/// The token of this name or id that is not revoked.
async fn named(connection: &impl ConnectionTrait, name: &str) -> Result<Option<token::Model>, DbErr> {
    use token::Column;
    let is_it = Condition::any().add(Column::Name.eq(name)).add(Column::TokenId.eq(name));
    token::Entity::find().filter(is_it).filter(Column::RevokedAt.is_null()).one(connection).await
}

async fn segments_exist(
    connection: &impl ConnectionTrait,
    segments: &[(String, String)],
) -> Result<(), Error> {
    let known = segment::Entity::find()
        .order_by_asc(segment::Column::Dimension)
        .order_by_asc(segment::Column::Code)
        .all(connection)
        .await?;
    let is_known = |(dimension, code): &&(String, String)| {
        known.iter().any(|one| (&one.dimension, &one.code) == (dimension, code))
    };
    match segments.iter().find(|pair| !is_known(pair)) {
        None => Ok(()),
        Some((dimension, segment)) => Err(Error::NoSegment {
            dimension: dimension.clone(),
            segment: segment.clone(),
            known: known.iter().map(|one| format!("{}={}", one.dimension, one.code)).collect(),
        }),
    }
}

fn random<const N: usize>() -> Result<[u8; N], Error> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes)?;
    Ok(bytes)
}

/// As it is stored. A secret is 256 random bits, so that nobody finds it by trying: it needs no salt and no slow hash.
fn hash(secret: &str) -> String {
    hex::encode(Sha256::digest(secret))
}
