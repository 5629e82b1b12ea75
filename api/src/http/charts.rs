//! Charts: the stored drawing, or that drawing as pixels.

use std::sync::Arc;

use axum::{
    Extension,
    extract::{Path, Query, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use rapport_entities::{ALL, Database, artifact, current_publication, publication, published};
use rapport_jobs::charts::{self, Kind, Theme};
use rapport_messages::{Locale, UnknownLocale};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde::Deserialize;

use super::App;
use crate::{Access, Error, graphql::escape};

/// What a chart's address may say.
#[derive(Debug, Deserialize)]
pub struct Choice {
    segment: Option<String>,
    locale: Option<String>,
    revision: Option<String>,
    scale: Option<String>,
    theme: Option<String>,
}

/// A picture, as its address asks for it.
struct Wanted {
    quarter: String,
    kind: Kind,
    png: bool,
    place: (String, String),
    locale: Locale,
    revision: Option<i32>,
    scale: u8,
    theme: Theme,
}

/// Serves a chart.
pub async fn chart(
    State(app): State<Arc<App>>,
    Extension(access): Extension<Arc<Access>>,
    Path((quarter, file)): Path<(String, String)>,
    Query(choice): Query<Choice>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let wanted = Wanted::read(quarter, &file, choice)?;
    let (publication, drawing) = find(&app.database, &access, &wanted).await?;
    let tag = match wanted.png {
        true => format!("\"{}-{}-{}x\"", drawing.sha256, wanted.theme, wanted.scale),
        false => format!("\"{}-{}\"", drawing.sha256, wanted.theme),
    };
    // a revision never changes; the newest one may be another tomorrow
    let caching =
        if wanted.revision.is_some() { "private, max-age=31536000, immutable" } else { "private, no-cache" };
    let known = headers.get(header::IF_NONE_MATCH).and_then(|tags| tags.to_str().ok()).unwrap_or_default();
    let lasting = [(header::ETAG, tag.clone()), (header::CACHE_CONTROL, caching.to_owned())];
    if known.split(',').any(|one| one.trim().trim_start_matches("W/") == tag || one.trim() == "*") {
        return Ok((StatusCode::NOT_MODIFIED, lasting).into_response());
    }
    let media_type = if wanted.png { "image/png" } else { "image/svg+xml" };
    let described = [
        (header::CONTENT_TYPE, media_type.to_owned()),
        (header::CONTENT_DISPOSITION, disposition("inline", &wanted.file_name(publication.revision))),
        (
            header::CONTENT_SECURITY_POLICY,
            "default-src 'none'; style-src 'unsafe-inline'; font-src data:".to_owned(),
        ),
    ];
    let bytes = match wanted.png {
        true => app.pictures.of(drawing.bytes, &drawing.sha256, (wanted.theme, wanted.scale)).await?,
        false => wanted.theme.apply(&String::from_utf8_lossy(&drawing.bytes)).into_owned().into(),
    };
    Ok((lasting, described, bytes).into_response())
}

impl Wanted {
    /// Fails and says what is wrong with the address.
    fn read(quarter: String, file: &str, choice: Choice) -> Result<Self, Error> {
        let wrong = |error: charts::Error| Error::NotFound(error.to_string());
        let format = "charts end with .png or .svg";
        let (kind, format) = file.rsplit_once('.').ok_or_else(|| Error::NotFound(format.to_owned()))?;
        let png = match format {
            "png" => true,
            "svg" => false,
            _ => {
                return Err(Error::NotFound(format!("there is no chart as {format}; end with .png or .svg")));
            }
        };
        let number =
            |name: &str, text: &str| Error::BadInput(format!("{name}={text} is not a number that can be"));
        let revision =
            choice.revision.map(|text| text.parse().map_err(|_| number("revision", &text))).transpose()?;
        let scale = match choice.scale.as_deref() {
            None | Some("2") => 2,
            Some("1") => 1,
            Some(text) => return Err(Error::BadInput(format!("scale={text}; it must be 1 or 2"))),
        };
        Ok(Self {
            quarter,
            kind: kind.parse().map_err(wrong)?,
            png,
            place: place(choice.segment.as_deref())?,
            locale: choice
                .locale
                .as_deref()
                .unwrap_or("en")
                .parse()
                .map_err(|error: UnknownLocale| Error::BadInput(error.to_string()))?,
            revision,
            scale,
            theme: choice
                .theme
                .as_deref()
                .unwrap_or("light")
                .parse()
                .map_err(|error: charts::Error| Error::BadInput(error.to_string()))?,
        })
    }

    /// Says what the picture is.
    fn file_name(&self, revision: i32) -> String {
        let Self { quarter, kind, place: (dimension, segment), locale, theme, .. } = self;
        let of = if segment == ALL { String::new() } else { format!("-{dimension}-{segment}") };
        let format = if self.png { "png" } else { "svg" };
        let theme = if *theme == Theme::Light { String::new() } else { format!("-{theme}") };
        format!("rapport-{quarter}-r{revision}-{kind}{of}-{locale}{theme}.{format}")
    }
}

/// The segment an address names, `DIMENSION:CODE`; all customers if none.
pub fn place(segment: Option<&str>) -> Result<(String, String), Error> {
    match segment.filter(|segment| !segment.is_empty() && *segment != ALL) {
        None => Ok((ALL.to_owned(), ALL.to_owned())),
        Some(text) => {
            let (dimension, code) = text.split_once(':').ok_or_else(|| {
                Error::BadInput(format!("segment={text}; write it as DIMENSION:CODE, such as region:north"))
            })?;
            Ok((dimension.to_owned(), code.to_owned()))
        }
    }
}

/// The publication and the drawing. Fails if there is none, and in the same words if the reader does not see it.
async fn find(
    database: &Database,
    access: &Access,
    wanted: &Wanted,
) -> Result<(publication::Model, artifact::Model), Error> {
    let Wanted { quarter, kind, place: (dimension, segment), locale, revision, .. } = wanted;
    let parsed = quarter
        .parse()
        .map_err(|error: rapport_entities::QuarterError| Error::BadInput(error.to_string()))?;
    let revision = match revision {
        Some(revision) => Some(*revision),
        None => current_publication::Entity::find_by_id((published::CLOSE.to_owned(), parsed))
            .one(database)
            .await?
            .map(|pointer| pointer.revision),
    };
    let none = || Error::NotFound(format!("{quarter} is not published in this revision"));
    let publication = match revision {
        Some(revision) => published::revision(database, parsed, Some(revision)).await?.ok_or_else(none)?,
        None => return Err(none()),
    };
    let name = format!("{kind}/{dimension}/{segment}/{locale}");
    let drawing = artifact::Entity::find()
        .filter(artifact::Column::SetId.eq(publication.set_id.as_str()))
        .filter(artifact::Column::Name.eq(name));
    let drawing = if access.sees(dimension, segment) { drawing.one(database).await? } else { None };
    let none =
        || Error::NotFound(format!("{quarter} has no chart {kind} of the segment {dimension}:{segment}"));
    Ok((publication, drawing.ok_or_else(none)?))
}

/// The header that says what to do with a file and names it, for clients of ASCII and of all others.
pub fn disposition(how: &str, name: &str) -> String {
    let plain: String =
        name.chars().map(|c| if c.is_ascii_alphanumeric() || "-._".contains(c) { c } else { '_' }).collect();
    format!("{how}; filename=\"{plain}\"; filename*=UTF-8''{}", escape(name))
}
