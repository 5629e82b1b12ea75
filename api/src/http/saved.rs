//! Saved queries as files, for tools that only get: `/q` lists them, `/q/NAME.csv?quarter=2026-Q3` is one.

use std::sync::Arc;

use axum::{
    Extension, Json,
    body::Body,
    extract::{Path, Query, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::{App, kept};
use crate::{
    Access, Error,
    export::{Export, Format},
    saved::{Charge, Reader, Saved, Variable},
    state,
};

/// What saved queries there are.
pub async fn list(State(app): State<Arc<App>>) -> Json<Value> {
    Json(app.library.iter().map(describe).collect())
}

fn describe(saved: &Saved) -> Value {
    let variable = |one: &Variable| json!({"name": one.name, "type": one.kind, "default": one.default});
    let tables: Vec<_> = saved.tables.iter().map(|table| &table.name).collect();
    let files = ["json", "csv", "xlsx"].map(|format| format!("/q/{}.{format}", saved.name));
    json!({
        "name": saved.name,
        "about": saved.about,
        "sha256": hex::encode(Sha256::digest(&saved.text)),
        "variables": saved.variables.iter().map(variable).collect::<Vec<_>>(),
        "tables": tables,
        "files": files,
    })
}

/// A saved query's table as a file, with the variables of the query string.
pub async fn file(
    State(app): State<Arc<App>>,
    Extension(access): Extension<Arc<Access>>,
    Extension(state): Extension<Arc<state::State>>,
    Path(file): Path<String>,
    Query(given): Query<Vec<(String, String)>>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let (name, format) = file.rsplit_once('.').ok_or_else(|| {
        Error::NotFound(format!("`{file}` names no format; write /q/NAME.json, .csv or .xlsx"))
    })?;
    let format: Format = format.parse()?;
    let saved = app.library.find(name)?.clone();
    let (own, given): (Vec<_>, Vec<_>) =
        given.into_iter().partition(|(name, _)| ["bom", "table"].contains(&name.as_str()));
    let named = |wanted: &str| own.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.clone());
    let disposition = format!("attachment; filename=\"{}\"", file_name(&saved, format, &given));
    let variables = Variable::read(&saved.variables, &given)?;
    let asked = (&saved.text, format.extension(), &variables, &own);
    let key =
        app.answers.key(&state, &[b"file", format!("{asked:?}").as_bytes(), access.rights().as_bytes()]);
    if let Some(key) = key.filter(|key| kept::knows(&headers, key)) {
        return Ok(kept::lasting(StatusCode::NOT_MODIFIED.into_response(), &key));
    }
    let lookups = app.known.of(&state, &access);
    let export = Export {
        variables,
        table: named("table"),
        bom: named("bom").is_some_and(|value| value != "0"),
        reader: Reader::new(access.clone(), lookups, charge(app.clone(), &access)),
        saved,
    };
    let body = Body::from_stream(export.file(&app.api, format).await?);
    // a browser shows JSON and keeps the others
    let disposition = if format == Format::Json { "inline".to_owned() } else { disposition };
    let headers = [
        (header::CONTENT_TYPE, format.media_type().to_owned()),
        (header::CACHE_CONTROL, "no-store".to_owned()),
        (header::CONTENT_DISPOSITION, disposition),
    ];
    let response = (headers, body).into_response();
    Ok(match key.filter(|_| export.stands(format)) {
        Some(key) => kept::lasting(response, &key),
        None => response,
    })
}

/// What an export costs is the token's, as a query's is.
fn charge(app: Arc<App>, access: &Access) -> Charge {
    let token = access.token().map(str::to_owned);
    Arc::new(move |cost| {
        if let Some(token) = &token {
            app.rates.charge(token, cost);
        }
    })
}

/// A name that says what is in the file.
fn file_name(saved: &Saved, format: Format, given: &[(String, String)]) -> String {
    let of_quarter = given.iter().find(|(name, _)| name == "quarter").map(|(_, quarter)| quarter);
    let quarter =
        of_quarter.filter(|text| text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-'));
    let quarter = quarter.map(|quarter| format!("-{quarter}")).unwrap_or_default();
    format!("rapport-{}{quarter}.{}", saved.name, format.extension())
}
