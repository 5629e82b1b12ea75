//! Who comes in, and as whom. Every route but the probes and the pages' own files is behind this door: a request has a
//! token, or comes from the server's own machine while no token was ever made.

use std::sync::Arc;

use axum::{
    Extension,
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use rapport_entities::{Role, clock};
use rapport_jobs::token;

use super::{App, graphql, host};
use crate::{Access, Error};

/// Lets in who may come in, and tells the routes as whom.
pub async fn admit(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let access = match of(&app, request.headers()).await {
        Ok(Some(access)) => access,
        Ok(None) => return refused(&request, Error::Unauthenticated),
        Err(error) => return refused(&request, error),
    };
    let hosts = &app.settings.serve.hosts;
    // a page from elsewhere has no token; where none is needed, or names are given, the name must be right
    if (access.token().is_none() || !hosts.is_empty()) && !host::is_named(&request, hosts) {
        return host::stranger(&request);
    }
    request.extensions_mut().insert(Arc::new(access));
    next.run(request).await
}

/// Lets operators pass.
pub async fn operators(Extension(access): Extension<Arc<Access>>, request: Request, next: Next) -> Response {
    match access.needs(Role::Operator) {
        Ok(()) => next.run(request).await,
        Err(error) => refused(&request, error),
    }
}

/// Who asks; none if nobody who may.
async fn of(app: &App, headers: &HeaderMap) -> Result<Option<Access>, Error> {
    if let Some(secret) = secret(headers)
        && let Some(access) = Access::by_secret(&app.database, &secret, clock::now()).await?
    {
        return Ok(Some(access));
    }
    let is_open = app.settings.serve.address.ip().is_loopback() && !token::was_made(&app.database).await?;
    Ok(is_open.then(Access::open))
}

/// The secret that a request brings: by Bearer, or as the password of Basic.
fn secret(headers: &HeaderMap) -> Option<String> {
    let (scheme, given) = headers.get(header::AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    let given = given.trim();
    if scheme.eq_ignore_ascii_case("bearer") {
        return Some(given.to_owned());
    }
    let pair = scheme.eq_ignore_ascii_case("basic").then(|| STANDARD.decode(given).ok())??;
    let pair = String::from_utf8(pair).ok()?;
    Some(pair.split_once(':')?.1.to_owned())
}

/// The answer to who may not; as GraphQL has its errors where GraphQL is spoken.
pub fn refused(request: &Request, error: Error) -> Response {
    let challenges = matches!(error, Error::Unauthenticated);
    let mut response = match request.uri().path() {
        "/graphql" => graphql::failed(&error),
        _ => error.into_response(),
    };
    if challenges {
        // a header each: browsers that do not know the first of two in one ask for no password
        for scheme in ["Bearer realm=\"Rapport\"", "Basic realm=\"Rapport\", charset=\"UTF-8\""] {
            response.headers_mut().append(header::WWW_AUTHENTICATE, HeaderValue::from_static(scheme));
        }
    }
    response
}
