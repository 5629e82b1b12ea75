//! Pages of customers by keyset: in a total order over several columns, each page a statement that starts where the
//! last ended. A cursor names the revision it read, so that a page goes on in the same figures whatever is published
//! meanwhile.

use async_graphql::Enum;
use rapport_entities::{Calendar, customer, customer_quarter};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, FromQueryResult, IntoSimpleExpr, Iterable,
    JoinType, Order, QueryFilter, QueryResult, QuerySelect, QueryTrait, Select, Value,
    sea_query::{Expr, ExprTrait, NullOrdering, SimpleExpr},
};

use super::{
    customer::Customer,
    customer_filter::{CustomerFilter, money},
    customer_row::results,
    page::{self, Connection, Total},
    reading::{Publication, Reading},
};
use crate::Error;

/// An order of customers, one of a list; ties that are left are broken by code. Who has no value comes last.
macro_rules! orders {
    ($($(#[$doc:meta])* $asc:ident, $desc:ident = $table:ident.$column:ident as $kind:ident;)+) => {
        /// An order of customers; ties are broken by the next one, and at last by code. Who has no value comes last.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
        pub enum CustomerOrder {
            $(
                $(#[$doc])*
                /// From the least.
                $asc,
                $(#[$doc])*
                /// From the most.
                $desc,
            )+
        }

        impl CustomerOrder {
            fn key(self) -> Key {
                match self {
                    $(Self::$asc => Key::new($table::Column::$column, Kind::$kind, Order::Asc),
                      Self::$desc => Key::new($table::Column::$column, Kind::$kind, Order::Desc),)+
                }
            }
        }
    };
}

orders! {
    /// By code.
    CodeAsc, CodeDesc = customer.Code as Text;
    /// By the day the contract began.
    ContractStartAsc, ContractStartDesc = customer.ContractStart as Int;
    /// By revenue in the quarter.
    RevenueAsc, RevenueDesc = customer_quarter.Revenue as Int;
    /// By profit in the quarter.
    ProfitAsc, ProfitDesc = customer_quarter.Profit as Int;
    /// By revenue in the window.
    WindowRevenueAsc, WindowRevenueDesc = customer_quarter.WindowRevenue as Int;
    /// By purchases in the quarter.
    PurchasesAsc, PurchasesDesc = customer_quarter.Purchases as Int;
    /// By latest overall satisfaction.
    SatisfactionAsc, SatisfactionDesc = customer_quarter.Satisfaction as Real;
    /// By latest likelihood to recommend.
    RecommendAsc, RecommendDesc = customer_quarter.Recommend as Real;
    /// By the probability of not having left.
    PAliveAsc, PAliveDesc = customer_quarter.PAlive as Real;
    /// By lifetime value.
    LifetimeValueAsc, LifetimeValueDesc = customer_quarter.LifetimeValue as Real;
}

/// How a column's values are told in a cursor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Text,
    Int,
    Real,
}

/// A column to order by.
#[derive(Clone, Debug)]
struct Key {
    column: SimpleExpr,
    name: String,
    kind: Kind,
    order: Order,
    /// Whether results have it.
    of_result: bool,
}

impl Key {
    fn new<C: ColumnTrait>(column: C, kind: Kind, order: Order) -> Self {
        let name = format!("{}{}", column.as_str(), if order == Order::Asc { "+" } else { "-" });
        let of_result = column.entity_name().to_string() != "customer";
        Self { column: column.into_simple_expr(), name, kind, order, of_result }
    }

    /// The value as a cursor has it; empty if there is none.
    fn read(&self, row: &QueryResult, name: &str) -> Result<String, Error> {
        Ok(match self.kind {
            Kind::Text => row.try_get::<Option<String>>("", name)?,
            Kind::Int => row.try_get::<Option<i64>>("", name)?.map(|number| number.to_string()),
            Kind::Real => row.try_get::<Option<f64>>("", name)?.map(|number| number.to_string()),
        }
        .unwrap_or_default())
    }

    /// The value that a cursor has; none if it is not of this column.
    fn value(&self, text: &str) -> Option<Value> {
        match self.kind {
            Kind::Text => Some(Value::from(text)),
            Kind::Int => text.parse::<i64>().ok().map(Value::from),
            Kind::Real => text.parse::<f64>().ok().filter(|number| number.is_finite()).map(Value::from),
        }
    }

    fn selected(&self) -> SimpleExpr {
        match self.kind {
            Kind::Text => self.column.clone(),
            Kind::Int => self.column.clone().cast_as("bigint"),
            Kind::Real => self.column.clone().cast_as("float8"),
        }
    }
}

/// What is ordered, and in which revision.
struct List {
    keys: Vec<Key>,
    /// The set that results are read of; none where none are needed.
    set: Option<Publication>,
    select: Select<customer::Entity>,
}

/// A page of customers. Fails if the cursor is of another order.
pub async fn page(
    reading: &Reading,
    calendar: &Calendar,
    first: usize,
    after: Option<&str>,
    filter: &CustomerFilter,
    orders: &[CustomerOrder],
) -> Result<Connection<Customer>, Error> {
    filter.allowed(&reading.access)?;
    let keys = keys(orders);
    let kind: String = keys.iter().map(|key| key.name.as_str()).collect();
    let after = after.map(|after| page::cursor(&kind, after)).transpose()?;
    let continued = after.is_some();
    let Some(list) = List::of(reading, calendar, filter, keys, after.as_deref()).await? else {
        return Ok(Connection::new(Vec::new(), false, continued, Total::Known(0)));
    };
    let select = match after.as_deref() {
        // a cursor begins with quarter and revision
        Some(parts) => list.select.clone().filter(beyond(&list.keys, &parts[2..])?),
        None => list.select.clone(),
    };
    // one more than asked for tells whether others follow
    let rows = reading.database.query_all(list.ordered(select).limit(first as u64 + 1).as_query()).await?;
    let more = rows.len() > first;
    let nodes = rows.iter().take(first).map(|row| list.node(&kind, row)).collect::<Result<_, Error>>()?;
    Ok(Connection::new(nodes, more, continued, Total::Customers(Box::new(list.select))))
}

/// The columns of these orders, up to the code, which comes last in any case.
fn keys(orders: &[CustomerOrder]) -> Vec<Key> {
    let mut keys: Vec<Key> = Vec::new();
    for order in orders.iter().chain([&CustomerOrder::CodeAsc]) {
        let key = order.key();
        let known = keys.iter().any(|one| one.column == key.column);
        if !known && keys.last().is_none_or(|last| last.kind != Kind::Text) {
            keys.push(key);
        }
    }
    keys
}

fn wrong() -> Error {
    Error::BadInput("after: this is not a cursor of this list in this order".to_owned())
}

impl List {
    /// None if the quarter that is asked for is not published. A cursor's own revision is read again.
    async fn of(
        reading: &Reading,
        calendar: &Calendar,
        filter: &CustomerFilter,
        keys: Vec<Key>,
        after: Option<&[String]>,
    ) -> Result<Option<Self>, Error> {
        let id = customer::Column::CustomerId;
        let mut select = customer::Entity::find()
            .select_only()
            .column(id)
            .filter(filter.of_segments(reading, id))
            .filter(filter.of_customer(calendar)?);
        if !filter.is_of_results() && keys.iter().all(|key| !key.of_result) {
            return Ok(Some(Self { keys, set: None, select }));
        }
        let set = match after {
            None => reading.sets(filter.quarter(), None).await?.pop(),
            Some([quarter, revision, ..]) => {
                if filter.quarter().is_some_and(|asked| asked != quarter) {
                    return Err(wrong());
                }
                let revision = revision.parse().map_err(|_| wrong())?;
                reading.sets(Some(quarter), Some(revision)).await?.pop()
            }
            Some(_) => return Err(wrong()),
        };
        let Some(set) = set else { return Ok(None) };
        select = select
            .join(JoinType::InnerJoin, results())
            .filter(customer_quarter::Column::SetId.eq(set.set_id.as_str()))
            .filter(filter.of_result(money(&set)));
        Ok(Some(Self { keys, set: Some(set), select }))
    }

    fn ordered(&self, select: Select<customer::Entity>) -> Select<customer::Entity> {
        let mut select = select.columns(customer::Column::iter());
        for (place, key) in self.keys.iter().enumerate() {
            select = select.expr_as(key.selected(), name(place));
            let query = QuerySelect::query(&mut select);
            match key.kind {
                // the code is never null, and its index is of use only if nothing is said of nulls
                Kind::Text => query.order_by_expr(key.column.clone(), key.order.clone()),
                _ => {
                    query.order_by_expr_with_nulls(key.column.clone(), key.order.clone(), NullOrdering::Last)
                }
            };
        }
        select
    }

    fn node(&self, kind: &str, row: &QueryResult) -> Result<(String, Customer), Error> {
        let customer = customer::Model::from_query_result(row, "")?;
        let set = self.set.as_ref();
        let mut parts = vec![
            kind.to_owned(),
            set.map(|set| set.quarter.to_string()).unwrap_or_default(),
            set.map(|set| set.revision.to_string()).unwrap_or_default(),
        ];
        for (place, key) in self.keys.iter().enumerate() {
            parts.push(key.read(row, &name(place))?);
        }
        let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
        Ok((page::pack(&parts), Customer(customer)))
    }
}

fn name(place: usize) -> String {
    format!("order_{place}")
}

/// That a customer comes after the one of a cursor: by the first column, or else by the next ones.
fn beyond(keys: &[Key], values: &[String]) -> Result<Condition, Error> {
    if keys.len() != values.len() {
        return Err(wrong());
    }
    let mut rest = Condition::any();
    for (key, text) in keys.iter().zip(values).rev() {
        let column = || Expr::expr(key.column.clone());
        if text.is_empty() {
            // nothing comes after those without a value but more of them
            rest = Condition::all().add(column().is_null()).add(rest);
            continue;
        }
        let value = key.value(text).ok_or_else(wrong)?;
        let past = match key.order {
            Order::Asc => column().gt(value.clone()),
            _ => column().lt(value.clone()),
        };
        let null = (key.kind != Kind::Text).then(|| column().is_null());
        let tie = Condition::all().add(column().eq(value)).add(rest);
        let last = Condition::any().add(past).add_option(null);
        // the last column has no ties
        rest = if key.kind == Kind::Text { last } else { last.add(tie) };
    }
    Ok(rest)
}
