//! The lines of purchases.

use async_graphql::Context;
use rapport_entities::{Calendar, customer, purchase, purchase::Column};
use sea_orm::{
    ColumnTrait, IntoSimpleExpr, QueryTrait, Select,
    sea_query::{Expr, ExprTrait},
};

use super::{
    Columns, Lines, Wanted,
    cell::{Cell, Unit},
};
use crate::graphql::reading::Reading;

/// Hands over these rows as lines, if lines are wanted and every field that is selected has a cell.
pub fn of(
    context: &Context<'_>,
    reading: &Reading,
    calendar: &Calendar,
    rows: Select<purchase::Entity>,
) -> bool {
    let Some(wanted) = Wanted::of(context) else { return false };
    let mut columns = Columns::default();
    let Some(cells) = columns.cells(context, |columns, field| cell(columns, field, calendar)) else {
        return false;
    };
    let mut select = rows.into_query();
    columns.select(select.clear_selects());
    wanted.put(Lines { database: reading.database.clone(), select, cells, _leave: None });
    true
}

/// The cell of a field; none for those that no file shows.
fn cell(columns: &mut Columns, field: &str, calendar: &Calendar) -> Option<Cell> {
    let unit = Unit::Own(columns.place(Column::Currency.into_simple_expr()));
    let profit = Expr::col(Column::Amount.as_column_ref()).sub(Expr::col(Column::Cost.as_column_ref()));
    let mut place = |column: Column| columns.place(column.into_simple_expr());
    Some(match field {
        "at" => Cell::Moment(place(Column::At), *calendar, |moment| moment.at.to_string()),
        "date" => Cell::Moment(place(Column::At), *calendar, |moment| moment.date.to_string()),
        "quarter" => Cell::Moment(place(Column::At), *calendar, |moment| moment.quarter.clone()),
        "quarterStart" => {
            Cell::Moment(place(Column::At), *calendar, |moment| moment.quarter_start.to_string())
        }
        "customer" => Cell::Text(columns.place(customer::Column::Code.into_simple_expr())),
        "source" => Cell::Text(place(Column::Source)),
        "code" => Cell::Text(place(Column::Code)),
        "currency" => Cell::Text(place(Column::Currency)),
        "product" => Cell::Text(place(Column::Product)),
        "quantity" => Cell::Int(columns.place(Column::Quantity.into_expr().cast_as("bigint"))),
        "amount" => Cell::Amount(place(Column::Amount), unit),
        "amountDecimal" => Cell::Decimal(place(Column::Amount), unit),
        "cost" => Cell::Amount(place(Column::Cost), unit),
        "costDecimal" => Cell::Decimal(place(Column::Cost), unit),
        "profit" => Cell::Amount(columns.place(profit), unit),
        "profitDecimal" => Cell::Decimal(columns.place(profit), unit),
        _ => return None,
    })
}
