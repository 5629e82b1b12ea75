//! Signing in and out, for people with a browser: a token's secret is given once and the browser keeps a cookie, which
//! no script reads and no other site sends.

use std::sync::Arc;

use askama::Template;
use axum::{
    Form,
    extract::{Query, Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use chrono::TimeDelta;
use rapport_entities::clock;
use rapport_jobs::{session, token};
use serde::Deserialize;

use super::{
    App,
    denial::Cause,
    page::{html, locale},
};
use crate::{
    Error,
    graphql::escape,
    page::{Again, SignIn},
};

/// The cookie's name.
const NAME: &str = "rapport_session";

/// What the page's address may say.
#[derive(Debug, Deserialize)]
pub struct Choice {
    next: Option<String>,
    locale: Option<String>,
}

/// What the form sends.
#[derive(Debug, Deserialize)]
pub struct Given {
    token: String,
    next: Option<String>,
    locale: Option<String>,
}

/// The form.
pub async fn page(Query(choice): Query<Choice>, headers: HeaderMap) -> Result<Response, Error> {
    let locale = locale(choice.locale.as_deref(), &headers);
    let next = within(choice.next.as_deref());
    Ok(html(StatusCode::OK, SignIn { locale, next, failed: false }.render()?))
}

/// Signs in, and goes where the reader wanted to.
pub async fn begin(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    Form(given): Form<Given>,
) -> Result<Response, Error> {
    if !is_own(&headers) {
        return Ok(foreign());
    }
    let lasts = TimeDelta::hours(app.settings.serve.session_hours.into());
    let next = within(given.next.as_deref());
    let state = app.states.now().await?;
    match token::of_secret(&state.tokens, given.token.trim(), clock::now()) {
        Some(token) => {
            let cookie = session::begin(&app.database, token, lasts, clock::now()).await?;
            let mut response = Redirect::to(&next).into_response();
            let age = lasts.num_seconds();
            response.headers_mut().extend(written(&cookie, age, &headers));
            Ok(response)
        }
        None => {
            let cause = Cause {
                who: "stranger".to_owned(),
                action: "POST /sign-in".to_owned(),
                status: StatusCode::UNAUTHORIZED.as_u16(),
            };
            app.denials.add(&app.database, cause);
            let locale = locale(given.locale.as_deref(), &headers);
            Ok(html(StatusCode::UNAUTHORIZED, SignIn { locale, next, failed: true }.render()?))
        }
    }
}

/// Signs out.
pub async fn end(State(app): State<Arc<App>>, headers: HeaderMap) -> Result<Response, Error> {
    if !is_own(&headers) {
        return Ok(foreign());
    }
    if let Some(cookie) = cookie(&headers) {
        session::end(&app.database, cookie, clock::now()).await?;
    }
    let mut response = Redirect::to("/sign-in").into_response();
    response.headers_mut().extend(written("", 0, &headers));
    Ok(response)
}

/// The cookie that the browser shows.
pub fn cookie(headers: &HeaderMap) -> Option<&str> {
    let shown = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = shown.flat_map(|value| value.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(name, _)| *name == NAME).map(|(_, value)| value)
}

/// The header that gives the cookie, or takes it back; over HTTPS it is for HTTPS alone.
fn written(value: &str, age: i64, headers: &HeaderMap) -> Option<(header::HeaderName, HeaderValue)> {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let encrypted = text("origin").starts_with("https://") || text("x-forwarded-proto") == "https";
    let secure = if encrypted { "; Secure" } else { "" };
    let cookie = format!("{NAME}={value}; Path=/; HttpOnly; SameSite=Strict; Max-Age={age}{secure}");
    Some((header::SET_COOKIE, HeaderValue::try_from(cookie).ok()?))
}

/// Where to go after signing in: a place of this server, whatever is asked for.
fn within(next: Option<&str>) -> String {
    let is_ours = |next: &&str| {
        next.starts_with('/')
            && !next.starts_with("//")
            && next.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\')
    };
    next.filter(is_ours).unwrap_or("/").to_owned()
}

/// The way in for a browser without credentials that wants a page; none for programs, which are told what they lack.
pub fn invited(request: &Request) -> Option<Response> {
    let text = |name: &str| request.headers().get(name).and_then(|value| value.to_str().ok());
    let is_page = request.method() == Method::GET
        && text("accept").is_some_and(|accept| accept.contains("text/html"))
        && !request.headers().contains_key(header::AUTHORIZATION);
    let here = request.uri().path_and_query().map_or("/", |path| path.as_str());
    if !is_page || here.starts_with("/graphql?") || here == "/graphql" {
        return None;
    }
    // a link of elsewhere comes without the cookie that the browser may have: asked for by ourselves, it comes with it
    if text("sec-fetch-site").is_some_and(|site| site == "cross-site") {
        return Some(html(StatusCode::OK, Again { here: here.to_owned() }.render().ok()?));
    }
    Some(Redirect::to(&format!("/sign-in?next={}", escape(here))).into_response())
}

/// A page of elsewhere must not press our buttons: browsers say where a form comes from.
pub fn is_own(headers: &HeaderMap) -> bool {
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

/// The answer to a form of elsewhere.
pub fn foreign() -> Response {
    let text = "this is asked for from this server's own pages alone\n";
    (StatusCode::FORBIDDEN, text).into_response()
}
