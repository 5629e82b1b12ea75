//! The one statement behind groups: keys, and of every measure how many values there are and what they add up to.

use rapport_entities::customer_segment;
use sea_orm::{
    ColumnTrait, ConnectionTrait, QueryResult,
    sea_query::{Alias, CaseStatement, Expr, ExprTrait, JoinType, Query, SelectStatement, SimpleExpr},
};

use super::super::reading::Reading;
use crate::Error;

/// Groups of one statement at most.
const MOST: u64 = 50_000;

/// What is grouped and added up.
pub struct Grouped {
    /// The tables, and which rows of them.
    pub select: SelectStatement,
    /// The number of the period that a row is of.
    pub period: SimpleExpr,
    /// The currency of a row's money, where rows differ in it.
    pub currency: Option<SimpleExpr>,
    /// By what else is grouped, as text.
    pub keys: Vec<SimpleExpr>,
    /// The number of customers of a group.
    pub customers: SimpleExpr,
    /// What is added up: whole numbers, or null.
    pub measures: Vec<SimpleExpr>,
}

/// What a group adds up to.
#[derive(Clone, Debug)]
pub struct Sum {
    /// The number of its period.
    pub period: i64,
    /// Currency of its money, where groups differ in it.
    pub currency: Option<String>,
    /// The other keys.
    pub keys: Vec<Option<String>>,
    /// How many customers.
    pub customers: i64,
    /// Of every measure, how many values and their sum.
    pub measures: Vec<(i64, i64)>,
}

impl Grouped {
    /// The groups, in no order. Fails if they are too many.
    pub async fn sums(mut self, reading: &Reading) -> Result<Vec<Sum>, Error> {
        let select = &mut self.select;
        select
            .expr_as(self.period.cast_as("bigint"), Alias::new("period"))
            .group_by_col(Alias::new("period"));
        let currency = self.currency.is_some();
        for (name, key) in self
            .currency
            .map(|key| ("unit".to_owned(), key))
            .into_iter()
            .chain(self.keys.iter().enumerate().map(|(place, key)| (format!("key_{place}"), key.clone())))
        {
            select.expr_as(key, Alias::new(&name)).group_by_col(Alias::new(name));
        }
        select.expr_as(self.customers, Alias::new("customers"));
        for (place, measure) in self.measures.iter().enumerate() {
            select.expr_as(measure.clone().count(), Alias::new(format!("count_{place}")));
            let sum = measure.clone().sum().cast_as("bigint");
            select.expr_as(sum, Alias::new(format!("sum_{place}")));
        }
        select.limit(MOST + 1);
        let rows = reading.database.query_all(select).await?;
        if rows.len() as u64 > MOST {
            let text = format!("these are more than {MOST} groups; group by less, or filter");
            return Err(Error::BadInput(text));
        }
        let (keys, measures) = (self.keys.len(), self.measures.len());
        rows.iter().map(|row| Ok(Sum::read(row, currency, keys, measures)?)).collect()
    }
}

impl Sum {
    fn read(row: &QueryResult, currency: bool, keys: usize, measures: usize) -> Result<Self, sea_orm::DbErr> {
        let measure = |place: usize| {
            let sum: Option<i64> = row.try_get("", &format!("sum_{place}"))?;
            Ok((row.try_get("", &format!("count_{place}"))?, sum.unwrap_or_default()))
        };
        Ok(Self {
            period: row.try_get("", "period")?,
            currency: if currency { row.try_get("", "unit")? } else { None },
            keys: (0..keys)
                .map(|place| row.try_get("", &format!("key_{place}")))
                .collect::<Result<_, _>>()?,
            customers: row.try_get("", "customers")?,
            measures: (0..measures).map(measure).collect::<Result<_, sea_orm::DbErr>>()?,
        })
    }
}

/// Joins the segment that a customer has in a dimension, if the reader sees it; returns its column.
pub fn join_segment(
    select: &mut SelectStatement,
    reading: &Reading,
    customer_id: SimpleExpr,
    place: usize,
    dimension: &str,
) -> SimpleExpr {
    use customer_segment::Column;
    let segments = Query::select()
        .columns([Column::CustomerId, Column::Segment])
        .from(customer_segment::Entity)
        .and_where(Column::Dimension.eq(dimension))
        .cond_where(reading.access.places(Column::Dimension, Column::Segment))
        .to_owned();
    let name = Alias::new(format!("segments_{place}"));
    let of = Expr::col((name.clone(), Column::CustomerId)).eq(customer_id);
    select.join_subquery(JoinType::LeftJoin, segments, name.clone(), of);
    Expr::col((name, Column::Segment))
}

/// What a column holds at the last of these bounds that it has reached; the first bound's where it has reached none.
/// Halves and halves again, so that many bounds are few comparisons.
pub fn at_bounds(at: &SimpleExpr, bounds: &[(i64, SimpleExpr)]) -> SimpleExpr {
    match bounds {
        [] => Expr::val(0_i32),
        [(_, value)] => value.clone(),
        _ => {
            let (earlier, later) = bounds.split_at(bounds.len() / 2);
            let before = at.clone().lt(later[0].0);
            CaseStatement::new().case(before, at_bounds(at, earlier)).finally(at_bounds(at, later)).into()
        }
    }
}
