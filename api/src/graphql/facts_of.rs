//! The facts of customers in the graph: a page of each customer's, by moment, then by key; of all customers that are
//! asked for in one statement.

use std::{
    collections::HashMap,
    hash::{Hash, Hasher},
    marker::PhantomData,
};

use async_graphql::Context;
use chrono::{DateTime, Utc};
use rapport_entities::{At, Calendar, customer};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, FromQueryResult, IntoSimpleExpr, JoinType,
    PartialModelTrait, QueryFilter, QueryResult, QuerySelect, QueryTrait,
    sea_query::{Alias, Expr, ExprTrait, Func, Order, Query, WindowStatement},
};

use super::{
    batch::{Load, Loaded},
    fact::Fact,
    loader::{CHUNK, Loader},
    page::{self, Connection, Total},
    period,
    reading::Reading,
};
use crate::{Access, Error};

/// A fact as a node.
pub trait FactNode: Send + Sync + Sized + 'static {
    /// Its table.
    type Table: Fact;
    /// What is read of it.
    type Stored: PartialModelTrait + FromQueryResult + Clone + Send + Sync;
    /// The word that its cursors begin with.
    const KIND: &'static str;

    /// Its moment, its source and the source's own key.
    fn key(stored: &Self::Stored) -> (At, &str, &str);

    /// Of what was read. Fails if it is not what an import stores.
    fn of(stored: Self::Stored, calendar: &Calendar) -> Result<Self, Error>;

    /// How many a customer has.
    fn total(customer_id: i64) -> Total;
}

/// Where a page begins: after the fact with this key.
type After = Option<(DateTime<Utc>, String, String)>;

/// A page of a customer's facts. A key of the loader.
pub struct PageOf<N> {
    customer_id: i64,
    first: usize,
    after: After,
    node: PhantomData<fn() -> N>,
}

// by hand: derived, they would ask the same of the node
impl<N> Clone for PageOf<N> {
    fn clone(&self) -> Self {
        Self {
            customer_id: self.customer_id,
            first: self.first,
            after: self.after.clone(),
            node: PhantomData,
        }
    }
}

impl<N> PartialEq for PageOf<N> {
    fn eq(&self, other: &Self) -> bool {
        (self.customer_id, self.first, &self.after) == (other.customer_id, other.first, &other.after)
    }
}

impl<N> Eq for PageOf<N> {}

impl<N> Hash for PageOf<N> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (self.customer_id, self.first, &self.after).hash(state);
    }
}

/// How many facts a customer has. A key of the loader.
pub struct CountOf<E>(i64, PhantomData<fn() -> E>);

impl<E> CountOf<E> {
    /// Of this customer.
    pub fn new(customer_id: i64) -> Self {
        Self(customer_id, PhantomData)
    }
}

impl<E> Clone for CountOf<E> {
    fn clone(&self) -> Self {
        Self::new(self.0)
    }
}

impl<E> PartialEq for CountOf<E> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

impl<E> Eq for CountOf<E> {}

impl<E> Hash for CountOf<E> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}

/// A page of a customer's facts. Fails if the cursor is of another list.
pub async fn page<N: FactNode>(
    context: &Context<'_>,
    customer_id: i64,
    first: Option<i32>,
    after: Option<&str>,
) -> Result<Connection<N>, Error> {
    let (reading, calendar) = (Reading::of(context)?, period::calendar(context)?);
    let first = page::first(Some(first.unwrap_or(page::NODES)))?;
    let cursor = after.map(|after| key_of(&page::cursor(N::KIND, after)?)).transpose()?;
    let key = PageOf::<N> { customer_id, first, after: cursor, node: PhantomData };
    let rows = reading.loader.load_one(key).await?;
    let rows = rows.unwrap_or_default();
    let more = rows.len() > first;
    let node = |stored: N::Stored| {
        let (at, source, code) = N::key(&stored);
        let cursor = page::pack(&[N::KIND, &at.timestamp_millis().to_string(), source, code]);
        Ok((cursor, N::of(stored, &calendar)?))
    };
    let nodes = rows.into_iter().take(first).map(node).collect::<Result<_, Error>>()?;
    Ok(Connection::new(nodes, more, after.is_some(), N::total(customer_id)))
}

fn key_of(parts: &[String]) -> Result<(DateTime<Utc>, String, String), Error> {
    let wrong = || Error::BadInput("after: this is not a cursor of this list in this order".to_owned());
    let [at, source, code] = parts else { return Err(wrong()) };
    let at = at.parse().ok().and_then(DateTime::from_timestamp_millis).ok_or_else(wrong)?;
    Ok((at, source.clone(), code.clone()))
}

impl<N: FactNode> Load<PageOf<N>> for Loader {
    type Value = Vec<N::Stored>;

    async fn load(&self, keys: &[PageOf<N>]) -> Loaded<PageOf<N>, Self::Value> {
        // the fields of a query name few different pages
        let mut pages: HashMap<(usize, &After), Vec<i64>> = HashMap::new();
        for key in keys {
            pages.entry((key.first, &key.after)).or_default().push(key.customer_id);
        }
        let mut all: HashMap<PageOf<N>, Vec<N::Stored>> = HashMap::new();
        for ((first, after), customers) in pages {
            for customers in customers.chunks(CHUNK) {
                for row in
                    self.database.query_all(&select::<N>(&self.access, customers, first, after)).await?
                {
                    let customer_id = row.try_get("", "whose")?;
                    let key = PageOf { customer_id, first, after: after.clone(), node: PhantomData };
                    all.entry(key).or_default().push(N::Stored::from_query_result(&row, "")?);
                }
            }
        }
        Ok(all)
    }
}

/// The first facts of each of these customers, and one more, which tells whether others follow.
fn select<N: FactNode>(
    access: &Access,
    customers: &[i64],
    first: usize,
    after: &After,
) -> sea_orm::sea_query::SelectStatement {
    let [source, code] = <N::Table as Fact>::KEY;
    let (at, customer) = (<N::Table as Fact>::AT, <N::Table as Fact>::CUSTOMER);
    let of = N::Table::belongs_to(customer::Entity).from(customer).to(customer::Column::CustomerId).into();
    let found = N::Table::find()
        .join(JoinType::InnerJoin, of)
        .filter(access.customers(customer))
        .filter(customer.is_in(customers.iter().copied()))
        .filter(after.as_ref().map_or(Condition::all(), beyond::<N::Table>))
        .select_only()
        .column_as(customer, "whose");
    let mut found = N::Stored::select_cols(found).into_query();
    let mut window = WindowStatement::partition_by(customer.as_column_ref());
    for column in [at, source, code] {
        window.order_by(column.as_column_ref(), Order::Asc);
    }
    found.expr_window_as(Func::cust("ROW_NUMBER"), window, Alias::new("place"));
    let place = || Expr::col(Alias::new("place"));
    Query::select()
        .expr(Expr::col(sea_orm::sea_query::Asterisk))
        .from_subquery(found, Alias::new("found"))
        .and_where(place().lte(first as i64 + 1))
        .order_by(Alias::new("whose"), Order::Asc)
        .order_by_expr(place(), Order::Asc)
        .to_owned()
}

fn beyond<E: Fact>((at, source, code): &(DateTime<Utc>, String, String)) -> Condition {
    let at = sea_orm::prelude::ChronoUnixTimestampMillis(*at);
    let [source_column, code_column] = E::KEY;
    let later = Condition::all().add(source_column.eq(source)).add(code_column.gt(code));
    let tie = Condition::any().add(source_column.gt(source)).add(later);
    Condition::any().add(E::AT.gt(at)).add(Condition::all().add(E::AT.eq(at)).add(tie))
}

impl<E: Fact> Load<CountOf<E>> for Loader {
    type Value = i64;

    async fn load(&self, keys: &[CountOf<E>]) -> Loaded<CountOf<E>, Self::Value> {
        let mut all: HashMap<CountOf<E>, i64> = keys.iter().map(|key| (key.clone(), 0)).collect();
        for keys in keys.chunks(CHUNK) {
            let select = E::find()
                .select_only()
                .column_as(E::CUSTOMER, "whose")
                .column_as(E::CUSTOMER.into_simple_expr().count(), "many")
                .filter(self.access.customers(E::CUSTOMER))
                .filter(E::CUSTOMER.is_in(keys.iter().map(|key| key.0)))
                .group_by(E::CUSTOMER);
            for row in self.database.query_all(select.as_query()).await? {
                let (customer_id, many) = read(&row)?;
                all.insert(CountOf::new(customer_id), many);
            }
        }
        Ok(all)
    }
}

fn read(row: &QueryResult) -> Result<(i64, i64), DbErr> {
    Ok((row.try_get("", "whose")?, row.try_get("", "many")?))
}
