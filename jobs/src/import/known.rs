//! What an import knows before its first row: the customers, complaints, prospects, surveys and segments that rows refer to.

use std::collections::HashMap;

use futures_util::TryStreamExt;
use rapport_entities::{
    At, Database, action, complaint, complaint_event, customer, customer_key, prospect, question, segment,
    survey,
};
use sea_orm::{EntityTrait, QueryOrder, QuerySelect};

use super::{
    facts::{Fact, Key, Known, prospect::Prospect, prospect_grade::Grade},
    mapping::Mapping,
};
use crate::{Error, Settings, erase};

/// Of what there is much, and what an import needs to know only if it tells of it.
#[derive(Clone, Copy)]
pub struct About {
    events: bool,
    prospects: bool,
}

impl About {
    /// What the mapping tells of.
    pub fn of(mapping: &Mapping) -> Self {
        let has = |entity: &str| mapping.entities.contains_key(entity);
        Self {
            events: has(complaint_event::Model::ENTITY),
            prospects: has(Prospect::ENTITY) || has(Grade::ENTITY),
        }
    }
}

/// What the database knows that the rows of an import are held against.
pub async fn read(
    database: &Database,
    settings: &Settings,
    source: &str,
    about: About,
) -> Result<Known, Error> {
    let erased = erase::erased(database).await?.into_iter().collect();
    let losses = settings.rules.losses.clone();
    let mut known = Known { source: source.to_owned(), erased, losses, ..Known::default() };
    let codes = customer::Entity::find().select_only().column(customer::Column::Code).into_tuple::<String>();
    let mut codes = codes.stream(database).await?;
    while let Some(code) = codes.try_next().await? {
        known.customers.insert(rapport_entities::customer_id(&code), customer_key::fingerprint(&code));
    }
    drop(codes);
    if about.events {
        read_complaints(database, &mut known).await?;
    }
    if about.prospects {
        read_prospects(database, &mut known).await?;
    }
    let actions = action::Entity::find().all(database).await?;
    known.actions = actions.into_iter().map(|one| (one.code, (one.source, one.state))).collect();
    let surveys = survey::Entity::find().order_by_asc(survey::Column::Code).all(database).await?;
    known.surveys = surveys.into_iter().map(|survey| (survey.code, survey.audience)).collect();
    let mut questions: HashMap<String, Vec<question::Model>> = HashMap::new();
    for question in question::Entity::find().order_by_asc(question::Column::Position).all(database).await? {
        questions.entry(question.survey.clone()).or_default().push(question);
    }
    known.questions = questions;
    let segments = segment::Entity::find().all(database).await?;
    known.segments = segments.into_iter().map(|segment| (segment.dimension, segment.code)).collect();
    Ok(known)
}

/// When every complaint was received: what happened to it cannot have been before.
async fn read_complaints(database: &Database, known: &mut Known) -> Result<(), Error> {
    use complaint::Column;
    let rows = complaint::Entity::find()
        .select_only()
        .columns([Column::CustomerId, Column::Source, Column::Code, Column::At])
        .into_tuple::<(i64, String, String, At)>();
    let mut rows = rows.stream(database).await?;
    while let Some((customer, source, code, at)) = rows.try_next().await? {
        known.complained(&Key { customer, source: &source, of: "", code: &code }, at);
    }
    Ok(())
}

/// When every prospect was first in contact: no grade of it can have been given before.
async fn read_prospects(database: &Database, known: &mut Known) -> Result<(), Error> {
    use prospect::Column;
    let rows = prospect::Entity::find()
        .select_only()
        .columns([Column::Source, Column::Code, Column::FirstAt, Column::ErasedAt])
        .into_tuple::<(String, String, At, Option<At>)>();
    let mut rows = rows.stream(database).await?;
    while let Some((source, code, first_at, erased_at)) = rows.try_next().await? {
        known.prospects.insert((source, code), (first_at, erased_at.is_some()));
    }
    Ok(())
}
