//! The report of a quarter over HTTP: gathered from the pages by the reader's own rights, all of it of one revision.

use std::sync::Arc;

use axum::{
    Extension,
    extract::{Path, Query, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use futures_util::{FutureExt, future::BoxFuture};
use rapport_entities::{ALL, Database, published};
use rapport_jobs::charts::{self, Theme};
use rapport_messages::{Locale, UnknownLocale};
use rapport_reports::Report;
use serde::Deserialize;
use serde_json::json;

use super::{
    App,
    charts::{disposition, place},
    kept,
    page::{Reader, ask, filled, frame},
};
use crate::{
    Access, Error, Settings,
    page::{Address, Frame, Overview, Page, Quarter},
    report::{Drawings, Format, Pages},
    state,
};

const EDITION: &str = include_str!("../report/edition.graphql");

/// What a report's address may say.
#[derive(Debug, Deserialize)]
pub struct Choice {
    segment: Option<String>,
    locale: Option<String>,
    revision: Option<String>,
    theme: Option<String>,
}

/// A report, as it is asked for.
#[derive(Debug)]
pub struct Wanted {
    /// Written `2026-Q3`.
    pub quarter: String,
    /// As what file.
    pub format: Format,
    /// The segment, `DIMENSION:CODE`; what the reader is shown who names none, if not given.
    pub segment: Option<String>,
    /// Its language.
    pub locale: Locale,
    /// The revision; the newest if not given.
    pub revision: Option<i32>,
    /// The colours of its pictures.
    pub theme: Theme,
}

/// The revisions that a quarter has.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Editions {
    quarter_rows: Vec<Quarter>,
}

/// Serves a report.
pub async fn report(
    State(app): State<Arc<App>>,
    Extension(access): Extension<Arc<Access>>,
    Extension(state): Extension<Arc<state::State>>,
    Path(file): Path<String>,
    Query(choice): Query<Choice>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let wanted = Wanted::read(&file, choice)?;
    let (asked, company) = (format!("{wanted:?}"), app.settings.company.as_deref().unwrap_or_default());
    let parts =
        [b"report", asked.as_bytes(), access.rights().as_bytes(), company.as_bytes()].map(<[u8]>::to_vec);
    let key = app.answers.key(&state, &parts.each_ref().map(Vec::as_slice));
    if let Some(key) = key.filter(|key| kept::knows(&headers, key)) {
        return Ok(kept::lasting(StatusCode::NOT_MODIFIED.into_response(), &key));
    }
    let gathered = gathered(&app, (&access, &state), &wanted).boxed();
    let file = app.reports.of(key, wanted.format, gathered).await?;
    let described = [
        (header::CONTENT_TYPE, wanted.format.media_type().to_owned()),
        (header::CONTENT_DISPOSITION, disposition("attachment", &file.name)),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    let response = (described, file.bytes).into_response();
    Ok(match key {
        Some(key) => kept::lasting(response, &key),
        None => response,
    })
}

/// The report as a file, for who sits at the machine.
pub async fn file(database: Database, settings: Settings, wanted: &Wanted) -> Result<Vec<u8>, Error> {
    let app = App::new(database, settings)?;
    let (access, state) = (Arc::new(Access::of_command_line()), app.states.now().await?);
    let (report, _) = gathered(&app, (&access, &state), wanted).await?;
    wanted.format.file(&report)
}

/// The report and the name of its file. Fails if the quarter has not the revision, or the reader does not see the segment.
async fn gathered(app: &App, reader: Reader<'_>, wanted: &Wanted) -> Result<(Report, String), Error> {
    let frame = framed(app, reader, wanted).await?;
    let pages = Pages {
        overview: page(app, reader, &frame).await?,
        indexes: page(app, reader, &frame).await?,
        loyalty: page(app, reader, &frame).await?,
        value: page(app, reader, &frame).await?,
        drivers: page(app, reader, &frame).await?,
        comments: page(app, reader, &frame).await?,
        complaints: page(app, reader, &frame).await?,
        lost: page(app, reader, &frame).await?,
        actions: page(app, reader, &frame).await?,
        segments: page(app, reader, &frame).await?,
        people: page(app, reader, &frame).await?,
        methods: page(app, reader, &frame).await?,
    };
    let drawings = drawings(app, reader, &frame, wanted).await?;
    Ok((pages.report(&frame, &drawings), wanted.file_name(&frame)))
}

/// A page, in a box: the futures of all of them in one would fill half of a thread's stack.
fn page<'a, P: Page + 'a>(
    app: &'a App,
    reader: Reader<'a>,
    frame: &Frame,
) -> BoxFuture<'a, Result<P, Error>> {
    filled(app, reader, frame.clone()).boxed()
}

/// Which quarter in which revision, and of whom; never of persons.
async fn framed(app: &App, reader: Reader<'_>, wanted: &Wanted) -> Result<Frame, Error> {
    let named = wanted.segment.as_deref().filter(|segment| !segment.is_empty() && *segment != ALL);
    let place = named.map_or_else(|| Ok(reader.0.home()), |segment| place(Some(segment)))?;
    let address = Address { quarter: Some(wanted.quarter.clone()), ..Address::default() };
    let none = || Error::NotFound(format!("{} is not published in this revision", wanted.quarter));
    let mut frame =
        frame(app, reader, (Overview::PATH, address, place), wanted.locale).await?.ok_or_else(none)?;
    if let Some(revision) = wanted.revision.filter(|revision| *revision != frame.quarter.revision) {
        let variables = json!({"quarter": wanted.quarter, "revision": revision});
        let editions: Editions = ask(app, reader, EDITION, variables).await?;
        frame.quarter = editions.quarter_rows.into_iter().next().ok_or_else(none)?;
    }
    frame.persons = false;
    frame.operator = false;
    Ok(frame)
}

/// The pictures of the same revision.
async fn drawings(
    app: &App,
    (access, _): Reader<'_>,
    frame: &Frame,
    wanted: &Wanted,
) -> Result<Drawings, Error> {
    let quarter = frame
        .quarter
        .quarter
        .parse()
        .map_err(|error: rapport_entities::QuarterError| Error::BadInput(error.to_string()))?;
    let publication = published::revision(&app.database, quarter, Some(frame.quarter.revision)).await?;
    let Some(publication) = publication else { return Ok(Drawings::default()) };
    let place = (frame.dimension.as_str(), frame.segment.as_str());
    Drawings::of(&app.database, access, &publication, place, (wanted.locale, wanted.theme)).await
}

impl Wanted {
    /// Fails and says what is wrong with the address.
    fn read(file: &str, choice: Choice) -> Result<Self, Error> {
        let (quarter, format) = file.rsplit_once('.').ok_or_else(|| {
            Error::NotFound("reports end with .pdf, .xlsx or .zip, as in /report/2026-Q3.pdf".to_owned())
        })?;
        let number = |text: String| {
            text.parse().map_err(|_| Error::BadInput(format!("revision={text} is not a number that can be")))
        };
        let given = |text: &Option<String>| text.clone().filter(|text| !text.is_empty());
        Ok(Self {
            quarter: quarter.to_owned(),
            format: format.parse()?,
            segment: given(&choice.segment),
            locale: given(&choice.locale)
                .map_or_else(|| Ok(Locale::default()), |tag| tag.parse())
                .map_err(|error: UnknownLocale| Error::BadInput(error.to_string()))?,
            revision: given(&choice.revision).map(number).transpose()?,
            theme: given(&choice.theme)
                .map_or_else(|| Ok(Theme::default()), |name| name.parse())
                .map_err(|error: charts::Error| Error::BadInput(error.to_string()))?,
        })
    }

    /// Says what the file is.
    fn file_name(&self, frame: &Frame) -> String {
        let Quarter { quarter, revision, .. } = &frame.quarter;
        let of = match frame.is_segment() {
            true => format!("-{}-{}", frame.dimension, frame.segment),
            false => String::new(),
        };
        let (locale, format) = (frame.locale, self.format.extension());
        let theme = if self.theme == Theme::Light { String::new() } else { format!("-{}", self.theme) };
        format!("rapport-{quarter}-r{revision}-report{of}-{locale}{theme}.{format}")
    }
}
