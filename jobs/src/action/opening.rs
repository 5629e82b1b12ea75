//! An action that is opened here, by hand. One without an owner is refused.

use chrono::{DateTime, NaiveDate, SubsecRound, Utc};
use rapport_entities::{
    ALL, ActionEvent, ActionOrigin, ActionState, Database, Metric, Quarter, Risk, action,
    connection::begin_write, segment,
};
use sea_orm::{
    DatabaseTransaction, EntityTrait, IntoActiveModel, TryInsertResult, prelude::ChronoUnixTimestampMillis,
    sea_query::OnConflict,
};

use super::{Happening, SOURCE, happens, said};
use crate::{
    Error, Settings,
    audit::{self, Event},
    ledger, token,
};

/// What is to be done, and why.
#[derive(Clone, Debug)]
pub struct Opening {
    /// Its key; one is made if not given.
    pub code: Option<String>,
    /// What is to be done.
    pub title: String,
    /// What it is opened from.
    pub origin: ActionOrigin,
    /// The quarter whose figures it is opened from.
    pub origin_quarter: Option<Quarter>,
    /// The driver, segment, risk or metric it is opened from, by its code.
    pub origin_code: Option<String>,
    /// For customers of a segment, by dimension and code; all customers if not given.
    pub place: Option<(String, String)>,
    /// The index that is to move.
    pub metric: Metric,
    /// The quarter from which on it is to show.
    pub effect_from: Quarter,
    /// Who answers for it.
    pub owner: Option<String>,
    /// By when it is to be done.
    pub due: NaiveDate,
    /// By how much the index is to move, in its own unit.
    pub expected: Option<f64>,
    /// Something to remember.
    pub note: Option<String>,
}

/// Opens an action, asked for by `who`, and says its key. Fails and changes nothing if it has no title or no owner, if
/// there is no such segment, or if its key is taken.
pub async fn open(
    database: &Database,
    settings: &Settings,
    what: Opening,
    who: &str,
    now: DateTime<Utc>,
) -> Result<String, Error> {
    let note = said(what.note.clone());
    let action = action_of(what, settings, who, now)?;
    let code = action.code.clone();
    let transaction = begin_write(database).await?;
    place_exists(&transaction, &action).await?;
    let effect_from = action.effect_from;
    let inserted = action::Entity::insert(action.into_active_model())
        .on_conflict(OnConflict::column(action::Column::Code).do_nothing().to_owned())
        .try_insert()
        .exec_without_returning(&transaction)
        .await?;
    if !matches!(inserted, TryInsertResult::Inserted(1)) {
        return Err(Error::Action { why: format!("there is one with the code {code} already") });
    }
    happens(&transaction, &code, 1, Happening { kind: ActionEvent::Opened, states: None, note }, who, now)
        .await?;
    ledger::changed_since(&transaction, effect_from).await?;
    audit::record(&transaction, Event::done(who, "open action", &code), now).await?;
    transaction.commit().await?;
    Ok(code)
}

/// The action as it is stored. Fails if it lacks what it needs.
fn action_of(
    what: Opening,
    settings: &Settings,
    who: &str,
    now: DateTime<Utc>,
) -> Result<action::Model, Error> {
    let refused = |why: &str| Error::Action { why: why.to_owned() };
    let owner =
        said(what.owner).ok_or_else(|| refused("it has no owner; name who answers for it as `owner`"))?;
    let title = said(Some(what.title))
        .ok_or_else(|| refused("it has no title; say what is to be done as `title`"))?;
    if what.expected.is_some_and(|expected| !expected.is_finite() || expected == 0.0) {
        return Err(refused("an expected effect is a number other than 0"));
    }
    let origin_code = reference(what.origin, what.origin_code).map_err(|why| Error::Action { why })?;
    let day = now.with_timezone(&settings.calendar.zone).format("%Y%m%d");
    let code = match said(what.code) {
        Some(code) => code,
        None => format!("{day}-{}", hex::encode(token::random::<4>()?)),
    };
    let (dimension, segment) = what.place.unwrap_or_else(|| (ALL.to_owned(), ALL.to_owned()));
    Ok(action::Model {
        code,
        source: SOURCE.to_owned(),
        title,
        origin: what.origin,
        origin_quarter: what.origin_quarter,
        origin_code,
        dimension,
        segment,
        metric: what.metric,
        effect_from: what.effect_from,
        owner,
        due: what.due,
        expected: what.expected,
        state: ActionState::Planned,
        version: 1,
        opened_by: who.to_owned(),
        opened_at: ChronoUnixTimestampMillis(now.trunc_subsecs(3)),
        abandoned_in: None,
    })
}

/// What an action was opened from, by its code as it is stored. Fails, in words, if it cannot have been.
pub(crate) fn reference(origin: ActionOrigin, code: Option<String>) -> Result<Option<String>, String> {
    let word = |code: String| code.to_ascii_lowercase();
    match (origin, said(code)) {
        (ActionOrigin::Driver, None) => Err("say which driver it is opened from, by its code".to_owned()),
        (ActionOrigin::Index, Some(code)) => match word(code).parse::<Metric>() {
            Ok(metric) => Ok(Some(metric.to_string())),
            Err(error) => Err(format!("the index it is opened from: {error}")),
        },
        (ActionOrigin::Complaint, Some(code)) => match word(code).parse::<Risk>() {
            Ok(risk) => Ok(Some(risk.to_string())),
            Err(error) => Err(format!("what is complained about: {error}")),
        },
        (_, code) => Ok(code),
    }
}

/// Fails if no customer could be in the action's segment.
async fn place_exists(transaction: &DatabaseTransaction, action: &action::Model) -> Result<(), Error> {
    if action.dimension == ALL && action.segment == ALL {
        return Ok(());
    }
    let key = (action.dimension.clone(), action.segment.clone());
    if segment::Entity::find_by_id(key).one(transaction).await?.is_some() {
        return Ok(());
    }
    let why = format!("there is no segment {}={}", action.dimension, action.segment);
    Err(Error::Action { why })
}
