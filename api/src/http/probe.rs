//! Probes: whether the process lives, and whether it can answer.

use std::{sync::Arc, time::Duration};

use axum::{extract::State, http::StatusCode};
use rapport_entities::Database;
use rapport_migration::{Schema, inspect};

use super::App;

/// So long the database may take to answer.
const PATIENCE: Duration = Duration::from_secs(2);

/// The process lives.
pub async fn alive() -> &'static str {
    "ok\n"
}

/// The database answers, and has the schema of this program. If not, 503 with the reason.
pub async fn ready(State(app): State<Arc<App>>) -> (StatusCode, String) {
    match hindrance(&app.database).await {
        None => (StatusCode::OK, "ok\n".to_owned()),
        Some(reason) => (StatusCode::SERVICE_UNAVAILABLE, format!("{reason}\n")),
    }
}

/// Why no question can be answered; `None` if it can.
async fn hindrance(database: &Database) -> Option<String> {
    match tokio::time::timeout(PATIENCE, inspect(database)).await {
        Err(_) => Some(format!("the database did not answer within {} s", PATIENCE.as_secs())),
        Ok(Err(error)) => {
            tracing::error!(%error, "the database cannot be read");
            Some("the database cannot be read; the log says more".to_owned())
        }
        Ok(Ok(Schema::Ours { pending: 0 })) => None,
        Ok(Ok(Schema::Ours { pending })) => {
            Some(format!("{pending} migrations are pending; run `rapport migrate`"))
        }
        Ok(Ok(Schema::Empty)) => Some("the database is empty; run `rapport migrate`".to_owned()),
        Ok(Ok(Schema::Newer { migration })) => {
            Some(format!("the database was brought to a newer schema ({migration}); run that Rapport"))
        }
        Ok(Ok(Schema::Foreign { .. })) => Some("the database is not Rapport's any more".to_owned()),
    }
}
