//! Deadlines that complaints missed, as they were found.

use std::collections::HashMap;

use async_graphql::{Context, ID, Object, SimpleObject};
use rapport_entities::{self as stored, At, Calendar, complaint_breach, customer};
use sea_orm::{
    ColumnTrait, DerivePartialModel, EntityTrait, IntoSimpleExpr, JoinType, QueryFilter, QueryOrder,
    QuerySelect, RelationDef,
};

use super::{
    batch::{Load, Loaded},
    choice::{self, Deadline},
    complaint_event::EventsOf,
    fact::{self, Which},
    guard,
    list::List,
    loader::{CHUNK, Loader},
    page::{self, Window},
    period::{self, Period},
    reading::Reading,
    scalar::{Date, DateTime},
};
use crate::Error;

/// A deadline that a complaint missed.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(complex, serial)]
pub struct ComplaintBreachRow {
    /// Global id.
    pub id: ID,
    /// Global id of the complaint.
    pub complaint_id: ID,
    /// The complaint, by its source's own key.
    pub complaint: String,
    /// The company's own code of the customer.
    pub customer: String,
    /// The source of the complaint.
    pub source: String,
    /// What was missed.
    pub deadline: Option<Deadline>,
    /// What was missed, as text.
    pub deadline_code: String,
    /// The quarter of the deadline, written `2026-Q3`.
    pub quarter: String,
    /// The quarter's first day.
    pub quarter_start: Date,
    /// By when it should have been.
    pub due_at: DateTime,
    /// When it was found that it was not.
    pub found_at: DateTime,
}

crate::graphql::label::labels! {
    ComplaintBreachRow {
        /// Name of what was missed.
        deadline_label: String = "deadline" of deadline_code,
    }
}

/// What is read of it.
#[derive(Clone, Debug, DerivePartialModel)]
#[sea_orm(entity = "complaint_breach::Entity")]
pub struct Stored {
    customer_id: i64,
    #[sea_orm(from_expr = "customer::Column::Code.into_simple_expr()")]
    customer: String,
    source: String,
    complaint: String,
    deadline: stored::Deadline,
    due_at: At,
    found_at: At,
}

impl ComplaintBreachRow {
    /// Of what was read.
    pub fn of(row: Stored, calendar: &Calendar) -> Self {
        let quarter = calendar.quarter_of(*row.due_at);
        let key = ["complaint-breach", &row.customer, &row.source, &row.complaint, row.deadline.as_str()];
        Self {
            id: page::pack(&key).into(),
            complaint_id: page::pack(&["complaint", &row.customer, &row.source, &row.complaint]).into(),
            complaint: row.complaint,
            customer: row.customer,
            source: row.source,
            deadline: Deadline::of(row.deadline),
            deadline_code: choice::code(row.deadline.as_str()),
            quarter: quarter.to_string(),
            quarter_start: period::first_day(calendar, quarter),
            due_at: DateTime(*row.due_at),
            found_at: DateTime(*row.found_at),
        }
    }
}

/// What a complaint missed, by its customer's id, its source and its key. A key of the loader.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct BreachesOf(pub EventsOf);

impl Load<BreachesOf> for Loader {
    type Value = Vec<Stored>;

    async fn load(&self, keys: &[BreachesOf]) -> Loaded<BreachesOf, Self::Value> {
        use complaint_breach::Column;
        let of: RelationDef = complaint_breach::Entity::belongs_to(customer::Entity)
            .from(Column::CustomerId)
            .to(customer::Column::CustomerId)
            .into();
        let mut all: HashMap<BreachesOf, Vec<Stored>> = HashMap::new();
        for keys in keys.chunks(CHUNK) {
            let rows = complaint_breach::Entity::find()
                .join(JoinType::InnerJoin, of.clone())
                .filter(self.access.customers(Column::CustomerId))
                .filter(Column::CustomerId.is_in(keys.iter().map(|BreachesOf(key)| key.0)))
                .order_by_asc(Column::DueAt)
                .order_by_asc(Column::Deadline)
                .into_partial_model::<Stored>()
                .all(&self.database)
                .await?;
            for row in rows {
                let key = EventsOf(row.customer_id, row.source.clone(), row.complaint.clone());
                all.entry(BreachesOf(key)).or_default().push(row);
            }
        }
        Ok(all)
    }
}

/// Missed deadlines.
#[derive(Default)]
pub struct BreachQuery;

#[Object]
impl BreachQuery {
    /// Deadlines that complaints missed as a flat table, ordered by the moment they were due, then by key.
    #[graphql(guard = "guard::PERSONS", complexity = "page::cost(limit, page::ROWS, child_complexity)")]
    #[allow(clippy::too_many_arguments)]
    async fn complaint_breach_rows(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The quarter it was due in, written 2026-Q3; all if not given")] quarter: Option<
            String,
        >,
        #[graphql(desc = "The first day, where the company is")] from: Option<Date>,
        #[graphql(desc = "The last day, where the company is")] to: Option<Date>,
        #[graphql(desc = "Code of a dimension of the customers")] dimension: Option<String>,
        #[graphql(desc = "Code of a segment of the customers")] segment: Option<String>,
        #[graphql(desc = "The company's own code of a customer")] customer: Option<String>,
        #[graphql(desc = "What was missed: ACKNOWLEDGE or RESOLVE")] deadline: Option<String>,
        #[graphql(desc = "Rows to pass over; 0 if not given")] offset: Option<i32>,
        #[graphql(desc = "Rows at most, up to 10,000; 1,000 if not given")] limit: Option<i32>,
    ) -> Result<List<ComplaintBreachRow>, Error> {
        use complaint_breach::Column;
        let window = Window::new(offset, limit)?;
        let (reading, calendar) = (Reading::of(context)?, period::calendar(context)?);
        // found without a new data version
        reading.pass();
        let period = Period::of(&calendar, quarter.as_deref(), from, to)?;
        let which = Which { period, dimension, segment, customer };
        let mut select = fact::select::<complaint_breach::Entity>(reading, &which);
        if let Some(deadline) = choice::word::<stored::Deadline>("deadline", deadline.as_deref())? {
            select = select.filter(Column::Deadline.eq(deadline));
        }
        let select = fact::page(select, window).order_by_asc(Column::Source);
        let rows = select.into_partial_model::<Stored>().all(&reading.database).await?;
        Ok(rows.into_iter().map(|row| ComplaintBreachRow::of(row, &calendar)).collect())
    }
}
