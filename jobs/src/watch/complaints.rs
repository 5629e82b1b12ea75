//! Complaints that missed a deadline of their service standard: each is put down once, and alarms while the complaint
//! waits. Complaints much older are history.

use chrono::{DateTime, TimeDelta, Utc};
use rapport_entities::{
    ALL, AlertRule, Database, Deadline, complaint, complaint_breach, connection::begin_write,
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect, Statement, Value,
    prelude::ChronoUnixTimestampMillis,
    sea_query::{Expr, OnConflict},
};
use serde_json::json;

use super::finding::Finding;
use crate::{
    Error, Settings,
    case::{Classes, Due, Standards, Standing, classes, newest},
};

/// Complaints of a transaction.
const PAGE: u64 = 2_000;

/// Puts down what was missed, and finds what still waits.
pub async fn find(
    database: &Database,
    settings: &Settings,
    now: DateTime<Utc>,
) -> Result<Vec<Finding>, Error> {
    let standards = Standards::of(settings);
    if standards.are_none() {
        return Ok(Vec::new());
    }
    let set_id = newest(database).await?;
    let mut after = None;
    while let Some(last) = judge(database, &standards, (set_id.as_deref(), after), now).await? {
        after = Some(last);
    }
    waiting(database, settings, &standards, set_id.as_deref(), now).await
}

/// Judges the next complaints of which something is undecided, the oldest first; the last of them, if more may follow.
async fn judge(
    database: &Database,
    standards: &Standards<'_>,
    (set_id, after): (Option<&str>, Option<complaint::Model>),
    now: DateTime<Utc>,
) -> Result<Option<complaint::Model>, Error> {
    let mut page = next(database, after.as_ref()).await?;
    let classes = classes_of(database, set_id, &page).await?;
    let (mut breaches, mut decided) = (Vec::new(), Vec::new());
    for one in &page {
        let standing = Standing::of(one);
        let due = standards.due(one.at, one.severity, classes.get(&one.customer_id).copied());
        let is_decided =
            |due: &Due<'_>| Deadline::ALL.iter().all(|line| due.is_decided(*line, &standing, now));
        if due.as_ref().is_none_or(is_decided) {
            decided.push(one);
        }
        let missed =
            |line: &&Deadline| due.is_some_and(|due| due.kept(**line, &standing, now) == Some(false));
        breaches.extend(Deadline::ALL.iter().filter(missed).filter_map(|line| breach(one, due?, *line, now)));
    }
    store(database, breaches, &decided).await?;
    Ok(page.pop().filter(|_| page.len() as u64 + 1 == PAGE))
}

async fn next(database: &Database, after: Option<&complaint::Model>) -> Result<Vec<complaint::Model>, Error> {
    use complaint::Column;
    // by a key that no two have: at, and then the rest of it
    let beyond = after.map(|last| {
        let code = Condition::all().add(Column::Source.eq(&last.source)).add(Column::Code.gt(&last.code));
        let source = Condition::any().add(Column::Source.gt(&last.source)).add(code);
        let same = Condition::all().add(Column::CustomerId.eq(last.customer_id)).add(source);
        let customer = Condition::any().add(Column::CustomerId.gt(last.customer_id)).add(same);
        Condition::any()
            .add(Column::At.gt(last.at))
            .add(Condition::all().add(Column::At.eq(last.at)).add(customer))
    });
    let select = complaint::Entity::find()
        .filter(Expr::cust("NOT judged"))
        .filter(Condition::all().add_option(beyond))
        .order_by_asc(Column::At)
        .order_by_asc(Column::CustomerId)
        .order_by_asc(Column::Source)
        .order_by_asc(Column::Code)
        .limit(PAGE);
    Ok(select.all(database).await?)
}

async fn classes_of(
    database: &Database,
    set_id: Option<&str>,
    complaints: &[complaint::Model],
) -> Result<std::collections::HashMap<i64, (rapport_entities::ValueClass, rapport_entities::Size)>, Error> {
    Ok(match set_id {
        Some(set_id) => classes(database, set_id, complaints.iter().map(|one| one.customer_id)).await?,
        None => Default::default(),
    })
}

fn breach(
    one: &complaint::Model,
    due: Due<'_>,
    deadline: Deadline,
    now: DateTime<Utc>,
) -> Option<complaint_breach::Model> {
    Some(complaint_breach::Model {
        customer_id: one.customer_id,
        source: one.source.clone(),
        complaint: one.code.clone(),
        deadline,
        due_at: ChronoUnixTimestampMillis(due.at(deadline)?),
        found_at: ChronoUnixTimestampMillis(now),
    })
}

/// Puts down what was missed, and what need not be looked at again unless it moves.
async fn store(
    database: &Database,
    breaches: Vec<complaint_breach::Model>,
    decided: &[&complaint::Model],
) -> Result<(), Error> {
    use complaint_breach::Column;
    if breaches.is_empty() && decided.is_empty() {
        return Ok(());
    }
    let transaction = begin_write(database).await?;
    if !breaches.is_empty() {
        let key = [Column::CustomerId, Column::Source, Column::Complaint, Column::Deadline];
        complaint_breach::Entity::insert_many(breaches.into_iter().map(IntoActiveModel::into_active_model))
            .on_conflict(OnConflict::columns(key).do_nothing().to_owned())
            .try_insert()
            .exec_without_returning(&transaction)
            .await?;
    }
    if !decided.is_empty() {
        let values = decided.iter().flat_map(|one| {
            let key: [Value; 4] = [
                one.customer_id.into(),
                one.source.as_str().into(),
                one.code.as_str().into(),
                one.moves.into(),
            ];
            key
        });
        let marks: Vec<String> = (0..decided.len())
            .map(|row| row * 4)
            .map(|row| format!("(${}, ${}, ${}, ${})", row + 1, row + 2, row + 3, row + 4))
            .collect();
        // one that was moved meanwhile is looked at again
        let sql = format!(
            "WITH told (customer_id, source, code, moves) AS (VALUES {}) UPDATE complaint SET judged = TRUE FROM told \
             WHERE complaint.customer_id = told.customer_id AND complaint.source = told.source \
             AND complaint.code = told.code AND complaint.moves = told.moves AND NOT complaint.replay",
            marks.join(", ")
        );
        let backend = transaction.get_database_backend();
        transaction.execute_raw(Statement::from_sql_and_values(backend, sql, values)).await?;
    }
    transaction.commit().await?;
    Ok(())
}

/// Of those that missed a deadline the ones that still wait.
async fn waiting(
    database: &Database,
    settings: &Settings,
    standards: &Standards<'_>,
    set_id: Option<&str>,
    now: DateTime<Utc>,
) -> Result<Vec<Finding>, Error> {
    let oldest = now - TimeDelta::days(i64::from(settings.alerts.complaint_days));
    let mut findings = Vec::new();
    for deadline in Deadline::ALL {
        let sql = format!(
            "SELECT c.* FROM complaint c JOIN complaint_breach b ON b.customer_id = c.customer_id \
             AND b.source = c.source AND b.complaint = c.code WHERE b.deadline = '{deadline}' AND c.at >= $1 AND {} \
             ORDER BY c.at, c.customer_id, c.source, c.code LIMIT {}",
            match deadline {
                Deadline::Acknowledge => "c.state = 'received'",
                Deadline::Resolve => "c.resolved_at IS NULL",
            },
            super::MOST
        );
        let values = [oldest.timestamp_millis().into()];
        let statement = Statement::from_sql_and_values(database.get_database_backend(), sql, values);
        let found = complaint::Entity::find().from_raw_sql(statement).all(database).await?;
        let classes = classes_of(database, set_id, &found).await?;
        let of = |one: &complaint::Model| -> Classes { classes.get(&one.customer_id).copied() };
        findings.extend(found.iter().map(|one| {
            let hours = standards.due(one.at, one.severity, of(one)).and_then(|due| due.hours(*deadline));
            finding(settings, one, *deadline, hours)
        }));
    }
    Ok(findings)
}

/// The text of a complaint may name anybody: it stays where it is.
fn finding(settings: &Settings, one: &complaint::Model, deadline: Deadline, hours: Option<f64>) -> Finding {
    let details = json!({
        "complaint": one.code,
        "deadline": deadline,
        "at": *one.at,
        "severity": one.severity,
        "channel": one.channel,
        "unit": one.unit,
        "product": one.product,
        "hours": hours.map(whole_or_not),
    });
    Finding {
        rule: AlertRule::ComplaintOverdue,
        cause: format!("{}/{}/{}/{deadline}", one.customer_id, one.source, one.code),
        of: Some((settings.calendar.quarter_of(*one.at), None)),
        place: (ALL.to_owned(), ALL.to_owned()),
        customer_id: Some(one.customer_id),
        details,
    }
}

/// Hours of a standard, as people write them: `24`, `1.5`.
fn whole_or_not(hours: f64) -> serde_json::Value {
    // at most 87,600, checked with the settings
    if hours.fract() == 0.0 { (hours as i64).into() } else { hours.into() }
}
