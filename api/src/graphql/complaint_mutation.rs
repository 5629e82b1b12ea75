//! What operators do with complaints: open them, move them, and record what else happens.

use async_graphql::{Context, ID, InputObject, Object};
use rapport_entities::clock;
use rapport_jobs::case::{self, Happening, Key, Move, Opening};

use super::{
    choice::{CaseEvent, CaseState, Risk, Severity},
    complaint_case::{self, Complaint},
    guard,
    money::Money,
    page,
    reading::Reading,
    scalar::DateTime,
};
use crate::Error;

/// A complaint that is opened.
#[derive(Clone, Debug, InputObject)]
pub struct ComplaintInput {
    /// The company's own code of the customer.
    customer: String,
    /// When it was received; now if not given.
    at: Option<DateTime>,
    /// How it came.
    channel: Option<String>,
    /// The unit that it is about or that handles it.
    unit: Option<String>,
    /// What it is about.
    product: Option<String>,
    /// How grave it is.
    severity: Option<Severity>,
    /// Which risk it is about.
    risk: Option<Risk>,
    /// In the customer's words.
    text: Option<String>,
}

/// Something that happens to a complaint besides its moves.
#[derive(Clone, Debug, InputObject)]
pub struct ComplaintEventInput {
    /// What; not a move.
    kind: CaseEvent,
    /// When; now if not given.
    at: Option<DateTime>,
    /// Who did it.
    person: Option<String>,
    /// Something to remember.
    note: Option<String>,
    /// What the customer was given, in major units; of COMPENSATED.
    amount: Option<f64>,
    /// Currency of the money, by its ISO 4217 code.
    currency: Option<String>,
    /// By when something was promised; of PROMISE.
    due: Option<DateTime>,
}

/// What operators do with complaints.
#[derive(Default)]
pub struct CaseMutation;

#[Object]
impl CaseMutation {
    /// Opens a complaint.
    #[graphql(guard = "guard::WORK", complexity = "100 + child_complexity")]
    async fn open_complaint(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "What the customer complained about")] complaint: ComplaintInput,
    ) -> Result<Option<Complaint>, Error> {
        let (reading, settings) = (Reading::of(context)?, settings(context)?);
        let what = Opening {
            customer: complaint.customer,
            at: complaint.at.map(|at| at.0),
            channel: complaint.channel,
            unit: complaint.unit,
            product: complaint.product,
            severity: complaint.severity.map(Severity::stored),
            risk: complaint.risk.map(Risk::stored),
            text: complaint.text,
        };
        let who = reading.access.who();
        told(context, &case::open(&reading.database, settings, what, who, clock::now()).await?).await
    }

    /// Moves a complaint to another state, if that is legal from the one it is in.
    #[graphql(guard = "guard::WORK", complexity = "100 + child_complexity")]
    #[allow(clippy::too_many_arguments)]
    async fn move_complaint(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The complaint's global id")] id: ID,
        #[graphql(desc = "The state it is moved to")] to: CaseState,
        #[graphql(desc = "The state that it was seen in: where it is not in that any more, nothing is done")]
        from: Option<CaseState>,
        #[graphql(desc = "When it was, later than the move before; now if not given")] at: Option<DateTime>,
        #[graphql(desc = "Who did it")] person: Option<String>,
        #[graphql(desc = "Something to remember")] note: Option<String>,
    ) -> Result<Option<Complaint>, Error> {
        let (reading, settings, key) = (Reading::of(context)?, settings(context)?, complaint_case::key(&id)?);
        let seen = from.map(CaseState::stored);
        let how = Move { to: to.stored(), seen, at: at.map(|at| at.0), person, note };
        case::move_to(&reading.database, settings, &key, how, reading.access.who(), clock::now()).await?;
        told(context, &key).await
    }

    /// Records what happens to a complaint besides its moves: a step or a fault of its handling, a promise, a note.
    #[graphql(guard = "guard::WORK", complexity = "100 + child_complexity")]
    async fn record_complaint_event(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The complaint's global id")] id: ID,
        #[graphql(desc = "What happened")] event: ComplaintEventInput,
    ) -> Result<Option<Complaint>, Error> {
        let (reading, settings, key) = (Reading::of(context)?, settings(context)?, complaint_case::key(&id)?);
        let what = Happening {
            kind: event.kind.stored(),
            at: event.at.map(|at| at.0),
            person: event.person,
            note: event.note,
            amends: amends(event.amount, event.currency.as_deref())?,
            due: event.due.map(|due| due.0),
        };
        case::record(&reading.database, settings, &key, what, reading.access.who(), clock::now()).await?;
        told(context, &key).await
    }
}

/// Money in minor units. Fails without a currency.
pub fn amends(
    amount: Option<f64>,
    currency: Option<&str>,
) -> Result<Option<(i64, iso_currency::Currency)>, Error> {
    let Some(amount) = amount else { return Ok(None) };
    let code = currency.unwrap_or_default().trim().to_ascii_uppercase();
    let known = iso_currency::Currency::from_code(&code);
    let currency = known.ok_or_else(|| {
        Error::BadInput("currency: money needs one, by its ISO 4217 code, such as CNY or USD".to_owned())
    })?;
    Ok(Some((Money::of(Some(&code)).minor(amount), currency)))
}

fn settings<'a>(context: &Context<'a>) -> Result<&'a rapport_jobs::Settings, Error> {
    let settings = context.data::<std::sync::Arc<rapport_jobs::Settings>>();
    settings.map(AsRef::as_ref).map_err(|error| Error::NotFound(error.message))
}

/// The complaint as it is now.
async fn told(context: &Context<'_>, key: &Key) -> Result<Option<Complaint>, Error> {
    let id = page::pack(&["complaint", &key.customer, &key.source, &key.code]);
    complaint_case::by_id(Reading::of(context)?, context, &id.into()).await
}
