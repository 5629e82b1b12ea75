//! The customer as a node of the graph: its contact data, masked for all but operators, its segments, and its results
//! quarter by quarter.

use std::sync::Arc;

use async_graphql::{Context, ID, Object};
use rapport_entities::{Role, customer, customer_id};
use sea_orm::{EntityTrait, QueryFilter};

use super::{
    card::{self, Card},
    care_contact::{CareContact, ContactsOf},
    complaint_case::Complaint,
    customer_filter::CustomerFilter,
    customer_loss::{CustomerLoss, LossesOf},
    customer_page::{self, CustomerOrder, Shown},
    customer_row::CustomerRow,
    facts_of, guard,
    label::Locale,
    list::List,
    loader::{Results, ResultsOf, SegmentsOf, Wanted},
    mask,
    membership::Codes,
    page::{self, Connection},
    period,
    purchase::PurchaseRow,
    reading::Reading,
    response::Response,
    scalar::DateTime,
    segment::Segment,
    winback_attempt::{AttemptsOf, WinbackAttempt},
};
use crate::Error;

/// A customer.
#[derive(Clone, Debug)]
pub struct Customer {
    /// As stored; of a page, what is shown of it.
    pub row: customer::Model,
    /// Its segments, where they were read with it.
    pub segments: Option<Arc<Codes>>,
    /// Its results, where they were read with it, and which those are.
    pub results: Option<(Arc<Wanted>, Results)>,
}

/// A customer.
#[Object]
impl Customer {
    /// Global id.
    pub async fn id(&self) -> ID {
        page::pack(&["customer", &self.row.code]).into()
    }

    /// The company's own code.
    async fn code(&self) -> &str {
        &self.row.code
    }

    /// Name; null if it is unknown or erased. Whole for operators alone, for others as `Z***`.
    async fn name(&self, context: &Context<'_>) -> Result<Option<String>, Error> {
        shown(context, &self.row.name, mask::name)
    }

    /// E-mail address; null if it is unknown or erased. Whole for operators alone, for others as `z***@***.com`.
    async fn email(&self, context: &Context<'_>) -> Result<Option<String>, Error> {
        shown(context, &self.row.email, mask::email)
    }

    /// Telephone number; null if it is unknown or erased. Whole for operators alone, for others as `***1234`.
    async fn phone(&self, context: &Context<'_>) -> Result<Option<String>, Error> {
        shown(context, &self.row.phone, mask::phone)
    }

    /// When name, contact data and free text were erased for good; null while they are kept.
    async fn erased_at(&self, context: &Context<'_>) -> Result<Option<DateTime>, Error> {
        Reading::of(context)?.pass();
        Ok(self.row.erased_at.map(|at| DateTime(*at)))
    }

    /// When the contract began; null where there is none.
    async fn contract_start(&self) -> Option<DateTime> {
        self.row.contract_start.map(|at| DateTime(*at))
    }

    /// When the contract ended; null while it runs.
    async fn contract_end(&self) -> Option<DateTime> {
        self.row.contract_end.map(|at| DateTime(*at))
    }

    /// Others the customer brought; null where the source does not say.
    async fn referrals(&self) -> Option<i32> {
        self.row.referrals
    }

    /// The account manager, by the company's own code; null where nobody has the account.
    async fn manager(&self) -> Option<&str> {
        self.row.manager.as_deref()
    }

    /// The customer's segments, one a dimension; of these, those that the reader sees.
    #[graphql(complexity = "page::cost(Some(5), 5, child_complexity)")]
    async fn segments(&self, context: &Context<'_>) -> Result<List<Segment>, Error> {
        let reading = Reading::of(context)?;
        let codes = match &self.segments {
            Some(codes) => codes.clone(),
            None => reading.loader.load_one(SegmentsOf(self.row.customer_id)).await?.unwrap_or_default(),
        };
        let names = reading.names().await?;
        Ok(codes.iter().map(|(dimension, segment)| Segment::of(dimension, segment, names)).collect())
    }

    /// What each closed quarter says of the customer, oldest first.
    #[graphql(complexity = "page::cost(Some(8), 8, child_complexity)")]
    async fn quarters(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "A quarter, written 2026-Q3; all published quarters if not given")] quarter: Option<
            String,
        >,
    ) -> Result<List<CustomerRow>, Error> {
        let reading = Reading::of(context)?;
        let wanted = reading.wanted(context, quarter.as_deref()).await?;
        let results = match &self.results {
            Some((known, results)) if *known == wanted => results.clone(),
            _ => {
                let key = ResultsOf(self.row.customer_id, wanted.clone());
                reading.loader.load_one(key).await?.unwrap_or_default()
            }
        };
        let row = |(place, row): (usize, _)| {
            CustomerRow::of(row, self.row.code.clone(), &wanted.sets[place], &reading.access)
        };
        Ok(results.into_iter().map(row).collect())
    }

    /// The cards of the classes that the customer is in, in the order of reports: what to do.
    #[graphql(complexity = "page::cost(Some(7), 7, child_complexity)")]
    async fn cards(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "A quarter, written 2026-Q3; the newest published one if not given")]
        quarter: Option<String>,
        #[graphql(desc = "The language of what they tell; English if not given")] locale: Option<Locale>,
    ) -> Result<List<Card>, Error> {
        let reading = Reading::of(context)?;
        let wanted = reading.classes(context, quarter.as_deref()).await?;
        let results = reading.loader.load_one(ResultsOf(self.row.customer_id, wanted)).await?;
        let result = results.unwrap_or_default().pop();
        let keys = result.iter().flat_map(|(_, row)| card::of_customer(row, card::language(locale)));
        card::of_keys(reading, keys).await
    }

    /// What the customer bought, oldest first.
    #[graphql(complexity = "page::cost(first, page::NODES, child_complexity)")]
    async fn purchases(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Nodes at most, up to 10,000; 100 if not given")] first: Option<i32>,
        #[graphql(desc = "The cursor after which the page begins")] after: Option<String>,
    ) -> Result<Option<Connection<PurchaseRow>>, Error> {
        facts_of::page(context, self.row.customer_id, first, after.as_deref()).await.map(Some)
    }

    /// What the customer answered, oldest first.
    #[graphql(complexity = "page::cost(first, page::NODES, child_complexity)")]
    async fn responses(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Nodes at most, up to 10,000; 100 if not given")] first: Option<i32>,
        #[graphql(desc = "The cursor after which the page begins")] after: Option<String>,
    ) -> Result<Option<Connection<Response>>, Error> {
        facts_of::page(context, self.row.customer_id, first, after.as_deref()).await.map(Some)
    }

    /// What the customer complained about, oldest first.
    #[graphql(complexity = "page::cost(first, page::NODES, child_complexity)")]
    async fn complaints(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Nodes at most, up to 10,000; 100 if not given")] first: Option<i32>,
        #[graphql(desc = "The cursor after which the page begins")] after: Option<String>,
    ) -> Result<Option<Connection<Complaint>>, Error> {
        facts_of::page(context, self.row.customer_id, first, after.as_deref()).await.map(Some)
    }

    /// The contacts that were logged, oldest first.
    #[graphql(complexity = "page::cost(first, page::NODES, child_complexity)")]
    async fn contacts(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Nodes at most, up to 10,000; 100 if not given")] first: Option<i32>,
        #[graphql(desc = "The cursor after which the page begins")] after: Option<String>,
    ) -> Result<Option<Connection<CareContact>>, Error> {
        let (reading, calendar) = (Reading::of(context)?, period::calendar(context)?);
        // they are logged without a new data version
        reading.pass();
        let role = reading.access.role;
        let rows = reading.loader.load_one(ContactsOf(self.row.customer_id)).await?.unwrap_or_default();
        let node = |row| {
            let contact = CareContact::of(row, &calendar, role);
            (contact.row.id.to_string(), contact)
        };
        Connection::of_all(rows.into_iter().map(node).collect(), first, after.as_deref()).map(Some)
    }

    /// That the customer was lost, as somebody recorded it, newest first; the newest hundred.
    #[graphql(complexity = "page::cost(None, 3, child_complexity)")]
    async fn losses(&self, context: &Context<'_>) -> Result<List<CustomerLoss>, Error> {
        let reading = Reading::of(context)?;
        // erasing makes no new data version
        reading.pass();
        let found = reading.loader.load_one(LossesOf(self.row.customer_id)).await?.unwrap_or_default();
        let loss = |row| CustomerLoss::of(row, &self.row.code, reading.access.role);
        Ok(found.into_iter().map(loss).collect())
    }

    /// Attempts to win the customer back, newest first; the newest hundred.
    #[graphql(complexity = "page::cost(None, 3, child_complexity)")]
    async fn winback_attempts(&self, context: &Context<'_>) -> Result<List<WinbackAttempt>, Error> {
        let reading = Reading::of(context)?;
        // erasing makes no new data version
        reading.pass();
        let found = reading.loader.load_one(AttemptsOf(self.row.customer_id)).await?.unwrap_or_default();
        let attempt = |row| WinbackAttempt::of(row, &self.row.code, reading.access.role);
        Ok(found.into_iter().map(attempt).collect())
    }
}

/// Contact data: whole for operators, masked for all others.
fn shown(
    context: &Context<'_>,
    datum: &Option<String>,
    mask: fn(&str) -> String,
) -> Result<Option<String>, Error> {
    let reading = Reading::of(context)?;
    // erasing makes no new data version
    reading.pass();
    let whole = reading.access.role == Role::Operator;
    Ok(datum.as_ref().map(|text| if whole { text.clone() } else { mask(text) }))
}

/// The customer with this code. Fails if the reader sees no persons.
pub async fn by_code(reading: &Reading, code: &str) -> Result<Option<Customer>, Error> {
    reading.access.needs(Role::Analyst)?;
    let found = customer::Entity::find_by_id(customer_id(code))
        .filter(reading.access.customers(customer::Column::CustomerId))
        .one(&reading.database)
        .await?;
    Ok(found.filter(|row| row.code == code).map(|row| Customer { row, segments: None, results: None }))
}

/// Customers in the graph.
#[derive(Default)]
pub struct CustomerQuery;

#[Object]
impl CustomerQuery {
    /// The customer with the company's own code; null if there is none.
    #[graphql(guard = "guard::PERSONS")]
    async fn customer(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The company's own code")] code: String,
    ) -> Result<Option<Customer>, Error> {
        by_code(Reading::of(context)?, &code).await
    }

    /// Customers, page by page.
    #[graphql(guard = "guard::PERSONS", complexity = "page::cost(first, page::NODES, child_complexity)")]
    async fn customers(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Nodes at most, up to 10,000; 100 if not given")] first: Option<i32>,
        #[graphql(desc = "The cursor after which the page begins")] after: Option<String>,
        #[graphql(desc = "Which customers; all if not given")] filter: Option<CustomerFilter>,
        #[graphql(desc = "In which order, the first one first; by code if not given")] order_by: Option<
            Vec<CustomerOrder>,
        >,
    ) -> Result<Option<Connection<Customer>>, Error> {
        let reading = Reading::of(context)?;
        let (calendar, first) = (period::calendar(context)?, page::first(first)?);
        let (filter, orders) = (filter.unwrap_or_default(), order_by.unwrap_or_default());
        let shown = Shown::of(context, reading).await?;
        let page = customer_page::page(reading, &calendar, first, after.as_deref(), &filter, &orders, shown);
        page.await.map(Some)
    }
}
