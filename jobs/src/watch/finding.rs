//! What a rule found, and how it is stored: once.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use rapport_entities::{ALL, AlertRule, Database, Quarter, alert, publication};
use sea_orm::{
    ColumnTrait, EntityTrait, QueryFilter, QuerySelect, TryInsertResult, prelude::ChronoUnixTimestampMillis,
    sea_query::OnConflict,
};
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::Error;

/// What a rule found.
pub struct Finding {
    /// By which rule.
    pub rule: AlertRule,
    /// What tells it from others of its rule.
    pub cause: String,
    /// The quarter and the revision it is about.
    pub of: Option<(Quarter, Option<i32>)>,
    /// Dimension and segment.
    pub place: (String, String),
    /// The customer.
    pub customer_id: Option<i64>,
    /// The numbers and their bases.
    pub details: Value,
}

/// Alerts are looked up and written so many at a time.
const PART: usize = 500;

impl Finding {
    /// Of all customers in a publication. The cause names no revision: a restated quarter alarms nobody again.
    pub fn of(publication: &publication::Model, rule: AlertRule, cause: &str, details: Value) -> Self {
        Self {
            rule,
            cause: format!("{}/{cause}", publication.quarter),
            of: Some((publication.quarter, Some(publication.revision))),
            place: (ALL.to_owned(), ALL.to_owned()),
            customer_id: None,
            details,
        }
    }

    fn alert(self, now: DateTime<Utc>) -> alert::Model {
        let key = Sha256::digest(format!("{}|{}", self.rule, self.cause));
        let (dimension, segment) = self.place;
        alert::Model {
            alert_id: hex::encode(&key[..12]),
            rule: self.rule,
            quarter: self.of.map(|(quarter, _)| quarter),
            revision: self.of.and_then(|(_, revision)| revision),
            dimension,
            segment,
            customer_id: self.customer_id,
            cause: self.cause,
            details: self.details.to_string(),
            found_at: ChronoUnixTimestampMillis(now),
        }
    }
}

/// Stores what is new, and says by which rules it was found.
pub async fn store(
    database: &Database,
    findings: Vec<Finding>,
    now: DateTime<Utc>,
) -> Result<Vec<AlertRule>, Error> {
    let alerts: Vec<alert::Model> = findings.into_iter().map(|finding| finding.alert(now)).collect();
    let mut new = Vec::new();
    for part in alerts.chunks(PART) {
        let known = known(database, part).await?;
        for alert in part.iter().filter(|alert| !known.contains(&alert.alert_id)) {
            // another process may have found it meanwhile
            let inserted = alert::Entity::insert(alert::ActiveModel::from(alert.clone()))
                .on_conflict(OnConflict::column(alert::Column::AlertId).do_nothing().to_owned())
                .try_insert()
                .exec_without_returning(database)
                .await?;
            if matches!(inserted, TryInsertResult::Inserted(1)) {
                new.push(alert.rule);
            }
        }
    }
    Ok(new)
}

async fn known(database: &Database, alerts: &[alert::Model]) -> Result<HashSet<String>, Error> {
    let ids: Vec<String> = alert::Entity::find()
        .select_only()
        .column(alert::Column::AlertId)
        .filter(alert::Column::AlertId.is_in(alerts.iter().map(|alert| alert.alert_id.as_str())))
        .into_tuple()
        .all(database)
        .await?;
    Ok(ids.into_iter().collect())
}
