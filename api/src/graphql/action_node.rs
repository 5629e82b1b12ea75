//! The improvement action as a node of the graph, with what happened to it, what it did, and the moves that are legal now.

use std::collections::HashMap;

use async_graphql::{ComplexObject, Context, ID, Object, SimpleObject};
use rapport_entities::{self as stored, Role, action, action_event};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::{
    action::{ActionRow, Which},
    action_effect::{self, ActionEffectRow},
    batch::{Load, Loaded},
    choice::{self, ActionHappening, ActionState, Metric},
    list::List,
    loader::{CHUNK, Loader},
    page::{self, Connection, Total},
    period,
    reading::Reading,
    scalar::DateTime,
};
use crate::Error;

/// Quarters that an action is expected to be shown by, for the cost.
const QUARTERS: i32 = 12;

/// An improvement action.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(complex)]
pub struct Action {
    /// What its row says.
    #[graphql(flatten)]
    pub row: ActionRow,
}

/// A move that is legal.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(complex, serial)]
pub struct ActionMove {
    /// What happens.
    pub kind: Option<ActionHappening>,
    /// What happens, as text.
    pub kind_code: String,
    /// The state it leads to, to be given to `moveAction`.
    pub to: Option<ActionState>,
    /// The state it leads to, as text.
    pub to_code: String,
}

crate::graphql::label::labels! {
    ActionMove {
        /// Name of what happens.
        kind_label: String = "action-event" of kind_code,
        /// Name of the state it leads to.
        to_label: String = "action" of to_code,
    }
}

/// Something that happened to an action.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(complex, serial)]
pub struct ActionEvent {
    /// Global id.
    pub id: ID,
    /// Which of its events it is, from 1.
    pub number: i32,
    /// When it happened.
    pub at: DateTime,
    /// What happened.
    pub kind: Option<ActionHappening>,
    /// What happened, as text.
    pub kind_code: String,
    /// The state it moved the action from; null for what moved nothing.
    pub from: Option<ActionState>,
    /// The state it moved the action from, as text.
    pub from_code: Option<String>,
    /// The state it moved the action to; null for what moved nothing.
    pub to: Option<ActionState>,
    /// The state it moved the action to, as text.
    pub to_code: Option<String>,
    /// Who did it, as the audit trail names them; for operators alone.
    pub who: Option<String>,
    /// What was noted; for operators alone.
    pub note: Option<String>,
}

crate::graphql::label::labels! {
    ActionEvent {
        /// Name of what happened.
        kind_label: String = "action-event" of kind_code,
        /// Name of the state it moved the action from.
        from_label: Option<String> = "action" of from_code,
        /// Name of the state it moved the action to.
        to_label: Option<String> = "action" of to_code,
    }
}

impl ActionEvent {
    /// As a reader of this role is told it.
    fn of(row: action_event::Model, role: Role) -> Self {
        let whole = role == Role::Operator;
        let code = |state: Option<stored::ActionState>| state.map(|state| choice::code(state.as_str()));
        Self {
            id: page::pack(&["action-event", &row.action, &row.number.to_string()]).into(),
            number: row.number,
            at: DateTime(*row.at),
            kind: ActionHappening::of(row.kind),
            kind_code: choice::code(row.kind.as_str()),
            from: row.from_state.and_then(ActionState::of),
            from_code: code(row.from_state),
            to: row.to_state.and_then(ActionState::of),
            to_code: code(row.to_state),
            who: whole.then_some(row.who),
            note: row.note.filter(|_| whole),
        }
    }
}

#[ComplexObject]
impl Action {
    /// The moves that are legal from the state it is in.
    #[graphql(complexity = "page::cost(Some(2), 2, child_complexity)")]
    async fn allowed_moves(&self) -> Result<List<ActionMove>, Error> {
        let state = self.row.state.map(ActionState::stored);
        let told = |(event, to): (stored::ActionEvent, stored::ActionState)| ActionMove {
            kind: ActionHappening::of(event),
            kind_code: choice::code(event.as_str()),
            to: ActionState::of(to),
            to_code: choice::code(to.as_str()),
        };
        Ok(List(state.into_iter().flat_map(stored::ActionState::moves).map(told).collect()))
    }

    /// What happened to it, oldest first.
    #[graphql(complexity = "page::cost(first, page::NODES, child_complexity)")]
    async fn events(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Nodes at most, up to 10,000; 100 if not given")] first: Option<i32>,
        #[graphql(desc = "The cursor after which the page begins")] after: Option<String>,
    ) -> Result<Option<Connection<ActionEvent>>, Error> {
        let reading = Reading::of(context)?;
        let role = reading.access.role;
        let rows = reading.loader.load_one(EventsOfAction(self.row.code.clone())).await?.unwrap_or_default();
        let node = |row| {
            let event = ActionEvent::of(row, role);
            (event.id.to_string(), event)
        };
        let nodes = rows.into_iter().map(node).collect();
        Connection::of_all(nodes, first, after.as_deref()).map(Some)
    }

    /// What it did, by the newest revision of every quarter since it took effect, oldest first.
    #[graphql(complexity = "page::cost(None, QUARTERS, child_complexity)")]
    async fn effects(&self, context: &Context<'_>) -> Result<List<ActionEffectRow>, Error> {
        action_effect::of_action(Reading::of(context)?, &self.row.code).await
    }
}

impl Action {
    /// Global id.
    pub async fn id(&self, _: &Context<'_>) -> async_graphql::Result<ID> {
        Ok(self.row.id.clone())
    }
}

/// The events of an action, by its code. A key of the loader.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct EventsOfAction(pub String);

impl Load<EventsOfAction> for Loader {
    type Value = Vec<action_event::Model>;

    async fn load(&self, keys: &[EventsOfAction]) -> Loaded<EventsOfAction, Self::Value> {
        use action_event::Column;
        let mut all: HashMap<EventsOfAction, Vec<action_event::Model>> = HashMap::new();
        for keys in keys.chunks(CHUNK) {
            // the reader sees the actions of these keys
            let rows = action_event::Entity::find()
                .filter(Column::Action.is_in(keys.iter().map(|key| key.0.as_str())))
                .order_by_asc(Column::Action)
                .order_by_asc(Column::Number)
                .all(&self.database)
                .await?;
            for row in rows {
                all.entry(EventsOfAction(row.action.clone())).or_default().push(row);
            }
        }
        Ok(all)
    }
}

/// The action with this code; none if there is none that the reader sees.
pub async fn by_code(reading: &Reading, context: &Context<'_>, code: &str) -> Result<Option<Action>, Error> {
    let calendar = period::calendar(context)?;
    let select = Which::default().select(reading, &calendar)?.filter(action::Column::Code.eq(code));
    let Some(row) = select.one(&reading.database).await? else { return Ok(None) };
    let row = ActionRow::of(row, reading.names().await?, &calendar, reading);
    Ok(Some(Action { row }))
}

/// Actions of the graph.
#[derive(Default)]
pub struct ActionQuery;

#[Object]
impl ActionQuery {
    /// The improvement action with this code; null if there is none.
    async fn action(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "An action's code")] code: String,
    ) -> Result<Option<Action>, Error> {
        by_code(Reading::of(context)?, context, &code).await
    }

    /// Improvement actions, page by page, by the day they are due, then by code.
    #[graphql(complexity = "page::cost(first, page::NODES, child_complexity)")]
    #[allow(clippy::too_many_arguments)]
    async fn actions(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Nodes at most, up to 10,000; 100 if not given")] first: Option<i32>,
        #[graphql(desc = "The cursor after which the page begins")] after: Option<String>,
        #[graphql(desc = "Code of a dimension; `all` for all customers")] dimension: Option<String>,
        #[graphql(desc = "Code of a segment; `all` for all customers")] segment: Option<String>,
        #[graphql(desc = "The index that is to move")] metric: Option<Metric>,
        #[graphql(desc = "Where it stands")] state: Option<ActionState>,
        #[graphql(desc = "Who answers for it; for operators alone")] owner: Option<String>,
        #[graphql(desc = "Whether it is still to be done: neither done nor abandoned")] open: Option<bool>,
        #[graphql(desc = "Whether it should have been done by now, and is not")] overdue: Option<bool>,
    ) -> Result<Option<Connection<Action>>, Error> {
        let (reading, calendar) = (Reading::of(context)?, period::calendar(context)?);
        let first = page::first(first)?;
        let (metric, state) = (metric.map(Metric::stored), state.map(ActionState::stored));
        let which = Which { dimension, segment, metric, state, owner, open, overdue };
        let mut select = which.select(reading, &calendar)?;
        let whole = select.clone();
        if let Some(after) = after.as_deref() {
            select = select.filter(beyond(&page::cursor(CURSOR, after)?)?);
        }
        // one more than asked for tells whether others follow
        let rows = select.limit(first as u64 + 1).all(&reading.database).await?;
        let (more, names) = (rows.len() > first, reading.names().await?);
        let node = |row: action::Model| {
            let cursor = page::pack(&[CURSOR, &row.due.to_string(), &row.code]);
            (cursor, Action { row: ActionRow::of(row, names, &calendar, reading) })
        };
        let nodes = rows.into_iter().take(first).map(node).collect();
        Ok(Some(Connection::new(nodes, more, after.is_some(), Total::Actions(Box::new(whole)))))
    }
}

/// What cursors of the list begin with.
const CURSOR: &str = "action-due";

/// That an action comes after the one of a cursor.
fn beyond(parts: &[String]) -> Result<Condition, Error> {
    use action::Column;
    let wrong = || Error::BadInput("after: this is not a cursor of this list in this order".to_owned());
    let [due, code] = parts else { return Err(wrong()) };
    let due: chrono::NaiveDate = due.parse().map_err(|_| wrong())?;
    let tie = Condition::all().add(Column::Due.eq(due)).add(Column::Code.gt(code));
    Ok(Condition::any().add(Column::Due.gt(due)).add(tie))
}
