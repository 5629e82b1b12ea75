//! Which deliveries there must be: an alert for everybody who hears of its rule, a report of the newest quarter that
//! is over, and of an earlier one for those who had it and now have it restated. A first start floods nobody.

use std::collections::{BTreeMap, HashSet};

use chrono::{DateTime, TimeDelta, Utc};
use rapport_entities::{
    Database, DeliveryState, Quarter, alert, customer_segment, delivery, publication, published,
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    prelude::ChronoUnixTimestampMillis,
};

use super::{queue, subject::What};
use crate::{
    Error, Settings, ledger,
    settings::{Subscription, Topic},
};

/// So many of the oldest new alerts are looked at in one run.
const ALERTS: u64 = 10_000;

/// Rows are looked up so many at a time.
const PART: usize = 500;

/// What has long waited for subscriptions that are not in the settings. Not at once: somebody may have run this with
/// other settings.
fn forsaken(settings: &Settings, now: DateTime<Utc>) -> Condition {
    let names = settings.subscriptions.iter().map(|subscription| subscription.name.as_str());
    let long_ago = now - TimeDelta::days(i64::from(settings.delivery.catch_up_days));
    Condition::all()
        .add(delivery::Column::State.eq(DeliveryState::Queued))
        .add(delivery::Column::CreatedAt.lt(ChronoUnixTimestampMillis(long_ago)))
        .add(delivery::Column::Subscription.is_not_in(names))
}

/// True if there are such.
pub async fn is_forsaken(
    database: &Database,
    settings: &Settings,
    now: DateTime<Utc>,
) -> Result<bool, Error> {
    let one = delivery::Entity::find().filter(forsaken(settings, now)).limit(1).one(database).await?;
    Ok(one.is_some())
}

/// Gives them up, and says how many.
pub async fn abandon(database: &Database, settings: &Settings, now: DateTime<Utc>) -> Result<u64, Error> {
    let abandoned = delivery::Entity::update_many()
        .set(delivery::ActiveModel {
            state: Set(DeliveryState::Dead),
            last_error: Set(Some("the subscription is no longer in the settings".to_owned())),
            ..Default::default()
        })
        .filter(forsaken(settings, now))
        .exec(database)
        .await?;
    Ok(abandoned.rows_affected)
}

/// A delivery that there must be: the subscription's name, and what.
pub type Missing = (String, String);

/// Makes the deliveries that are missing, and says how many.
pub async fn make(database: &Database, settings: &Settings, now: DateTime<Utc>) -> Result<u64, Error> {
    let mut made = 0;
    for (subscription, what) in missing(database, settings, now).await? {
        // another process may have made it meanwhile
        made += u64::from(queue::put(database, &subscription, &what).await?);
    }
    Ok(made)
}

/// The deliveries that there must be and are not there.
pub async fn missing(
    database: &Database,
    settings: &Settings,
    now: DateTime<Utc>,
) -> Result<Vec<Missing>, Error> {
    if settings.subscriptions.is_empty() {
        return Ok(Vec::new());
    }
    let alerts = alerts(database, settings, now).await?;
    let current: Vec<publication::Model> =
        published::current(database).await?.into_iter().filter(|one| !one.provisional).collect();
    let newest = newest_over(database, now).await?;
    let mut missing = Vec::new();
    for subscription in &settings.subscriptions {
        let mut wanted = of_alerts(database, subscription, &alerts).await?;
        if subscription.on.contains(&Topic::Reports) {
            wanted.extend(of_reports(database, subscription, &current, newest).await?);
        }
        missing.extend(not_there(database, &subscription.name, wanted).await?);
    }
    Ok(missing)
}

/// Alerts young enough, oldest first.
async fn alerts(
    database: &Database,
    settings: &Settings,
    now: DateTime<Utc>,
) -> Result<Vec<alert::Model>, Error> {
    let oldest = now - TimeDelta::days(i64::from(settings.delivery.catch_up_days));
    Ok(alert::Entity::find()
        .filter(alert::Column::FoundAt.gte(ChronoUnixTimestampMillis(oldest)))
        .order_by_asc(alert::Column::FoundAt)
        .order_by_asc(alert::Column::AlertId)
        .limit(ALERTS)
        .all(database)
        .await?)
}

/// The newest quarter that is over and has data: only its report is news.
async fn newest_over(database: &Database, now: DateTime<Utc>) -> Result<Option<Quarter>, Error> {
    let quarters = ledger::quarters(database).await?;
    Ok(quarters.iter().filter(|inputs| *inputs.ends_at <= now).map(|inputs| inputs.quarter).max())
}

async fn of_alerts(
    database: &Database,
    subscription: &Subscription,
    alerts: &[alert::Model],
) -> Result<Vec<String>, Error> {
    let heard: Vec<&alert::Model> = alerts.iter().filter(|alert| subscription.hears(alert.rule)).collect();
    let wanted = |alert: &alert::Model| What::Alert(alert.alert_id.clone()).to_string();
    let Some((dimension, segment)) = subscription.place() else {
        return Ok(heard.into_iter().map(wanted).collect());
    };
    let customers: Vec<i64> = heard.iter().filter_map(|alert| alert.customer_id).collect();
    let members = members(database, &customers, (dimension, segment)).await?;
    let here = |alert: &&alert::Model| match alert.customer_id {
        Some(customer) => members.contains(&customer),
        None => (alert.dimension.as_str(), alert.segment.as_str()) == (dimension, segment),
    };
    Ok(heard.into_iter().filter(here).map(wanted).collect())
}

/// Those of the customers who are in a segment.
async fn members(
    database: &Database,
    customers: &[i64],
    (dimension, segment): (&str, &str),
) -> Result<HashSet<i64>, Error> {
    let mut members = HashSet::new();
    for part in customers.chunks(PART) {
        let found: Vec<i64> = customer_segment::Entity::find()
            .select_only()
            .column(customer_segment::Column::CustomerId)
            .filter(customer_segment::Column::CustomerId.is_in(part.iter().copied()))
            .filter(customer_segment::Column::Dimension.eq(dimension))
            .filter(customer_segment::Column::Segment.eq(segment))
            .into_tuple()
            .all(database)
            .await?;
        members.extend(found);
    }
    Ok(members)
}

async fn of_reports(
    database: &Database,
    subscription: &Subscription,
    current: &[publication::Model],
    newest: Option<Quarter>,
) -> Result<Vec<String>, Error> {
    let made: Vec<String> = delivery::Entity::find()
        .select_only()
        .column(delivery::Column::What)
        .filter(delivery::Column::Subscription.eq(subscription.name.as_str()))
        .filter(delivery::Column::What.starts_with("report:"))
        .into_tuple()
        .all(database)
        .await?;
    let had: BTreeMap<Quarter, i32> = made.iter().filter_map(|what| What::read(what)?.report()).collect();
    let wanted = |one: &&publication::Model| Some(one.quarter) == newest || had.contains_key(&one.quarter);
    let what = |one: &publication::Model| What::Report(one.quarter, one.revision).to_string();
    Ok(current.iter().filter(wanted).map(what).collect())
}

async fn not_there(
    database: &Database,
    subscription: &str,
    wanted: Vec<String>,
) -> Result<Vec<Missing>, Error> {
    let mut missing = Vec::new();
    for part in wanted.chunks(PART) {
        let ids = part.iter().map(|what| queue::id(subscription, what));
        let there: Vec<String> = delivery::Entity::find()
            .select_only()
            .column(delivery::Column::DeliveryId)
            .filter(delivery::Column::DeliveryId.is_in(ids))
            .into_tuple()
            .all(database)
            .await?;
        let there: HashSet<String> = there.into_iter().collect();
        let absent = part.iter().filter(|what| !there.contains(&queue::id(subscription, what)));
        missing.extend(absent.map(|what| (subscription.to_owned(), what.clone())));
    }
    Ok(missing)
}
