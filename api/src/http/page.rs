//! The managers' page and its style.

use askama::Template;
use std::sync::Arc;

use axum::{
    Extension,
    extract::{Query, State},
    http::{HeaderMap, StatusCode, header},
    response::{Html, IntoResponse, Response},
};
use rapport_entities::ALL;
use rapport_messages::Locale;
use serde::Deserialize;

use super::{App, charts::place};
use crate::{
    Access, Error,
    page::{self, Notice, Selection},
};

const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; \
                      frame-ancestors 'none'";

/// What the page's address may say.
#[derive(Debug, Deserialize)]
pub struct Choice {
    quarter: Option<String>,
    segment: Option<String>,
    locale: Option<String>,
}

/// The page of a quarter; what to do next where nothing is published.
pub async fn page(
    State(app): State<App>,
    Extension(access): Extension<Arc<Access>>,
    Query(choice): Query<Choice>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let locale = locale(choice.locale.as_deref(), &headers);
    let company = app.settings.company.as_deref();
    let read = async {
        let quarter = choice.quarter.filter(|quarter| !quarter.is_empty());
        let named = choice.segment.filter(|segment| !segment.is_empty() && segment != ALL);
        let place = named.map_or_else(|| Ok(access.home()), |segment| place(Some(&segment)))?;
        page::read(&app.database, &access, &Selection { quarter, place, locale }, company).await
    };
    match read.await {
        Ok(Some(page)) => Ok(html(StatusCode::OK, page.render()?)),
        Ok(None) => Ok(html(StatusCode::OK, Notice::empty(locale).render()?)),
        Err(error) => {
            error.log();
            Ok(html(error.status(), Notice::wrong(&error, locale).render()?))
        }
    }
}

/// The style.
pub async fn style() -> Response {
    let headers = [(header::CONTENT_TYPE, "text/css; charset=utf-8"), (header::CACHE_CONTROL, "no-cache")];
    (headers, include_str!("../../assets/page.css")).into_response()
}

/// The language that is asked for: by the address, or else by the browser, in its order.
pub fn locale(asked: Option<&str>, headers: &HeaderMap) -> Locale {
    let accepted =
        headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let mut tags = asked.into_iter().chain(accepted.split(',').filter_map(|range| range.split(';').next()));
    tags.find_map(|tag| tag.parse().ok()).unwrap_or_default()
}

/// A page with the headers of pages.
pub fn html(status: StatusCode, body: String) -> Response {
    let headers = [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::CACHE_CONTROL, "no-cache"),
        (header::VARY, "accept-language"),
    ];
    (status, headers, Html(body)).into_response()
}
