//! The forms of a customer's page: that it was lost, an attempt to win it back, and what became of one.

use std::sync::Arc;

use axum::{
    Extension, Form,
    extract::{Path, Query, State},
    http::HeaderMap,
    response::{IntoResponse, Redirect, Response},
};
use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use rapport_entities::{WinbackOutcome, clock};
use rapport_jobs::loss::{self, Attempt, Ending, Loss};
use serde::Deserialize;

use super::{
    App,
    cases::{Choice, given, to, word, wrong},
    page::locale,
    session,
};
use crate::{
    Access, Error,
    graphql::{amends, winback_key},
    page::{CustomerPage, Page},
};

/// What the forms send: a reason, an outcome of an attempt, or an attempt.
#[derive(Debug, Deserialize)]
pub struct Done {
    reason: Option<String>,
    attempt: Option<String>,
    ended: Option<String>,
    at: Option<String>,
    person: Option<String>,
    channel: Option<String>,
    offer: Option<String>,
    cost: Option<String>,
    currency: Option<String>,
    outcome: Option<String>,
    note: Option<String>,
}

/// Records what a form says of a customer, and shows the customer again.
pub async fn act(
    State(app): State<Arc<App>>,
    Extension(access): Extension<Arc<Access>>,
    Path(code): Path<String>,
    Query(choice): Query<Choice>,
    headers: HeaderMap,
    Form(done): Form<Done>,
) -> Result<Response, Error> {
    if !session::is_own(&headers) {
        return Ok(session::foreign());
    }
    let locale = locale(choice.tag(), &headers);
    let here = to(&CustomerPage::PATH.replace("{code}", &crate::graphql::escape(&code)), locale);
    match change(&app, &access, code, done).await {
        Ok(()) => Ok(Redirect::to(&here).into_response()),
        Err(error) => wrong(&error, locale, here),
    }
}

async fn change(app: &App, access: &Access, customer: String, done: Done) -> Result<(), Error> {
    let (database, settings, who) = (&app.database, app.settings.jobs(), access.who());
    let (at, now) = (day(app, done.at.as_deref())?, clock::now());
    if let Some(reason) = done.reason {
        let what = Loss { customer, at, reason, note: done.note };
        loss::record(database, &settings, what, who, now).await?;
        return Ok(());
    }
    if let Some(outcome) = word::<WinbackOutcome>(done.ended.as_deref())? {
        let key = winback_key(done.attempt.as_deref().unwrap_or_default())?;
        let how = Ending { outcome, at: None, note: done.note };
        return Ok(loss::end(database, &settings, &key, how, who, now).await?);
    }
    let unsaid = || Error::BadInput("the form says neither a reason nor an attempt".to_owned());
    let outcome = word(done.outcome.as_deref())?.ok_or_else(unsaid)?;
    let cost = given(done.cost.as_deref()).map(|text| {
        let wrong = || Error::BadInput(format!("`{text}` is no amount; write it as in 120.50"));
        text.parse::<f64>().ok().filter(|cost| cost.is_finite()).ok_or_else(wrong)
    });
    let what = Attempt {
        customer,
        at,
        person: done.person,
        channel: done.channel,
        offer: done.offer,
        cost: amends(cost.transpose()?, done.currency.as_deref())?,
        outcome,
        note: done.note,
    };
    loss::attempt(database, &settings, what, who, now).await?;
    Ok(())
}

/// The first moment of a day of the form, where the company is.
fn day(app: &App, text: Option<&str>) -> Result<Option<DateTime<Utc>>, Error> {
    let Some(text) = given(text) else { return Ok(None) };
    let wrong = || Error::BadInput(format!("`{text}` is no day; write it as in 2026-09-30"));
    let day: NaiveDate = text.parse().map_err(|_| wrong())?;
    Ok(Some(app.settings.calendar.utc(day.and_time(NaiveTime::MIN))))
}
