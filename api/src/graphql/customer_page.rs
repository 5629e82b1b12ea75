//! Pages of customers by keyset: in a total order over several columns, each page a statement that starts where the
//! last ended. A cursor names the revision it read, so that a page goes on in the same figures whatever is published
//! meanwhile.

use std::sync::Arc;

use async_graphql::{Context, Enum, SelectionField};
use rapport_entities::{Calendar, customer, customer_quarter};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, IntoSimpleExpr, JoinType, Order, QueryFilter,
    QueryResult, QuerySelect, QueryTrait, RelationDef, Select, Value,
    sea_query::{Expr, ExprTrait, NullOrdering, SimpleExpr},
};

use super::{
    asked::Asked,
    customer::Customer,
    customer_filter::{CustomerFilter, money},
    customer_row::results,
    loader::Wanted,
    membership,
    page::{self, Connection, Total},
    reading::{Publication, Reading},
};
use crate::{Access, Error};

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

/// What is shown of the customers of a page.
#[derive(Clone, Debug)]
pub struct Shown {
    columns: Asked<customer::Entity>,
    /// Whether their places in the list are.
    cursors: bool,
    /// Whether their segments are.
    segments: bool,
    /// Their results of one quarter, where they are.
    results: Option<Arc<Wanted>>,
}

impl Shown {
    /// What is selected of the connection that a field answers with.
    pub async fn of(context: &Context<'_>, reading: &Reading) -> Result<Self, Error> {
        let ahead = context.look_ahead();
        let edges = ahead.field("edges");
        let cursors = edges.exists() || ahead.field("pageInfo").exists();
        let mut nodes = ahead.field("nodes").selection_fields();
        nodes.extend(edges.field("node").selection_fields());
        let fields: Vec<_> = nodes.iter().flat_map(SelectionField::selection_set).collect();
        let needed = [customer::Column::CustomerId, customer::Column::Code];
        let names = || fields.iter().map(SelectionField::name);
        let segments = names().any(|name| name == "segments");
        let mut quarters = fields.iter().filter(|field| field.name() == "quarters");
        let results = match (quarters.next(), quarters.next()) {
            (Some(quarters), None) => results_of(quarters, reading).await?,
            _ => None,
        };
        Ok(Self { columns: Asked::new(names(), &needed), cursors, segments, results })
    }
}

/// The results that a field of a customer wants, if they are those of one quarter: one row at most.
async fn results_of(quarters: &SelectionField<'_>, reading: &Reading) -> Result<Option<Arc<Wanted>>, Error> {
    let arguments = quarters.arguments().unwrap_or_default();
    let quarter = arguments.iter().find(|(name, _)| name == "quarter").map(|(_, value)| value);
    let Some(async_graphql::Value::String(quarter)) = quarter else { return Ok(None) };
    // a quarter that is none is for the field itself to refuse
    let Ok(sets) = reading.sets(Some(quarter), None).await else { return Ok(None) };
    Ok((sets.len() == 1).then(|| Arc::new(Wanted { sets, asked: Asked::of(quarters) })))
}

/// The column of a customer's segments.
const SEGMENTS: &str = "segments";

/// What is ordered, and in which revision.
struct List {
    shown: Shown,
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
    shown: Shown,
) -> Result<Connection<Customer>, Error> {
    filter.allowed(&reading.access)?;
    let keys = keys(orders);
    let kind: String = keys.iter().map(|key| key.name.as_str()).collect();
    let after = after.map(|after| page::cursor(&kind, after)).transpose()?;
    let continued = after.is_some();
    let Some(list) = List::of(reading, calendar, filter, keys, after.as_deref(), shown).await? else {
        return Ok(Connection::new(Vec::new(), false, continued, Total::Known(0)));
    };
    let select = match after.as_deref() {
        // a cursor begins with quarter and revision
        Some(parts) => list.select.clone().filter(beyond(&list.keys, &parts[2..])?),
        None => list.select.clone(),
    };
    // one more than asked for tells whether others follow
    let select = list.ordered(select, &reading.access).limit(first as u64 + 1);
    let rows = reading.database.query_all(select.as_query()).await?;
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
        mut shown: Shown,
    ) -> Result<Option<Self>, Error> {
        let id = customer::Column::CustomerId;
        let mut select = customer::Entity::find()
            .select_only()
            .column(id)
            .filter(filter.of_segments(reading, id))
            .filter(filter.of_customer(calendar)?);
        if !filter.is_of_results() && keys.iter().all(|key| !key.of_result) {
            return Ok(Some(Self { shown, keys, set: None, select }));
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
        // what is joined is of this set: others are read after
        shown.results = shown.results.filter(|wanted| wanted.sets[0].set_id == set.set_id);
        select = select
            .join(JoinType::InnerJoin, results())
            .filter(customer_quarter::Column::SetId.eq(set.set_id.as_str()))
            .filter(filter.of_result(money(&set)));
        Ok(Some(Self { shown, keys, set: Some(set), select }))
    }

    fn ordered(&self, select: Select<customer::Entity>, access: &Access) -> Select<customer::Entity> {
        // the first one, the id, is there
        let mut select = select.columns(self.shown.columns.columns().skip(1));
        if let Some(wanted) = &self.shown.results {
            if self.set.is_none() {
                select = select.join(JoinType::LeftJoin, of_set(wanted.sets[0].set_id.clone()));
            }
            select = select.columns(wanted.asked.columns());
        }
        if self.shown.segments {
            select = select.expr_as(membership::of_each(access), SEGMENTS);
        }
        for (place, key) in self.keys.iter().enumerate() {
            if self.shown.cursors {
                select = select.expr_as(key.selected(), name(place));
            }
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
        let segments = match self.shown.segments {
            true => Some(membership::read(&row.try_get::<Option<String>>("", SEGMENTS)?.unwrap_or_default())),
            false => None,
        };
        let results = self.shown.results.as_ref().map(|wanted| {
            let first = self.shown.columns.count();
            // the first of them is the customer's id, which is null where there is no result
            let there = row.try_get_by_index::<Option<i64>>(first)?.is_some();
            let result = there.then(|| wanted.asked.read(row, first)).transpose()?;
            Ok::<_, Error>((wanted.clone(), result.map(|result| (0, result)).into_iter().collect()))
        });
        let customer = Customer {
            row: self.shown.columns.read(row, 0)?,
            segments: segments.map(Arc::new),
            results: results.transpose()?,
        };
        if !self.shown.cursors {
            return Ok((String::new(), customer));
        }
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
        Ok((page::pack(&parts), customer))
    }
}

fn name(place: usize) -> String {
    format!("order_{place}")
}

/// The join of customers to their results in a set, if they have any.
fn of_set(set_id: String) -> RelationDef {
    results().on_condition(move |_, quarter| {
        Condition::all().add(Expr::col((quarter, customer_quarter::Column::SetId)).eq(set_id.as_str()))
    })
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
