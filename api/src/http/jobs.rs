//! The page of the jobs, and its button.

use std::sync::Arc;

use askama::Template;
use axum::{
    Extension, Form,
    extract::{Query, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use rapport_entities::clock;
use rapport_jobs::{
    audit::{self, Event},
    job,
};
use serde::Deserialize;

use super::{
    App,
    page::{html, locale},
};
use crate::{Access, Error, page::Jobs};

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

/// The page.
pub async fn page(
    State(app): State<App>,
    Query(choice): Query<Choice>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let locale = locale(choice.locale.as_deref(), &headers);
    let page = Jobs::read(&app.database, &app.settings.jobs(), locale).await?;
    Ok(html(StatusCode::OK, page.render()?))
}

/// Asks for a job, and shows the page again.
pub async fn run(
    State(app): State<App>,
    Extension(access): Extension<Arc<Access>>,
    Query(choice): Query<Choice>,
    headers: HeaderMap,
    Form(asked): Form<Asked>,
) -> Result<Response, Error> {
    if !is_own(&headers) {
        let text = "a job is asked for from this server's own page alone";
        return Ok((StatusCode::FORBIDDEN, format!("{text}\n")).into_response());
    }
    let settings = app.settings.jobs();
    let job = job::named(&asked.job)?;
    // before the job is asked for: nothing is done that the trail does not tell
    let event = Event { outcome: "asked", ..Event::done(access.who(), "run", job.name) };
    audit::record(&app.database, event, clock::now()).await?;
    job::ask_for(&app.database, &settings, job, None, "page").await?;
    let locale = locale(choice.locale.as_deref(), &headers);
    Ok(Redirect::to(&format!("/jobs?locale={locale}")).into_response())
}

/// A page of elsewhere must not press the button: browsers say where a form comes from.
fn is_own(headers: &HeaderMap) -> bool {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    match (text("sec-fetch-site"), text("origin")) {
        (Some(site), _) => site == "same-origin",
        (None, Some(origin)) => {
            let host = origin.split_once("://").map(|(_, host)| host);
            host.is_some() && host == text(header::HOST.as_str())
        }
        (None, None) => false,
    }
}
