//! Promises to customers that are due, or will be soon, and not kept: those of complaints that are not resolved, and those
//! of contacts. A contact that says that they were kept, or that the customer is lost, settles all that were made before.

use std::collections::HashMap;

use async_graphql::Context;
use chrono::{DateTime, TimeDelta, Utc};
use rapport_entities::{At, CaseEvent, CaseState, ContactOutcome, care_contact, clock, complaint_event};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, IntoSimpleExpr, QueryFilter, QuerySelect, QueryTrait, Select,
    prelude::ChronoUnixTimestampMillis,
    sea_query::{Expr, ExprTrait},
};

use super::{
    loader::CHUNK,
    reading::{Publication, Reading},
};
use crate::Error;

/// The promises that the list of a quarter tells.
#[derive(Clone, Copy, Debug)]
pub struct Promises {
    /// Due before this moment.
    before: DateTime<Utc>,
}

impl Promises {
    /// Of the newest published quarter: promises are of today, and the lists of older quarters stay as they were.
    pub async fn of(
        context: &Context<'_>,
        reading: &Reading,
        set: &Publication,
    ) -> Result<Option<Self>, Error> {
        // they are made, kept and come due without a new data version
        reading.pass();
        if reading.published().await?.last().is_none_or(|newest| newest.set_id != set.set_id) {
            return Ok(None);
        }
        let settings = context.data::<std::sync::Arc<rapport_jobs::Settings>>();
        let settings = settings.map_err(|error| Error::NotFound(error.message))?;
        let days = TimeDelta::days(settings.rules.care.promise_days.into());
        Ok(Some(Self { before: clock::now() + days }))
    }

    /// That a row, by the column of its customer's id, is of a customer to whom one was made.
    pub fn made_to<C: IntoSimpleExpr>(self, customer_id: C) -> Condition {
        let id = customer_id.into_simple_expr();
        let of_complaints = self.of_complaints().column(complaint_event::Column::CustomerId);
        let of_contacts = self.of_contacts().column(care_contact::Column::CustomerId);
        Condition::any()
            .add(id.clone().in_subquery(QueryTrait::into_query(of_complaints)))
            .add(id.in_subquery(QueryTrait::into_query(of_contacts)))
    }

    /// The earliest to each of these customers.
    pub async fn due(self, reading: &Reading, customers: &[i64]) -> Result<HashMap<i64, At>, Error> {
        let mut due: HashMap<i64, At> = HashMap::new();
        for ids in customers.chunks(CHUNK) {
            use {care_contact::Column as Of, complaint_event::Column as On};
            let ids = || ids.iter().copied();
            let of_complaints = self.of_complaints().columns([On::CustomerId, On::DueAt]);
            let of_contacts = self.of_contacts().columns([Of::CustomerId, Of::NextAt]);
            let mut rows: Vec<(i64, At)> =
                of_complaints.filter(On::CustomerId.is_in(ids())).into_tuple().all(&reading.database).await?;
            rows.extend(
                of_contacts
                    .filter(Of::CustomerId.is_in(ids()))
                    .into_tuple::<(i64, At)>()
                    .all(&reading.database)
                    .await?,
            );
            for (customer, at) in rows {
                let first = due.entry(customer).or_insert(at);
                if at.0 < first.0 {
                    *first = at;
                }
            }
        }
        Ok(due)
    }

    fn of_complaints(self) -> Select<complaint_event::Entity> {
        use complaint_event::Column;
        let over = CaseState::ALL.iter().filter(|state| state.is_resolved());
        let over: Vec<String> = over.map(|state| format!("'{state}'")).collect();
        complaint_event::Entity::find()
            .select_only()
            .filter(Column::Kind.eq(CaseEvent::Promise))
            .filter(Column::DueAt.lt(ChronoUnixTimestampMillis(self.before)))
            .filter(Expr::cust(format!(
                "EXISTS (SELECT 1 FROM complaint c WHERE c.customer_id = complaint_event.customer_id AND \
                 c.source = complaint_event.source AND c.code = complaint_event.complaint AND c.state NOT IN ({}))",
                over.join(", ")
            )))
            .filter(unsettled("complaint_event", ">="))
    }

    fn of_contacts(self) -> Select<care_contact::Entity> {
        use care_contact::Column;
        care_contact::Entity::find()
            .select_only()
            .filter(Column::Outcome.eq(ContactOutcome::Promised))
            .filter(Column::NextAt.lt(ChronoUnixTimestampMillis(self.before)))
            .filter(unsettled("care_contact", ">"))
    }
}

/// That no contact after a row of a table says that what was promised is no longer owed.
fn unsettled(table: &str, after: &str) -> Expr {
    let settling = ContactOutcome::SETTLING.map(|outcome| format!("'{outcome}'")).join(", ");
    Expr::cust(format!(
        "NOT EXISTS (SELECT 1 FROM care_contact k WHERE k.customer_id = {table}.customer_id AND \
         k.at {after} {table}.at AND k.outcome IN ({settling}))"
    ))
}
