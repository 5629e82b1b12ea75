//! Reading a quarter's inputs in one pass over each table: customers with what is known of them, what they bought, and
//! the running scores of every segment.

use chrono::DateTime;
use futures_util::TryStreamExt;
use indicatif::ProgressBar;
use rapport_entities::{Calendar, Database, Quarter, action, segment};
use rapport_statistics::retention::Contract;
use sea_orm::{EntityTrait, QueryOrder, QueryResult, Statement, StreamTrait, Value};

use super::{
    answers::Answering,
    buying::{Buying, number_of},
    cases,
    customers::{Customers, Tenure},
    effects,
    handling::{self, Recording},
    lessons,
    losses::Recorded,
    people::People,
    prospects::Prospects,
    segments::{SegmentIndex, Segments},
    span::Span,
    themes::Themes,
};
use crate::{Error, Rules};

/// All that was read.
pub struct Inputs {
    /// Everyone known at the end of the quarter.
    pub customers: Customers,
    /// The segments there are.
    pub segments: Segments,
    /// What was answered.
    pub answering: Answering,
    /// The contracts begun before the end of the quarter, in numbers of quarters, with their customers.
    pub contracts: Vec<(i64, Contract)>,
    /// What is recorded of complaints.
    pub recording: Recording,
    /// What customers say.
    pub themes: Themes,
    /// Of the purchases; `None` without one.
    pub currency: Option<String>,
    /// The actions that took effect so far.
    pub actions: Vec<action::Model>,
    /// What was recorded of lost customers.
    pub lost: Recorded,
    /// What employees and partners answered.
    pub people: People,
    /// What became of prospects.
    pub prospects: Prospects,
}

impl Inputs {
    /// Reads the inputs of a quarter.
    pub async fn read(
        database: &Database,
        calendar: &Calendar,
        quarter: Quarter,
        rules: &Rules,
        provisional: bool,
        progress: &ProgressBar,
    ) -> Result<Self, Error> {
        let span = Span::of(quarter, calendar, rules);
        let mut segments = segments(database).await?;
        let mut customers = everyone(database, span.end).await?;
        read_memberships(database, &mut customers, &mut segments).await?;
        let contracts = read_contracts(database, calendar, &mut customers, span.end).await?;
        read_referrals(database, &mut customers).await?;
        let buying = Buying::read(database, calendar, quarter, span, &rules.lifecycle, provisional).await?;
        let currency = currency(&buying, quarter)?;
        customers.bought(buying);
        let cases = cases::read(database, span, rules).await?;
        handling::tell(&mut customers, &cases, span);
        let answering = Answering::read(database, span, rules, &mut customers, &segments, progress).await?;
        let recording = Recording::read(database, span.end, answering.scores.asks_for_complaints()).await?;
        let actions = effects::actions(database, quarter).await?;
        let themes = Themes::default();
        let lost = Recorded::read(database, span).await?;
        let people = People::read(database, span, rules, &segments).await?;
        let prospects = Prospects::read(database, &mut segments, span).await?;
        let mut inputs = Self {
            customers,
            segments,
            answering,
            contracts,
            recording,
            themes,
            currency,
            actions,
            lost,
            people,
            prospects,
        };
        inputs.count_complaints_by_record();
        lessons::tell(&mut inputs, &cases, rules);
        let themes = Themes::read(database, &inputs, span).await?;
        themes.tell(&mut inputs);
        inputs.themes = themes;
        Ok(inputs)
    }

    /// The segments of the customer with this key.
    pub fn members(&self, id: i64) -> &[SegmentIndex] {
        let combination = self.customers.combination(id);
        combination.map_or(&[], |combination| self.segments.members(combination))
    }

    /// Where no survey asks whether customers complained, those who bought in the quarter are the base and the
    /// records tell; without a record of any complaint there is no rate at all.
    fn count_complaints_by_record(&mut self) {
        if !self.recording.complaints || self.answering.scores.asks_for_complaints() {
            return;
        }
        for (customer, purchases) in self.customers.iter() {
            if purchases.quarter.count > 0 {
                let members = self.segments.members(customer.combination);
                self.answering.scores.add_complaint(members, customer.complaint_in_quarter);
            }
        }
    }
}

/// Everyone with a purchase, a response, a remark or a complaint before the end of the quarter, with a contract begun, or
/// known to be lost.
async fn everyone(database: &Database, end: i64) -> Result<Customers, Error> {
    let sql = "SELECT customer_id FROM purchase WHERE at < $1 \
               UNION SELECT customer_id FROM response WHERE at < $1 \
               UNION SELECT customer_id FROM remark WHERE at < $1 \
               UNION SELECT customer_id FROM complaint WHERE at < $1 \
               UNION SELECT customer_id FROM customer_loss WHERE at < $1 \
               UNION SELECT customer_id FROM winback_attempt WHERE at < $1 \
               UNION SELECT customer_id FROM customer WHERE contract_start < $1 ORDER BY customer_id";
    let mut customers = Customers::default();
    let mut rows = database.stream_raw(statement(database, sql, [end.into()])).await?;
    while let Some(row) = rows.try_next().await? {
        customers.push(cell(&row, 0)?);
    }
    Ok(customers)
}

async fn read_memberships(
    database: &Database,
    customers: &mut Customers,
    segments: &mut Segments,
) -> Result<(), Error> {
    let sql = "SELECT customer_id, dimension, segment FROM customer_segment ORDER BY customer_id, dimension";
    let mut rows = database.stream_raw(statement(database, sql, [])).await?;
    while let Some(row) = rows.try_next().await? {
        let (id, dimension, segment): (i64, String, String) =
            (cell(&row, 0)?, cell(&row, 1)?, cell(&row, 2)?);
        let place = segments.position(&dimension, &segment);
        if let (Some(customer), Some(place)) = (customers.get_mut(id), place) {
            customer.combination = segments.with(customer.combination, place);
        }
    }
    Ok(())
}

async fn read_contracts(
    database: &Database,
    calendar: &Calendar,
    customers: &mut Customers,
    end: i64,
) -> Result<Vec<(i64, Contract)>, Error> {
    let sql = "SELECT customer_id, contract_start, contract_end FROM customer WHERE contract_start < $1 \
               ORDER BY customer_id";
    let quarter = |at: i64| {
        let moment = DateTime::from_timestamp_millis(at).unwrap_or_default();
        number_of(calendar.quarter_of(moment))
    };
    let mut contracts = Vec::new();
    let mut rows = database.stream_raw(statement(database, sql, [end.into()])).await?;
    while let Some(row) = rows.try_next().await? {
        let (id, started, ended): (i64, i64, Option<i64>) = (cell(&row, 0)?, cell(&row, 1)?, cell(&row, 2)?);
        if let Some(customer) = customers.get_mut(id) {
            let contract = Contract { start: quarter(started), end: ended.map(quarter) };
            let last = quarter(ended.unwrap_or(end).min(end - 1));
            customer.contract = Some(Tenure {
                runs: ended.is_none_or(|ended| ended >= end),
                quarters: last.saturating_sub(contract.start) + 1,
                since: contract.start,
            });
            contracts.push((id, contract));
        }
    }
    Ok(contracts)
}

async fn read_referrals(database: &Database, customers: &mut Customers) -> Result<(), Error> {
    let sql = "SELECT customer_id, referrals FROM customer WHERE referrals IS NOT NULL ORDER BY customer_id";
    let mut rows = database.stream_raw(statement(database, sql, [])).await?;
    while let Some(row) = rows.try_next().await? {
        let (id, referrals): (i64, i32) = (cell(&row, 0)?, cell(&row, 1)?);
        if let Some(customer) = customers.get_mut(id) {
            customer.referrals = Some(referrals.unsigned_abs());
        }
    }
    Ok(())
}

/// Amounts of two currencies cannot be added up.
fn currency(buying: &Buying, quarter: Quarter) -> Result<Option<String>, Error> {
    match buying.currencies.as_slice() {
        [] => Ok(None),
        [only] => Ok(Some(only.clone())),
        several => Err(Error::Currencies { quarter, currencies: several.to_vec() }),
    }
}

async fn segments(database: &Database) -> Result<Segments, Error> {
    let keys = segment::Entity::find()
        .order_by_asc(segment::Column::Dimension)
        .order_by_asc(segment::Column::Code)
        .all(database)
        .await?;
    Ok(Segments::new(keys.into_iter().map(|segment| (segment.dimension, segment.code))))
}

/// A cell of a row.
pub(super) fn cell<T: sea_orm::TryGetable>(row: &QueryResult, index: usize) -> Result<T, Error> {
    Ok(row.try_get_by_index(index)?)
}

/// A statement of this database's kind.
pub(super) fn statement<const N: usize>(database: &Database, sql: &str, values: [Value; N]) -> Statement {
    Statement::from_sql_and_values(database.get_database_backend(), sql, values)
}
