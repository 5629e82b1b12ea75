//! The lines of customers' results.

use async_graphql::Context;
use rapport_entities::{customer, customer_quarter, customer_quarter::Column};
use sea_orm::{
    ColumnTrait, IntoSimpleExpr, QueryTrait, Select,
    sea_query::{ExprTrait, SimpleExpr},
};

use super::{
    Columns, Lines, Wanted,
    cell::{Cell, Unit},
};
use crate::graphql::{
    edition,
    money::Money,
    reading::{Publication, Reading},
};

/// Hands over these rows of one publication as lines, if lines are wanted and every field that is selected has a cell.
pub fn of(
    context: &Context<'_>,
    reading: &Reading,
    set: &Publication,
    rows: Select<customer_quarter::Entity>,
) -> bool {
    let Some(wanted) = Wanted::of(context) else { return false };
    let of_all = reading.access.segments().is_none();
    let mut columns = Columns::default();
    let Some(cells) = columns.cells(context, |columns, field| cell(columns, field, set, of_all)) else {
        return false;
    };
    let mut select = rows.into_query();
    columns.select(select.clear_selects());
    wanted.put(Lines { database: reading.database.clone(), select, cells, _leave: None });
    true
}

/// The cell of a field; none for those that no file shows.
fn cell(columns: &mut Columns, field: &str, set: &Publication, of_all: bool) -> Option<Cell> {
    let unit = Unit::One(Money::of(set.currency.as_deref()));
    let mut place = |column: Column| columns.place(column.into_simple_expr());
    Some(match field {
        "quarter" => Cell::fixed(set.quarter),
        "quarterStart" => Cell::fixed(set.quarter_start),
        "revision" => Cell::fixed(set.revision),
        "status" => Cell::fixed(edition::status(set)),
        "currency" => Cell::fixed(set.currency.as_deref().unwrap_or_default()),
        "code" => Cell::Text(columns.place(customer::Column::Code.into_simple_expr())),
        "typeCode" => Cell::Code(place(Column::LoyaltyType)),
        "subtypeCode" => Cell::Code(place(Column::LoyaltySubtype)),
        "loyaltyBasis" => Cell::Code(place(Column::LoyaltyBasis)),
        "classCode" => Cell::Code(place(Column::ValueClass)),
        "growthCode" => Cell::Code(place(Column::Growth)),
        "sizeCode" => Cell::Code(place(Column::Size)),
        "lifecycleCode" => Cell::Code(place(Column::Lifecycle)),
        "stageCode" => Cell::Code(place(Column::Stage)),
        "wonBack" => Cell::Truth(place(Column::WonBack)),
        "staying" => Cell::Truth(place(Column::Staying)),
        "complained" => Cell::Truth(place(Column::Complained)),
        "satisfaction" => Cell::Real(place(Column::Satisfaction)),
        "intention" => Cell::Real(place(Column::Intention)),
        "recommend" => Cell::Real(place(Column::Recommend)),
        "purchases" => Cell::Int(columns.place(whole(Column::Purchases))),
        "windowPurchases" => Cell::Int(columns.place(whole(Column::WindowPurchases))),
        "rfm" => Cell::Int(columns.place(whole(Column::Rfm))),
        "revenue" => Cell::Amount(place(Column::Revenue), unit),
        "revenueDecimal" => Cell::Decimal(place(Column::Revenue), unit),
        "profit" => Cell::Amount(place(Column::Profit), unit),
        "profitDecimal" => Cell::Decimal(place(Column::Profit), unit),
        "windowRevenue" => Cell::Amount(place(Column::WindowRevenue), unit),
        "windowRevenueDecimal" => Cell::Decimal(place(Column::WindowRevenue), unit),
        "windowProfit" => Cell::Amount(place(Column::WindowProfit), unit),
        "windowProfitDecimal" => Cell::Decimal(place(Column::WindowProfit), unit),
        // these two tell of all customers
        "rank" | "cumulativeShare" if !of_all => Cell::fixed(""),
        "rank" => Cell::Int(columns.place(whole(Column::Rank))),
        "cumulativeShare" => Cell::Real(place(Column::CumulativeShare)),
        "pAlive" => Cell::Real(place(Column::PAlive)),
        "expectedPurchases" => Cell::Real(place(Column::ExpectedPurchases)),
        "expectedSpend" => Cell::Real(place(Column::ExpectedSpend)),
        "lifetimeValue" => Cell::Real(place(Column::LifetimeValue)),
        "wordOfMouth" => Cell::Real(place(Column::WordOfMouth)),
        "referralValue" => Cell::Real(place(Column::ReferralValue)),
        _ => return None,
    })
}

/// A whole number of any width as the widest.
fn whole(column: Column) -> SimpleExpr {
    column.into_expr().cast_as("bigint")
}
