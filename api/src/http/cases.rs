//! The forms of the pages of complaints: a complaint is opened, a case is moved, and what happens to it is recorded.

use std::{str::FromStr, sync::Arc};

use askama::Template;
use axum::{
    Extension, Form,
    extract::{Path, Query, State},
    http::HeaderMap,
    response::{IntoResponse, Redirect, Response},
};
use chrono::{DateTime, NaiveDateTime, Utc};
use rapport_entities::{CaseEvent, CaseState, UnknownWord, clock};
use rapport_jobs::case::{self, Happening, Key, Move, Opening};
use rapport_messages::Locale;
use serde::Deserialize;

use super::{
    App,
    page::{html, locale},
    session,
};
use crate::{
    Access, Error,
    graphql::{amends, complaint_key, pack},
    page::{CasePage, Complaints, Notice, Page},
};

/// What the page's address may say.
#[derive(Debug, Deserialize)]
pub struct Choice {
    locale: Option<String>,
}

impl Choice {
    /// The language's tag.
    pub fn tag(&self) -> Option<&str> {
        self.locale.as_deref()
    }
}

/// What the form of a new complaint sends.
#[derive(Debug, Deserialize)]
pub struct Opened {
    customer: String,
    severity: Option<String>,
    risk: Option<String>,
    channel: Option<String>,
    product: Option<String>,
    unit: Option<String>,
    text: Option<String>,
    at: Option<String>,
}

/// What the forms of a case send: a state to move it to, or what happened.
#[derive(Debug, Deserialize)]
pub struct Done {
    from: Option<String>,
    to: Option<String>,
    kind: Option<String>,
    person: Option<String>,
    note: Option<String>,
    at: Option<String>,
    amount: Option<String>,
    currency: Option<String>,
    due: Option<String>,
}

/// Opens a complaint, and shows it.
pub async fn open(
    State(app): State<Arc<App>>,
    Extension(access): Extension<Arc<Access>>,
    Query(choice): Query<Choice>,
    headers: HeaderMap,
    Form(given): Form<Opened>,
) -> Result<Response, Error> {
    if !session::is_own(&headers) {
        return Ok(session::foreign());
    }
    let locale = locale(choice.locale.as_deref(), &headers);
    let opened = async {
        let what = Opening {
            customer: given.customer.trim().to_owned(),
            at: moment(&app, given.at.as_deref())?,
            channel: given.channel,
            unit: given.unit,
            product: given.product,
            severity: word(given.severity.as_deref())?,
            risk: word(given.risk.as_deref())?,
            text: given.text,
        };
        Ok(case::open(&app.database, &app.settings.jobs(), what, access.who(), clock::now()).await?)
    };
    match opened.await {
        Ok(Key { customer, source, code }) => {
            let id = pack(&["complaint", &customer, &source, &code]);
            Ok(Redirect::to(&to(&CasePage::PATH.replace("{code}", &id), locale)).into_response())
        }
        Err(error) => wrong(&error, locale, to(Complaints::PATH, locale)),
    }
}

/// Moves a case, or records what happened to it, and shows it again.
pub async fn act(
    State(app): State<Arc<App>>,
    Extension(access): Extension<Arc<Access>>,
    Path(id): Path<String>,
    Query(choice): Query<Choice>,
    headers: HeaderMap,
    Form(done): Form<Done>,
) -> Result<Response, Error> {
    if !session::is_own(&headers) {
        return Ok(session::foreign());
    }
    let locale = locale(choice.locale.as_deref(), &headers);
    let here = to(&CasePage::PATH.replace("{code}", &crate::graphql::escape(&id)), locale);
    match change(&app, &access, &id, done).await {
        Ok(()) => Ok(Redirect::to(&here).into_response()),
        Err(error) => wrong(&error, locale, here),
    }
}

async fn change(app: &App, access: &Access, id: &str, done: Done) -> Result<(), Error> {
    let (key, settings, now) = (complaint_key(id)?, app.settings.jobs(), clock::now());
    let at = moment(app, done.at.as_deref())?;
    let (person, note) = (done.person, done.note);
    if let Some(to) = word::<CaseState>(done.to.as_deref())? {
        let how = Move { to, seen: word(done.from.as_deref())?, at, person, note };
        return Ok(case::move_to(&app.database, &settings, &key, how, access.who(), now).await?);
    }
    let unsaid = || Error::BadInput("the form says neither a move nor what happened".to_owned());
    let kind: CaseEvent = word(done.kind.as_deref())?.ok_or_else(unsaid)?;
    // the form has a field for the money of every kind
    let amount = given(done.amount.as_deref()).filter(|_| kind == CaseEvent::Compensated);
    let number = amount.map(|text| {
        let wrong = || Error::BadInput(format!("`{text}` is no amount; write it as in 120.50"));
        text.parse::<f64>().ok().filter(|amount| amount.is_finite()).ok_or_else(wrong)
    });
    let what = Happening {
        kind,
        at,
        person,
        note,
        amends: amends(number.transpose()?, done.currency.as_deref())?,
        due: moment(app, done.due.as_deref())?,
    };
    Ok(case::record(&app.database, &settings, &key, what, access.who(), now).await?)
}

/// A field that was filled in.
pub(super) fn given(text: Option<&str>) -> Option<&str> {
    text.map(str::trim).filter(|text| !text.is_empty())
}

/// One of an enumeration's words, if the field was filled in.
pub(super) fn word<T: FromStr<Err = UnknownWord>>(text: Option<&str>) -> Result<Option<T>, Error> {
    let parse = |text: &str| text.to_ascii_lowercase().parse();
    given(text).map(parse).transpose().map_err(|error: UnknownWord| Error::BadInput(error.to_string()))
}

/// A time of the form, where the company is.
pub(super) fn moment(app: &App, text: Option<&str>) -> Result<Option<DateTime<Utc>>, Error> {
    let Some(text) = given(text) else { return Ok(None) };
    let read = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"]
        .iter()
        .find_map(|format| NaiveDateTime::parse_from_str(text, format).ok());
    let wrong = || Error::BadInput(format!("`{text}` is no time; write it as in 2026-09-30T23:30"));
    Ok(Some(app.settings.calendar.utc(read.ok_or_else(wrong)?)))
}

/// A page in a language.
pub fn to(path: &str, locale: Locale) -> String {
    format!("{path}?locale={}", locale.tag())
}

/// What went wrong with a form, and the way back to it.
pub fn wrong(error: &Error, locale: Locale, back: String) -> Result<Response, Error> {
    error.log();
    Ok(html(error.status(), Notice::wrong_at(error, locale, back).render()?))
}
