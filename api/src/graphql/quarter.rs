//! Published quarters, as rows and as nodes of the graph.

use async_graphql::{Context, ID, Object, SimpleObject};
use rapport_entities::{ALL, publication, published::CLOSE};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use super::{
    chart::{self, ChartRow},
    edition::{Edition, status},
    list::List,
    loyalty::LoyaltyRow,
    page::{self, Connection, Window},
    place_rows,
    quarter_results::{QuarterResults, place},
    reading::{Inputs, Publication, Reading},
    scalar::{Date, DateTime},
    score::{self, ScoreRow},
};
use crate::{Access, Error};

/// A published quarter, as a row.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(serial)]
pub struct QuarterRow {
    /// Global id.
    pub id: ID,
    /// Which edition.
    #[graphql(flatten)]
    pub edition: Edition,
    /// When it was published.
    pub published_at: DateTime,
    /// Currency of its money, by its ISO 4217 code; null without purchases.
    pub currency: Option<String>,
    /// Version of the inputs it was computed from.
    pub inputs_version: i64,
    /// Version of the methods it was computed by.
    pub method_version: String,
    /// The rules in force, as JSON.
    pub settings: String,
    /// SHA-256 of its rows, in hexadecimal.
    pub digest: String,
    /// True if the quarter's data have changed since, or are being changed: a restatement follows.
    pub stale: bool,
}

impl QuarterRow {
    fn of(publication: &Publication, stale: bool, access: &Access) -> Self {
        Self {
            id: id(publication),
            edition: Edition::of(publication),
            published_at: DateTime(*publication.published_at),
            currency: publication.currency.clone(),
            inputs_version: publication.inputs_version,
            method_version: publication.method_version.clone(),
            settings: settings(publication, access),
            digest: publication.digest.clone(),
            stale,
        }
    }
}

fn id(publication: &Publication) -> ID {
    let (quarter, revision) = (publication.quarter.to_string(), publication.revision.to_string());
    page::pack(&["quarter", &quarter, &revision]).into()
}

/// The rules in force. The margins of the weighting are of the whole company: readers of some segments see none.
fn settings(publication: &Publication, access: &Access) -> String {
    if access.segments().is_none() {
        return publication.settings.clone();
    }
    let Ok(mut rules) = serde_json::from_str::<serde_json::Value>(&publication.settings) else {
        return "{}".to_owned();
    };
    if let Some(margins) = rules.pointer_mut("/weighting/margins") {
        *margins = serde_json::json!({});
    }
    rules.to_string()
}

/// Whether a revision is not of its quarter's data any more.
fn is_stale(publication: &Publication, inputs: &Inputs) -> bool {
    inputs.get(&publication.quarter).is_some_and(|one| !one.is_still(publication.inputs_version))
}

/// A published quarter, in one of its revisions.
#[derive(Clone, Debug)]
pub struct Quarter(pub Publication);

/// A published quarter, in one of its revisions.
#[Object]
impl Quarter {
    /// Global id.
    pub async fn id(&self) -> ID {
        id(&self.0)
    }

    /// The quarter, written `2026-Q3`.
    async fn quarter(&self) -> String {
        self.0.quarter.to_string()
    }

    /// The quarter's first day.
    async fn quarter_start(&self) -> Date {
        Date(self.0.quarter_start)
    }

    /// The revision, from 1: late data makes a new one.
    async fn revision(&self) -> i32 {
        self.0.revision
    }

    /// `FINAL`, or `PROVISIONAL` for a quarter that still runs.
    async fn status(&self) -> String {
        status(&self.0)
    }

    /// When it was published.
    async fn published_at(&self) -> DateTime {
        DateTime(*self.0.published_at)
    }

    /// Currency of its money, by its ISO 4217 code; null without purchases.
    async fn currency(&self) -> Option<&str> {
        self.0.currency.as_deref()
    }

    /// Version of the inputs it was computed from.
    async fn inputs_version(&self) -> i64 {
        self.0.inputs_version
    }

    /// Version of the methods it was computed by.
    async fn method_version(&self) -> &str {
        &self.0.method_version
    }

    /// The rules in force, as JSON.
    async fn settings(&self, context: &Context<'_>) -> Result<String, Error> {
        Ok(settings(&self.0, &Reading::of(context)?.access))
    }

    /// SHA-256 of its rows, in hexadecimal.
    async fn digest(&self) -> &str {
        &self.0.digest
    }

    /// True if the quarter's data have changed since, or are being changed: a restatement follows.
    async fn stale(&self, context: &Context<'_>) -> Result<bool, Error> {
        Ok(is_stale(&self.0, Reading::of(context)?.inputs().await?))
    }

    /// The quarter's results, for one segment or all customers.
    #[graphql(flatten)]
    async fn results(&self) -> QuarterResults<'_> {
        QuarterResults(&self.0)
    }

    /// Scores whose change on the quarter before is more than chance, 100 at most: of a segment, or of every segment and
    /// all customers if none is given.
    #[graphql(complexity = "page::cost(Some(30), 30, child_complexity)")]
    async fn moved(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Code of a dimension")] dimension: Option<String>,
        #[graphql(desc = "Code of a segment")] segment: Option<String>,
    ) -> Result<List<ScoreRow>, Error> {
        let place = if segment.is_some() { Some(place(&dimension, &segment)?) } else { None };
        score::moved(Reading::of(context)?, &self.0, place).await
    }

    /// Charts of a segment; of all customers if none is given.
    #[graphql(complexity = "page::cost(Some(8), 8, child_complexity)")]
    async fn charts(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Code of a dimension")] dimension: Option<String>,
        #[graphql(desc = "Code of a segment")] segment: Option<String>,
        #[graphql(desc = "Language: en or zh; both if not given")] locale: Option<String>,
    ) -> Result<List<ChartRow>, Error> {
        let set = std::slice::from_ref(&self.0);
        chart::at(Reading::of(context)?, set, place(&dimension, &segment)?, locale.as_deref()).await
    }
}

/// Published quarters.
#[derive(Default)]
pub struct QuarterQuery;

#[Object]
impl QuarterQuery {
    /// Published quarters as a flat table, oldest first.
    #[graphql(complexity = "page::cost(limit, page::ROWS, child_complexity)")]
    async fn quarter_rows(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "A quarter, written 2026-Q3; all published quarters if not given")] quarter: Option<
            String,
        >,
        #[graphql(desc = "A revision of the quarter; the newest if not given")] revision: Option<i32>,
        #[graphql(desc = "Rows to pass over; 0 if not given")] offset: Option<i32>,
        #[graphql(desc = "Rows at most, up to 10,000; 1,000 if not given")] limit: Option<i32>,
    ) -> Result<List<QuarterRow>, Error> {
        let window = Window::new(offset, limit)?;
        let sets = Reading::of(context)?.sets(quarter.as_deref(), revision).await?;
        let inputs = Reading::of(context)?.inputs().await?;
        let access = &Reading::of(context)?.access;
        Ok(window.of(sets).map(|set| QuarterRow::of(&set, is_stale(&set, inputs), access)).collect())
    }

    /// Published quarters in their newest revision, oldest first.
    #[graphql(complexity = "page::cost(first, 12, child_complexity)")]
    async fn quarters(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Nodes at most, up to 10,000; 100 if not given")] first: Option<i32>,
        #[graphql(desc = "The cursor after which the page begins")] after: Option<String>,
    ) -> Result<Option<Connection<Quarter>>, Error> {
        let sets = Reading::of(context)?.published().await?;
        let node =
            |set: &Publication| (page::pack(&["quarter", &set.quarter.to_string()]), Quarter(set.clone()));
        Connection::of_all(sets.iter().map(node).collect(), first, after.as_deref()).map(Some)
    }

    /// A published quarter; null if it is not published.
    async fn quarter(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The quarter, written 2026-Q3")] quarter: String,
        #[graphql(desc = "A revision; the newest if not given")] revision: Option<i32>,
    ) -> Result<Option<Quarter>, Error> {
        Ok(Reading::of(context)?.sets(Some(&quarter), revision).await?.pop().map(Quarter))
    }

    /// Every published revision of a quarter, oldest first.
    #[graphql(complexity = "page::cost(Some(5), 5, child_complexity)")]
    async fn revisions(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The quarter, written 2026-Q3")] quarter: String,
    ) -> Result<List<Quarter>, Error> {
        let all = publication::Entity::find()
            .filter(publication::Column::Job.eq(CLOSE))
            .filter(publication::Column::Quarter.eq(super::reading::parse(&quarter)?))
            .order_by_asc(publication::Column::Revision)
            .all(&Reading::of(context)?.database)
            .await?;
        Ok(all.into_iter().map(|one| Quarter(one.into())).collect())
    }

    /// How the customers of a segment divide into loyalty types in a quarter: the newest published one, and all
    /// customers, if not given.
    #[graphql(complexity = "page::cost(first, 5, child_complexity)")]
    #[allow(clippy::too_many_arguments)]
    async fn loyalty_types(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "A quarter, written 2026-Q3; the newest published one if not given")]
        quarter: Option<String>,
        #[graphql(desc = "Code of the segment's dimension; found by the segment if not given")]
        dimension: Option<String>,
        #[graphql(desc = "Code of a segment; all customers if not given")] segment: Option<String>,
        #[graphql(desc = "Nodes at most, up to 10,000; 100 if not given")] first: Option<i32>,
        #[graphql(desc = "The cursor after which the page begins")] after: Option<String>,
    ) -> Result<Option<Connection<LoyaltyRow>>, Error> {
        let reading = Reading::of(context)?;
        let sets = reading.sets(quarter.as_deref(), None).await?;
        let set: Vec<_> = sets.into_iter().last().into_iter().collect();
        let segment = segment.unwrap_or_else(|| ALL.to_owned());
        let names = reading.names().await?;
        let by_segment = || {
            names.segments.iter().find(|(one, _)| one.code == segment).map(|(one, _)| one.dimension.clone())
        };
        let dimension = dimension.or_else(by_segment).unwrap_or_else(|| ALL.to_owned());
        let List(rows): List<LoyaltyRow> =
            place_rows::at(reading, &set, (&dimension, &segment), None).await?;
        let nodes = rows.into_iter().map(|row| (row.id.to_string(), row)).collect();
        Connection::of_all(nodes, first, after.as_deref()).map(Some)
    }
}
