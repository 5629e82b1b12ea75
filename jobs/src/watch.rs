//! Watching: finds what somebody should know of, in published results, complaints, actions and runs. A cause is found once,
//! however often it is looked for: its hash is the alert's key.

mod actions;
mod complaints;
mod customers;
mod finding;
mod indexes;
mod runs;
mod shares;

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use rapport_entities::{AlertRule, Database, publication, published};

use crate::{Error, Settings, settings::AlertRules};

/// New alerts, by rule.
pub type Found = BTreeMap<AlertRule, u64>;

/// A rule finds so many at most: where there are more, it is not the single one that alarms.
const MOST: u64 = 10_000;

/// Looks by every rule that is switched on, and stores what was not known before.
pub async fn watch(database: &Database, settings: &Settings, now: DateTime<Utc>) -> Result<Found, Error> {
    let rules = &settings.alerts;
    let mut findings = Vec::new();
    for publication in watched(database, rules).await? {
        findings.extend(indexes::find(database, rules, &publication).await?);
        findings.extend(shares::find(database, rules, &publication).await?);
        findings.extend(customers::find(database, rules, &publication).await?);
    }
    findings.extend(complaints::find(database, settings, now).await?);
    findings.extend(actions::find(database, settings, now).await?);
    findings.extend(runs::find(database, rules, now).await?);
    let mut found = Found::new();
    for rule in finding::store(database, findings, now).await? {
        *found.entry(rule).or_default() += 1;
    }
    Ok(found)
}

/// The newest revisions of the newest quarters.
async fn watched(database: &Database, rules: &AlertRules) -> Result<Vec<publication::Model>, Error> {
    let published = published::current(database).await?.into_iter();
    let mut watched: Vec<_> = published.filter(|one| rules.provisional || !one.provisional).collect();
    let history = watched.len().saturating_sub(rules.quarters as usize);
    Ok(watched.split_off(history))
}
