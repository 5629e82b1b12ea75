//! GraphiQL, served whole from the binary: nothing is fetched from elsewhere.

use axum::{
    extract::Path,
    http::header,
    response::{Html, IntoResponse, Response},
};

use crate::Error;

const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; \
                      font-src 'self' data:; connect-src 'self'; base-uri 'none'; frame-ancestors 'none'";

const SCRIPT: &str = "text/javascript; charset=utf-8";
const STYLE: &str = "text/css; charset=utf-8";

macro_rules! asset {
    ($name:literal, $type:expr) => {
        ($name, $type, include_bytes!(concat!("../../assets/graphiql/", $name)).as_slice())
    };
}

/// Name, media type, bytes.
static ASSETS: [(&str, &str, &[u8]); 6] = [
    asset!("react.production.min.js", SCRIPT),
    asset!("react-dom.production.min.js", SCRIPT),
    asset!("graphiql.min.js", SCRIPT),
    asset!("start.js", SCRIPT),
    asset!("graphiql.min.css", STYLE),
    asset!("start.css", STYLE),
];

/// The page.
pub async fn page() -> Response {
    let html = Html(include_str!("../../assets/graphiql/index.html"));
    ([(header::CONTENT_SECURITY_POLICY, POLICY)], html).into_response()
}

/// One of its files; their addresses carry the version, so that they may be kept for ever.
pub async fn asset(Path(file): Path<String>) -> Result<Response, Error> {
    let (_, media_type, bytes) = ASSETS
        .iter()
        .find(|(name, _, _)| *name == file)
        .ok_or_else(|| Error::NotFound(format!("there is no file {file} here")))?;
    let headers =
        [(header::CONTENT_TYPE, *media_type), (header::CACHE_CONTROL, "public, max-age=31536000, immutable")];
    Ok((headers, *bytes).into_response())
}
