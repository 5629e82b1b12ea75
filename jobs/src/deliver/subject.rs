//! What a delivery is about, read when it is sent: by then a right may be taken back, or a revision overtaken.

use std::fmt;

use rapport_entities::{ALL, Database, Quarter, artifact, published, segment};
use rapport_messages::Locale;
use sea_orm::EntityTrait;
use serde_json::Value;

use super::{
    alert::Alert,
    letter::{Letter, Picture},
    report::Report,
};
use crate::{
    Error, Settings,
    charts::{self, Kind},
    close::artifact_name,
    settings::{Subscription, Topic},
};

/// What a delivery is about, as the queue names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// An alert, by its id.
    Alert(String),
    /// A revision of a quarter.
    Report(Quarter, i32),
}

impl What {
    /// Reads the queue's name; none if it is not one.
    pub fn read(text: &str) -> Option<Self> {
        let (kind, rest) = text.split_once(':')?;
        match kind {
            "alert" => Some(Self::Alert(rest.to_owned())),
            "report" => {
                let (quarter, revision) = rest.split_once(':')?;
                Some(Self::Report(quarter.parse().ok()?, revision.parse().ok()?))
            }
            _ => None,
        }
    }

    /// The quarter and revision of a report.
    pub fn report(self) -> Option<(Quarter, i32)> {
        match self {
            Self::Report(quarter, revision) => Some((quarter, revision)),
            Self::Alert(_) => None,
        }
    }
}

impl fmt::Display for What {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Alert(id) => write!(f, "alert:{id}"),
            Self::Report(quarter, revision) => write!(f, "report:{quarter}:{revision}"),
        }
    }
}

/// What a delivery is about, with all that is told of it.
pub enum Subject {
    /// An alert.
    Alert(Box<Alert>),
    /// The figures of a quarter.
    Report(Box<Report>),
}

impl Subject {
    /// Reads it with the subscription's rights; in words, why there is nothing to deliver any more.
    pub async fn read(
        database: &Database,
        settings: &Settings,
        subscription: &Subscription,
        what: &str,
    ) -> Result<Result<Self, String>, Error> {
        let missing = |why: &str| Ok(Err(why.to_owned()));
        match What::read(what) {
            Some(What::Alert(id)) => match Alert::read(database, &id).await? {
                None => missing("the alert or its customer was deleted"),
                Some(alert) if !subscription.hears(alert.rule()) => {
                    missing("the subscription no longer hears of this rule")
                }
                Some(alert) => Ok(Ok(Self::Alert(Box::new(alert)))),
            },
            Some(What::Report(..)) if !subscription.on.contains(&Topic::Reports) => {
                missing("the subscription no longer has reports")
            }
            Some(What::Report(quarter, revision)) => {
                let newest = published::revision(database, quarter, None).await?;
                if newest.is_some_and(|newest| newest.revision > revision && !newest.provisional) {
                    return missing("a later revision took its place");
                }
                match published::revision(database, quarter, Some(revision)).await? {
                    None => missing("the revision was deleted"),
                    Some(publication) => {
                        let place = subscription.place().unwrap_or((ALL, ALL));
                        let report = Report::read(database, settings, publication, place).await?;
                        Ok(Ok(Self::Report(Box::new(report))))
                    }
                }
            }
            None => missing("it was queued by another version of Rapport"),
        }
    }

    /// As a webhook is told.
    pub fn json(&self, locale: Locale, settings: &Settings) -> Value {
        match self {
            Self::Alert(alert) => alert.json(locale, settings),
            Self::Report(report) => report.json(locale),
        }
    }

    /// As a mail tells it.
    pub async fn letter(
        &self,
        database: &Database,
        locale: Locale,
        settings: &Settings,
    ) -> Result<Letter, Error> {
        match self {
            Self::Alert(alert) => alert.letter(database, locale, settings).await,
            Self::Report(report) => report.letter(database, locale, settings).await,
        }
    }
}

/// The name of a segment; its code if it has none.
pub async fn segment_name(database: &Database, dimension: &str, code: &str) -> Result<String, Error> {
    let found = segment::Entity::find_by_id((dimension.to_owned(), code.to_owned())).one(database).await?;
    Ok(found.map_or_else(|| code.to_owned(), |segment| segment.name))
}

/// The charts of a set as pixels; those that are there.
pub async fn pictures(
    database: &Database,
    set_id: &str,
    kinds: &[Kind],
    (dimension, segment): (&str, &str),
    locale: Locale,
) -> Result<Vec<Picture>, Error> {
    let mut pictures = Vec::new();
    for kind in kinds {
        let name = artifact_name(*kind, dimension, segment, locale);
        let Some(drawing) = artifact::Entity::find_by_id((set_id.to_owned(), name)).one(database).await?
        else {
            continue;
        };
        // at one pixel a point: sharp at twice the width a mail has
        let draw = move || charts::png(&String::from_utf8_lossy(&drawing.bytes), 1.0);
        let png = tokio::task::spawn_blocking(draw)
            .await
            .unwrap_or_else(|error| std::panic::resume_unwind(error.into_panic()))?;
        pictures.push(Picture {
            cid: format!("{kind}@rapport"),
            file: format!("{kind}.png"),
            title: kind.title(locale).into_owned(),
            png,
        });
    }
    Ok(pictures)
}
