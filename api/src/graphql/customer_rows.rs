//! Customers' results as a flat table, of one quarter or of all.

use async_graphql::{Context, Object};
use rapport_entities::{self as stored, customer, customer_quarter};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, JoinType, QueryFilter, QueryOrder, QueryResult,
    QuerySelect, QueryTrait, Select, sea_query::SimpleExpr,
};

use super::{
    asked::Asked,
    choice,
    customer_row::{CustomerRow, results},
    guard, lines,
    list::List,
    page::{self, Window},
    reading::{Publication, Reading, of_sets, publication},
    segment,
};
use crate::Error;

/// Which customers' results.
#[derive(Debug)]
struct RowFilter {
    dimension: Option<String>,
    segment: Option<String>,
    /// By their results.
    which: Condition,
}

/// The results of these customers in these sets, by set and code.
fn select(reading: &Reading, sets: &[Publication], filter: RowFilter) -> Select<customer_quarter::Entity> {
    use customer_quarter::Column;
    let select = customer_quarter::Entity::find()
        .join(JoinType::InnerJoin, results().rev())
        .filter(reading.access.customers(Column::CustomerId))
        .filter(segment::members(
            reading,
            Column::CustomerId,
            filter.dimension.as_deref(),
            filter.segment.as_deref(),
        ));
    of_sets(select, Column::SetId, sets)
        .filter(filter.which)
        .order_by_asc(customer::Column::Code)
        .order_by_asc(Column::CustomerId)
}

async fn rows(
    reading: &Reading,
    sets: &[Publication],
    select: Select<customer_quarter::Entity>,
    window: Window,
    asked: Asked<customer_quarter::Entity>,
) -> Result<List<CustomerRow>, Error> {
    let select = select
        .select_only()
        .columns(asked.columns())
        .column_as(customer::Column::Code, "customer_code")
        .offset(window.offset)
        .limit(window.limit);
    let row = |row: &QueryResult| {
        let (result, code) = (asked.read(row, 0)?, row.try_get("", "customer_code")?);
        let publication = publication(sets, &result.set_id)?;
        Ok(CustomerRow::of(result, code, publication, &reading.access))
    };
    reading.database.query_all(select.as_query()).await?.iter().map(row).collect()
}

/// That a column holds the word of an argument, if it is given. Fails with the words there are.
fn is<T>(
    column: customer_quarter::Column,
    argument: &str,
    text: Option<String>,
) -> Result<Option<SimpleExpr>, Error>
where
    T: std::str::FromStr<Err = stored::UnknownWord> + Into<sea_orm::Value>,
{
    Ok(choice::word::<T>(argument, text.as_deref())?.map(|word| column.eq(word)))
}

/// The rows of customers.
#[derive(Default)]
pub struct CustomerRowQuery;

#[Object]
impl CustomerRowQuery {
    /// Customers, a row for each quarter, as a flat table ordered by quarter and code.
    #[graphql(guard = "guard::PERSONS", complexity = "page::cost(limit, page::ROWS, child_complexity)")]
    #[allow(clippy::too_many_arguments)]
    async fn customer_rows(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "A quarter, written 2026-Q3; all published quarters if not given")] quarter: Option<
            String,
        >,
        #[graphql(desc = "Code of a dimension")] dimension: Option<String>,
        #[graphql(desc = "Code of a segment")] segment: Option<String>,
        #[graphql(name = "type", desc = "A loyalty type's code, such as LOYAL, or UNCLASSIFIED")]
        kind: Option<String>,
        #[graphql(desc = "A value class: A to D, or UNCLASSIFIED")] class: Option<String>,
        #[graphql(desc = "Worth: MOST_VALUABLE, MOST_GROWABLE, BELOW_ZERO, OTHER or UNCLASSIFIED")]
        growth: Option<String>,
        #[graphql(desc = "Size: VIP, LARGE, MEDIUM, SMALL or UNCLASSIFIED")] size: Option<String>,
        #[graphql(desc = "Phase: EXPLORATION, BUILD_UP, MATURITY, DECLINE or UNCLASSIFIED")]
        lifecycle: Option<String>,
        #[graphql(desc = "A stage's code, such as PROSPECT or CLIENT, or UNCLASSIFIED")] stage: Option<
            String,
        >,
        #[graphql(desc = "A revision of the quarter; the newest if not given")] revision: Option<i32>,
        #[graphql(desc = "Rows to pass over; 0 if not given")] offset: Option<i32>,
        #[graphql(desc = "Rows at most, up to 10,000; 1,000 if not given")] limit: Option<i32>,
    ) -> Result<List<CustomerRow>, Error> {
        use customer_quarter::Column;
        let window = Window::new(offset, limit)?;
        let which = Condition::all()
            .add_option(is::<stored::LoyaltyType>(Column::LoyaltyType, "type", kind)?)
            .add_option(is::<stored::ValueClass>(Column::ValueClass, "class", class)?)
            .add_option(is::<stored::Growth>(Column::Growth, "growth", growth)?)
            .add_option(is::<stored::Size>(Column::Size, "size", size)?)
            .add_option(is::<stored::Lifecycle>(Column::Lifecycle, "lifecycle", lifecycle)?)
            .add_option(is::<stored::Stage>(Column::Stage, "stage", stage)?);
        let reading = Reading::of(context)?;
        let sets = reading.sets(quarter.as_deref(), revision).await?;
        let select = select(reading, &sets, RowFilter { dimension, segment, which });
        if let [set] = sets.as_slice()
            && lines::of_customers(context, reading, set, select.clone())
        {
            return Ok(List(Vec::new()));
        }
        rows(reading, &sets, select, window, Asked::of(&context.field())).await
    }
}
