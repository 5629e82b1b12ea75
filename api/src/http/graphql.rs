//! GraphQL over HTTP, as the draft says: `Accept` is honoured, queries come by POST or GET, all else by POST alone.
//!
//! Clients that ask for plain JSON get 400 for whatever was refused: BI tools show it and read its body.

use std::{mem, sync::Arc};

use async_graphql::Request;
use axum::{
    Extension,
    body::{Body, Bytes},
    extract::{self, FromRequest, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header},
    response::{IntoResponse, Redirect, Response},
};

use super::{App, denial::Denied, kept};
use crate::{
    Access, Error,
    graphql::{Answer, Operation, Outcome},
    state,
};

/// How many headers an answer has.
const HEADERS: usize = 12;
const JSON: &str = "application/json";
const GRAPHQL: &str = "application/graphql-response+json";
const JSON_UTF8: &str = "application/json; charset=utf-8";
const GRAPHQL_UTF8: &str = "application/graphql-response+json; charset=utf-8";

/// Answers a GraphQL request.
pub async fn graphql(
    State(app): State<Arc<App>>,
    Extension(access): Extension<Arc<Access>>,
    Extension(state): Extension<Arc<state::State>>,
    mut asked: extract::Request,
) -> Response {
    // taken, not copied, as an argument of the handler would be
    let (headers, uri) = (mem::take(asked.headers_mut()), mem::take(asked.uri_mut()));
    let method = asked.method().clone();
    let mut sent = Bytes::new();
    let mut request = match method {
        Method::GET | Method::HEAD => match by_get(&uri, &headers) {
            Ok(request) => request,
            Err(response) => return *response,
        },
        Method::POST => {
            if !is_json(&headers) {
                let text = "the body must be JSON: send it with Content-Type: application/json";
                return refused(StatusCode::UNSUPPORTED_MEDIA_TYPE, text);
            }
            sent = match Bytes::from_request(asked, &()).await {
                Ok(sent) => sent,
                Err(rejection) => return rejection.into_response(),
            };
            let named = app.answers.name(&state, access.rights(), &sent);
            if let Some(response) = named.and_then(|key| kept::found(&app, &key, &method, &headers)) {
                return response;
            }
            match by_post(&sent) {
                Ok(request) => request,
                Err(response) => return *response,
            }
        }
        _ => return refused(StatusCode::METHOD_NOT_ALLOWED, "GET and POST are what this address takes"),
    };
    if let Err(error) = app.documents.complete(&mut request, &access) {
        return failed(&error);
    }
    if method != Method::POST && Operation::of(&mut request) == Some(Operation::Other) {
        return refused(StatusCode::METHOD_NOT_ALLOWED, "only queries may come by GET; send this by POST");
    }
    let key = kept::key(&app, &state, &request, &access);
    if method == Method::POST
        && let Some(key) = key
    {
        app.answers.call(&state, access.rights(), &sent, key);
    }
    if let Some(response) = key.and_then(|key| kept::found(&app, &key, &method, &headers)) {
        return response;
    }
    let answer = app.answer(request, &access, &state).await;
    let mut response = match key.filter(|_| answer.stands()) {
        Some(key) => kept::keep(&app, key, &answer, &headers),
        None => respond(&answer, &headers),
    };
    if answer.denies() {
        response.extensions_mut().insert(Denied);
    }
    response
}

/// As the client wants it.
pub fn media_type(headers: &HeaderMap) -> &'static str {
    if wants_draft(headers) { GRAPHQL_UTF8 } else { JSON_UTF8 }
}

fn by_get(uri: &Uri, headers: &HeaderMap) -> Result<Request, Box<Response>> {
    let query = uri.query().unwrap_or_default();
    let accept = headers.get(header::ACCEPT).and_then(|accept| accept.to_str().ok()).unwrap_or_default();
    if query.is_empty() && accept.contains("text/html") {
        return Err(Redirect::to("/graphiql").into_response().into());
    }
    let request = async_graphql::http::parse_query_string(query).map_err(|error| {
        refused(StatusCode::BAD_REQUEST, &format!("the query string cannot be read: {error}"))
    })?;
    Ok(request)
}

fn is_json(headers: &HeaderMap) -> bool {
    let given = headers.get(header::CONTENT_TYPE).and_then(|given| given.to_str().ok()).unwrap_or_default();
    given.split(';').next().unwrap_or_default().trim().eq_ignore_ascii_case(JSON)
}

fn by_post(body: &[u8]) -> Result<Request, Box<Response>> {
    serde_json::from_slice(body).map_err(|error| {
        refused(StatusCode::BAD_REQUEST, &format!("the body is not a GraphQL request: {error}")).into()
    })
}

/// An answer with the status that the client's media type has for it.
pub fn respond(answer: &Answer, headers: &HeaderMap) -> Response {
    let draft = wants_draft(headers);
    let status = match answer.outcome {
        Outcome::Executed => StatusCode::OK,
        Outcome::TooSlow => StatusCode::GATEWAY_TIMEOUT,
        Outcome::Invalid if draft => StatusCode::UNPROCESSABLE_ENTITY,
        Outcome::Invalid | Outcome::Unreadable => StatusCode::BAD_REQUEST,
    };
    match answer.json() {
        Ok(body) => typed(status, media_type(headers), body.into()),
        Err(error) => {
            tracing::error!(%error, "an answer could not be written as JSON");
            refused(StatusCode::INTERNAL_SERVER_ERROR, "the answer could not be written")
        }
    }
}

/// Whether the client accepts the draft's own media type.
fn wants_draft(headers: &HeaderMap) -> bool {
    let accepted = headers.get_all(header::ACCEPT).iter().filter_map(|accept| accept.to_str().ok());
    accepted.flat_map(|accept| accept.split(',')).any(|range| {
        let mut parts = range.split(';').map(str::trim);
        let named = parts.next().is_some_and(|essence| essence.eq_ignore_ascii_case(GRAPHQL));
        let weight =
            parts.find_map(|part| part.strip_prefix("q=")).and_then(|weight| weight.parse::<f32>().ok());
        named && weight != Some(0.0)
    })
}

/// What failed before there was a request to answer, with the status and the code it has.
pub fn failed(error: &Error) -> Response {
    error.log();
    coded(error.status(), &error.to_string(), error.code())
}

fn coded(status: StatusCode, message: &str, code: &str) -> Response {
    let body = serde_json::json!({"errors": [{"message": message, "extensions": {"code": code}}]});
    typed(status, JSON_UTF8, body.to_string().into_bytes().into())
}

fn refused(status: StatusCode, message: &str) -> Response {
    let code =
        if status == StatusCode::INTERNAL_SERVER_ERROR { "INTERNAL_SERVER_ERROR" } else { "BAD_REQUEST" };
    let mut response = coded(status, message, code);
    if status == StatusCode::METHOD_NOT_ALLOWED {
        response.headers_mut().insert(header::ALLOW, HeaderValue::from_static("GET, POST"));
    }
    response
}

/// A JSON body.
pub fn typed(status: StatusCode, media_type: &'static str, body: Bytes) -> Response {
    let named = [
        (header::CONTENT_TYPE, media_type),
        (header::CACHE_CONTROL, "no-store"),
        (header::VARY, "accept, authorization"),
    ];
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = status;
    // room at once for those that are added on the way out
    response.headers_mut().reserve(HEADERS);
    response.headers_mut().extend(named.map(|(name, value)| (name, HeaderValue::from_static(value))));
    response
}
