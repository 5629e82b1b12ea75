//! The form of the page of a card: another version is written, or the shipped text put back.

use std::sync::Arc;

use axum::{
    Extension, Form,
    extract::{Path, Query, State},
    http::HeaderMap,
    response::{IntoResponse, Redirect, Response},
};
use rapport_entities::{CardScheme, clock};
use rapport_jobs::playbook::{self, Key, Text};
use rapport_messages::Locale;
use serde::Deserialize;

use super::{
    App,
    cases::{Choice, to, wrong},
    page::locale,
    session,
};
use crate::{
    Access, Error,
    page::{CardPage, Page},
};

/// What the form sends: the version that was seen, and the parts of the card, or else that the shipped ones come back.
#[derive(Debug, Deserialize)]
pub struct Written {
    version: String,
    restore: Option<String>,
    #[serde(default)]
    meaning: String,
    #[serde(default)]
    focus: String,
    #[serde(default)]
    service: String,
    #[serde(default)]
    communication: String,
    #[serde(default)]
    skill: String,
    #[serde(default)]
    avoid: String,
    #[serde(default)]
    together: String,
}

/// Writes a version of a card in the language of the page, and shows it.
pub async fn write(
    State(app): State<Arc<App>>,
    Extension(access): Extension<Arc<Access>>,
    Path((scheme, class)): Path<(String, String)>,
    Query(choice): Query<Choice>,
    headers: HeaderMap,
    Form(written): Form<Written>,
) -> Result<Response, Error> {
    if !session::is_own(&headers) {
        return Ok(session::foreign());
    }
    let locale = locale(choice.tag(), &headers);
    let escape = crate::graphql::escape;
    let path = CardPage::PATH.replace("{scheme}", &escape(&scheme)).replace("{code}", &escape(&class));
    match change(&app, &access, (&scheme, &class, locale), written).await {
        Ok(()) => Ok(Redirect::to(&to(&path, locale)).into_response()),
        Err(error) => wrong(&error, locale, to(&path, locale)),
    }
}

async fn change(
    app: &App,
    access: &Access,
    (scheme, class, locale): (&str, &str, Locale),
    written: Written,
) -> Result<(), Error> {
    let nothing = |_| Error::NotFound(format!("there is no card {scheme}/{class}"));
    let scheme: CardScheme = scheme.to_ascii_lowercase().parse().map_err(nothing)?;
    let key = Key::of(scheme, class, locale)?;
    let unsaid = || Error::BadInput("the form does not say which version was seen".to_owned());
    let seen = written.version.parse().map_err(|_| unsaid())?;
    let text = Text {
        meaning: written.meaning,
        focus: written.focus,
        service: written.service,
        communication: written.communication,
        skill: written.skill,
        avoid: written.avoid,
        together: written.together,
    };
    let text = Some(text).filter(|_| written.restore.is_none());
    Ok(playbook::write(&app.database, key, seen, text, access.who(), clock::now()).await?)
}
