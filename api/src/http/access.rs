//! Who comes in, and as whom. Every route but the probes and the pages' own files is behind this door: a request has a
//! token, is of a browser that signed in with one, or comes from the server's own machine while no token was ever made.

use std::{sync::Arc, time::Instant};

use axum::{
    Extension,
    extract::{MatchedPath, Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use rapport_entities::{Role, clock};
use rapport_jobs::session as browsers;

use super::{
    App,
    denial::{Cause, Denied},
    graphql, host, measure, session,
};
use crate::{Access, Error, state};

/// Who comes without a token where one is needed, as the audit trail names them.
const STRANGER: &str = "stranger";

/// Lets in who may come in, tells the routes as whom, and the audit trail what was denied.
pub async fn admit(
    State(app): State<Arc<App>>,
    route: MatchedPath,
    request: Request,
    next: Next,
) -> Response {
    let (method, headers) = (measure::word(request.method()), request.headers());
    let asked = async {
        let state = app.states.now().await?;
        Ok(of(&app, &state, headers).await?.map(|access| (access, state)))
    };
    let known = match route.as_str() {
        "/metrics" => app.memory.of(headers, asked).await,
        _ => asked.await,
    };
    let (who, response) = match known {
        Ok(Some((access, state))) => {
            (Some(access.who().clone()), enter(&app, access, state, request, next).await)
        }
        Ok(None) => (None, refused(&request, Error::Unauthenticated)),
        Err(error) => (None, refused(&request, error)),
    };
    let status = match response.extensions().get::<Denied>() {
        Some(Denied) => StatusCode::FORBIDDEN,
        None => response.status(),
    };
    let denies = [StatusCode::UNAUTHORIZED, StatusCode::FORBIDDEN, StatusCode::TOO_MANY_REQUESTS];
    if denies.contains(&status) {
        let who = who.as_deref().unwrap_or(STRANGER).to_owned();
        let action = format!("{method} {}", route.as_str());
        app.denials.add(&app.database, Cause { who, action, status: status.as_u16() });
    }
    response
}

/// Lets a reader in by the right name and within the token's rate.
async fn enter(
    app: &App,
    access: Arc<Access>,
    state: Arc<state::State>,
    mut request: Request,
    next: Next,
) -> Response {
    let hosts = &app.settings.serve.hosts;
    // a page from elsewhere has no token; where none is needed, or names are given, the name must be right
    if (access.token().is_none() || !hosts.is_empty()) && !host::is_named(&request, hosts) {
        return host::stranger(&request);
    }
    // a browser sends its cookie with whatever asks for it: what changes anything comes from our own pages alone
    let is_safe = [Method::GET, Method::HEAD].contains(request.method());
    let by_cookie = access.token().is_some() && !request.headers().contains_key(header::AUTHORIZATION);
    if by_cookie && !is_safe && !session::is_own(request.headers()) {
        return session::foreign();
    }
    let taken = access.token().map_or(Ok(()), |token| app.rates.take(token, Instant::now()));
    if let Err(seconds) = taken {
        return refused(&request, Error::RateLimited(seconds));
    }
    request.extensions_mut().insert(state);
    request.extensions_mut().insert(access);
    next.run(request).await
}

/// Lets operators pass.
pub async fn operators(Extension(access): Extension<Arc<Access>>, request: Request, next: Next) -> Response {
    match access.needs(Role::Operator) {
        Ok(()) => next.run(request).await,
        Err(error) => refused(&request, error),
    }
}

/// Who asks; none if nobody who may. Once a token was made nobody comes in without one, expired and revoked ones or not:
/// that the last of them ends must not open the door to all.
async fn of(app: &App, state: &state::State, headers: &HeaderMap) -> Result<Option<Arc<Access>>, Error> {
    if let Some(secret) = secret(headers)
        && let Some(access) = Access::by_secret(&state.tokens, &secret, clock::now())?
    {
        return Ok(Some(Arc::new(access)));
    }
    if let Some(cookie) = session::cookie(headers)
        && let Some(token_id) = browsers::of_cookie(&app.database, cookie, clock::now()).await?
        && let Some(access) = Access::by_id(&state.tokens, &token_id, clock::now())?
    {
        return Ok(Some(Arc::new(access)));
    }
    let is_open = app.settings.serve.address.ip().is_loopback() && state.tokens.is_empty();
    Ok(is_open.then(|| app.open.clone()))
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
    if challenges && let Some(response) = session::invited(request) {
        return response;
    }
    let wait = if let Error::RateLimited(seconds) = error { Some(seconds) } else { None };
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
    if let Some(seconds) = wait {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    response
}
