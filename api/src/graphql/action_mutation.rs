//! What operators do with improvement actions: open them, move them, and note what is to be remembered.

use async_graphql::{Context, InputObject, Object};
use rapport_entities::{ALL, clock};
use rapport_jobs::action::{self, Move, Opening};

use super::{
    action_node::{self, Action},
    choice::{ActionOrigin, ActionState, Metric},
    guard,
    reading::{self, Reading},
    scalar::Date,
};
use crate::Error;

/// An improvement action that is opened.
#[derive(Clone, Debug, InputObject)]
pub struct ActionInput {
    /// Its key; one is made if not given.
    code: Option<String>,
    /// What is to be done.
    title: String,
    /// What it is opened from.
    origin: ActionOrigin,
    /// The driver, segment, risk or metric it is opened from, by its code; a driver must be named.
    origin_reference: Option<String>,
    /// The quarter whose figures it is opened from, written `2026-Q3`.
    origin_quarter: Option<String>,
    /// Code of the dimension of the segment that it is for; all customers if not given.
    dimension: Option<String>,
    /// Code of the segment that it is for; all customers if not given.
    segment: Option<String>,
    /// The index that is to move.
    metric: Metric,
    /// The quarter from which on it is to show, written `2026-Q3`.
    effect_from: String,
    /// Who answers for it; an action without one is refused.
    owner: Option<String>,
    /// By when it is to be done.
    due: Date,
    /// By how much the index is to move, in its own unit: points, or a fraction of 1 for shares and rates.
    expected: Option<f64>,
    /// Something to remember.
    note: Option<String>,
}

/// What operators do with actions.
#[derive(Default)]
pub struct ActionMutation;

#[Object]
impl ActionMutation {
    /// Opens an improvement action. Quarters from the one that it takes effect in are closed again, if they were closed.
    #[graphql(guard = "guard::WORK", complexity = "100 + child_complexity")]
    async fn open_action(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "What is to be done, and why")] action: ActionInput,
    ) -> Result<Option<Action>, Error> {
        let (reading, settings) = (Reading::of(context)?, settings(context)?);
        let what = Opening {
            code: action.code,
            title: action.title,
            origin: action.origin.stored(),
            origin_quarter: action.origin_quarter.as_deref().map(reading::parse).transpose()?,
            origin_code: action.origin_reference,
            place: place(action.dimension, action.segment)?,
            metric: action.metric.stored(),
            effect_from: reading::parse(&action.effect_from)?,
            owner: action.owner,
            due: action.due.0,
            expected: action.expected,
            note: action.note,
        };
        let who = reading.access.who();
        let code = action::open(&reading.database, settings, what, who, clock::now()).await?;
        action_node::by_code(reading, context, &code).await
    }

    /// Moves an action to another state, if that is legal from the one it is in.
    #[graphql(guard = "guard::WORK", complexity = "100 + child_complexity")]
    async fn move_action(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The action's code")] code: String,
        #[graphql(desc = "The state it is moved to")] to: ActionState,
        #[graphql(desc = "The state that it was seen in: where it is not in that any more, nothing is done")]
        from: Option<ActionState>,
        #[graphql(desc = "Something to remember")] note: Option<String>,
    ) -> Result<Option<Action>, Error> {
        let (reading, settings) = (Reading::of(context)?, settings(context)?);
        let how = Move { to: to.stored(), seen: from.map(ActionState::stored), note };
        let who = reading.access.who();
        action::move_to(&reading.database, settings, &code, how, who, clock::now()).await?;
        action_node::by_code(reading, context, &code).await
    }

    /// Notes something of an action.
    #[graphql(guard = "guard::WORK", complexity = "100 + child_complexity")]
    async fn note_action(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The action's code")] code: String,
        #[graphql(desc = "What is to be remembered")] note: String,
    ) -> Result<Option<Action>, Error> {
        let reading = Reading::of(context)?;
        action::note(&reading.database, &code, note, reading.access.who(), clock::now()).await?;
        action_node::by_code(reading, context, &code).await
    }
}

/// A segment by its dimension and code, or all customers.
fn place(dimension: Option<String>, segment: Option<String>) -> Result<Option<(String, String)>, Error> {
    match (dimension, segment) {
        (None, None) => Ok(None),
        (Some(dimension), Some(segment)) if dimension == ALL && segment == ALL => Ok(None),
        (Some(dimension), Some(segment)) => Ok(Some((dimension, segment))),
        _ => Err(Error::BadInput("dimension and segment go together; give both, or neither".to_owned())),
    }
}

fn settings<'a>(context: &Context<'a>) -> Result<&'a rapport_jobs::Settings, Error> {
    let settings = context.data::<std::sync::Arc<rapport_jobs::Settings>>();
    settings.map(AsRef::as_ref).map_err(|error| Error::NotFound(error.message))
}
