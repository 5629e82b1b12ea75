//! The button of the page of jobs.

use std::sync::Arc;

use axum::{
    Extension, Form,
    extract::{Query, State},
    http::HeaderMap,
    response::{IntoResponse, Redirect, Response},
};
use rapport_entities::clock;
use rapport_jobs::{
    audit::{self, Event},
    job,
};
use serde::Deserialize;

use super::{App, page::locale, session};
use crate::{
    Access, Error,
    page::{Jobs, Page},
};

/// What the page's address may say.
#[derive(Debug, Deserialize)]
pub struct Choice {
    locale: Option<String>,
}

/// What the button sends.
#[derive(Debug, Deserialize)]
pub struct Asked {
    job: String,
}

/// Asks for a job, and shows the page again.
pub async fn run(
    State(app): State<Arc<App>>,
    Extension(access): Extension<Arc<Access>>,
    Query(choice): Query<Choice>,
    headers: HeaderMap,
    Form(asked): Form<Asked>,
) -> Result<Response, Error> {
    if !session::is_own(&headers) {
        return Ok(session::foreign());
    }
    let settings = app.settings.jobs();
    let job = job::named(&asked.job)?;
    // before the job is asked for: nothing is done that the trail does not tell
    let event = Event { outcome: "asked", ..Event::done(access.who(), "run", job.name) };
    audit::record(&app.database, event, clock::now()).await?;
    job::ask_for(&app.database, &settings, job, None, "page").await?;
    let locale = locale(choice.locale.as_deref(), &headers);
    Ok(Redirect::to(&format!("{}?locale={}", Jobs::PATH, locale.tag())).into_response())
}
