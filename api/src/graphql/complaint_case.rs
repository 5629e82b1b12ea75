//! The complaint as a node of the graph: a case with its history, its deadlines and the moves that are legal now.

use std::collections::HashMap;

use async_graphql::{ComplexObject, Context, Enum, ID, Object, SimpleObject};
use rapport_entities::{self as stored, At, Calendar, Role, complaint, customer};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect, Select,
    prelude::ChronoUnixTimestampMillis,
};

use super::{
    batch::{Load, Loaded},
    choice::{self, CaseEvent, CaseState},
    complaint::{ComplaintRow, Stored},
    complaint_breach::{BreachesOf, ComplaintBreachRow},
    complaint_event::{ComplaintEvent, EventsOf},
    customer::Customer,
    facts_of::FactNode,
    group::ComplaintFilter,
    guard,
    list::List,
    loader::{CHUNK, Loader},
    page::{self, Connection, Total},
    period,
    reading::Reading,
};
use crate::Error;

/// A complaint, as a case.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(complex)]
pub struct Complaint {
    /// What its row says.
    #[graphql(flatten)]
    pub row: ComplaintRow,
}

/// A move that is legal.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(complex, serial)]
pub struct CaseMove {
    /// What happens.
    pub kind: Option<CaseEvent>,
    /// What happens, as text.
    pub kind_code: String,
    /// The state it leads to, to be given to `moveComplaint`.
    pub to: Option<CaseState>,
    /// The state it leads to, as text.
    pub to_code: String,
}

crate::graphql::label::labels! {
    CaseMove {
        /// Name of what happens.
        kind_label: String = "event" of kind_code,
        /// Name of the state it leads to.
        to_label: String = "case" of to_code,
    }
}

#[ComplexObject]
impl Complaint {
    /// Who complained.
    async fn complainant(&self, context: &Context<'_>) -> Result<Option<Customer>, Error> {
        let reading = Reading::of(context)?;
        Ok(reading.loader.load_one(PersonOf(self.row.case.customer_id)).await?.map(|row| Customer {
            row,
            segments: None,
            results: None,
        }))
    }

    /// The complaint in the customer's words; for operators alone.
    async fn text(&self, context: &Context<'_>) -> Result<Option<String>, Error> {
        let reading = Reading::of(context)?;
        // erasing makes no new data version
        reading.pass();
        if reading.access.role != Role::Operator {
            return Ok(None);
        }
        Ok(reading.loader.load_one(WordsOf(self.key())).await?)
    }

    /// The moves that are legal from the state it is in.
    #[graphql(complexity = "page::cost(Some(2), 2, child_complexity)")]
    async fn allowed_moves(&self) -> Result<List<CaseMove>, Error> {
        let state = self.row.state.map(CaseState::stored);
        let told = |(event, to): (stored::CaseEvent, stored::CaseState)| CaseMove {
            kind: CaseEvent::of(event),
            kind_code: choice::code(event.as_str()),
            to: CaseState::of(to),
            to_code: choice::code(to.as_str()),
        };
        Ok(List(state.into_iter().flat_map(stored::CaseState::moves).map(told).collect()))
    }

    /// What happened to it, oldest first.
    #[graphql(complexity = "page::cost(first, page::NODES, child_complexity)")]
    async fn events(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Nodes at most, up to 10,000; 100 if not given")] first: Option<i32>,
        #[graphql(desc = "The cursor after which the page begins")] after: Option<String>,
    ) -> Result<Option<Connection<ComplaintEvent>>, Error> {
        let (reading, calendar) = (Reading::of(context)?, period::calendar(context)?);
        // what was noted is erased without a new data version
        reading.pass();
        let role = reading.access.role;
        let rows = reading.loader.load_one(self.key()).await?.unwrap_or_default();
        let node = |row| {
            let event = ComplaintEvent::of(row, &calendar, role);
            (event.row.id.to_string(), event)
        };
        let nodes = rows.into_iter().map(node).collect();
        Connection::of_all(nodes, first, after.as_deref()).map(Some)
    }

    /// The deadlines that it was found to have missed.
    #[graphql(complexity = "page::cost(Some(2), 2, child_complexity)")]
    async fn breaches(&self, context: &Context<'_>) -> Result<List<ComplaintBreachRow>, Error> {
        let (reading, calendar) = (Reading::of(context)?, period::calendar(context)?);
        reading.pass();
        let rows = reading.loader.load_one(BreachesOf(self.key())).await?.unwrap_or_default();
        Ok(List(rows.into_iter().map(|row| ComplaintBreachRow::of(row, &calendar)).collect()))
    }
}

impl Complaint {
    /// Global id.
    pub async fn id(&self, _: &Context<'_>) -> async_graphql::Result<ID> {
        Ok(self.row.id.clone())
    }

    fn key(&self) -> EventsOf {
        EventsOf(self.row.case.customer_id, self.row.source.clone(), self.row.code.clone())
    }
}

impl FactNode for Complaint {
    type Table = complaint::Entity;
    type Stored = Stored;
    const KIND: &'static str = ComplaintRow::KIND;

    fn key(stored: &Stored) -> (At, &str, &str) {
        ComplaintRow::key(stored)
    }

    fn total(customer_id: i64) -> Total {
        ComplaintRow::total(customer_id)
    }

    fn of(stored: Stored, calendar: &Calendar) -> Result<Self, Error> {
        Ok(Self { row: ComplaintRow::of(stored, calendar)? })
    }
}

/// A customer, by its id. A key of the loader.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct PersonOf(pub i64);

impl Load<PersonOf> for Loader {
    type Value = customer::Model;

    async fn load(&self, keys: &[PersonOf]) -> Loaded<PersonOf, Self::Value> {
        use customer::Column;
        let mut all = HashMap::new();
        for keys in keys.chunks(CHUNK) {
            let rows = customer::Entity::find()
                .filter(self.access.customers(Column::CustomerId))
                .filter(Column::CustomerId.is_in(keys.iter().map(|key| key.0)))
                .all(&self.database)
                .await?;
            all.extend(rows.into_iter().map(|row| (PersonOf(row.customer_id), row)));
        }
        Ok(all)
    }
}

/// A complaint's words, by its customer's id, its source and its key. A key of the loader.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct WordsOf(pub EventsOf);

impl Load<WordsOf> for Loader {
    type Value = String;

    async fn load(&self, keys: &[WordsOf]) -> Loaded<WordsOf, Self::Value> {
        use complaint::Column;
        let mut all = HashMap::new();
        for keys in keys.chunks(CHUNK) {
            let rows: Vec<(i64, String, String, String)> = complaint::Entity::find()
                .select_only()
                .columns([Column::CustomerId, Column::Source, Column::Code, Column::Text])
                .filter(self.access.customers(Column::CustomerId))
                .filter(Column::CustomerId.is_in(keys.iter().map(|WordsOf(key)| key.0)))
                .filter(Column::Text.is_not_null())
                .into_tuple()
                .all(&self.database)
                .await?;
            all.extend(
                rows.into_iter().map(|(id, source, code, text)| (WordsOf(EventsOf(id, source, code)), text)),
            );
        }
        Ok(all)
    }
}

/// What an id names. Fails if it is not a complaint's.
pub fn key(id: &ID) -> Result<rapport_jobs::case::Key, Error> {
    named(id)
}

/// What the text of an id names. Fails if it is not a complaint's.
pub fn named(id: &str) -> Result<rapport_jobs::case::Key, Error> {
    let parts = page::unpack(id).unwrap_or_default();
    match &parts[..] {
        [kind, customer, source, code] if kind == ComplaintRow::KIND => Ok(rapport_jobs::case::Key {
            customer: customer.clone(),
            source: source.clone(),
            code: code.clone(),
        }),
        _ => Err(Error::BadInput("id: this is no complaint's".to_owned())),
    }
}

/// The complaint with this id; none if there is none that the reader sees. Fails if the reader sees no persons.
pub async fn by_id(reading: &Reading, context: &Context<'_>, id: &ID) -> Result<Option<Complaint>, Error> {
    use complaint::Column;
    reading.access.needs(Role::Analyst)?;
    let Ok(key) = key(id) else { return Ok(None) };
    let found = all()
        .filter(reading.access.customers(Column::CustomerId))
        .filter(Column::CustomerId.eq(stored::customer_id(&key.customer)))
        .filter(customer::Column::Code.eq(key.customer))
        .filter(Column::Source.eq(key.source))
        .filter(Column::Code.eq(key.code))
        .into_partial_model::<Stored>()
        .one(&reading.database)
        .await?;
    found.map(|row| Complaint::of(row, &period::calendar(context)?)).transpose()
}

/// Complaints with their customers.
fn all() -> Select<complaint::Entity> {
    let of = complaint::Entity::belongs_to(customer::Entity)
        .from(complaint::Column::CustomerId)
        .to(customer::Column::CustomerId);
    complaint::Entity::find().join(JoinType::InnerJoin, of.into())
}

/// An order of complaints; ties are broken by key.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Enum)]
pub enum ComplaintOrder {
    /// The oldest first.
    #[default]
    AtAsc,
    /// The newest first.
    AtDesc,
}

/// Cases.
#[derive(Default)]
pub struct CaseQuery;

#[Object]
impl CaseQuery {
    /// The complaint with this global id; null if there is none.
    #[graphql(guard = "guard::PERSONS")]
    async fn complaint(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "A complaint's global id")] id: ID,
    ) -> Result<Option<Complaint>, Error> {
        by_id(Reading::of(context)?, context, &id).await
    }

    /// Complaints as cases, page by page.
    #[graphql(guard = "guard::PERSONS", complexity = "page::cost(first, page::NODES, child_complexity)")]
    async fn complaints(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Nodes at most, up to 10,000; 100 if not given")] first: Option<i32>,
        #[graphql(desc = "The cursor after which the page begins")] after: Option<String>,
        #[graphql(desc = "Which complaints; all if not given")] filter: Option<ComplaintFilter>,
        #[graphql(desc = "In which order; the oldest first if not given")] order_by: Option<ComplaintOrder>,
    ) -> Result<Option<Connection<Complaint>>, Error> {
        use complaint::Column;
        let (reading, calendar) = (Reading::of(context)?, period::calendar(context)?);
        let (first, order) = (page::first(first)?, order_by.unwrap_or_default());
        let mut filter = filter.unwrap_or_default();
        let customers = filter.customer.take().unwrap_or_default();
        customers.allowed(&reading.access)?;
        let mut select =
            all().filter(customers.of_segments(reading, Column::CustomerId)).filter(filter.which(reading));
        if customers.is_of_customers() || customers.is_of_results() {
            let ids = customers.ids(reading, &calendar).await?;
            select = select.filter(Column::CustomerId.in_subquery(ids));
        }
        let whole = select.clone();
        let kind = format!("{}-{order:?}", ComplaintRow::KIND);
        if let Some(after) = after.as_deref() {
            select = select.filter(beyond(&page::cursor(&kind, after)?, order)?);
        }
        let asc = order == ComplaintOrder::AtAsc;
        for column in [Column::At, Column::CustomerId, Column::Source, Column::Code] {
            select = if asc { select.order_by_asc(column) } else { select.order_by_desc(column) };
        }
        // one more than asked for tells whether others follow
        let rows =
            select.limit(first as u64 + 1).into_partial_model::<Stored>().all(&reading.database).await?;
        let more = rows.len() > first;
        let node = |row: Stored| {
            let cursor = cursor(&kind, &row);
            Ok((cursor, Complaint::of(row, &calendar)?))
        };
        let nodes = rows.into_iter().take(first).map(node).collect::<Result<_, Error>>()?;
        Ok(Some(Connection::new(nodes, more, after.is_some(), Total::Cases(Box::new(whole)))))
    }
}

fn cursor(kind: &str, row: &Stored) -> String {
    let (at, source, code) = ComplaintRow::key(row);
    page::pack(&[kind, &at.timestamp_millis().to_string(), &row.customer_id.to_string(), source, code])
}

/// That a complaint comes after the one of a cursor.
fn beyond(parts: &[String], order: ComplaintOrder) -> Result<Condition, Error> {
    use complaint::Column;
    let wrong = || Error::BadInput("after: this is not a cursor of this list in this order".to_owned());
    let [at, customer, source, code] = parts else { return Err(wrong()) };
    let at = at.parse().ok().and_then(chrono::DateTime::from_timestamp_millis).ok_or_else(wrong)?;
    let at = ChronoUnixTimestampMillis(at);
    let customer: i64 = customer.parse().map_err(|_| wrong())?;
    let asc = order == ComplaintOrder::AtAsc;
    macro_rules! past {
        ($column:expr, $value:expr) => {
            if asc { $column.gt($value) } else { $column.lt($value) }
        };
    }
    let tie = |equal: sea_orm::sea_query::SimpleExpr, rest: Condition| Condition::all().add(equal).add(rest);
    let by_code = Condition::any().add(past!(Column::Code, code));
    let by_source =
        Condition::any().add(past!(Column::Source, source)).add(tie(Column::Source.eq(source), by_code));
    let by_customer = Condition::any()
        .add(past!(Column::CustomerId, customer))
        .add(tie(Column::CustomerId.eq(customer), by_source));
    Ok(Condition::any().add(past!(Column::At, at)).add(tie(Column::At.eq(at), by_customer)))
}
