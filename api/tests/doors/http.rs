//! HTTP: statuses, media types and headers, as clients see them.

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{Request, Response, StatusCode, header},
};
use rapport::{Settings, http::router};
use rapport_entities::{Role, clock};
use rapport_jobs::token::{Wanted, create};
use tower::ServiceExt;

use crate::seed::{Seeded, empty, seeded};

const DRAFT: &str = "application/graphql-response+json";

fn routes(seeded: &Seeded) -> Router {
    router(seeded.database.clone(), Settings::default()).unwrap()
}

async fn send(routes: &Router, request: Request<Body>) -> (StatusCode, Response<()>, String) {
    let (parts, body) = routes.clone().oneshot(request).await.unwrap().into_parts();
    let body = to_bytes(body, usize::MAX).await.unwrap();
    (parts.status, Response::from_parts(parts, ()), String::from_utf8_lossy(&body).into_owned())
}

async fn get(routes: &Router, uri: &str, accept: &str) -> (StatusCode, Response<()>, String) {
    let request = Request::get(uri).header(header::ACCEPT, accept).body(Body::empty()).unwrap();
    send(routes, request).await
}

async fn post(routes: &Router, kind: &str, accept: &str, body: &str) -> (StatusCode, String, String) {
    let request = Request::post("/graphql").header(header::CONTENT_TYPE, kind).header(header::ACCEPT, accept);
    let (status, response, body) = send(routes, request.body(Body::from(body.to_owned())).unwrap()).await;
    (status, header_of(&response, header::CONTENT_TYPE), body)
}

fn header_of(response: &Response<()>, name: header::HeaderName) -> String {
    response.headers().get(name).map(|value| value.to_str().unwrap().to_owned()).unwrap_or_default()
}

#[tokio::test]
async fn graphql_is_spoken_as_the_draft_says() {
    let seeded = seeded().await;
    let routes = routes(&seeded);
    let (fine, wrong, broken) =
        (r#"{"query":"{ quarterRows { quarter } }"}"#, r#"{"query":"{ no }"}"#, r#"{"query":"{"}"#);
    let json = "application/json";
    for (kind, accept, body, status, answered) in [
        (json, json, fine, 200, json),
        ("application/json; charset=utf-8", "*/*", fine, 200, json),
        (json, DRAFT, fine, 200, DRAFT),
        (json, "application/json, application/graphql-response+json;q=0.9", fine, 200, DRAFT),
        (json, json, wrong, 400, json),
        (json, DRAFT, wrong, 422, DRAFT),
        (json, DRAFT, broken, 400, DRAFT),
        (json, json, "[]", 400, json),
        ("text/plain", json, fine, 415, json),
        ("multipart/form-data; boundary=x", json, fine, 415, json),
    ] {
        let (found, media_type, text) = post(&routes, kind, accept, body).await;
        assert_eq!(found.as_u16(), status, "{kind} {accept} {body}: {text}");
        assert!(media_type.starts_with(answered), "{media_type}");
        assert_eq!(status != 200, text.contains("\"code\""), "{text}");
        assert_eq!(status != 200, !text.contains("\"data\""), "a refusal has no data: {text}");
    }
    let large = format!(r#"{{"query":"{{ quarterRows {{ quarter }} }} #{}"}}"#, "x".repeat(70_000));
    assert_eq!(post(&routes, json, json, &large).await.0, StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test]
async fn queries_come_by_get_and_mutations_do_not() {
    let seeded = seeded().await;
    let routes = routes(&seeded);
    let (status, _, body) =
        get(&routes, "/graphql?query=%7BquarterRows%7Bquarter%7D%7D", "application/json").await;
    assert_eq!((status, body.contains("2026-Q2")), (StatusCode::OK, true), "{body}");
    let (status, response, _) = get(&routes, "/graphql?query=mutation%7Bx%7D", "application/json").await;
    assert_eq!(status, StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(header_of(&response, header::ALLOW), "GET, POST");
    assert_eq!(get(&routes, "/graphql", "application/json").await.0, StatusCode::BAD_REQUEST);
    assert_eq!(get(&routes, "/graphql", "text/html").await.0, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn charts_have_names_tags_and_clear_errors() {
    let seeded = seeded().await;
    let routes = routes(&seeded);
    let (status, response, body) =
        get(&routes, "/charts/2026-Q2/nps.svg?segment=region:north&locale=zh", "*/*").await;
    assert_eq!((status, body.starts_with("<svg")), (StatusCode::OK, true));
    let name = "rapport-2026-Q2-r2-nps-region-north-zh.svg";
    assert!(header_of(&response, header::CONTENT_DISPOSITION).contains(name));
    let tag = header_of(&response, header::ETAG);
    let again = Request::get("/charts/2026-Q2/nps.svg?segment=region:north&locale=zh")
        .header(header::IF_NONE_MATCH, tag);
    assert_eq!(send(&routes, again.body(Body::empty()).unwrap()).await.0, StatusCode::NOT_MODIFIED);
    let (status, response, _) = get(&routes, "/charts/2026-Q2/nps.png?revision=1&scale=1", "*/*").await;
    assert_eq!((status, header_of(&response, header::CONTENT_TYPE).as_str()), (StatusCode::OK, "image/png"));
    for (uri, status) in [
        ("/charts/2026/nps.svg", 400),
        ("/charts/1999-Q1/nps.svg", 404),
        ("/charts/2026-Q2/nps.gif", 404),
        ("/charts/2026-Q2/pie.svg", 404),
        ("/charts/2026-Q2/nps.svg?segment=north", 400),
        ("/charts/2026-Q2/nps.svg?segment=region:south", 404),
        ("/charts/2026-Q2/nps.svg?locale=fr", 400),
        ("/charts/2026-Q2/nps.png?scale=9", 400),
        ("/charts/2026-Q2/nps.svg?revision=7", 404),
    ] {
        assert_eq!(get(&routes, uri, "*/*").await.0.as_u16(), status, "{uri}");
    }
}

#[tokio::test]
async fn reports_have_names_and_clear_errors() {
    let seeded = seeded().await;
    let routes = routes(&seeded);
    let uri = "/report/2026-Q2.xlsx?segment=region:north&locale=zh";
    let (status, response, _) = get(&routes, uri, "*/*").await;
    assert_eq!(status, StatusCode::OK);
    let name = "attachment; filename=\"rapport-2026-Q2-r2-report-region-north-zh.xlsx\"";
    assert!(header_of(&response, header::CONTENT_DISPOSITION).starts_with(name));
    assert!(header_of(&response, header::CONTENT_TYPE).ends_with("spreadsheetml.sheet"));
    let (status, response, _) = get(&routes, "/report/2026-Q2.pdf?revision=1&theme=print", "*/*").await;
    let (name, given) =
        ("rapport-2026-Q2-r1-report-en-print.pdf", header_of(&response, header::CONTENT_DISPOSITION));
    assert!(status == StatusCode::OK && given.contains(name), "{status} {given}");
    for (uri, status, told) in [
        ("/report/2026-Q2", 404, ".pdf, .xlsx or .zip"),
        ("/report/2026-Q2.docx", 404, ".pdf, .xlsx or .zip"),
        ("/report/2026.pdf", 400, "2026"),
        ("/report/1999-Q1.pdf", 404, "1999-Q1"),
        ("/report/2026-Q2.pdf?segment=north", 400, "north"),
        ("/report/2026-Q2.pdf?segment=region:south", 404, "region:south"),
        ("/report/2026-Q2.pdf?locale=fr", 400, "fr"),
        ("/report/2026-Q2.pdf?theme=neon", 400, "neon"),
        ("/report/2026-Q2.pdf?revision=7", 404, "revision"),
        ("/report/2026-Q2.pdf?revision=x", 400, "revision=x"),
    ] {
        let (found, _, body) = get(&routes, uri, "*/*").await;
        assert_eq!((found.as_u16(), body.contains(told)), (status, true), "{uri}: {body}");
    }
}

#[tokio::test]
async fn pages_show_the_quarter_in_both_languages() {
    let seeded = seeded().await;
    let routes = routes(&seeded);
    let (status, response, body) = get(&routes, "/", "text/html").await;
    assert_eq!(status, StatusCode::OK);
    assert!(header_of(&response, header::CONTENT_SECURITY_POLICY).contains("default-src 'none'"));
    for text in ["2026-Q2", "74.5", "Provisional", "Mercenary", "North land", "/charts/2026-Q2/nps.png"] {
        assert!(body.contains(text), "{text}\n{body}");
    }
    let (_, _, body) = get(&routes, "/?locale=zh&quarter=2026-Q1&segment=region:north", "text/html").await;
    for text in ["zh-CN", "2026-Q1", "忠诚型", "North land", "70.0"] {
        assert!(body.contains(text), "{text}\n{body}");
    }
    let (_, _, body) = get(&routes, "/segments", "text/html").await;
    assert!(body.contains("Too few answers to show") && body.contains("North land"), "{body}");
    assert_eq!(get(&routes, "/?quarter=1999-Q1", "text/html").await.0, StatusCode::NOT_FOUND);
    assert_eq!(get(&routes, "/?quarter=soon", "text/html").await.0, StatusCode::BAD_REQUEST);
    // its folder goes with it
    let nothing = empty().await;
    let (status, _, body) = get(&self::routes(&nothing), "/", "text/html").await;
    assert_eq!((status, body.contains("rapport import")), (StatusCode::OK, true), "{body}");
}

/// The metrics are read when the database does not answer, by those who could read them before, or are known to have
/// a token as long as nothing was written since, and by nobody else.
#[tokio::test]
async fn metrics_outlast_the_database() {
    let seeded = seeded().await;
    let routes = routes(&seeded);
    let mut secrets = Vec::new();
    let operators = ["chief", "late", "next"].map(|name| (name, Role::Operator));
    for (name, role) in operators.into_iter().chain([("board", Role::Viewer)]) {
        let wanted = Wanted { name: name.into(), role, segments: Vec::new(), expires_at: None };
        secrets.push(create(&seeded.database, wanted, clock::now()).await.unwrap().secret);
    }
    let ask = async |path: &str, secret: &str| {
        let request = Request::get(path).header(header::AUTHORIZATION, format!("Bearer {secret}"));
        send(&routes, request.body(Body::empty()).unwrap()).await.0.as_u16()
    };
    let [chief, late, next, board] = &secrets[..] else { unreachable!() };
    assert_eq!((ask("/metrics", chief).await, ask("/metrics", board).await), (200, 403));
    let file = seeded.file();
    seeded.database.clone().close().await.unwrap();
    // while nothing is written, what tokens there are is known without the database
    assert_eq!((ask("/metrics", next).await, ask("/metrics", "rapport_stranger").await), (200, 401));
    let other = rusqlite::Connection::open(file).unwrap();
    other.execute_batch("PRAGMA user_version = 1").unwrap();
    assert_eq!((ask("/metrics", chief).await, ask("/metrics", board).await), (200, 403));
    assert_eq!((ask("/metrics", late).await, ask("/metrics", "rapport_stranger").await), (500, 500));
    assert_eq!(ask("/", chief).await, 500);
}

#[tokio::test]
async fn probes_assets_and_strange_names() {
    let seeded = seeded().await;
    let routes = routes(&seeded);
    for uri in ["/healthz", "/readyz", "/page.css", "/graphiql", "/graphiql/graphiql.min.js"] {
        let (status, response, _) = get(&routes, uri, "*/*").await;
        assert_eq!(status, StatusCode::OK, "{uri}");
        assert_eq!(header_of(&response, header::X_CONTENT_TYPE_OPTIONS), "nosniff");
    }
    assert_eq!(get(&routes, "/nowhere", "*/*").await.0, StatusCode::NOT_FOUND);
    let named = |host: &str| Request::get("/").header(header::HOST, host).body(Body::empty()).unwrap();
    for (host, status) in
        [("localhost:8000", 200), ("[::1]:8000", 200), ("127.0.0.1", 200), ("evil.example", 421)]
    {
        assert_eq!(send(&routes, named(host)).await.0.as_u16(), status, "{host}");
    }
    let everywhere = "0.0.0.0:8000".parse().unwrap();
    let refused =
        rapport::access::may_serve(&seeded.database, everywhere, rapport_entities::clock::now()).await;
    assert!(refused.unwrap_err().to_string().contains("rapport token create"));
}
