//! Saved queries as files, for tools that only get: `/q` lists them, `/q/NAME.csv?quarter=2026-Q3` is one.

use std::sync::Arc;

use axum::{
    Extension, Json,
    body::Body,
    extract::{Path, Query, State},
    http::header,
    response::{IntoResponse, Response},
};
use serde_json::{Value, json};

use super::App;
use crate::{
    Access, Error,
    export::{Export, Format},
    saved::{Charge, Saved, Variable},
};

/// What saved queries there are.
pub async fn list(State(app): State<App>) -> Json<Value> {
    Json(app.library.iter().map(describe).collect())
}

fn describe(saved: &Saved) -> Value {
    let variable = |one: &Variable| json!({"name": one.name, "type": one.kind, "default": one.default});
    let tables: Vec<_> = saved.tables.iter().map(|table| &table.name).collect();
    let files = ["json", "csv", "xlsx"].map(|format| format!("/q/{}.{format}", saved.name));
    json!({
        "name": saved.name,
        "about": saved.about,
        "variables": saved.variables.iter().map(variable).collect::<Vec<_>>(),
        "tables": tables,
        "files": files,
    })
}

/// A saved query's table as a file, with the variables of the query string.
pub async fn file(
    State(app): State<App>,
    Extension(access): Extension<Arc<Access>>,
    Path(file): Path<String>,
    Query(given): Query<Vec<(String, String)>>,
) -> Result<Response, Error> {
    let (name, format) = file.rsplit_once('.').ok_or_else(|| {
        Error::NotFound(format!("`{file}` names no format; write /q/NAME.json, .csv or .xlsx"))
    })?;
    let format: Format = format.parse()?;
    let saved = app.library.find(name)?.clone();
    let (own, given): (Vec<_>, Vec<_>) =
        given.into_iter().partition(|(name, _)| ["bom", "table"].contains(&name.as_str()));
    let own = |wanted: &str| own.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.clone());
    let disposition = format!("attachment; filename=\"{}\"", file_name(&saved, format, &given));
    let export = Export {
        variables: Variable::read(&saved.variables, &given)?,
        table: own("table"),
        bom: own("bom").is_some_and(|value| value != "0"),
        charge: charge(&app, &access),
        access,
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
    Ok((headers, body).into_response())
}

/// What an export costs is the token's, as a query's is.
fn charge(app: &App, access: &Access) -> Charge {
    let (rates, token) = (app.rates.clone(), access.token().map(str::to_owned));
    Arc::new(move |cost| {
        if let Some(token) = &token {
            rates.charge(token, cost);
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
