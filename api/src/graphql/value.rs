//! Value classes: how the customers of a segment divide by turnover × profitability in a quarter.

use async_graphql::{Context, ID, Object, SimpleObject};
use rapport_entities::{Scheme, ValueClass as Stored, composition};

use super::{
    choice::{self, ValueClass},
    composition::{self as compositions, Part},
    page::{self, Window},
    place_rows::Filter,
    reading::{Names, Publication, Reading},
};
use crate::Error;

/// A value class of a segment in a quarter; the unclassified have a row too.
#[derive(Clone, Debug, SimpleObject)]
pub struct ValueRow {
    /// Global id.
    pub id: ID,
    /// The class; null for the unclassified.
    #[graphql(name = "class")]
    pub kind: Option<ValueClass>,
    /// The class as text; `UNCLASSIFIED` where turnover or profit is unknown.
    pub class_code: String,
    /// Whose, and how many.
    #[graphql(flatten)]
    pub part: Part,
}

impl ValueRow {
    /// Of a stored class; none if its word is unknown.
    fn of((row, set): (composition::Model, Publication), names: &Names) -> Option<Self> {
        let stored: Stored = row.class.parse().ok()?;
        let class = row.class.clone();
        let part = Part::of(row, &set, names);
        Some(Self {
            id: part.id("value", &class),
            kind: ValueClass::of(stored),
            class_code: choice::code(&class),
            part,
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
    let rows = compositions::at(reading, sets, dimension, segment, Scheme::ValueClass).await?;
    let names = reading.names().await?;
    Ok(rows.into_iter().filter_map(|row| ValueRow::of(row, names)).collect())
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
        let rows =
            compositions::rows(reading, &sets, Filter { dimension, segment }, Scheme::ValueClass, window)
                .await?;
        let names = reading.names().await?;
        Ok(rows.into_iter().filter_map(|row| ValueRow::of(row, names)).collect())
    }
}
