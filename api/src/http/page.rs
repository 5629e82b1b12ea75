//! The managers' pages over HTTP: the answer to a page's query, asked as any reader asks, in its template.

use std::sync::Arc;

use askama::Template;
use async_graphql::{Request, Variables};
use axum::{
    Extension,
    extract::{Path, Query, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{Html, IntoResponse, Response},
};
use rapport_entities::ALL;
use rapport_messages::Locale;
use serde::{Deserialize, de::DeserializeOwned};
use sha2::{Digest, Sha256};

use super::{App, charts::place, kept};
use crate::{
    Access, Error,
    page::{self, Address, Frame, Notice, Page, Shown},
    state,
};

const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; \
                      frame-ancestors 'none'";

/// The pages' style.
const STYLE: &str = include_str!("../../assets/page.css");

/// Who asks, and the state in which.
pub type Reader<'a> = (&'a Arc<Access>, &'a Arc<state::State>);

/// What GraphQL answered.
#[derive(Deserialize)]
struct Reply<T> {
    data: T,
}

/// A page of a quarter; what to do next where nothing is published.
pub async fn show<P: Page>(
    State(app): State<Arc<App>>,
    Extension(access): Extension<Arc<Access>>,
    Extension(state): Extension<Arc<state::State>>,
    Query(address): Query<Address>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    answer::<P>(&app, (&access, &state), address, &headers).await
}

/// The page of what the path names: of a customer, of a case.
pub async fn named<P: Page>(
    State(app): State<Arc<App>>,
    Extension(access): Extension<Arc<Access>>,
    Extension(state): Extension<Arc<state::State>>,
    Path(code): Path<String>,
    Query(address): Query<Address>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let address = Address { code, ..address };
    answer::<P>(&app, (&access, &state), address, &headers).await
}

/// The page of what two words of the path name: of a class of a scheme.
pub async fn of_scheme<P: Page>(
    State(app): State<Arc<App>>,
    Extension(access): Extension<Arc<Access>>,
    Extension(state): Extension<Arc<state::State>>,
    Path((scheme, code)): Path<(String, String)>,
    Query(address): Query<Address>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let address = Address { scheme, code, ..address };
    answer::<P>(&app, (&access, &state), address, &headers).await
}

async fn answer<P: Page>(
    app: &App,
    (access, state): Reader<'_>,
    address: Address,
    headers: &HeaderMap,
) -> Result<Response, Error> {
    let asked = address.locale.clone().filter(|tag| !tag.is_empty());
    let locale = locale(asked.as_deref(), headers);
    let page = async {
        if let Some(tag) = &asked {
            tag.parse::<Locale>().map_err(|error| Error::BadInput(error.to_string()))?;
        }
        read::<P>(app, (access, state), address, locale).await
    };
    match page.await {
        Ok(Some(page)) => Ok(html(StatusCode::OK, page.render()?)),
        Ok(None) => Ok(html(StatusCode::OK, Notice::empty(locale).render()?)),
        Err(error) => {
            error.log();
            Ok(html(error.status(), Notice::wrong(&error, locale).render()?))
        }
    }
}

/// The page; none if nothing is published.
async fn read<P: Page>(
    app: &App,
    (access, state): Reader<'_>,
    address: Address,
    locale: Locale,
) -> Result<Option<P>, Error> {
    let named = address.segment.as_deref().filter(|segment| !segment.is_empty() && *segment != ALL);
    let place = named.map_or_else(|| Ok(access.home()), |segment| place(Some(segment)))?;
    match frame(app, (access, state), (P::PATH, address, place), locale).await? {
        Some(frame) => filled::<P>(app, (access, state), frame).await.map(Some),
        None => Ok(None),
    }
}

/// What is around a page; none if nothing is published.
pub async fn frame(
    app: &App,
    (access, state): Reader<'_>,
    asked: (&'static str, Address, (String, String)),
    locale: Locale,
) -> Result<Option<Frame>, Error> {
    let shown: Shown = ask(app, (access, state), page::QUERY_OF_FRAME, serde_json::Value::Null).await?;
    Frame::of(shown, asked, access, &app.settings, locale)
}

/// The page within its frame.
pub async fn filled<P: Page>(app: &App, reader: Reader<'_>, frame: Frame) -> Result<P, Error> {
    let variables = P::variables(&frame)?;
    let data: P::Data = ask(app, reader, P::QUERY, variables).await?;
    P::of(frame, data)
}

/// The data of a query, as GraphQL answers it to this reader: kept if it stands, and paid for.
pub async fn ask<T: DeserializeOwned>(
    app: &App,
    (access, state): Reader<'_>,
    query: &str,
    variables: serde_json::Value,
) -> Result<T, Error> {
    let request = Request::new(query).variables(Variables::from_json(variables));
    let key = kept::key(app, state, &request, access);
    if let Some(body) = key.and_then(|key| app.answers.get(&key)) {
        app.metrics.kept();
        return told(&body);
    }
    let answer = app.answer(request, access, state).await;
    if let Some(error) = answer.error() {
        return Err(error);
    }
    let body = answer.json().map_err(unreadable)?;
    let data = told(&body)?;
    if let Some(key) = key.filter(|_| answer.stands()) {
        app.answers.keep(key, body.into());
    }
    Ok(data)
}

fn told<T: DeserializeOwned>(body: &[u8]) -> Result<T, Error> {
    serde_json::from_slice(body).map(|reply: Reply<T>| reply.data).map_err(unreadable)
}

fn unreadable(error: serde_json::Error) -> Error {
    Error::Io { what: "the answer to the page's query cannot be read".to_owned(), source: error.into() }
}

/// The style; named by its hash, so that a browser asks for it once.
pub async fn style(headers: HeaderMap) -> Response {
    let tag = format!("\"{}\"", hex::encode(&Sha256::digest(STYLE)[..16]));
    let lasting = [(header::ETAG, tag.clone()), (header::CACHE_CONTROL, "no-cache".to_owned())];
    let known = headers.get(header::IF_NONE_MATCH).and_then(|tags| tags.to_str().ok()).unwrap_or_default();
    if known.split(',').any(|one| one.trim().trim_start_matches("W/") == tag) {
        return (StatusCode::NOT_MODIFIED, lasting).into_response();
    }
    let kind = [(header::CONTENT_TYPE, HeaderValue::from_static("text/css; charset=utf-8"))];
    (lasting, kind, STYLE).into_response()
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
        (header::CACHE_CONTROL, "private, no-cache"),
        (header::VARY, "accept-language, authorization, cookie"),
    ];
    (status, headers, Html(body)).into_response()
}
