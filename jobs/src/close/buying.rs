//! Reading the purchases, customer by customer in the order of time, in one pass: totals of the quarter and the window,
//! and what the models of buying need. Of a customer only the days stay, until the next one comes.

use futures_util::TryStreamExt;
use rapport_entities::{Calendar, Database, Quarter, purchase};
use rapport_statistics::behaviour::{History, Lifecycle, LifecycleRule, Purchase, histories, lifecycle};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::span::Span;
use crate::{Error, settings::LifecycleRules};

/// What a customer bought; money in minor units.
#[derive(Clone, Copy, Debug, Default)]
pub struct Purchases {
    /// In the quarter.
    pub quarter: Total,
    /// In the window.
    pub window: Total,
    /// The last one lies in the last quarters that count as active.
    pub active: bool,
    /// When something was last bought, and not brought back.
    pub last: Option<i64>,
}

/// Purchases added up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Total {
    /// How many.
    pub count: i32,
    /// Their amounts.
    pub revenue: i64,
    /// Their amounts less their costs; `None` if a cost is unknown.
    pub profit: Option<i64>,
}

/// What is known of everyone who ever bought, in the order of the customers.
#[derive(Debug, Default)]
pub struct Buying {
    /// Whose.
    pub customers: Vec<i64>,
    /// Totals of the quarter and the window.
    pub purchases: Vec<Purchases>,
    /// What they bought up to the end; `None` of who only ever had money back.
    pub histories: Vec<Option<History>>,
    /// Where they stand by their own gaps; `None` with the history.
    pub lifecycles: Vec<Option<Lifecycle>>,
    /// Quarters they bought in, as numbers, one after the other; where each customer's end.
    quarters: (Vec<u32>, Vec<usize>),
    /// The currencies of the window, ascending.
    pub currencies: Vec<String>,
    /// The last day that counts.
    pub end: i32,
    /// A day of the quarter.
    pub quarter_starts: i32,
}

/// A row of the log: moment, minor units, cost in minor units.
type Row = (i64, i64, Option<i64>);

impl Buying {
    /// Reads the purchases before the end of the span; money becomes major units of `minor` minor ones later, so
    /// histories hold minor units.
    pub async fn read(
        database: &Database,
        calendar: &Calendar,
        quarter: Quarter,
        span: Span,
        rules: &LifecycleRules,
        provisional: bool,
    ) -> Result<Self, Error> {
        let mut days = Days::new(calendar);
        let mut end = number(calendar.first_day(quarter.next())) - 1;
        // a quarter that still runs is seen from the last purchase: days to come are no silence
        if provisional && let Some(latest) = latest(database, span).await? {
            end = days.of(latest).0;
        }
        let quarter_starts = number(calendar.first_day(quarter));
        let mut buying = Self { end, quarter_starts, ..Self::default() };
        let mut log: Vec<Row> = Vec::new();
        let mut current: Option<i64> = None;
        let mut rows =
            select(span).into_tuple::<(i64, i64, i64, Option<i64>, String)>().stream(database).await?;
        while let Some((customer, at, amount, cost, currency)) = rows.try_next().await? {
            if current.is_some_and(|current| current != customer) {
                buying.add(current.unwrap_or_default(), &log, span, &mut days, rules)?;
                log.clear();
            }
            current = Some(customer);
            log.push((at, amount, cost));
            if at >= span.window && !buying.currencies.contains(&currency) {
                buying.currencies.push(currency);
            }
        }
        if let Some(customer) = current {
            buying.add(customer, &log, span, &mut days, rules)?;
        }
        buying.currencies.sort();
        Ok(buying)
    }

    fn add(
        &mut self,
        customer: i64,
        log: &[Row],
        span: Span,
        days: &mut Days<'_>,
        rules: &LifecycleRules,
    ) -> Result<(), Error> {
        let (active, quarters) = (log.iter().any(|row| row.0 >= span.active), &mut self.quarters);
        let mut bought: Vec<Purchase> = Vec::with_capacity(log.len());
        for (at, amount, _) in log {
            let (day, quarter) = days.of(*at);
            bought.push(Purchase { customer: customer.unsigned_abs(), day, money: *amount as f64 });
            let own = quarters.1.last().copied().unwrap_or(0);
            if *amount >= 0 && quarters.0[own..].last() != Some(&quarter) {
                quarters.0.push(quarter);
            }
        }
        quarters.1.push(quarters.0.len());
        let history = histories(bought.iter().copied(), self.end).next().transpose().map_err(|error| {
            Error::Stored { what: format!("the purchases of customer {customer}"), why: error.to_string() }
        })?;
        let mut purchase_days: Vec<i32> =
            bought.iter().filter(|row| row.money >= 0.0).map(|row| row.day).collect();
        purchase_days.dedup();
        self.customers.push(customer);
        self.purchases.push(Purchases {
            quarter: total(log, span.quarter),
            window: total(log, span.window),
            active,
            last: log.iter().rev().find(|(_, amount, _)| *amount > 0).map(|row| row.0),
        });
        self.lifecycles.push(history.and_then(|_| lifecycle(&purchase_days, self.end, None, &rule(rules))));
        self.histories.push(history);
        Ok(())
    }

    /// The quarters a buyer bought in, ascending; see [`number_of`].
    pub fn quarters(&self, buyer: usize) -> &[u32] {
        let (quarters, ends) = &self.quarters;
        let from = if buyer == 0 { 0 } else { ends[buyer - 1] };
        &quarters[from..ends[buyer]]
    }
}

/// A quarter as a number, one more for the next.
pub fn number_of(quarter: Quarter) -> u32 {
    // quarters begin with the year 1
    quarter.year().unsigned_abs() * 4 + u32::from(quarter.number()) - 1
}

/// The quarter of a number.
pub fn quarter_of(number: u32) -> Quarter {
    let year = i32::try_from(number / 4).unwrap_or(9999);
    // the rest is 0 to 3
    Quarter::new(year.clamp(1, 9999), (number % 4) as u8 + 1).unwrap_or_else(|| unreachable!("1 to 4"))
}

/// The last purchase before the end of the span.
async fn latest(database: &Database, span: Span) -> Result<Option<i64>, Error> {
    let latest = purchase::Entity::find()
        .select_only()
        .column_as(purchase::Column::At.max(), "latest")
        .filter(purchase::Column::At.lt(span.end))
        .into_tuple::<Option<i64>>();
    Ok(latest.one(database).await?.flatten())
}

fn select(span: Span) -> sea_orm::Select<purchase::Entity> {
    use purchase::Column;
    purchase::Entity::find()
        .select_only()
        .columns([Column::CustomerId, Column::At, Column::Amount, Column::Cost, Column::Currency])
        .filter(Column::At.lt(span.end))
        .order_by_asc(Column::CustomerId)
        .order_by_asc(Column::At)
        .order_by_asc(Column::Source)
        .order_by_asc(Column::Code)
}

fn total(log: &[Row], from: i64) -> Total {
    let mut total = Total { profit: Some(0), ..Total::default() };
    for (_, amount, cost) in log.iter().filter(|row| row.0 >= from) {
        total.count = total.count.saturating_add(1);
        total.revenue += amount;
        total.profit = total.profit.zip(*cost).map(|(sum, cost)| sum + amount - cost);
    }
    total
}

fn rule(rules: &LifecycleRules) -> LifecycleRule {
    LifecycleRule {
        lapse_days: rules.lapse_days,
        lapse_gaps: rules.lapse_gaps,
        own_gaps: rules.own_gaps as usize,
        decline_share: rules.decline_share,
        decline_alive: rules.decline_alive,
        explored: rules.explored,
        established: rules.established,
        shrinking: rules.shrinking,
    }
}

/// Moments as local days and quarters: the offset of a zone changes at few moments, and most rows lie near the last.
struct Days<'a> {
    calendar: &'a Calendar,
    /// The hour met last, its day and its quarter's number.
    last: (i64, i32, u32),
}

impl<'a> Days<'a> {
    fn new(calendar: &'a Calendar) -> Self {
        Self { calendar, last: (i64::MIN, 0, 0) }
    }

    /// The day's number and the quarter's.
    fn of(&mut self, at: i64) -> (i32, u32) {
        // zones change and days begin at a quarter of an hour
        const PART: i64 = 900_000;
        let part = at.div_euclid(PART);
        if part != self.last.0 {
            let moment = chrono::DateTime::from_timestamp_millis(at).unwrap_or_default();
            let day = moment.with_timezone(&self.calendar.zone).date_naive();
            self.last = (part, number(day), number_of(self.calendar.quarter_of_date(day)));
        }
        (self.last.1, self.last.2)
    }
}

fn number(day: chrono::NaiveDate) -> i32 {
    chrono::Datelike::num_days_from_ce(&day)
}
