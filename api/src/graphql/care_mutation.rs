//! What operators do with the care list: they log the contacts that were made.

use async_graphql::{Context, InputObject, Object};
use rapport_entities::clock;
use rapport_jobs::care::{self, Contact};

use super::{
    choice::ContactOutcome,
    customer::{self, Customer},
    guard,
    reading::Reading,
    scalar::DateTime,
};
use crate::Error;

/// A contact that was made.
#[derive(Clone, Debug, InputObject)]
pub struct CareContactInput {
    /// The company's own code of the customer.
    customer: String,
    /// When; now if not given.
    at: Option<DateTime>,
    /// Who made it; the account's manager if not given, or else who logs it.
    who: Option<String>,
    /// How: by telephone, in person …
    channel: Option<String>,
    /// What came of it.
    outcome: ContactOutcome,
    /// Something to remember.
    note: Option<String>,
    /// By when what was promised is due, which PROMISED needs, or the next contact.
    next_at: Option<DateTime>,
}

/// What operators do with the care list.
#[derive(Default)]
pub struct CareMutation;

#[Object]
impl CareMutation {
    /// Logs a contact with a customer, and what came of it.
    #[graphql(guard = "guard::WORK", complexity = "100 + child_complexity")]
    async fn log_contact(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The contact that was made")] contact: CareContactInput,
    ) -> Result<Option<Customer>, Error> {
        let reading = Reading::of(context)?;
        let code = contact.customer.clone();
        let contact = Contact {
            customer: contact.customer,
            at: contact.at.map(|at| at.0),
            who: contact.who,
            channel: contact.channel,
            outcome: contact.outcome.stored(),
            note: contact.note,
            next: contact.next_at.map(|at| at.0),
        };
        care::log(&reading.database, contact, reading.access.who(), clock::now()).await?;
        customer::by_code(reading, &code).await
    }
}
