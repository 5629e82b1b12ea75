//! Value classes: how the customers of a segment divide by turnover × profitability in a quarter.

use async_graphql::{Context, ID, Object, SimpleObject};
use rapport_entities::{Scheme, ValueClass as Stored, composition};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::{
    choice::{self, ValueClass},
    edition::Edition,
    loader::{ClassesOf, Place},
    money::Money,
    page::{self, Window},
    reading::{Names, Publication, Reading, of_sets, publication},
};
use crate::Error;

/// A value class of a segment in a quarter; the unclassified have a row too.
#[derive(Clone, Debug, SimpleObject)]
pub struct ValueRow {
    /// Global id.
    pub id: ID,
    /// Which edition.
    #[graphql(flatten)]
    pub edition: Edition,
    /// Code of the dimension; `all` for all customers.
    pub dimension: String,
    /// Code of the segment; `all` for all customers.
    pub segment: String,
    /// Name of the segment.
    pub segment_name: String,
    /// The class; null for the unclassified.
    #[graphql(name = "class")]
    pub kind: Option<ValueClass>,
    /// The class as text; `UNCLASSIFIED` where turnover or profit is unknown.
    pub class_code: String,
    /// Customers of this class; null if suppressed.
    pub customers: Option<i64>,
    /// Share of the classified customers, a fraction of 1; null if suppressed, and for the unclassified.
    pub share: Option<f64>,
    /// Revenue in the quarter, in major units.
    pub revenue: Option<f64>,
    /// Revenue in the quarter, exactly.
    pub revenue_decimal: Option<String>,
    /// Profit in the quarter, in major units; null where a cost is unknown.
    pub profit: Option<f64>,
    /// Profit in the quarter, exactly.
    pub profit_decimal: Option<String>,
    /// Currency of the money, by its ISO 4217 code.
    pub currency: Option<String>,
    /// All customers of the segment, the unclassified included.
    pub n: i64,
    /// True if the segment has too few customers: there are then no figures.
    pub suppressed: bool,
}

impl ValueRow {
    /// Of a stored class; none if its word is unknown.
    pub fn of(row: composition::Model, publication: &Publication, names: &Names) -> Option<Self> {
        let stored: Stored = row.class.parse().ok()?;
        let edition = Edition::of(publication);
        let money = Money::of(publication.currency.as_deref());
        let revision = edition.revision.to_string();
        let id = ["value", &edition.quarter, &revision, &row.dimension, &row.segment, &row.class];
        Some(Self {
            id: page::pack(&id).into(),
            segment_name: names.of(&row.dimension, &row.segment),
            kind: ValueClass::of(stored),
            class_code: choice::code(&row.class),
            edition,
            dimension: row.dimension,
            segment: row.segment,
            customers: row.customers,
            share: row.share,
            revenue: row.revenue.map(|minor| money.float(minor)),
            revenue_decimal: row.revenue.map(|minor| money.decimal(minor)),
            profit: row.profit.map(|minor| money.float(minor)),
            profit_decimal: row.profit.map(|minor| money.decimal(minor)),
            currency: publication.currency.clone(),
            n: row.n,
            suppressed: row.suppressed,
        })
    }
}

/// The value classes of a segment in these sets, quarter by quarter.
pub async fn at(
    reading: &Reading,
    sets: &[Publication],
    dimension: &str,
    segment: &str,
) -> Result<Vec<ValueRow>, Error> {
    let key = |set: &Publication| {
        let (dimension, segment) = (dimension.to_owned(), segment.to_owned());
        ClassesOf(Place { set_id: set.set_id.clone(), dimension, segment }, Scheme::ValueClass)
    };
    let mut found = reading.loader.load_many(sets.iter().map(key)).await?;
    let names = reading.names().await?;
    let of_set = |set| found.remove(&key(set)).unwrap_or_default().into_iter().map(move |row| (row, set));
    Ok(sets.iter().flat_map(of_set).filter_map(|(row, set)| ValueRow::of(row, set, names)).collect())
}

async fn rows(
    reading: &Reading,
    sets: &[Publication],
    dimension: Option<String>,
    segment: Option<String>,
    window: Window,
) -> Result<Vec<ValueRow>, Error> {
    use composition::Column;
    let mut select = of_sets(composition::Entity::find(), Column::SetId, sets)
        .filter(Column::Scheme.eq(Scheme::ValueClass));
    if let Some(dimension) = dimension {
        select = select.filter(Column::Dimension.eq(dimension));
    }
    if let Some(segment) = segment {
        select = select.filter(Column::Segment.eq(segment));
    }
    let rows = select
        .order_by_asc(Column::Dimension)
        .order_by_asc(Column::Segment)
        .order_by_asc(Column::Class)
        .offset(window.offset)
        .limit(window.limit)
        .all(&reading.database)
        .await?;
    let names = reading.names().await?;
    let row = |row: composition::Model| {
        let publication = publication(sets, &row.set_id)?;
        Ok(ValueRow::of(row, publication, names))
    };
    rows.into_iter().filter_map(|one| row(one).transpose()).collect()
}

/// The rows of value classes.
#[derive(Default)]
pub struct ValueQuery;

#[Object]
impl ValueQuery {
    /// Value classes as a flat table, ordered by quarter, dimension, segment and class.
    #[graphql(complexity = "page::cost(limit, page::ROWS, child_complexity)")]
    #[allow(clippy::too_many_arguments)]
    async fn value_rows(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "A quarter, written 2026-Q3; all published quarters if not given")] quarter: Option<
            String,
        >,
        #[graphql(desc = "Code of a dimension; `all` for all customers")] dimension: Option<String>,
        #[graphql(desc = "Code of a segment; `all` for all customers")] segment: Option<String>,
        #[graphql(desc = "A revision of the quarter; the newest if not given")] revision: Option<i32>,
        #[graphql(desc = "Rows to pass over; 0 if not given")] offset: Option<i32>,
        #[graphql(desc = "Rows at most, up to 10,000; 1,000 if not given")] limit: Option<i32>,
    ) -> Result<Vec<ValueRow>, Error> {
        let window = Window::new(offset, limit)?;
        let reading = Reading::of(context)?;
        let sets = reading.sets(quarter.as_deref(), revision).await?;
        rows(reading, &sets, dimension, segment, window).await
    }
}
