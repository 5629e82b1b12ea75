//! Documents by their hash, saved queries alone, and pages of other origins.

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderMap, Request, header},
};
use rapport::{Serve, Settings, http::router};
use rapport_entities::{Role, clock};
use rapport_jobs::token::{Wanted, create};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tower::ServiceExt;

use crate::seed::{Seeded, seeded};

const QUERY: &str = "{ quarterRows { quarter } }";

fn routes(seeded: &Seeded, serve: Serve) -> Router {
    router(seeded.database.clone(), Settings { serve, ..Settings::default() }).unwrap()
}

async fn send(routes: &Router, request: Request<Body>) -> (u16, HeaderMap, Value) {
    let (parts, body) = routes.clone().oneshot(request).await.unwrap().into_parts();
    let body = to_bytes(body, usize::MAX).await.unwrap();
    (parts.status.as_u16(), parts.headers, serde_json::from_slice(&body).unwrap_or_default())
}

async fn post(routes: &Router, secret: &str, body: Value) -> (u16, Value) {
    let request = Request::post("/graphql")
        .header(header::CONTENT_TYPE, "application/json")
        .header(header::AUTHORIZATION, format!("Bearer {secret}"));
    let (status, _, body) = send(routes, request.body(Body::from(body.to_string())).unwrap()).await;
    (status, body)
}

fn sha256(text: &str) -> String {
    hex::encode(Sha256::digest(text))
}

fn named(hash: &str) -> Value {
    json!({"persistedQuery": {"version": 1, "sha256Hash": hash}})
}

async fn token(seeded: &Seeded, role: Role) -> String {
    let wanted = Wanted { name: role.as_str().into(), role, segments: Vec::new(), expires_at: None };
    create(&seeded.database, wanted, clock::now()).await.unwrap().secret
}

/// As Apollo's clients do it: by hash; if that is unknown with the text; from then on by hash again.
#[tokio::test]
async fn a_document_is_sent_once() {
    let seeded = seeded().await;
    let routes = routes(&seeded, Serve::default());
    let by_hash = json!({"extensions": named(&sha256(QUERY))});
    let (status, body) = post(&routes, "", by_hash.clone()).await;
    assert_eq!(status, 200);
    assert_eq!(body["errors"][0]["message"], "PersistedQueryNotFound");
    assert_eq!(body["errors"][0]["extensions"]["code"], "PERSISTED_QUERY_NOT_FOUND");
    let other = json!({"query": "{ segmentRows { segment } }", "extensions": named(&sha256(QUERY))});
    assert_eq!(post(&routes, "", other).await.0, 400, "a hash is not another document's");
    assert!(post(&routes, "", by_hash.clone()).await.1["errors"].is_array(), "and is not learned from it");
    let whole = json!({"query": QUERY, "extensions": named(&sha256(QUERY))});
    let answer = post(&routes, "", whole).await;
    assert_eq!((answer.0, &answer.1["data"]["quarterRows"][0]["quarter"]), (200, &json!("2026-Q1")));
    assert_eq!(post(&routes, "", by_hash.clone()).await, answer);
    let extensions = by_hash["extensions"].to_string();
    let query: String =
        url::form_urlencoded::Serializer::new(String::new()).append_pair("extensions", &extensions).finish();
    let get = Request::get(format!("/graphql?{query}")).body(Body::empty()).unwrap();
    assert_eq!(send(&routes, get).await.2, answer.1);
    for wrong in [json!({"persistedQuery": 1}), json!({"persistedQuery": {"sha256Hash": "zz"}})] {
        assert_eq!(post(&routes, "", json!({"extensions": wrong})).await.0, 400);
    }
}

/// Viewers and analysts ask what was saved, by its text or its hash; operators ask what they like.
#[tokio::test]
async fn saved_queries_alone_are_answered() {
    let seeded = seeded().await;
    let routes = routes(&seeded, Serve { saved_only: true, ..Serve::default() });
    let (operator, viewer) = (token(&seeded, Role::Operator).await, token(&seeded, Role::Viewer).await);
    let own = json!({"query": QUERY});
    assert_eq!(post(&routes, &operator, own.clone()).await.0, 200);
    let (status, body) = post(&routes, &viewer, own).await;
    assert_eq!((status, &body["errors"][0]["extensions"]["code"]), (403, &json!("FORBIDDEN")));
    assert!(body["errors"][0]["message"].as_str().unwrap().contains("/q lists them"), "{body}");
    let saved = include_str!("../../queries/quarters.graphql");
    let (status, whole) = post(&routes, &viewer, json!({"query": saved})).await;
    assert_eq!((status, &whole["data"]["quarterRows"][0]["quarter"]), (200, &json!("2026-Q1")));
    let hash = json!({"extensions": named(&sha256(saved.trim()))});
    assert_eq!(post(&routes, &viewer, hash).await.1["data"], whole["data"]);
    let list = Request::get("/q").header(header::AUTHORIZATION, format!("Bearer {viewer}"));
    let (_, _, list) = send(&routes, list.body(Body::empty()).unwrap()).await;
    let told = list.as_array().unwrap().iter().find(|one| one["name"] == "quarters").unwrap();
    assert_eq!(told["sha256"], sha256(saved.trim()));
}

/// A browser lets pages of the named origins read answers, and of no other; an origin is written as one.
#[tokio::test]
async fn pages_of_named_origins_read_answers() {
    let seeded = seeded().await;
    let origin = "https://bi.example.com";
    let routes = routes(&seeded, Serve { origins: vec![origin.to_owned()], ..Serve::default() });
    for (asking, allowed) in [(origin, true), ("https://evil.example", false)] {
        let preflight = Request::options("/graphql")
            .header(header::ORIGIN, asking)
            .header(header::ACCESS_CONTROL_REQUEST_METHOD, "POST")
            .header(header::ACCESS_CONTROL_REQUEST_HEADERS, "authorization,content-type");
        let (status, headers, _) = send(&routes, preflight.body(Body::empty()).unwrap()).await;
        assert_eq!(status, 200);
        assert_eq!(
            headers.get(header::ACCESS_CONTROL_ALLOW_ORIGIN).is_some_and(|value| value == origin),
            allowed
        );
        assert!(headers.get(header::ACCESS_CONTROL_ALLOW_CREDENTIALS).is_none());
    }
    for wrong in ["bi.example.com", "https://bi.example.com/", "*", "null"] {
        let serve = Serve { origins: vec![wrong.to_owned()], ..Serve::default() };
        let refused = router(seeded.database.clone(), Settings { serve, ..Settings::default() });
        assert!(refused.err().unwrap().to_string().contains(wrong));
    }
}
