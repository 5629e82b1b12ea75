//! The form of the care list, which customers' pages have too: a contact is logged.

use std::sync::Arc;

use axum::{
    Extension, Form,
    extract::{Query, State},
    http::HeaderMap,
    response::{IntoResponse, Redirect, Response},
};
use rapport_entities::{ContactOutcome, clock};
use rapport_jobs::care::{self, Contact};
use serde::Deserialize;

use super::{
    App,
    cases::{Choice, moment, to, word, wrong},
    page::locale,
    session,
};
use crate::{
    Access, Error,
    page::{Care, CustomerPage, Page},
};

/// What the form sends.
#[derive(Debug, Deserialize)]
pub struct Logged {
    customer: String,
    outcome: Option<String>,
    channel: Option<String>,
    who: Option<String>,
    at: Option<String>,
    next: Option<String>,
    note: Option<String>,
}

/// Logs a contact, and shows it on the customer's page.
pub async fn log(
    State(app): State<Arc<App>>,
    Extension(access): Extension<Arc<Access>>,
    Query(choice): Query<Choice>,
    headers: HeaderMap,
    Form(form): Form<Logged>,
) -> Result<Response, Error> {
    if !session::is_own(&headers) {
        return Ok(session::foreign());
    }
    let locale = locale(choice.tag(), &headers);
    let code = form.customer.trim().to_owned();
    let logged = async {
        let contact = contact(&app, form)?;
        Ok(care::log(&app.database, contact, access.who(), clock::now()).await?)
    };
    match logged.await {
        Ok(()) => {
            let path = CustomerPage::PATH.replace("{code}", &crate::graphql::escape(&code));
            Ok(Redirect::to(&format!("{}#contacts-title", to(&path, locale))).into_response())
        }
        Err(error) => wrong(&error, locale, to(Care::PATH, locale)),
    }
}

fn contact(app: &App, form: Logged) -> Result<Contact, Error> {
    let unsaid = || Error::BadInput("the form does not say what came of it".to_owned());
    Ok(Contact {
        customer: form.customer.trim().to_owned(),
        at: moment(app, form.at.as_deref())?,
        who: form.who,
        channel: form.channel,
        outcome: word::<ContactOutcome>(form.outcome.as_deref())?.ok_or_else(unsaid)?,
        note: form.note,
        next: moment(app, form.next.as_deref())?,
    })
}
