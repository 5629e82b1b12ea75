//! Probes: whether the process lives, and whether it can answer.

use axum::extract::State;
use rapport_entities::published;

use super::App;
use crate::Error;

/// The process lives.
pub async fn alive() -> &'static str {
    "ok\n"
}

/// The database answers.
pub async fn ready(State(app): State<App>) -> Result<&'static str, Error> {
    published::current(&app.database).await?;
    Ok("ok\n")
}
