//! What operators record of lost customers: that one was lost, attempts to win it back, and what became of these.

use async_graphql::{Context, ID, InputObject, Object};
use rapport_entities::{clock, customer_id, customer_loss, winback_attempt};
use rapport_jobs::loss::{self, Attempt, Ending, Key, Loss};
use sea_orm::EntityTrait;

use super::{
    choice::WinbackOutcome,
    complaint_mutation::amends,
    customer_loss::CustomerLoss,
    guard,
    reading::Reading,
    scalar::DateTime,
    winback_attempt::{self as attempt, WinbackAttempt},
};
use crate::Error;

/// That a customer was lost.
#[derive(Clone, Debug, InputObject)]
pub struct LossInput {
    /// The company's own code of the customer.
    customer: String,
    /// When; now if not given.
    at: Option<DateTime>,
    /// Why: MOVED, OTHER_TIES, PRICE, QUALITY, SERVICE, or one of the company's own.
    reason: String,
    /// Something to remember.
    note: Option<String>,
}

/// An attempt to win a lost customer back.
#[derive(Clone, Debug, InputObject)]
pub struct WinbackInput {
    /// The company's own code of the customer.
    customer: String,
    /// When; now if not given.
    at: Option<DateTime>,
    /// Who tried; who records it if not given.
    person: Option<String>,
    /// By which way.
    channel: Option<String>,
    /// What was offered.
    offer: Option<String>,
    /// What it cost, in major units.
    cost: Option<f64>,
    /// Currency of the money, by its ISO 4217 code.
    currency: Option<String>,
    /// What became of it; OPEN if not given.
    outcome: Option<WinbackOutcome>,
    /// Something to remember.
    note: Option<String>,
}

/// What operators record of lost customers.
#[derive(Default)]
pub struct LossMutation;

#[Object]
impl LossMutation {
    /// Records that a customer was lost, and why; of several records the latest counts. Quarters whose window it lies in are
    /// closed again, if they were closed.
    #[graphql(guard = "guard::WORK", complexity = "100 + child_complexity")]
    async fn record_loss(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Who was lost, when and why")] loss: LossInput,
    ) -> Result<Option<CustomerLoss>, Error> {
        let (reading, settings) = (Reading::of(context)?, settings(context)?);
        let customer = loss.customer.clone();
        let what = Loss {
            customer: loss.customer,
            at: loss.at.map(|at| at.0),
            reason: loss.reason,
            note: loss.note,
        };
        let who = reading.access.who();
        let code = loss::record(&reading.database, settings, what, who, clock::now()).await?;
        let key = (customer_id(&customer), loss::SOURCE.to_owned(), code);
        let found = customer_loss::Entity::find_by_id(key).one(&reading.database).await?;
        Ok(found.map(|row| CustomerLoss::of(row, &customer, reading.access.role)))
    }

    /// Records an attempt to win a lost customer back.
    #[graphql(guard = "guard::WORK", complexity = "100 + child_complexity")]
    async fn record_winback(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "On whom, how and at what cost")] attempt: WinbackInput,
    ) -> Result<Option<WinbackAttempt>, Error> {
        let (reading, settings) = (Reading::of(context)?, settings(context)?);
        let outcome = attempt.outcome.unwrap_or(WinbackOutcome::Open).stored();
        let what = Attempt {
            customer: attempt.customer,
            at: attempt.at.map(|at| at.0),
            person: attempt.person,
            channel: attempt.channel,
            offer: attempt.offer,
            cost: amends(attempt.cost, attempt.currency.as_deref())?,
            outcome,
            note: attempt.note,
        };
        let who = reading.access.who();
        let key = loss::attempt(&reading.database, settings, what, who, clock::now()).await?;
        told(reading, &key).await
    }

    /// Records what became of an open attempt. Of two who do so at once, one is told (`CONFLICT`).
    #[graphql(guard = "guard::WORK", complexity = "100 + child_complexity")]
    async fn end_winback(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The attempt's global id")] id: ID,
        #[graphql(desc = "What became of it: WON_BACK, REFUSED or NO_ANSWER")] outcome: WinbackOutcome,
        #[graphql(desc = "When that was known; now if not given")] at: Option<DateTime>,
        #[graphql(desc = "Something to remember")] note: Option<String>,
    ) -> Result<Option<WinbackAttempt>, Error> {
        let (reading, settings, key) = (Reading::of(context)?, settings(context)?, attempt::key(&id)?);
        let how = Ending { outcome: outcome.stored(), at: at.map(|at| at.0), note };
        loss::end(&reading.database, settings, &key, how, reading.access.who(), clock::now()).await?;
        told(reading, &key).await
    }
}

/// The attempt as it is now.
async fn told(reading: &Reading, key: &Key) -> Result<Option<WinbackAttempt>, Error> {
    let id = (customer_id(&key.customer), key.source.clone(), key.code.clone());
    let found = winback_attempt::Entity::find_by_id(id).one(&reading.database).await?;
    Ok(found.map(|row| WinbackAttempt::of(row, &key.customer, reading.access.role)))
}

fn settings<'a>(context: &Context<'a>) -> Result<&'a rapport_jobs::Settings, Error> {
    let settings = context.data::<std::sync::Arc<rapport_jobs::Settings>>();
    settings.map(AsRef::as_ref).map_err(|error| Error::NotFound(error.message))
}
