//! Pages of customers by keyset: filtered, in a total order, each page a statement that starts where the last ended.

use async_graphql::{Enum, InputObject};
use rapport_entities::{customer, customer_quarter};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, JoinType, Order, QueryFilter, QueryOrder, QuerySelect, Select,
    sea_query::LikeExpr,
};

use super::{
    choice::{Growth, Lifecycle, LoyaltySubtype, LoyaltyType, Size, Stage, ValueClass},
    customer::Customer,
    customer_row::results,
    page::{self, Connection, Total},
    reading::Reading,
    segment,
};
use crate::Error;

/// Which customers. What results say of them is that of the quarter.
#[derive(Debug, Default, InputObject)]
pub struct CustomerFilter {
    /// Of this loyalty type.
    #[graphql(name = "type")]
    kind: Option<LoyaltyType>,
    /// Of this extreme.
    subtype: Option<LoyaltySubtype>,
    /// Of this value class.
    value_class: Option<ValueClass>,
    /// Worth so much, and worth so much more.
    growth: Option<Growth>,
    /// Of this size by turnover.
    size: Option<Size>,
    /// In this phase of the relationship.
    lifecycle: Option<Lifecycle>,
    /// On this stage on the way to loyalty.
    stage: Option<Stage>,
    /// In this segment.
    segment: Option<SegmentFilter>,
    /// With a code that begins so.
    code_prefix: Option<String>,
    /// With a result in this quarter, written 2026-Q3; the newest published one for the other conditions if not given.
    quarter: Option<String>,
}

/// A segment, by its codes.
#[derive(Debug, InputObject)]
pub struct SegmentFilter {
    /// Code of the dimension.
    dimension: String,
    /// Code of the segment.
    code: String,
}

/// The order of customers; ties are broken by code.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Enum)]
pub enum CustomerOrder {
    /// By code, from the first.
    #[default]
    CodeAsc,
    /// By code, from the last.
    CodeDesc,
    /// By revenue in the quarter, from the least.
    RevenueAsc,
    /// By revenue in the quarter, from the most.
    RevenueDesc,
}

impl CustomerOrder {
    fn name(self) -> &'static str {
        match self {
            Self::CodeAsc => "code+",
            Self::CodeDesc => "code-",
            Self::RevenueAsc => "revenue+",
            Self::RevenueDesc => "revenue-",
        }
    }

    fn by_revenue(self) -> bool {
        matches!(self, Self::RevenueAsc | Self::RevenueDesc)
    }
}

/// A page of customers. Fails if the cursor is of another order.
pub async fn page(
    reading: &Reading,
    first: usize,
    after: Option<&str>,
    filter: CustomerFilter,
    order: CustomerOrder,
) -> Result<Connection<Customer>, Error> {
    let Some(select) = filtered(reading, &filter, order).await? else {
        return Ok(Connection::new(Vec::new(), false, after.is_some(), Total::Known(0)));
    };
    let mut page = ordered(select.clone(), order);
    if let Some(after) = after {
        page = page.filter(beyond(order, &page::cursor(order.name(), after)?)?);
    }
    // one more than asked for tells whether others follow
    let mut rows = fetch(reading, page.limit(first as u64 + 1), order).await?;
    let more = rows.len() > first;
    rows.truncate(first);
    let node = |(customer, revenue): (customer::Model, Option<i64>)| {
        let revenue = revenue.map(|revenue| revenue.to_string()).unwrap_or_default();
        (page::pack(&[order.name(), &revenue, &customer.code]), Customer(customer))
    };
    let nodes = rows.into_iter().map(node).collect();
    Ok(Connection::new(nodes, more, after.is_some(), Total::Customers(Box::new(select))))
}

/// The customers that the filter keeps; none at all if it asks for a quarter that is not published.
async fn filtered(
    reading: &Reading,
    filter: &CustomerFilter,
    order: CustomerOrder,
) -> Result<Option<Select<customer::Entity>>, Error> {
    use customer_quarter::Column;
    let seen = reading.access.customers(customer::Column::CustomerId);
    let mut select = customer::Entity::find().filter(seen);
    if let Some(segment) = &filter.segment {
        let id = customer::Column::CustomerId;
        select = select.filter(segment::members(reading, id, Some(&segment.dimension), Some(&segment.code)));
    }
    if let Some(prefix) = &filter.code_prefix {
        let literal = prefix.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
        select =
            select.filter(customer::Column::Code.like(LikeExpr::new(format!("{literal}%")).escape('\\')));
    }
    let of_result = Condition::all()
        .add_option(filter.kind.map(|kind| Column::LoyaltyType.eq(kind.stored())))
        .add_option(filter.subtype.map(|subtype| Column::LoyaltySubtype.eq(subtype.stored())))
        .add_option(filter.value_class.map(|class| Column::ValueClass.eq(class.stored())))
        .add_option(filter.growth.map(|growth| Column::Growth.eq(growth.stored())))
        .add_option(filter.size.map(|size| Column::Size.eq(size.stored())))
        .add_option(filter.lifecycle.map(|phase| Column::Lifecycle.eq(phase.stored())))
        .add_option(filter.stage.map(|stage| Column::Stage.eq(stage.stored())));
    if of_result.is_empty() && filter.quarter.is_none() && !order.by_revenue() {
        return Ok(Some(select));
    }
    let sets = reading.sets(filter.quarter.as_deref(), None).await?;
    let Some(set) = sets.last() else { return Ok(None) };
    let joined = select.join(JoinType::InnerJoin, results()).filter(Column::SetId.eq(set.set_id.as_str()));
    Ok(Some(joined.filter(of_result)))
}

fn ordered(select: Select<customer::Entity>, order: CustomerOrder) -> Select<customer::Entity> {
    let revenue = customer_quarter::Column::Revenue;
    match order {
        CustomerOrder::CodeAsc => select.order_by(customer::Column::Code, Order::Asc),
        CustomerOrder::CodeDesc => select.order_by(customer::Column::Code, Order::Desc),
        CustomerOrder::RevenueAsc => {
            select.order_by(revenue, Order::Asc).order_by_asc(customer::Column::Code)
        }
        CustomerOrder::RevenueDesc => {
            select.order_by(revenue, Order::Desc).order_by_asc(customer::Column::Code)
        }
    }
}

/// The customers after the cursor's.
fn beyond(order: CustomerOrder, parts: &[String]) -> Result<Condition, Error> {
    let wrong = || Error::BadInput("after: this is not a cursor of this list in this order".to_owned());
    let [revenue, code] = parts else { return Err(wrong()) };
    let later = customer::Column::Code.gt(code.as_str());
    if !order.by_revenue() {
        let earlier = customer::Column::Code.lt(code.as_str());
        let descending = order == CustomerOrder::CodeDesc;
        return Ok(Condition::all().add(if descending { earlier } else { later }));
    }
    let revenue: i64 = revenue.parse().map_err(|_| wrong())?;
    let column = customer_quarter::Column::Revenue;
    let past = if order == CustomerOrder::RevenueAsc { column.gt(revenue) } else { column.lt(revenue) };
    Ok(Condition::any().add(past).add(Condition::all().add(column.eq(revenue)).add(later)))
}

/// The customers, with the revenue they are ordered by.
async fn fetch(
    reading: &Reading,
    select: Select<customer::Entity>,
    order: CustomerOrder,
) -> Result<Vec<(customer::Model, Option<i64>)>, Error> {
    if !order.by_revenue() {
        let rows = select.all(&reading.database).await?;
        return Ok(rows.into_iter().map(|customer| (customer, None)).collect());
    }
    let rows = select.select_also(customer_quarter::Entity).all(&reading.database).await?;
    Ok(rows.into_iter().map(|(customer, result)| (customer, result.map(|result| result.revenue))).collect())
}
