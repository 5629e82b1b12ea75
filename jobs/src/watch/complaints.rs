//! A complaint that is not resolved within its time. Complaints much older are history, of sources that never say when
//! one was resolved.

use chrono::{DateTime, TimeDelta, Utc};
use rapport_entities::{ALL, AlertRule, Database, Severity, complaint};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    prelude::ChronoUnixTimestampMillis,
};
use serde_json::json;

use super::finding::Finding;
use crate::{Error, Settings};

/// Finds the complaints that are overdue.
pub async fn find(
    database: &Database,
    settings: &Settings,
    now: DateTime<Utc>,
) -> Result<Vec<Finding>, Error> {
    let rules = &settings.alerts;
    let oldest = now - TimeDelta::days(i64::from(rules.complaint_days));
    let mut findings = Vec::new();
    for (severity, hours) in &rules.complaint_hours {
        let latest = now - TimeDelta::hours(i64::from(*hours));
        let overdue = complaint::Entity::find()
            .filter(complaint::Column::ResolvedAt.is_null())
            .filter(complaint::Column::At.gte(ChronoUnixTimestampMillis(oldest)))
            .filter(complaint::Column::At.lte(ChronoUnixTimestampMillis(latest)))
            .filter(of(*severity))
            .order_by_asc(complaint::Column::At)
            .order_by_asc(complaint::Column::CustomerId)
            .order_by_asc(complaint::Column::Code)
            .limit(super::MOST)
            .all(database)
            .await?;
        findings.extend(overdue.into_iter().map(|one| finding(settings, one, *hours)));
    }
    Ok(findings)
}

fn of(severity: Severity) -> Condition {
    let said = Condition::any().add(complaint::Column::Severity.eq(severity));
    if severity == Severity::Medium { said.add(complaint::Column::Severity.is_null()) } else { said }
}

/// The text of a complaint may name anybody: it stays where it is.
fn finding(settings: &Settings, one: complaint::Model, hours: u32) -> Finding {
    let details = json!({
        "complaint": one.code,
        "at": *one.at,
        "severity": one.severity,
        "channel": one.channel,
        "product": one.product,
        "hours": hours,
    });
    Finding {
        rule: AlertRule::ComplaintOverdue,
        cause: format!("{}/{}/{}", one.customer_id, one.source, one.code),
        of: Some((settings.calendar.quarter_of(*one.at), None)),
        place: (ALL.to_owned(), ALL.to_owned()),
        customer_id: Some(one.customer_id),
        details,
    }
}
