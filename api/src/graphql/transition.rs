//! Transitions: how many customers moved from one loyalty type to another since the quarter before.

use async_graphql::{Context, ID, Object, SimpleObject};
use rapport_entities::{LoyaltyType as Stored, transition};

use super::{
    choice::{self, LoyaltyType},
    edition::Edition,
    loader::{MovesOf, Place},
    money::Money,
    page::{self, Window},
    place_rows::{Filter, Table},
    reading::{Names, Publication, Reading},
};
use crate::Error;

/// The customers of a segment that were of one type in the quarter before and are of another (or the same) now.
/// Segments of too few customers have no rows.
#[derive(Clone, Debug, SimpleObject)]
pub struct TransitionRow {
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
    /// Type in the quarter before; null for the unclassified and the new.
    pub from_type: Option<LoyaltyType>,
    /// Type in the quarter before as text; also `UNCLASSIFIED` and `NEW`.
    pub from_type_code: String,
    /// Type now; null for the unclassified.
    pub to_type: Option<LoyaltyType>,
    /// Type now as text; also `UNCLASSIFIED`.
    pub to_type_code: String,
    /// Customers that moved so.
    pub customers: i64,
    /// Their revenue in the quarter, in major units.
    pub revenue: f64,
    /// Their revenue in the quarter, exactly.
    pub revenue_decimal: String,
    /// Currency of the money, by its ISO 4217 code.
    pub currency: Option<String>,
    /// All customers of the segment.
    pub n: i64,
}

impl TransitionRow {
    /// Of a stored transition.
    pub fn of(row: transition::Model, publication: &Publication, names: &Names) -> Self {
        let edition = Edition::of(publication);
        let money = Money::of(publication.currency.as_deref());
        let revision = edition.revision.to_string();
        let to = row.to_type.as_str();
        let id =
            ["transition", &edition.quarter, &revision, &row.dimension, &row.segment, &row.from_type, to];
        Self {
            id: page::pack(&id).into(),
            segment_name: names.of(&row.dimension, &row.segment),
            from_type: row.from_type.parse::<Stored>().ok().and_then(LoyaltyType::of),
            from_type_code: choice::code(&row.from_type),
            to_type: LoyaltyType::of(row.to_type),
            to_type_code: choice::code(to),
            edition,
            dimension: row.dimension,
            segment: row.segment,
            customers: row.customers,
            revenue: money.float(row.revenue),
            revenue_decimal: money.decimal(row.revenue),
            currency: publication.currency.clone(),
            n: row.n,
        }
    }
}

/// The transitions of a segment in these sets, quarter by quarter.
pub async fn at(
    reading: &Reading,
    sets: &[Publication],
    dimension: &str,
    segment: &str,
) -> Result<Vec<TransitionRow>, Error> {
    let key = |set: &Publication| {
        let (dimension, segment) = (dimension.to_owned(), segment.to_owned());
        MovesOf(Place { set_id: set.set_id.clone(), dimension, segment })
    };
    let mut found = reading.loader.load_many(sets.iter().map(key)).await?;
    let names = reading.names().await?;
    let of_set = |set| found.remove(&key(set)).unwrap_or_default().into_iter().map(move |row| (row, set));
    Ok(sets.iter().flat_map(of_set).map(|(row, set)| TransitionRow::of(row, set, names)).collect())
}

async fn rows(
    reading: &Reading,
    sets: &[Publication],
    filter: Filter,
    window: Window,
) -> Result<Vec<TransitionRow>, Error> {
    use transition::Column;
    let table = Table::<transition::Entity> {
        place: [Column::SetId, Column::Dimension, Column::Segment],
        order: &[Column::FromType, Column::ToType],
    };
    let rows = table.rows(reading, sets, filter, None, window).await?;
    let names = reading.names().await?;
    Ok(rows.into_iter().map(|(row, set)| TransitionRow::of(row, &set, names)).collect())
}

/// The rows of transitions.
#[derive(Default)]
pub struct TransitionQuery;

#[Object]
impl TransitionQuery {
    /// Transitions as a flat table, ordered by quarter, dimension, segment, type before and type now.
    #[graphql(complexity = "page::cost(limit, page::ROWS, child_complexity)")]
    #[allow(clippy::too_many_arguments)]
    async fn transition_rows(
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
    ) -> Result<Vec<TransitionRow>, Error> {
        let window = Window::new(offset, limit)?;
        let reading = Reading::of(context)?;
        let sets = reading.sets(quarter.as_deref(), revision).await?;
        rows(reading, &sets, Filter { dimension, segment }, window).await
    }
}
