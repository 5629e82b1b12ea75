//! Contacts with customers, and what came of them. Who made them is masked for all but operators; what they noted is in no
//! flat table, and for operators alone.

use std::collections::HashMap;

use async_graphql::{Context, ID, Object, SimpleObject};
use rapport_entities::{self as stored, At, Calendar, Role, care_contact, customer};
use sea_orm::{
    ColumnTrait, DerivePartialModel, EntityTrait, IntoSimpleExpr, JoinType, QueryFilter, QueryOrder,
    QuerySelect, RelationDef, Select, sea_query::Expr,
};

use super::{
    batch::{Load, Loaded},
    choice::{self, ContactOutcome},
    fact::{self, Which},
    guard,
    list::List,
    loader::{CHUNK, Loader},
    mask,
    page::{self, Window},
    period::{self, Moment, Period},
    reading::Reading,
    scalar::{Date, DateTime},
};
use crate::Error;

/// A contact with a customer.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(complex, serial)]
pub struct CareContactRow {
    /// Global id.
    pub id: ID,
    /// When it was made.
    #[graphql(flatten)]
    pub moment: Moment,
    /// The company's own code of the customer.
    pub customer: String,
    /// Its own key.
    pub code: String,
    /// Who made it; whole for operators alone, for others as `Z***`.
    pub who: String,
    /// How: by telephone, in person …
    pub channel: Option<String>,
    /// What came of it.
    pub outcome: Option<ContactOutcome>,
    /// What came of it, as text.
    pub outcome_code: String,
    /// By when what was promised is due, or the next contact.
    pub next_at: Option<DateTime>,
}

crate::graphql::label::labels! {
    CareContactRow {
        /// Name of what came of it.
        outcome_label: String = "contact-outcome" of outcome_code,
    }
}

/// A contact with a customer, with what was noted.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(serial)]
pub struct CareContact {
    /// What its row says.
    #[graphql(flatten)]
    pub row: CareContactRow,
    /// What was noted; for operators alone.
    pub note: Option<String>,
}

/// What is read of a contact.
#[derive(Clone, Debug, DerivePartialModel)]
#[sea_orm(entity = "care_contact::Entity")]
pub struct Stored {
    customer_id: i64,
    #[sea_orm(from_expr = "customer::Column::Code.into_simple_expr()")]
    customer: String,
    at: At,
    code: String,
    who: String,
    channel: Option<String>,
    outcome: stored::ContactOutcome,
    note: Option<String>,
    next_at: Option<At>,
}

impl CareContactRow {
    /// As a reader of this role is told it.
    fn of(row: Stored, calendar: &Calendar, role: Role) -> Self {
        let at = row.at.timestamp_millis().to_string();
        Self {
            id: page::pack(&["care-contact", &row.customer, &at, &row.code]).into(),
            moment: Moment::of(row.at, calendar),
            who: if role == Role::Operator { row.who } else { mask::name(&row.who) },
            outcome: ContactOutcome::of(row.outcome),
            outcome_code: choice::code(row.outcome.as_str()),
            next_at: row.next_at.map(|at| DateTime(*at)),
            customer: row.customer,
            code: row.code,
            channel: row.channel,
        }
    }
}

impl CareContact {
    /// As a reader of this role is told it.
    pub fn of(mut row: Stored, calendar: &Calendar, role: Role) -> Self {
        let note = row.note.take().filter(|_| role == Role::Operator);
        Self { row: CareContactRow::of(row, calendar, role), note }
    }
}

/// The contacts with a customer, oldest first. A key of the loader.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ContactsOf(pub i64);

impl Load<ContactsOf> for Loader {
    type Value = Vec<Stored>;

    async fn load(&self, keys: &[ContactsOf]) -> Loaded<ContactsOf, Self::Value> {
        let mut all: HashMap<ContactsOf, Vec<Stored>> = HashMap::new();
        for keys in keys.chunks(CHUNK) {
            let rows = with_customers()
                .filter(self.access.customers(care_contact::Column::CustomerId))
                .filter(care_contact::Column::CustomerId.is_in(keys.iter().map(|key| key.0)))
                .order_by_asc(care_contact::Column::CustomerId)
                .order_by_asc(care_contact::Column::At)
                .order_by_asc(care_contact::Column::Code)
                .into_partial_model::<Stored>()
                .all(&self.database)
                .await?;
            for row in rows {
                all.entry(ContactsOf(row.customer_id)).or_default().push(row);
            }
        }
        Ok(all)
    }
}

fn with_customers() -> Select<care_contact::Entity> {
    let of: RelationDef = care_contact::Entity::belongs_to(customer::Entity)
        .from(care_contact::Column::CustomerId)
        .to(customer::Column::CustomerId)
        .into();
    care_contact::Entity::find().join(JoinType::InnerJoin, of)
}

/// The last contact with each of these customers, whom the reader sees.
pub async fn last(reading: &Reading, customers: &[i64]) -> Result<HashMap<i64, care_contact::Model>, Error> {
    use care_contact::Column;
    // they are logged without a new data version
    reading.pass();
    let mut all = HashMap::new();
    for ids in customers.chunks(CHUNK) {
        let rows = care_contact::Entity::find()
            .filter(Column::CustomerId.is_in(ids.iter().copied()))
            .filter(Expr::cust(
                "NOT EXISTS (SELECT 1 FROM care_contact k WHERE k.customer_id = care_contact.customer_id AND \
                 (k.at > care_contact.at OR (k.at = care_contact.at AND k.code > care_contact.code)))",
            ))
            .all(&reading.database)
            .await?;
        all.extend(rows.into_iter().map(|row| (row.customer_id, row)));
    }
    Ok(all)
}

/// Contacts as a flat table.
#[derive(Default)]
pub struct CareContactQuery;

#[Object]
impl CareContactQuery {
    /// Contacts with customers as a flat table, ordered by moment, then by key.
    #[graphql(guard = "guard::PERSONS", complexity = "page::cost(limit, page::ROWS, child_complexity)")]
    #[allow(clippy::too_many_arguments)]
    async fn care_contact_rows(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The quarter they were made in, written 2026-Q3; all if not given")] quarter: Option<
            String,
        >,
        #[graphql(desc = "The first day, where the company is")] from: Option<Date>,
        #[graphql(desc = "The last day, where the company is")] to: Option<Date>,
        #[graphql(desc = "Code of a dimension of the customers")] dimension: Option<String>,
        #[graphql(desc = "Code of a segment of the customers")] segment: Option<String>,
        #[graphql(desc = "The company's own code of a customer")] customer: Option<String>,
        #[graphql(desc = "What came of it: REACHED, NOT_REACHED, PROMISED, KEPT or LOST")] outcome: Option<
            String,
        >,
        #[graphql(desc = "Rows to pass over; 0 if not given")] offset: Option<i32>,
        #[graphql(desc = "Rows at most, up to 10,000; 1,000 if not given")] limit: Option<i32>,
    ) -> Result<List<CareContactRow>, Error> {
        let window = Window::new(offset, limit)?;
        let (reading, calendar) = (Reading::of(context)?, period::calendar(context)?);
        reading.pass();
        let period = Period::of(&calendar, quarter.as_deref(), from, to)?;
        let which = Which { period, dimension, segment, customer };
        let mut select = fact::select::<care_contact::Entity>(reading, &which);
        if let Some(outcome) = choice::word::<stored::ContactOutcome>("outcome", outcome.as_deref())? {
            select = select.filter(care_contact::Column::Outcome.eq(outcome));
        }
        let rows = fact::page(select, window).into_partial_model::<Stored>().all(&reading.database).await?;
        let role = reading.access.role;
        Ok(rows.into_iter().map(|row| CareContactRow::of(row, &calendar, role)).collect())
    }
}
