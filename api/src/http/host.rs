//! The name a request calls the server by. Without tokens the server is open to this machine; a page from elsewhere
//! whose name was made to point here must not read it through the reader's browser.

use std::net::IpAddr;

use axum::{
    extract::Request,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};

fn host(request: &Request) -> Option<&str> {
    let header = request.headers().get(header::HOST).and_then(|host| host.to_str().ok());
    header.or_else(|| request.uri().authority().map(|authority| authority.as_str()))
}

/// True if a request calls the server by a name of its own, or by none.
pub fn is_named(request: &Request, known: &[String]) -> bool {
    host(request).is_none_or(|host| is_ours(host, known))
}

/// The answer to a request that calls the server by another name.
pub fn stranger(request: &Request) -> Response {
    let host = host(request).unwrap_or_default();
    let text = format!("{host} is not a name of this server; see serve.hosts in the settings\n");
    (StatusCode::MISDIRECTED_REQUEST, text).into_response()
}

fn is_ours(host: &str, known: &[String]) -> bool {
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    };
    let address: Option<IpAddr> = name.trim_matches(['[', ']']).parse().ok();
    address.is_some_and(|address| address.is_loopback())
        || name.eq_ignore_ascii_case("localhost")
        || known.iter().any(|known| known.eq_ignore_ascii_case(name))
}
