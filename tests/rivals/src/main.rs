//! What Rapport is timed against, over one database: a list of 100 customers with their segments and their type in a
//! quarter, by sqlx, by rusqlite and by seaography; and a body that never changes.
//!
//! `rapport-rivals DATABASE ADDRESS QUARTER` answers `/sqlx`, `/rusqlite`, `/seaography` (GraphQL by POST) and
//! `/constant`.

use std::sync::Arc;

use axum::{
    Router,
    body::Bytes,
    extract::State,
    http::header,
    response::{IntoResponse, Response},
    routing::{get, post},
};

mod by_rusqlite;
mod by_seaography;
mod by_sqlx;
mod list;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

type Fault = Box<dyn std::error::Error + Send + Sync>;

/// What the routes share.
#[derive(Clone)]
struct Rivals {
    sqlx: sqlx::SqlitePool,
    rusqlite: Arc<by_rusqlite::Connections>,
    seaography: async_graphql::dynamic::Schema,
    quarter: Arc<str>,
    constant: Bytes,
}

#[tokio::main]
async fn main() -> Result<(), Fault> {
    let mut arguments = std::env::args().skip(1);
    let (Some(file), Some(address), Some(quarter)) = (arguments.next(), arguments.next(), arguments.next())
    else {
        return Err("usage: rapport-rivals DATABASE ADDRESS QUARTER".into());
    };
    let sqlx = by_sqlx::open(&file).await?;
    let constant = serde_json::to_vec(&by_sqlx::list(&sqlx, &quarter).await?)?;
    let rivals = Rivals {
        rusqlite: Arc::new(by_rusqlite::Connections::open(&file)?),
        seaography: by_seaography::schema(&file).await?,
        quarter: quarter.into(),
        constant: constant.into(),
        sqlx,
    };
    let routes = Router::new()
        .route("/sqlx", get(sqlx_list))
        .route("/rusqlite", get(rusqlite_list))
        .route("/seaography", post(seaography_list))
        .route("/constant", get(constant_body))
        .with_state(rivals);
    axum::serve(tokio::net::TcpListener::bind(address).await?, routes).await?;
    Ok(())
}

async fn sqlx_list(State(rivals): State<Rivals>) -> Response {
    answer(by_sqlx::list(&rivals.sqlx, &rivals.quarter).await)
}

async fn rusqlite_list(State(rivals): State<Rivals>) -> Response {
    answer(rivals.rusqlite.list(&rivals.quarter))
}

async fn seaography_list(State(rivals): State<Rivals>, body: Bytes) -> Response {
    match serde_json::from_slice::<async_graphql::Request>(&body) {
        Ok(request) => json(serde_json::to_vec(&rivals.seaography.execute(request).await).map_err(Into::into)),
        Err(error) => json(Err(error.into())),
    }
}

async fn constant_body(State(rivals): State<Rivals>) -> Response {
    ([(header::CONTENT_TYPE, "application/json")], rivals.constant).into_response()
}

fn answer(list: Result<list::Answer, Fault>) -> Response {
    json(list.and_then(|list| Ok(serde_json::to_vec(&list)?)))
}

fn json(body: Result<Vec<u8>, Fault>) -> Response {
    match body {
        Ok(body) => ([(header::CONTENT_TYPE, "application/json")], body).into_response(),
        Err(error) => (axum::http::StatusCode::INTERNAL_SERVER_ERROR, error.to_string()).into_response(),
    }
}
