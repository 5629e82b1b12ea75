//! Reading a quarter's inputs in one pass over each table: customers with what is known of them, and the running
//! scores of every segment. Responses stream; nothing is held of them.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use futures_util::TryStreamExt;
use indicatif::ProgressBar;
use rapport_entities::{Calendar, Database, Quarter, connection::is_sqlite, question, response, segment};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QueryResult, QuerySelect, Statement,
    StreamTrait, Value,
};

use super::{
    customers::{Customers, Purchases, Total},
    scores::Scores,
    segments::Segments,
    survey::Survey,
};
use crate::{Error, Rules};

/// The moments a close reads between, as the database's numbers.
#[derive(Clone, Copy, Debug)]
pub struct Span {
    /// The window begins.
    pub window: i64,
    /// The quarters that count as active begin.
    pub active: i64,
    /// The quarter begins.
    pub quarter: i64,
    /// The next quarter begins.
    pub end: i64,
}

/// All that was read.
pub struct Inputs {
    /// Everyone known at the end of the quarter.
    pub customers: Customers,
    /// The segments there are.
    pub segments: Segments,
    /// The running scores of each.
    pub scores: Scores,
    /// Responses in the quarter.
    pub responses: u64,
    /// Of the purchases; `None` without one.
    pub currency: Option<String>,
}

impl Span {
    /// The span of a quarter under these rules.
    pub fn of(quarter: Quarter, calendar: &Calendar, rules: &Rules) -> Self {
        let back = |quarters: u32| {
            let quarters = i32::try_from(quarters).unwrap_or(i32::MAX);
            millis(calendar.start(quarter.plus(1 - quarters)))
        };
        Self {
            window: back(rules.window_quarters),
            active: back(rules.active_quarters),
            quarter: millis(calendar.start(quarter)),
            end: millis(calendar.end(quarter)),
        }
    }
}

fn millis(moment: DateTime<Utc>) -> i64 {
    moment.timestamp_millis()
}

impl Inputs {
    /// Reads the inputs of a quarter.
    pub async fn read(
        database: &Database,
        quarter: Quarter,
        span: Span,
        rules: &Rules,
        progress: &ProgressBar,
    ) -> Result<Self, Error> {
        let mut inputs = Self {
            customers: everyone(database, span.end).await?,
            segments: segments(database).await?,
            scores: Scores::default(),
            responses: 0,
            currency: None,
        };
        inputs.scores = Scores::new(inputs.segments.len(), rules.top_boxes);
        inputs.read_memberships(database).await?;
        inputs.read_contracts(database, span.end).await?;
        inputs.read_purchases(database, quarter, span).await?;
        inputs.read_complaints(database, span).await?;
        inputs.read_responses(database, span, progress).await?;
        inputs.count_complaints_by_record(database, span.end).await?;
        Ok(inputs)
    }

    async fn read_memberships(&mut self, database: &Database) -> Result<(), Error> {
        let sql =
            "SELECT customer_id, dimension, segment FROM customer_segment ORDER BY customer_id, dimension";
        let mut rows = database.stream_raw(statement(database, sql, [])).await?;
        while let Some(row) = rows.try_next().await? {
            let (id, dimension, segment): (i64, String, String) =
                (cell(&row, 0)?, cell(&row, 1)?, cell(&row, 2)?);
            let place = self.segments.position(&dimension, &segment);
            if let (Some(customer), Some(place)) = (self.customers.get_mut(id), place) {
                customer.combination = self.segments.with(customer.combination, place);
            }
        }
        Ok(())
    }

    async fn read_contracts(&mut self, database: &Database, end: i64) -> Result<(), Error> {
        let sql = "SELECT customer_id, contract_end FROM customer WHERE contract_start < $1";
        let mut rows = database.stream_raw(statement(database, sql, [end.into()])).await?;
        while let Some(row) = rows.try_next().await? {
            let ended: Option<i64> = cell(&row, 1)?;
            if let Some(customer) = self.customers.get_mut(cell(&row, 0)?) {
                customer.contract = Some(ended.is_none_or(|ended| ended >= end));
            }
        }
        Ok(())
    }

    async fn read_purchases(
        &mut self,
        database: &Database,
        quarter: Quarter,
        span: Span,
    ) -> Result<(), Error> {
        let values = [span.window.into(), span.quarter.into(), span.active.into(), span.end.into()];
        let mut currencies: Vec<String> = Vec::new();
        let mut rows = database.stream_raw(statement(database, &purchases_sql(database), values)).await?;
        while let Some(row) = rows.try_next().await? {
            let window = total(&row, 3)?;
            if window.count > 0 {
                for currency in [cell::<Option<String>>(&row, 1)?, cell(&row, 2)?].into_iter().flatten() {
                    if !currencies.contains(&currency) {
                        currencies.push(currency);
                    }
                }
            }
            let active: i64 = cell(&row, 11)?;
            let purchases = Purchases { quarter: total(&row, 7)?, window, active: active > 0 };
            self.customers.bought(cell(&row, 0)?, purchases);
        }
        currencies.sort();
        if currencies.len() > 1 {
            return Err(Error::Currencies { quarter, currencies });
        }
        self.currency = currencies.pop();
        Ok(())
    }

    async fn read_complaints(&mut self, database: &Database, span: Span) -> Result<(), Error> {
        let sql =
            "SELECT customer_id, MAX(at) FROM complaint WHERE at >= $1 AND at < $2 GROUP BY customer_id";
        let values = [span.window.into(), span.end.into()];
        let mut rows = database.stream_raw(statement(database, sql, values)).await?;
        while let Some(row) = rows.try_next().await? {
            let latest: i64 = cell(&row, 1)?;
            if let Some(customer) = self.customers.get_mut(cell(&row, 0)?) {
                customer.complained = true;
                customer.complaint_in_quarter = latest >= span.quarter;
            }
        }
        Ok(())
    }

    /// In the order of time, so that a later answer takes the place of an earlier one, and to the last tie, so that
    /// sums are added in the same order everywhere.
    async fn read_responses(
        &mut self,
        database: &Database,
        span: Span,
        progress: &ProgressBar,
    ) -> Result<(), Error> {
        let surveys = surveys(database).await?;
        let mut rows = response::Entity::find()
            .select_only()
            .columns([response::Column::CustomerId, response::Column::At, response::Column::Survey])
            .columns([response::Column::Weight, response::Column::Answers])
            .filter(response::Column::At.gte(span.window))
            .filter(response::Column::At.lt(span.end))
            .order_by_asc(response::Column::At)
            .order_by_asc(response::Column::CustomerId)
            .order_by_asc(response::Column::Source)
            .order_by_asc(response::Column::Code)
            .into_tuple::<(i64, i64, String, Option<f64>, String)>()
            .stream(database)
            .await?;
        let mut answers = Vec::new();
        while let Some((id, at, code, weight, json)) = rows.try_next().await? {
            progress.inc(1);
            let Some(survey) = surveys.get(&code) else { continue };
            survey.read(&json, &mut answers).map_err(|error| Error::Stored {
                what: format!("a response of customer {id} to survey `{code}`"),
                why: error.to_string(),
            })?;
            let Some(customer) = self.customers.get_mut(id) else { continue };
            for (item, answer) in survey.answered(&answers) {
                item.measure.into_iter().for_each(|measure| customer.answered(measure, &item.scale, answer));
            }
            if at >= span.quarter {
                self.responses += 1;
                let members = self.segments.members(customer.combination);
                self.scores.add(members, survey, &answers, weight.unwrap_or(1.0));
            }
        }
        Ok(())
    }

    /// Where no survey asks whether customers complained, those who bought in the quarter are the base and the
    /// records tell; without a record of any complaint there is no rate at all.
    async fn count_complaints_by_record(&mut self, database: &Database, end: i64) -> Result<(), Error> {
        let sql = "SELECT 1 FROM complaint WHERE at < $1 LIMIT 1";
        let recorded = database.query_one_raw(statement(database, sql, [end.into()])).await?.is_some();
        if !recorded || self.scores.asks_for_complaints() {
            return Ok(());
        }
        for (customer, purchases) in self.customers.iter() {
            if purchases.quarter.count > 0 {
                let members = self.segments.members(customer.combination);
                self.scores.add_complaint(members, customer.complaint_in_quarter);
            }
        }
        Ok(())
    }
}

/// Everyone with a purchase, a response or a complaint before the end of the quarter, or a contract begun.
async fn everyone(database: &Database, end: i64) -> Result<Customers, Error> {
    let sql = "SELECT customer_id FROM purchase WHERE at < $1 \
               UNION SELECT customer_id FROM response WHERE at < $1 \
               UNION SELECT customer_id FROM complaint WHERE at < $1 \
               UNION SELECT customer_id FROM customer WHERE contract_start < $1 ORDER BY customer_id";
    let mut customers = Customers::default();
    let mut rows = database.stream_raw(statement(database, sql, [end.into()])).await?;
    while let Some(row) = rows.try_next().await? {
        customers.push(cell(&row, 0)?);
    }
    Ok(customers)
}

async fn segments(database: &Database) -> Result<Segments, Error> {
    let keys = segment::Entity::find()
        .order_by_asc(segment::Column::Dimension)
        .order_by_asc(segment::Column::Code)
        .all(database)
        .await?;
    Ok(Segments::new(keys.into_iter().map(|segment| (segment.dimension, segment.code))))
}

async fn surveys(database: &Database) -> Result<HashMap<String, Survey>, Error> {
    let asked = rapport_entities::survey::Entity::find()
        .filter(rapport_entities::survey::Column::Audience.eq(rapport_entities::Audience::Customer))
        .all(database)
        .await?;
    let mut surveys = HashMap::new();
    for survey in asked {
        let questions = question::Entity::find()
            .filter(question::Column::Survey.eq(&survey.code))
            .order_by_asc(question::Column::Position)
            .order_by_asc(question::Column::Code)
            .all(database)
            .await?;
        surveys.insert(survey.code, Survey::new(&questions));
    }
    Ok(surveys)
}

/// Purchases added up by customer: $1 the window, $2 the quarter, $3 the active quarters, $4 the end.
fn purchases_sql(database: &Database) -> String {
    // PostgreSQL widens a sum of integers to numeric
    let cast = if is_sqlite(database) { "INTEGER" } else { "bigint" };
    let sums = |from: &str| {
        let when = format!("CASE WHEN at >= {from} THEN");
        format!(
            "CAST(COALESCE(SUM({when} 1 END), 0) AS {cast}), CAST(COALESCE(SUM({when} amount END), 0) AS {cast}), \
             CAST(COALESCE(SUM({when} amount - cost END), 0) AS {cast}), \
             CAST(COALESCE(SUM({when} CASE WHEN cost IS NULL THEN 1 ELSE 0 END END), 0) AS {cast})"
        )
    };
    format!(
        "SELECT customer_id, MIN(CASE WHEN at >= $1 THEN currency END), MAX(CASE WHEN at >= $1 THEN currency END), \
         {}, {}, CAST(COALESCE(SUM(CASE WHEN at >= $3 THEN 1 END), 0) AS {cast}) \
         FROM purchase WHERE at < $4 GROUP BY customer_id ORDER BY customer_id",
        sums("$1"),
        sums("$2")
    )
}

fn total(row: &QueryResult, from: usize) -> Result<Total, Error> {
    let count: i64 = cell(row, from)?;
    let unknown: i64 = cell(row, from + 3)?;
    Ok(Total {
        count: i32::try_from(count).unwrap_or(i32::MAX),
        revenue: cell(row, from + 1)?,
        profit: if unknown == 0 { Some(cell(row, from + 2)?) } else { None },
    })
}

fn cell<T: sea_orm::TryGetable>(row: &QueryResult, index: usize) -> Result<T, Error> {
    Ok(row.try_get_by_index(index)?)
}

fn statement<const N: usize>(database: &Database, sql: &str, values: [Value; N]) -> Statement {
    Statement::from_sql_and_values(database.get_database_backend(), sql, values)
}
