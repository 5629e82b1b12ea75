//! Groups of facts: cut into quarters or months by the company's calendar, classed as the quarter they happened in says.

use std::{collections::BTreeMap, sync::Arc};

use async_graphql::{Context, SimpleObject};
use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, Utc};
use rapport_entities::{At, Calendar, Quarter, customer_quarter};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, IntoSimpleExpr, JoinType, QueryFilter, QuerySelect, QueryTrait,
    Select,
    sea_query::{Expr, ExprTrait, Func, SimpleExpr},
};

use super::{
    super::{
        customer_filter::CustomerFilter,
        fact::Fact,
        money::Money,
        period::{self, Period},
        reading::Reading,
        scalar::Date,
    },
    customer::floor_of,
    figure::{Figures, Group, Unit},
    key::{self, GroupBy, Key},
    sum::{Grouped, at_bounds, join_segment},
};
use crate::Error;

/// Periods of one answer at most.
const PERIODS: usize = 2_000;

/// The period that facts of a group are of; null where they are of none.
#[derive(Clone, Debug, Default, SimpleObject)]
#[graphql(serial)]
pub struct Span {
    /// The quarter, written `2026-Q3`.
    pub quarter: Option<String>,
    /// The quarter's first day.
    pub quarter_start: Option<Date>,
    /// The calendar month, written `2026-07`.
    pub month: Option<String>,
    /// The month's first day.
    pub month_start: Option<Date>,
}

/// Into what time is cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Cut {
    Nothing,
    Quarters,
    Months,
}

/// A table of facts that is grouped.
pub trait GroupedFact: Fact {
    /// What its rows are called in words.
    const NAME: &'static str;
    /// The currency of a row, where rows differ in it.
    const CURRENCY: Option<Self::Column>;

    /// The column of what a fact says itself; none if it says no such thing.
    fn said(word: GroupBy) -> Option<Self::Column>;
}

/// Which facts are grouped, and how.
pub struct Ask {
    /// A quarter, written `2026-Q3`.
    pub quarter: Option<String>,
    /// The first day.
    pub from: Option<Date>,
    /// The last day.
    pub to: Option<Date>,
    /// By what.
    pub keys: Vec<Key>,
    /// Of which customers.
    pub customers: CustomerFilter,
    /// What else is asked of them.
    pub which: Condition,
    /// What sums are in, and what is added up.
    pub measures: Arc<[(Unit, SimpleExpr)]>,
    /// Whether figures are compared with those of earlier periods.
    pub compared: bool,
}

/// Groups, and how their periods are told.
pub struct Answered {
    /// The groups, by period and keys.
    pub groups: Vec<(Span, Group)>,
    /// By what they are grouped.
    pub keys: Vec<Key>,
}

impl Ask {
    fn cut(&self) -> Cut {
        match &self.keys {
            keys if keys.contains(&Key::Word(GroupBy::Month)) => Cut::Months,
            keys if keys.contains(&Key::Word(GroupBy::Quarter)) || self.quarter.is_some() => Cut::Quarters,
            _ => Cut::Nothing,
        }
    }

    /// The groups of a table's facts.
    pub async fn groups<E: GroupedFact>(self, context: &Context<'_>) -> Result<Answered, Error> {
        let (reading, calendar) = (Reading::of(context)?, period::calendar(context)?);
        self.customers.allowed(&reading.access)?;
        let cut = self.cut();
        let asked = Period::of(&calendar, self.quarter.as_deref(), self.from, self.to)?;
        // a period that is cut short is not compared with whole ones
        let compared = self.compared && cut != Cut::Nothing && self.from.is_none() && self.to.is_none();
        let mut period = asked;
        if let (true, Some(quarter)) = (compared, self.quarter.as_deref()) {
            period.from = Some(calendar.start(super::super::reading::parse(quarter)?.plus(-4)));
        }
        let select = self.select::<E>(reading, &calendar, period).await?;
        let bounds = match cut {
            Cut::Nothing => Vec::new(),
            _ => bounds::<E>(reading, &calendar, cut, select.clone()).await?,
        };
        let keys: Vec<Key> = self.keys.into_iter().filter(|key| !is_period(key)).collect();
        let at = E::AT.into_simple_expr();
        let numbered: Vec<(i64, SimpleExpr)> =
            bounds.iter().map(|(start, number)| (*start, Expr::val(*number))).collect();
        let mut select = select.into_query();
        let keys_of = key_columns::<E>(reading, &calendar, &keys, &mut select).await?;
        let grouped = Grouped {
            select,
            period: at_bounds(&at, &numbered),
            currency: E::CURRENCY.map(IntoSimpleExpr::into_simple_expr),
            keys: keys_of,
            customers: E::CUSTOMER.into_simple_expr().count_distinct(),
            measures: self.measures.iter().map(|(_, value)| value.clone()).collect(),
        };
        let sums = grouped.sums(reading).await?;
        let units: Vec<Unit> = self.measures.iter().map(|(unit, _)| *unit).collect();
        let settings = context.data::<Arc<rapport_jobs::Settings>>();
        let rules = settings.map_err(|error| Error::NotFound(error.message))?.rules.clone();
        let floor = floor_of(reading, &rules);
        let steps = match cut {
            _ if !compared => None,
            Cut::Months => Some((1, 12)),
            _ => Some((1, 4)),
        };
        let figures = Figures { units: &units, money: &Money::of, floor: &|_| floor, steps };
        let first = asked.from.map(|from| number(&calendar, cut, from));
        let groups =
            figures.groups(sums, |one| cut == Cut::Nothing || first.is_none_or(|first| one >= first));
        let told = |group: Group| (Span::of(&calendar, cut, group.sum.period), group);
        Ok(Answered { groups: groups.into_iter().map(told).collect(), keys })
    }

    async fn select<E: GroupedFact>(
        &self,
        reading: &Reading,
        calendar: &Calendar,
        period: Period,
    ) -> Result<Select<E>, Error> {
        let select = E::find()
            .select_only()
            .filter(self.customers.of_segments(reading, E::CUSTOMER))
            .filter(period.holds(E::AT))
            .filter(self.which.clone());
        let plain = !self.customers.is_of_customers() && !self.customers.is_of_results();
        if plain {
            return Ok(select);
        }
        let ids = self.customers.ids(reading, calendar).await?;
        Ok(select.filter(E::CUSTOMER.in_subquery(ids)))
    }
}

fn is_period(key: &Key) -> bool {
    matches!(key, Key::Word(GroupBy::Quarter | GroupBy::Month))
}

/// The columns of the keys; joins what they are columns of.
async fn key_columns<E: GroupedFact>(
    reading: &Reading,
    calendar: &Calendar,
    keys: &[Key],
    select: &mut sea_orm::sea_query::SelectStatement,
) -> Result<Vec<SimpleExpr>, Error> {
    use customer_quarter::Column;
    let mut columns = Vec::new();
    let mut classed = false;
    for (place, key) in keys.iter().enumerate() {
        columns.push(match key {
            Key::Segment(dimension) => {
                join_segment(select, reading, E::CUSTOMER.into_simple_expr(), place, dimension)
            }
            Key::Word(word) => match (word.class(), E::said(*word)) {
                (Some(class), _) => {
                    classed = true;
                    // who has no result in the quarter is unclassified
                    Func::coalesce([class.into_simple_expr(), Expr::val("unclassified")]).into()
                }
                (None, Some(said)) => said.into_simple_expr(),
                (None, None) => return Err(key::refused(*word, E::NAME)),
            },
        });
    }
    if classed {
        let set = set_at(reading, calendar, &E::AT.into_simple_expr()).await?;
        let result = Condition::all()
            .add(Column::CustomerId.into_simple_expr().eq(E::CUSTOMER.into_simple_expr()))
            .add(Column::SetId.into_simple_expr().eq(set));
        select.join(JoinType::LeftJoin, customer_quarter::Entity, result);
    }
    Ok(columns)
}

/// The set that was published of the quarter of a moment; empty if there is none.
async fn set_at(reading: &Reading, calendar: &Calendar, at: &SimpleExpr) -> Result<SimpleExpr, Error> {
    let mut bounds: BTreeMap<i64, &str> = BTreeMap::from([(i64::MIN, "")]);
    for set in reading.published().await? {
        bounds.entry(calendar.end(set.quarter).timestamp_millis()).or_insert("");
        bounds.insert(calendar.start(set.quarter).timestamp_millis(), &set.set_id);
    }
    let bounds: Vec<(i64, SimpleExpr)> =
        bounds.into_iter().map(|(start, set_id)| (start, Expr::val(set_id))).collect();
    Ok(at_bounds(at, &bounds))
}

/// The first moments of the periods in which these facts lie, with the periods' numbers.
async fn bounds<E: GroupedFact>(
    reading: &Reading,
    calendar: &Calendar,
    cut: Cut,
    select: Select<E>,
) -> Result<Vec<(i64, i64)>, Error> {
    let ends = select.expr_as(E::AT.min(), "first").expr_as(E::AT.max(), "last");
    let row = reading.database.query_one(ends.as_query()).await?;
    let end = |name| match &row {
        Some(row) => row.try_get::<Option<At>>("", name),
        None => Ok(None),
    };
    let (Some(first), Some(last)) = (end("first")?, end("last")?) else { return Ok(Vec::new()) };
    let (first, last) = (number(calendar, cut, *first), number(calendar, cut, *last));
    if usize::try_from(last - first).is_ok_and(|periods| periods > PERIODS) {
        return Err(Error::BadInput(format!("these are more than {PERIODS} periods; give from and to")));
    }
    Ok((first..=last).map(|number| (start(calendar, cut, number).timestamp_millis(), number)).collect())
}

/// The number of the period that a moment is of.
fn number(calendar: &Calendar, cut: Cut, at: DateTime<Utc>) -> i64 {
    let day = at.with_timezone(&calendar.zone).date_naive();
    match cut {
        Cut::Nothing => 0,
        Cut::Quarters => {
            let quarter = calendar.quarter_of_date(day);
            i64::from(quarter.year()) * 4 + i64::from(quarter.number()) - 1
        }
        Cut::Months => i64::from(day.year()) * 12 + i64::from(day.month0()),
    }
}

fn quarter(number: i64) -> Option<Quarter> {
    Quarter::new(i32::try_from(number.div_euclid(4)).ok()?, u8::try_from(number.rem_euclid(4)).ok()? + 1)
}

fn month(number: i64) -> Option<NaiveDate> {
    let month = u32::try_from(number.rem_euclid(12)).ok()? + 1;
    NaiveDate::from_ymd_opt(i32::try_from(number.div_euclid(12)).ok()?, month, 1)
}

/// The first moment of a period.
fn start(calendar: &Calendar, cut: Cut, number: i64) -> DateTime<Utc> {
    let day = match cut {
        Cut::Months => month(number),
        _ => quarter(number).map(|quarter| calendar.first_day(quarter)),
    };
    calendar.utc(day.unwrap_or_default().and_time(NaiveTime::MIN))
}

impl Span {
    fn of(calendar: &Calendar, cut: Cut, number: i64) -> Self {
        let month = if cut == Cut::Months { month(number) } else { None };
        let quarter = match cut {
            Cut::Nothing => None,
            Cut::Quarters => quarter(number),
            Cut::Months => month.map(|day| calendar.quarter_of_date(day)),
        };
        Self {
            quarter: quarter.map(|quarter| quarter.to_string()),
            quarter_start: quarter.map(|quarter| period::first_day(calendar, quarter)),
            month: month.map(|day| day.format("%Y-%m").to_string()),
            month_start: month.map(Date),
        }
    }
}
