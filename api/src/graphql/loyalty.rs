//! Loyalty types: how the customers of a segment divide in a quarter.

use async_graphql::{Context, ID, Object, SimpleObject};
use rapport_entities::{LoyaltyType as Stored, Scheme, composition};

use super::{
    choice::{self, LoyaltyType},
    composition::{self as compositions, Part},
    page::{self, Window},
    place_rows::Filter,
    reading::{Names, Publication, Reading},
};
use crate::Error;

/// A loyalty type of a segment in a quarter; the unclassified have a row too.
#[derive(Clone, Debug, SimpleObject)]
pub struct LoyaltyRow {
    /// Global id.
    pub id: ID,
    /// The type; null for the unclassified.
    #[graphql(name = "type")]
    pub kind: Option<LoyaltyType>,
    /// The type as text; `UNCLASSIFIED` where an axis is unknown.
    pub type_code: String,
    /// Whose, and how many.
    #[graphql(flatten)]
    pub part: Part,
}

impl LoyaltyRow {
    /// Of a stored class; none if its word is unknown.
    fn of((row, set): (composition::Model, Publication), names: &Names) -> Option<Self> {
        let stored: Stored = row.class.parse().ok()?;
        let class = row.class.clone();
        let part = Part::of(row, &set, names);
        Some(Self {
            id: part.id("loyalty", &class),
            kind: LoyaltyType::of(stored),
            type_code: choice::code(&class),
            part,
        })
    }
}

/// The loyalty types of a segment in these sets, quarter by quarter.
pub async fn at(
    reading: &Reading,
    sets: &[Publication],
    dimension: &str,
    segment: &str,
) -> Result<Vec<LoyaltyRow>, Error> {
    let rows = compositions::at(reading, sets, dimension, segment, Scheme::Loyalty).await?;
    let names = reading.names().await?;
    Ok(rows.into_iter().filter_map(|row| LoyaltyRow::of(row, names)).collect())
}

/// The rows of loyalty types.
#[derive(Default)]
pub struct LoyaltyQuery;

#[Object]
impl LoyaltyQuery {
    /// Loyalty types as a flat table, ordered by quarter, dimension, segment and type.
    #[graphql(complexity = "page::cost(limit, page::ROWS, child_complexity)")]
    #[allow(clippy::too_many_arguments)]
    async fn loyalty_rows(
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
    ) -> Result<Vec<LoyaltyRow>, Error> {
        let window = Window::new(offset, limit)?;
        let reading = Reading::of(context)?;
        let sets = reading.sets(quarter.as_deref(), revision).await?;
        let rows = compositions::rows(reading, &sets, Filter { dimension, segment }, Scheme::Loyalty, window)
            .await?;
        let names = reading.names().await?;
        Ok(rows.into_iter().filter_map(|row| LoyaltyRow::of(row, names)).collect())
    }
}
