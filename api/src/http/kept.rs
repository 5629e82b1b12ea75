//! Answers that stand, over HTTP: given again from what is kept, and not at all to a client that has them.

use async_graphql::Request;
use axum::{
    body::Bytes,
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    response::Response,
};

use super::{App, graphql};
use crate::{Access, cache::Key, graphql::Answer, state::State};

/// The name of the request's answer as the data are now; none while they change.
pub fn key(app: &App, state: &State, request: &Request, access: &Access) -> Option<Key> {
    let variables = serde_json::to_vec(&request.variables).ok()?;
    let operation = request.operation_name.as_deref().unwrap_or_default();
    let parts = [request.query.as_bytes(), operation.as_bytes(), &variables, access.rights().as_bytes()];
    app.answers.key(state, &parts)
}

/// The answer that was kept, or the word that the client has it.
pub fn found(app: &App, key: &Key, method: &Method, headers: &HeaderMap) -> Option<Response> {
    if method != Method::POST && knows(headers, key) {
        app.metrics.kept();
        return Some(lasting(
            graphql::typed(StatusCode::NOT_MODIFIED, graphql::media_type(headers), Bytes::new()),
            key,
        ));
    }
    let body = app.answers.get(key)?;
    app.metrics.kept();
    Some(lasting(graphql::typed(StatusCode::OK, graphql::media_type(headers), body), key))
}

/// Whether the client has what is named so: tags are given to what stands, and its name holds the data version.
pub fn knows(headers: &HeaderMap, key: &Key) -> bool {
    let known = headers.get(header::IF_NONE_MATCH).and_then(|tags| tags.to_str().ok()).unwrap_or_default();
    known.split(',').any(|one| one.trim().as_bytes() == tag(key))
}

/// Keeps an answer that stands, and gives it.
pub fn keep(app: &App, key: Key, answer: &Answer, headers: &HeaderMap) -> Response {
    match answer.json() {
        Ok(body) => {
            let body = Bytes::from(body);
            app.answers.keep(key, body.clone());
            lasting(graphql::typed(StatusCode::OK, graphql::media_type(headers), body), &key)
        }
        Err(_) => graphql::respond(answer, headers),
    }
}

/// With the tag of an answer that stands.
pub fn lasting(mut response: Response, key: &Key) -> Response {
    let headers = response.headers_mut();
    headers.extend(HeaderValue::from_bytes(&tag(key)).map(|tag| (header::ETAG, tag)));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    response
}

/// Weak: the same answer may come compressed or not, and as either media type.
fn tag(key: &Key) -> [u8; 36] {
    let mut tag = *b"W/\"................................\"";
    for (place, byte) in key[..16].iter().enumerate() {
        let digit = |half: u8| b"0123456789abcdef"[usize::from(half)];
        (tag[3 + place * 2], tag[4 + place * 2]) = (digit(byte >> 4), digit(byte & 15));
    }
    tag
}
