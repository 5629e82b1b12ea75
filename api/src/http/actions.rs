//! The forms of the pages of improvement actions: an action is opened, moved, and noted of.

use std::sync::Arc;

use axum::{
    Extension, Form,
    extract::{Path, Query, State},
    http::HeaderMap,
    response::{IntoResponse, Redirect, Response},
};
use chrono::NaiveDate;
use rapport_entities::{ActionOrigin, ActionState, Metric, Quarter, clock};
use rapport_jobs::action::{self, Move, Opening};
use serde::Deserialize;

use super::{
    App,
    cases::{Choice, given, to, word, wrong},
    charts::place,
    page::locale,
    session,
};
use crate::{
    Access, Error,
    page::{ActionPage, Actions, Page},
};

/// What the form of a new action sends.
#[derive(Debug, Deserialize)]
pub struct Opened {
    title: String,
    owner: Option<String>,
    due: String,
    place: Option<String>,
    metric: String,
    effect_from: String,
    expected: Option<String>,
    origin: Option<String>,
    reference: Option<String>,
    origin_quarter: Option<String>,
    note: Option<String>,
}

/// What the form of an action sends: a state to move it to, or something to remember.
#[derive(Debug, Deserialize)]
pub struct Done {
    from: Option<String>,
    to: Option<String>,
    note: Option<String>,
}

/// Opens an action, and shows it.
pub async fn open(
    State(app): State<Arc<App>>,
    Extension(access): Extension<Arc<Access>>,
    Query(choice): Query<Choice>,
    headers: HeaderMap,
    Form(form): Form<Opened>,
) -> Result<Response, Error> {
    if !session::is_own(&headers) {
        return Ok(session::foreign());
    }
    let locale = locale(choice.tag(), &headers);
    let opened = async {
        let what = opening(form)?;
        Ok(action::open(&app.database, &app.settings.jobs(), what, access.who(), clock::now()).await?)
    };
    match opened.await {
        Ok(code) => Ok(Redirect::to(&to(&path(&code), locale)).into_response()),
        Err(error) => wrong(&error, locale, to(Actions::PATH, locale)),
    }
}

/// Moves an action, or notes something of it, and shows it again.
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
    let here = to(&path(&code), locale);
    match change(&app, &access, &code, done).await {
        Ok(()) => Ok(Redirect::to(&here).into_response()),
        Err(error) => wrong(&error, locale, here),
    }
}

async fn change(app: &App, access: &Access, code: &str, done: Done) -> Result<(), Error> {
    let now = clock::now();
    if let Some(to) = word::<ActionState>(done.to.as_deref())? {
        let how = Move { to, seen: word(done.from.as_deref())?, note: done.note };
        return Ok(action::move_to(&app.database, &app.settings.jobs(), code, how, access.who(), now).await?);
    }
    Ok(action::note(&app.database, code, done.note.unwrap_or_default(), access.who(), now).await?)
}

fn opening(form: Opened) -> Result<Opening, Error> {
    let expected = given(form.expected.as_deref()).map(|text| {
        let wrong = || Error::BadInput(format!("`{text}` is no number; write it as in 2.5"));
        text.parse::<f64>().map_err(|_| wrong())
    });
    let no_metric = || Error::BadInput("the form names no index".to_owned());
    Ok(Opening {
        code: None,
        title: form.title,
        origin: word(form.origin.as_deref())?.unwrap_or(ActionOrigin::Segment),
        origin_quarter: quarter(form.origin_quarter.as_deref())?,
        origin_code: form.reference,
        place: Some(place(given(form.place.as_deref()))?),
        metric: word::<Metric>(Some(&form.metric))?.ok_or_else(no_metric)?,
        effect_from: quarter(Some(&form.effect_from))?
            .ok_or_else(|| Error::BadInput("the form names no quarter".to_owned()))?,
        owner: form.owner,
        due: day(&form.due)?,
        expected: expected.transpose()?,
        note: form.note,
    })
}

fn quarter(text: Option<&str>) -> Result<Option<Quarter>, Error> {
    let parse = |text: &str| {
        text.parse().map_err(|error: rapport_entities::QuarterError| Error::BadInput(error.to_string()))
    };
    given(text).map(parse).transpose()
}

fn day(text: &str) -> Result<NaiveDate, Error> {
    let wrong = || Error::BadInput(format!("`{text}` is no day; write it as in 2026-09-30"));
    text.trim().parse().map_err(|_| wrong())
}

fn path(code: &str) -> String {
    ActionPage::PATH.replace("{code}", &crate::graphql::escape(code))
}
