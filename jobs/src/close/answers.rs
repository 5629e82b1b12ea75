//! Reading the responses in one pass: the latest answers of every customer, the running scores of every segment, and
//! what the models are estimated from. Nothing is held of a response.

use std::collections::BTreeMap;

use futures_util::TryStreamExt;
use indicatif::ProgressBar;
use rapport_entities::{AnswerMode, Audience, Database, question, response};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect};

use super::{
    customers::Customers,
    drivers::Driving,
    modes::{Given, Modes},
    scores::Scores,
    segments::{Combination, Segments},
    span::Span,
    structure::Structure,
    survey::Survey,
    weighting::Weights,
};
use crate::{Error, Rules};

/// What responses are read into.
pub struct Answering {
    /// The running scores of every segment.
    pub scores: Scores,
    /// Responses in the quarter.
    pub responses: u64,
    /// How the quarter's responses were given.
    pub modes: Modes,
    /// The weights of the quarter's respondents.
    pub weights: Weights,
    /// What the structural model is estimated from; `None` if no survey asks for it.
    pub structure: Option<Structure>,
    /// What the drivers are estimated from; `None` if no survey asks for them.
    pub driving: Option<Driving>,
}

impl Answering {
    /// Reads the window's responses, in the order of time, so that a later answer takes the place of an earlier one,
    /// and to the last tie, so that sums are added in the same order everywhere.
    pub async fn read(
        database: &Database,
        span: Span,
        rules: &Rules,
        customers: &mut Customers,
        segments: &Segments,
        progress: &ProgressBar,
    ) -> Result<Self, Error> {
        let surveys = surveys(database, Audience::Customer).await?;
        let respondents = respondents(database, span, rules, &surveys, customers).await?;
        progress.set_length(count(database, span).await?);
        let mut answering = Self {
            scores: Scores::new(segments.len(), rules.top_boxes),
            responses: 0,
            modes: Modes::new(rules.top_boxes),
            weights: Weights::new(&respondents, segments, &rules.weighting),
            structure: Structure::of(&surveys, &rules.structure, segments.len()),
            driving: Driving::of(&surveys, &rules.drivers, segments.len()),
        };
        let mut rows = select(span.window, span.end)
            .columns([
                response::Column::Weight,
                response::Column::Answers,
                response::Column::Mode,
                response::Column::Channel,
            ])
            .into_tuple::<(i64, i64, String, Option<f64>, String, Option<AnswerMode>, Option<String>)>()
            .stream(database)
            .await?;
        let mut answers = Vec::new();
        while let Some((id, at, code, weight, json, mode, channel)) = rows.try_next().await? {
            progress.inc(1);
            let Some(survey) = surveys.get(&code) else { continue };
            survey.read(&json, &mut answers).map_err(|error| Error::Stored {
                what: format!("a response of customer {id} to survey `{code}`"),
                why: error.to_string(),
            })?;
            let Some(customer) = customers.get_mut(id) else { continue };
            customer.answered = true;
            for (item, answer) in survey.answered(&answers) {
                item.measure.into_iter().for_each(|measure| customer.answered(measure, &item.scale, answer));
            }
            if at >= span.quarter {
                let weight = weight.unwrap_or(1.0) * answering.weights.of(customer.combination);
                let given = Given { mode, channel: channel.as_deref() };
                let place = (segments, customer.combination);
                answering.modes.add(given, place, (&code, survey), &answers, weight);
                let members = segments.members(customer.combination);
                answering.add(members, (&code, survey), &answers, weight, id);
            }
        }
        Ok(answering)
    }

    fn add(
        &mut self,
        members: &[usize],
        (code, survey): (&str, &Survey),
        answers: &[Option<f64>],
        weight: f64,
        customer: i64,
    ) {
        self.responses += 1;
        self.scores.add(members, survey, answers, weight);
        if let Some(structure) = &mut self.structure {
            structure.gathering.add(members, code, answers, weight, customer);
        }
        if let Some(driving) = &mut self.driving {
            driving.add(members, (code, survey), answers, weight, customer);
        }
    }
}

/// Responses in the window: how far the reading is to go.
async fn count(database: &Database, span: Span) -> Result<u64, Error> {
    let select = response::Entity::find().filter(response::Column::At.gte(span.window));
    Ok(select.filter(response::Column::At.lt(span.end)).count(database).await?)
}

/// The quarter's responses by combination of segments; nobody is counted without margins to weight to.
async fn respondents(
    database: &Database,
    span: Span,
    rules: &Rules,
    surveys: &BTreeMap<String, Survey>,
    customers: &mut Customers,
) -> Result<BTreeMap<Combination, u64>, Error> {
    let mut respondents = BTreeMap::new();
    if rules.weighting.margins.is_empty() {
        return Ok(respondents);
    }
    let mut rows = select(span.quarter, span.end).into_tuple::<(i64, i64, String)>().stream(database).await?;
    while let Some((id, _, code)) = rows.try_next().await? {
        if let (true, Some(customer)) = (surveys.contains_key(&code), customers.get_mut(id)) {
            *respondents.entry(customer.combination).or_default() += 1;
        }
    }
    Ok(respondents)
}

fn select(from: i64, end: i64) -> sea_orm::Select<response::Entity> {
    use response::Column;
    response::Entity::find()
        .select_only()
        .columns([Column::CustomerId, Column::At, Column::Survey])
        .filter(Column::At.gte(from))
        .filter(Column::At.lt(end))
        .order_by_asc(Column::At)
        .order_by_asc(Column::CustomerId)
        .order_by_asc(Column::Source)
        .order_by_asc(Column::Code)
}

/// The surveys that ask such respondents.
pub(super) async fn surveys(
    database: &Database,
    audience: Audience,
) -> Result<BTreeMap<String, Survey>, Error> {
    let asked = rapport_entities::survey::Entity::find()
        .filter(rapport_entities::survey::Column::Audience.eq(audience))
        .all(database)
        .await?;
    let mut surveys = BTreeMap::new();
    for survey in asked {
        let questions = question::Entity::find()
            .filter(question::Column::Survey.eq(&survey.code))
            .order_by_asc(question::Column::Position)
            .order_by_asc(question::Column::Code)
            .all(database)
            .await?;
        surveys.insert(survey.code, Survey::new(&questions));
    }
    Ok(surveys)
}
