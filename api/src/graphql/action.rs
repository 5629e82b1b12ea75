//! Improvement actions as a flat table: what is to be done for whom, by whom and by when, and which index is to move.

use async_graphql::{Context, ID, Object, SimpleObject};
use rapport_entities::{self as stored, Calendar, Role, action, clock};
use sea_orm::{
    ColumnTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect, Select, sea_query::Expr,
};

use super::{
    choice::{self, ActionOrigin, ActionState, Metric},
    list::List,
    mask,
    page::{self, Window},
    period,
    reading::{Names, Reading},
    scalar::{Date, DateTime},
};
use crate::Error;

/// An improvement action.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(complex, serial)]
pub struct ActionRow {
    /// Global id.
    pub id: ID,
    /// Its key.
    pub code: String,
    /// Where it came from: a source of imports, or `rapport`.
    pub source: String,
    /// What is to be done.
    pub title: String,
    /// What it was opened from.
    pub origin: Option<ActionOrigin>,
    /// What it was opened from, as text.
    pub origin_code: String,
    /// The driver, segment, risk or metric it was opened from, by its code.
    pub origin_reference: Option<String>,
    /// The quarter whose figures it was opened from, written `2026-Q3`.
    pub origin_quarter: Option<String>,
    /// Code of the dimension of the segment that it is for; `all` for all customers.
    pub dimension: String,
    /// Code of the segment that it is for; `all` for all customers.
    pub segment: String,
    /// Name of the segment.
    pub segment_name: String,
    /// The index that is to move.
    pub metric: Option<Metric>,
    /// The index that is to move, as text.
    pub metric_code: String,
    /// The quarter from which on it is to show, written `2026-Q3`.
    pub effect_from: String,
    /// The first day of that quarter.
    pub effect_from_start: Date,
    /// Who answers for it; whole for operators alone, for analysts as `Z***`, for viewers null.
    pub owner: Option<String>,
    /// By when it is to be done.
    pub due: Date,
    /// Whether that day is over, and it is neither done nor abandoned.
    pub overdue: bool,
    /// By how much the index is to move, in its own unit: points, or a fraction of 1 for shares and rates.
    pub expected: Option<f64>,
    /// Where it stands.
    pub state: Option<ActionState>,
    /// Where it stands, as text.
    pub state_code: String,
    /// How many events there were; grows with each.
    pub version: i32,
    /// When it was opened.
    pub opened_at: DateTime,
    /// The quarter in which it was given up, written `2026-Q3`; from then on it does not count.
    pub abandoned_in: Option<String>,
}

crate::graphql::label::labels! {
    ActionRow {
        /// Name of what it was opened from.
        origin_label: String = "action-origin" of origin_code,
        /// Name of the index.
        metric_label: String = "metric" of metric_code,
        /// Name of the state.
        state_label: String = "action" of state_code,
    }
}

impl ActionRow {
    /// What it is, in ids.
    pub const KIND: &'static str = "action";

    /// As the reader is told it.
    pub fn of(row: action::Model, names: &Names, calendar: &Calendar, reading: &Reading) -> Self {
        let overdue = row.state.is_open() && row.due < today(calendar);
        if row.state.is_open() && !overdue {
            // some day it is, without a new data version
            reading.pass();
        }
        let owner = match reading.access.role {
            Role::Operator => Some(row.owner),
            Role::Analyst => Some(mask::name(&row.owner)),
            Role::Viewer => None,
        };
        Self {
            id: page::pack(&[Self::KIND, &row.code]).into(),
            origin: ActionOrigin::of(row.origin),
            origin_code: choice::code(row.origin.as_str()),
            origin_reference: row.origin_code.map(|code| match row.origin {
                stored::ActionOrigin::Index | stored::ActionOrigin::Complaint => choice::code(&code),
                _ => code,
            }),
            origin_quarter: row.origin_quarter.map(|quarter| quarter.to_string()),
            segment_name: names.of(&row.dimension, &row.segment),
            metric: Metric::of(row.metric),
            metric_code: choice::code(row.metric.as_str()),
            effect_from: row.effect_from.to_string(),
            effect_from_start: period::first_day(calendar, row.effect_from),
            owner,
            overdue,
            due: Date(row.due),
            expected: row.expected,
            state: ActionState::of(row.state),
            state_code: choice::code(row.state.as_str()),
            version: row.version,
            opened_at: DateTime(*row.opened_at),
            abandoned_in: row.abandoned_in.map(|quarter| quarter.to_string()),
            code: row.code,
            source: row.source,
            title: row.title,
            dimension: row.dimension,
            segment: row.segment,
        }
    }
}

/// The day, where the company is.
fn today(calendar: &Calendar) -> chrono::NaiveDate {
    clock::now().with_timezone(&calendar.zone).date_naive()
}

/// Which actions.
#[derive(Clone, Debug, Default)]
pub struct Which {
    /// Code of a dimension.
    pub dimension: Option<String>,
    /// Code of a segment.
    pub segment: Option<String>,
    /// The index that is to move.
    pub metric: Option<stored::Metric>,
    /// Where it stands.
    pub state: Option<stored::ActionState>,
    /// Who answers for it.
    pub owner: Option<String>,
    /// Whether it is still to be done.
    pub open: Option<bool>,
    /// Whether it should have been done.
    pub overdue: Option<bool>,
}

/// That something is so, or that it is not.
fn either(condition: Expr, is: bool) -> Expr {
    if is { condition } else { condition.not() }
}

impl Which {
    /// Those that the reader sees, by the day they are due, then by code. Fails if a reader asks by owner who is not told
    /// owners.
    pub fn select(self, reading: &Reading, calendar: &Calendar) -> Result<Select<action::Entity>, Error> {
        use action::Column;
        if self.overdue.is_some() {
            // by the day, without a new data version
            reading.pass();
        }
        if self.owner.is_some() {
            reading.access.needs(Role::Operator)?;
        }
        let open =
            Column::State.is_in(stored::ActionState::ALL.iter().filter(|state| state.is_open()).copied());
        let late = open.clone().and(Column::Due.lt(today(calendar)));
        let (open, late) = (self.open.map(|is| either(open, is)), self.overdue.map(|is| either(late, is)));
        let mut select = action::Entity::find()
            .filter(reading.access.places(Column::Dimension, Column::Segment))
            .order_by_asc(Column::Due)
            .order_by_asc(Column::Code);
        let equal = [
            self.dimension.map(|one| Column::Dimension.eq(one)),
            self.segment.map(|one| Column::Segment.eq(one)),
            self.metric.map(|one| Column::Metric.eq(one)),
            self.state.map(|one| Column::State.eq(one)),
            self.owner.map(|one| Column::Owner.eq(one)),
            open,
            late,
        ];
        for condition in equal.into_iter().flatten() {
            select = select.filter(condition);
        }
        Ok(select)
    }
}

/// Actions as a flat table.
#[derive(Default)]
pub struct ActionRowQuery;

#[Object]
impl ActionRowQuery {
    /// Improvement actions as a flat table, ordered by the day they are due, then by code.
    #[graphql(complexity = "page::cost(limit, page::ROWS, child_complexity)")]
    #[allow(clippy::too_many_arguments)]
    async fn action_rows(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Code of a dimension; `all` for all customers")] dimension: Option<String>,
        #[graphql(desc = "Code of a segment; `all` for all customers")] segment: Option<String>,
        #[graphql(desc = "The code of the index that is to move, such as CSI")] metric: Option<String>,
        #[graphql(desc = "PLANNED, IN_WORK, DONE or ABANDONED")] state: Option<String>,
        #[graphql(desc = "Who answers for it; for operators alone")] owner: Option<String>,
        #[graphql(desc = "Whether it is still to be done: neither done nor abandoned")] open: Option<bool>,
        #[graphql(desc = "Whether it should have been done by now, and is not")] overdue: Option<bool>,
        #[graphql(desc = "Rows to pass over; 0 if not given")] offset: Option<i32>,
        #[graphql(desc = "Rows at most, up to 10,000; 1,000 if not given")] limit: Option<i32>,
    ) -> Result<List<ActionRow>, Error> {
        let window = Window::new(offset, limit)?;
        let (reading, calendar) = (Reading::of(context)?, period::calendar(context)?);
        let metric = choice::word("metric", metric.as_deref())?;
        let state = choice::word("state", state.as_deref())?;
        let which = Which { dimension, segment, metric, state, owner, open, overdue };
        let select = which.select(reading, &calendar)?.offset(window.offset).limit(window.limit);
        let rows = select.all(&reading.database).await?;
        let names = reading.names().await?;
        Ok(rows.into_iter().map(|row| ActionRow::of(row, names, &calendar, reading)).collect())
    }
}
