//! What happened to complaints: moves from state to state, steps and faults of handling, promises and notes. Persons are
//! masked for all but operators; what they noted is in no flat table, and for operators alone.

use std::collections::HashMap;

use async_graphql::{Context, ID, Object, SimpleObject};
use rapport_entities::{self as stored, At, Calendar, Role, complaint_event, customer};
use sea_orm::{
    ColumnTrait, DerivePartialModel, EntityTrait, IntoSimpleExpr, JoinType, QueryFilter, QueryOrder,
    QuerySelect, RelationDef,
};

use super::{
    batch::{Load, Loaded},
    choice::{self, CaseEvent, CaseState, EventSort},
    fact::{self, Which},
    guard,
    list::List,
    loader::{CHUNK, Loader},
    mask,
    money::Money,
    page::{self, Window},
    period::{self, Moment, Period},
    reading::Reading,
    scalar::{Date, DateTime},
};
use crate::Error;

/// Something that happened to a complaint.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(complex, serial)]
pub struct ComplaintEventRow {
    /// Global id.
    pub id: ID,
    /// When it happened.
    #[graphql(flatten)]
    pub moment: Moment,
    /// Global id of the complaint.
    pub complaint_id: ID,
    /// The complaint, by its source's own key.
    pub complaint: String,
    /// The company's own code of the customer.
    pub customer: String,
    /// The source of the complaint.
    pub source: String,
    /// The event's own key.
    pub code: String,
    /// What happened.
    pub kind: Option<CaseEvent>,
    /// What happened, as text.
    pub kind_code: String,
    /// Of which sort that is.
    pub sort: Option<EventSort>,
    /// Of which sort that is, as text.
    pub sort_code: String,
    /// Which of the complaint's moves it was, from 1; null for what moved nothing.
    pub sequence: Option<i32>,
    /// The state it moved the complaint from; null for what moved nothing.
    pub from: Option<CaseState>,
    /// The state it moved the complaint from, as text.
    pub from_code: Option<String>,
    /// The state it moved the complaint to; null for what moved nothing.
    pub to: Option<CaseState>,
    /// The state it moved the complaint to, as text.
    pub to_code: Option<String>,
    /// Who did it; whole for operators alone, for others as `Z***`.
    pub person: Option<String>,
    /// What the customer was given, in major units.
    pub amount: Option<f64>,
    /// What the customer was given, exactly.
    pub amount_decimal: Option<String>,
    /// Currency of the money, by its ISO 4217 code.
    pub currency: Option<String>,
    /// By when something was promised.
    pub due_at: Option<DateTime>,
}

crate::graphql::label::labels! {
    ComplaintEventRow {
        /// Name of what happened.
        kind_label: String = "event" of kind_code,
        /// Name of its sort.
        sort_label: String = "event-sort" of sort_code,
        /// Name of the state it moved the complaint from.
        from_label: Option<String> = "case" of from_code,
        /// Name of the state it moved the complaint to.
        to_label: Option<String> = "case" of to_code,
    }
}

/// What is read of an event.
#[derive(Clone, Debug, DerivePartialModel)]
#[sea_orm(entity = "complaint_event::Entity")]
pub struct Stored {
    customer_id: i64,
    #[sea_orm(from_expr = "customer::Column::Code.into_simple_expr()")]
    customer: String,
    source: String,
    complaint: String,
    code: String,
    at: At,
    kind: stored::CaseEvent,
    person: Option<String>,
    note: Option<String>,
    amount: Option<i64>,
    currency: Option<String>,
    due_at: Option<At>,
    sequence: Option<i32>,
    from_state: Option<stored::CaseState>,
    to_state: Option<stored::CaseState>,
}

impl ComplaintEventRow {
    /// As a reader of this role is told it.
    pub fn of(row: Stored, calendar: &Calendar, role: Role) -> Self {
        let money = Money::of(row.currency.as_deref());
        let whole = role == Role::Operator;
        let code = |state: Option<stored::CaseState>| state.map(|state| choice::code(state.as_str()));
        Self {
            id: page::pack(&["complaint-event", &row.customer, &row.source, &row.complaint, &row.code])
                .into(),
            moment: Moment::of(row.at, calendar),
            complaint_id: page::pack(&["complaint", &row.customer, &row.source, &row.complaint]).into(),
            kind: CaseEvent::of(row.kind),
            kind_code: choice::code(row.kind.as_str()),
            sort: EventSort::of(row.kind.sort()),
            sort_code: choice::code(row.kind.sort().as_str()),
            sequence: row.sequence.filter(|number| *number > 0),
            from: row.from_state.and_then(CaseState::of),
            from_code: code(row.from_state),
            to: row.to_state.and_then(CaseState::of),
            to_code: code(row.to_state),
            person: row.person.map(|person| if whole { person } else { mask::name(&person) }),
            amount: row.amount.map(|minor| money.float(minor)),
            amount_decimal: row.amount.map(|minor| money.decimal(minor)),
            due_at: row.due_at.map(|at| DateTime(*at)),
            complaint: row.complaint,
            customer: row.customer,
            source: row.source,
            code: row.code,
            currency: row.currency,
        }
    }
}

/// Something that happened to a complaint, with what was noted.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(serial)]
pub struct ComplaintEvent {
    /// What its row says.
    #[graphql(flatten)]
    pub row: ComplaintEventRow,
    /// What was noted; for operators alone.
    pub note: Option<String>,
}

impl ComplaintEvent {
    /// As a reader of this role is told it.
    pub fn of(mut row: Stored, calendar: &Calendar, role: Role) -> Self {
        let note = row.note.take().filter(|_| role == Role::Operator);
        Self { row: ComplaintEventRow::of(row, calendar, role), note }
    }
}

/// The events of a complaint, by its customer's id, its source and its key. A key of the loader.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct EventsOf(pub i64, pub String, pub String);

impl Load<EventsOf> for Loader {
    type Value = Vec<Stored>;

    async fn load(&self, keys: &[EventsOf]) -> Loaded<EventsOf, Self::Value> {
        use complaint_event::Column;
        let of: RelationDef = complaint_event::Entity::belongs_to(customer::Entity)
            .from(Column::CustomerId)
            .to(customer::Column::CustomerId)
            .into();
        let mut all: HashMap<EventsOf, Vec<Stored>> = HashMap::new();
        for keys in keys.chunks(CHUNK) {
            // of the few complaints that a customer makes, all
            let rows = complaint_event::Entity::find()
                .join(JoinType::InnerJoin, of.clone())
                .filter(self.access.customers(Column::CustomerId))
                .filter(Column::CustomerId.is_in(keys.iter().map(|key| key.0)))
                .order_by_asc(Column::At)
                .order_by_asc(Column::Sequence)
                .order_by_asc(Column::Code)
                .into_partial_model::<Stored>()
                .all(&self.database)
                .await?;
            for row in rows {
                let key = EventsOf(row.customer_id, row.source.clone(), row.complaint.clone());
                all.entry(key).or_default().push(row);
            }
        }
        Ok(all)
    }
}

/// What happened to complaints.
#[derive(Default)]
pub struct ComplaintEventQuery;

#[Object]
impl ComplaintEventQuery {
    /// What happened to complaints as a flat table, ordered by moment, then by key.
    #[graphql(guard = "guard::PERSONS", complexity = "page::cost(limit, page::ROWS, child_complexity)")]
    #[allow(clippy::too_many_arguments)]
    async fn complaint_event_rows(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The quarter it happened in, written 2026-Q3; all if not given")] quarter: Option<
            String,
        >,
        #[graphql(desc = "The first day, where the company is")] from: Option<Date>,
        #[graphql(desc = "The last day, where the company is")] to: Option<Date>,
        #[graphql(desc = "Code of a dimension of the customers")] dimension: Option<String>,
        #[graphql(desc = "Code of a segment of the customers")] segment: Option<String>,
        #[graphql(desc = "The company's own code of a customer")] customer: Option<String>,
        #[graphql(desc = "The source's own key of a complaint")] complaint: Option<String>,
        #[graphql(desc = "What happened, such as APOLOGISED")] kind: Option<String>,
        #[graphql(desc = "Of which sort: MOVE, STEP, FAULT, PROMISE or NOTE")] sort: Option<String>,
        #[graphql(desc = "Rows to pass over; 0 if not given")] offset: Option<i32>,
        #[graphql(desc = "Rows at most, up to 10,000; 1,000 if not given")] limit: Option<i32>,
    ) -> Result<List<ComplaintEventRow>, Error> {
        use complaint_event::Column;
        let window = Window::new(offset, limit)?;
        let (reading, calendar) = (Reading::of(context)?, period::calendar(context)?);
        let period = Period::of(&calendar, quarter.as_deref(), from, to)?;
        let which = Which { period, dimension, segment, customer };
        let mut select = fact::select::<complaint_event::Entity>(reading, &which);
        if let Some(complaint) = complaint {
            select = select.filter(Column::Complaint.eq(complaint));
        }
        if let Some(kind) = choice::word::<stored::CaseEvent>("kind", kind.as_deref())? {
            select = select.filter(Column::Kind.eq(kind));
        }
        if let Some(sort) = choice::word::<stored::EventSort>("sort", sort.as_deref())? {
            select = select.filter(Column::Kind.is_in(stored::CaseEvent::of_sort(sort)));
        }
        let select = fact::page(select, window).order_by_asc(Column::Source);
        let rows = select.into_partial_model::<Stored>().all(&reading.database).await?;
        let role = reading.access.role;
        Ok(rows.into_iter().map(|row| ComplaintEventRow::of(row, &calendar, role)).collect())
    }
}
