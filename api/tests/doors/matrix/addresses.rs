//! The addresses of the server, asked with the tokens of each kind of reader and with none.

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{Request, header},
};
use rapport::{Settings, http::router};
use rapport_entities::clock;
use rapport_jobs::token::{Wanted, create};
use tower::ServiceExt;

use super::{READERS, head, narrowing, role, row, secrets};
use crate::seed::Seeded;

const ADDRESSES: [&str; 53] = [
    "/",
    "/?segment=region:north",
    "/?segment=region:east",
    "/?segment=region:nowhere",
    "/?quarter=2026-Q1&locale=zh",
    "/indexes",
    "/indexes?segment=region:east&metric=NPS",
    "/loyalty",
    "/value?segment=region:north",
    "/drivers?segment=region:east",
    "/comments",
    "/comments?origin=PROBLEM&theme=Delivery&search=parcel",
    "/complaints",
    "/complaints?segment=region:east",
    // a complaint of the north, and one of another region
    "/complaints/Y29tcGxhaW50H0MwNB9kZXNrH1QtMjAyNi0wMi0xNA",
    "/complaints/Y29tcGxhaW50H0MwMB9kZXNrH1QtMjAyNi0wMi0xMA",
    "/complaints/nothing",
    "/people",
    "/people?segment=region:east",
    "/lost",
    "/lost?segment=region:east",
    "/actions",
    "/actions?segment=region:east",
    "/actions/A-north",
    "/actions/A-east",
    "/playbooks",
    "/playbooks?segment=region:east",
    "/playbooks/loyalty/hostage?segment=region:north",
    "/playbooks/loyalty/nothing",
    "/customers",
    "/customers?segment=region:north&type=LOYAL",
    "/care",
    "/care?segment=region:north&manager=am-1&reason=LOYAL_SLIPPING",
    "/care?segment=region:east",
    "/customers/C01",
    "/customers/nobody",
    "/segments",
    "/methods",
    "/sign-in",
    "/charts/2026-Q2/nps.svg",
    "/charts/2026-Q2/nps.svg?segment=region:north",
    "/charts/2026-Q2/nps.png?segment=region:east&revision=1",
    "/charts/2026-Q2/nps.svg?segment=region:nowhere",
    "/report/2026-Q2.pdf",
    "/report/2026-Q2.xlsx?segment=region:north&locale=zh",
    "/report/2026-Q2.zip?segment=region:east",
    "/graphql?query=%7BscoreRows%7Bn%20segment%20id%7D%7D",
    "/graphiql",
    "/graphiql/start.css",
    "/jobs",
    "/metrics",
    "/healthz",
    "/readyz",
];

/// Adds their table: the status of each answer.
pub async fn add(seeded: &Seeded, table: &mut String) {
    let mut secrets = vec![("nobody", None)];
    for reader in READERS {
        let segments = narrowing(reader).unwrap_or_default();
        let wanted = Wanted { name: reader.to_owned(), role: role(reader), segments, expires_at: None };
        let made = create(&seeded.database, wanted, clock::now()).await.unwrap();
        secrets.push((reader, Some(made.secret)));
    }
    let routes = router(seeded.database.clone(), Settings::default()).unwrap();
    let readers: Vec<&str> = secrets.iter().map(|(reader, _)| *reader).collect();
    head(table, "Addresses", "The status of the answer; `nobody` has no token.", "address", &readers);
    for address in ADDRESSES {
        let mut cells = Vec::new();
        for (reader, secret) in &secrets {
            let (status, body) = get(&routes, address, secret.as_deref()).await;
            match address.contains("east") {
                // what was asked for is said again; but for that it must be the answer to what is not there
                true => alike(&routes, reader, address, secret.as_deref(), &body).await,
                // packed bytes have words by chance alone; what the report says is read from its text in the suite
                false if body.starts_with("%PDF") => {}
                false => secrets::hold(reader, address, &body),
            }
            cells.push(status.to_string());
        }
        row(table, &address.replace('|', "\\|"), &cells);
    }
}

/// A segment that the reader does not see is one that is not there.
async fn alike(routes: &Router, reader: &str, address: &str, secret: Option<&str>, body: &str) {
    let nothing = get(routes, &address.replace("east", "nowhere"), secret).await;
    let hidden = narrowing(reader).is_some() || secret.is_none();
    assert_eq!(body.replace("east", "nowhere") == nothing.1, hidden, "{reader}, {address}: {body}");
}

async fn get(routes: &Router, address: &str, secret: Option<&str>) -> (u16, String) {
    let mut request = Request::get(address).header(header::HOST, "127.0.0.1:8000");
    if let Some(secret) = secret {
        request = request.header(header::AUTHORIZATION, format!("Bearer {secret}"));
    }
    let (parts, body) =
        routes.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap().into_parts();
    let body = to_bytes(body, usize::MAX).await.unwrap();
    (parts.status.as_u16(), String::from_utf8_lossy(&body).into_owned())
}
