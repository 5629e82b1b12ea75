//! Playbooks: a card for every class of every scheme, which says what to do. It is shipped with the catalogue's text, its
//! version 0; whoever writes another adds a version, and none is ever changed.

mod text;
mod writing;

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use rapport_entities::{CardScheme, playbook_card};
use rapport_messages::Locale;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoSimpleExpr, QueryFilter, QueryOrder,
    sea_query::{Expr, ExprTrait, Query},
};

pub use text::{MOST, Text};
pub use writing::write;

use crate::Error;

/// What names a card.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    /// The scheme.
    pub scheme: CardScheme,
    /// Word of the class.
    pub class: &'static str,
    /// Language of the text.
    pub locale: Locale,
}

/// A version of a card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    /// Which.
    pub key: Key,
    /// 0 for the text that is shipped, and one more with every edit.
    pub version: i32,
    /// What it tells.
    pub text: Text,
    /// Who wrote it, as the audit trail names them, and when; none of what is shipped.
    pub written: Option<(String, DateTime<Utc>)>,
}

impl Key {
    /// Of a class by its word, in upper or lower case. Fails if the scheme has no card for it.
    pub fn of(scheme: CardScheme, class: &str, locale: Locale) -> Result<Self, Error> {
        let known = scheme.classes().into_iter().find(|known| known.eq_ignore_ascii_case(class));
        let nothing = || Error::NoCard { card: format!("{scheme}/{class}") };
        Ok(Self { scheme, class: known.ok_or_else(nothing)?, locale })
    }

    /// Those of a language, in the order of reports.
    pub fn all(locale: Locale) -> impl Iterator<Item = Self> {
        let of = move |scheme: &CardScheme| {
            let scheme = *scheme;
            scheme.classes().into_iter().map(move |class| Self { scheme, class, locale })
        };
        CardScheme::ALL.iter().flat_map(of)
    }
}

impl std::fmt::Display for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{}/{}", self.scheme, self.class, self.locale)
    }
}

impl Card {
    /// The card that is shipped.
    pub fn shipped(key: Key) -> Self {
        Self { key, version: 0, text: Text::shipped(key), written: None }
    }

    /// Whether it tells what is shipped: as it came, or because somebody put that back.
    pub fn is_shipped(&self) -> bool {
        self.version == 0 || self.text == Text::shipped(self.key)
    }

    /// Of a stored version; none if this program has no such card.
    fn of(row: playbook_card::Model) -> Option<Self> {
        let key = Key::of(row.scheme, &row.class, row.locale.parse().ok()?).ok()?;
        let written = Some((row.written_by.clone(), *row.written_at));
        Some(Self { key, version: row.version, text: Text::of(row), written })
    }
}

/// The newest version of every card that was ever written.
#[derive(Debug, Default)]
pub struct Cards(HashMap<Key, Card>);

impl Cards {
    /// Reads them; as many at most as there are cards.
    pub async fn read(connection: &impl ConnectionTrait) -> Result<Self, DbErr> {
        use playbook_card::{Column, Entity};
        let key = [Column::Scheme, Column::Class, Column::Locale];
        let newest = Query::select()
            .columns(key)
            .expr(Expr::col(Column::Version).max())
            .from(Entity)
            .group_by_columns(key)
            .to_owned();
        let whole = key.into_iter().chain([Column::Version]).map(IntoSimpleExpr::into_simple_expr);
        let rows = Entity::find().filter(Expr::tuple(whole).in_subquery(newest)).all(connection).await?;
        Ok(Self(rows.into_iter().filter_map(Card::of).map(|card| (card.key, card)).collect()))
    }

    /// The newest version of a card: the one that is shipped if nobody wrote another.
    pub fn of(&self, key: Key) -> Card {
        self.0.get(&key).cloned().unwrap_or_else(|| Card::shipped(key))
    }
}

/// Every version of these cards, the newest first and last the one that is shipped. People write them: they are few.
pub async fn versions(
    connection: &impl ConnectionTrait,
    keys: &[Key],
) -> Result<HashMap<Key, Vec<Card>>, DbErr> {
    use playbook_card::Column;
    let mut all: HashMap<Key, Vec<Card>> = keys.iter().map(|key| (*key, Vec::new())).collect();
    let mut classes: Vec<&str> = keys.iter().map(|key| key.class).collect();
    classes.sort_unstable();
    classes.dedup();
    let rows = playbook_card::Entity::find()
        .filter(Column::Class.is_in(classes))
        .order_by_desc(Column::Version)
        .all(connection)
        .await?;
    for card in rows.into_iter().filter_map(Card::of) {
        if let Some(versions) = all.get_mut(&card.key) {
            versions.push(card);
        }
    }
    all.iter_mut().for_each(|(key, versions)| versions.push(Card::shipped(*key)));
    Ok(all)
}
