//! The stored pictures of a place in a revision of a quarter, in one language and in the colours asked for.

use std::collections::BTreeMap;

use rapport_entities::{Database, artifact, publication};
use rapport_jobs::charts::Theme;
use rapport_messages::Locale;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use crate::{Access, Error, graphql};

/// Pictures by their kinds.
#[derive(Debug, Default)]
pub struct Drawings(BTreeMap<String, String>);

impl Drawings {
    /// Those there are, if the reader sees the place.
    pub async fn of(
        database: &Database,
        access: &Access,
        publication: &publication::Model,
        (dimension, segment): (&str, &str),
        (locale, theme): (Locale, Theme),
    ) -> Result<Self, Error> {
        if !access.sees(dimension, segment) {
            return Ok(Self::default());
        }
        let stored = artifact::Entity::find()
            .filter(artifact::Column::SetId.eq(&publication.set_id))
            .filter(artifact::Column::Name.is_in(graphql::picture_names(dimension, segment)))
            .all(database)
            .await?;
        let drawing = |one: artifact::Model| {
            let (kind, _, _, tongue) = graphql::parts(&one.name)?;
            let svg = theme.apply(&String::from_utf8_lossy(&one.bytes)).into_owned();
            (tongue == locale.as_str()).then(|| (kind.to_owned(), svg))
        };
        Ok(Self(stored.into_iter().filter_map(drawing).collect()))
    }

    /// The picture of a kind.
    pub fn svg(&self, kind: &str) -> Option<&str> {
        self.0.get(kind).map(String::as_str)
    }
}
