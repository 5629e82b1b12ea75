//! Charts: which pictures a published set has, and their addresses. The pictures themselves are served by HTTP.

use async_graphql::{Context, ID, Object, SimpleObject};
use rapport_entities::{ALL, artifact};
use rapport_jobs::charts::Kind;
use rapport_messages::Locale;
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select, sea_query::LikeExpr,
};

use super::{
    edition::Edition,
    list::List,
    loader::{self, ChartsOf, Place},
    page::{self, Window},
    reading::{Names, Publication, Reading, of_sets, publication},
};
use crate::{Access, Error};

/// A picture of a segment in a quarter.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(serial)]
pub struct ChartRow {
    /// Global id.
    pub id: ID,
    /// Which edition.
    #[graphql(flatten)]
    pub edition: Edition,
    /// What it shows: `index-trend`, `segments`, `nps`, `drivers`, `importance-performance`, `structural-model`,
    /// `loyalty-matrix`, `transitions`, `retention-curve`, `cohorts`, `value-classes`, `value-pyramid`, `pareto`,
    /// `complaint-iceberg` or `linkage`.
    pub kind: String,
    /// Title of the kind, in the picture's language.
    pub title: String,
    /// What it shows, in words, for those who cannot see it: the finding, the figures, the rule and the source.
    pub description: String,
    /// Code of the dimension; `all` for all customers.
    pub dimension: String,
    /// Code of the segment; `all` for all customers.
    pub segment: String,
    /// Name of the segment.
    pub segment_name: String,
    /// Language of its words: `en` or `zh`.
    pub locale: String,
    /// Address of the drawing (SVG), from the server's root.
    pub svg_url: String,
    /// Address of the picture (PNG), from the server's root.
    pub png_url: String,
    /// SHA-256 of the drawing, in hexadecimal.
    pub sha256: String,
}

impl ChartRow {
    /// Of what is stored; none if the name is not a chart's.
    pub fn of(stored: Stored, publication: &Publication, names: &Names) -> Option<Self> {
        let Stored { name, description, sha256 } = stored;
        let name = name.as_str();
        let (kind, dimension, segment, locale) = parts(name)?;
        let (drawn, tongue): (Kind, Locale) = (kind.parse().ok()?, locale.parse().ok()?);
        let edition = Edition::of(publication);
        let url = |format| {
            address(&edition.quarter, Some(edition.revision), (drawn, tongue), (dimension, segment), format)
        };
        let revision = edition.revision.to_string();
        Some(Self {
            id: page::pack(&["chart", &edition.quarter, &revision, name]).into(),
            title: drawn.title(tongue).into_owned(),
            segment_name: names.of(dimension, segment),
            description,
            svg_url: url("svg"),
            png_url: url("png"),
            kind: kind.to_owned(),
            dimension: dimension.to_owned(),
            segment: segment.to_owned(),
            locale: locale.to_owned(),
            edition,
            sha256,
        })
    }
}

/// What is stored of a chart, without its bytes.
#[derive(Clone, Debug)]
pub struct Stored {
    /// The artifact's name.
    pub name: String,
    description: String,
    sha256: String,
}

impl Stored {
    /// Of a row as [`stored`] selects it, with its set.
    pub fn of((set_id, name, description, sha256): (String, String, String, String)) -> (String, Self) {
        (set_id, Self { name, description, sha256 })
    }
}

/// Selects of artifacts what a row of charts says.
pub fn stored(select: Select<artifact::Entity>) -> Select<artifact::Entity> {
    use artifact::Column;
    select.select_only().columns([Column::SetId, Column::Name, Column::Description, Column::Sha256])
}

/// The parts of an artifact's name: kind, dimension, segment, locale. A segment's code may hold slashes.
pub fn parts(name: &str) -> Option<(&str, &str, &str, &str)> {
    let (kind, rest) = name.split_once('/')?;
    let (dimension, rest) = rest.split_once('/')?;
    let (segment, locale) = rest.rsplit_once('/')?;
    Some((kind, dimension, segment, locale))
}

/// The address of a picture, from the server's root; of the quarter's newest revision if none is given.
pub fn address(
    quarter: &str,
    revision: Option<i32>,
    (kind, locale): (Kind, Locale),
    (dimension, segment): (&str, &str),
    format: &str,
) -> String {
    let mut url = format!("/charts/{quarter}/{kind}.{format}?locale={locale}");
    if (dimension, segment) != (ALL, ALL) {
        url.push_str(&format!("&segment={}:{}", escape(dimension), escape(segment)));
    }
    if let Some(revision) = revision {
        url.push_str(&format!("&revision={revision}"));
    }
    url
}

/// Percent-encodes all but the unreserved characters of RFC 3986.
pub fn escape(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    text.bytes()
        .map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}

/// Which charts; a part that is not given matches all.
#[derive(Debug, Default)]
pub struct ChartFilter {
    kind: Option<String>,
    dimension: Option<String>,
    segment: Option<String>,
    locale: Option<String>,
}

impl ChartFilter {
    /// As a pattern of the artifact's name.
    fn pattern(&self) -> LikeExpr {
        let part = |part: &Option<String>| match part {
            Some(text) => text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_"),
            None => "%".to_owned(),
        };
        let parts = [&self.kind, &self.dimension, &self.segment, &self.locale].map(part);
        LikeExpr::new(parts.join("/")).escape('\\')
    }
}

/// The charts of a segment in these sets, quarter by quarter; in one language, or in all.
pub async fn at(
    reading: &Reading,
    sets: &[Publication],
    (dimension, segment): (&str, &str),
    locale: Option<&str>,
) -> Result<List<ChartRow>, Error> {
    let key = |set: &Publication| {
        let (dimension, segment) = (dimension.to_owned(), segment.to_owned());
        ChartsOf(Place { set_id: set.set_id.clone(), dimension, segment })
    };
    let mut found = reading.loader.load_many(sets.iter().map(key)).await?;
    let names = reading.names().await?;
    let of_set = |set| found.remove(&key(set)).unwrap_or_default().into_iter().map(move |row| (row, set));
    let rows = sets.iter().flat_map(of_set);
    let rows = rows.filter_map(|(chart, set)| ChartRow::of(chart, set, names));
    Ok(rows.filter(|row| locale.is_none_or(|locale| row.locale == locale)).collect())
}

/// The charts that the reader sees, by their names.
fn seen(access: &Access) -> Condition {
    let names = |seen: &[(String, String)]| {
        let names = seen.iter().flat_map(|(dimension, segment)| loader::names(dimension, segment));
        artifact::Column::Name.is_in(names)
    };
    Condition::all().add_option(access.segments().map(names))
}

async fn rows(
    reading: &Reading,
    sets: &[Publication],
    filter: ChartFilter,
    window: Window,
) -> Result<List<ChartRow>, Error> {
    let rows: Vec<(String, String, String, String)> =
        stored(of_sets(artifact::Entity::find(), artifact::Column::SetId, sets))
            .filter(artifact::Column::Name.like(filter.pattern()))
            .filter(seen(&reading.access))
            .order_by_asc(artifact::Column::Name)
            .offset(window.offset)
            .limit(window.limit)
            .into_tuple()
            .all(&reading.database)
            .await?;
    let names = reading.names().await?;
    let row = |row: (String, String, String, String)| {
        let (set_id, chart) = Stored::of(row);
        Ok(ChartRow::of(chart, publication(sets, &set_id)?, names))
    };
    rows.into_iter().filter_map(|one| row(one).transpose()).collect()
}

/// The rows of charts.
#[derive(Default)]
pub struct ChartQuery;

#[Object]
impl ChartQuery {
    /// Charts as a flat table, ordered by quarter, kind, dimension, segment and language.
    #[graphql(complexity = "page::cost(limit, page::ROWS, child_complexity)")]
    #[allow(clippy::too_many_arguments)]
    async fn chart_rows(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "A quarter, written 2026-Q3; all published quarters if not given")] quarter: Option<
            String,
        >,
        #[graphql(desc = "What it shows, such as index-trend")] kind: Option<String>,
        #[graphql(desc = "Code of a dimension; `all` for all customers")] dimension: Option<String>,
        #[graphql(desc = "Code of a segment; `all` for all customers")] segment: Option<String>,
        #[graphql(desc = "Language: en or zh; both if not given")] locale: Option<String>,
        #[graphql(desc = "A revision of the quarter; the newest if not given")] revision: Option<i32>,
        #[graphql(desc = "Rows to pass over; 0 if not given")] offset: Option<i32>,
        #[graphql(desc = "Rows at most, up to 10,000; 1,000 if not given")] limit: Option<i32>,
    ) -> Result<List<ChartRow>, Error> {
        let window = Window::new(offset, limit)?;
        if let Some(kind) = &kind {
            kind.parse::<Kind>().map_err(|error| Error::BadInput(error.to_string()))?;
        }
        if let Some(locale) = &locale {
            locale.parse::<Locale>().map_err(|error| Error::BadInput(error.to_string()))?;
        }
        let reading = Reading::of(context)?;
        let sets = reading.sets(quarter.as_deref(), revision).await?;
        rows(reading, &sets, ChartFilter { kind, dimension, segment, locale }, window).await
    }
}
