//! What a complaint is measured by: the most exact standard that was in force when it came in, and whether that was kept.

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use rapport_entities::{
    At, CaseState, Database, Deadline, Severity, Size, ValueClass, WorkingHours, customer_quarter, published,
};
use sea_orm::{ColumnTrait, DbErr, EntityTrait, QueryFilter, QuerySelect};

use super::Standing;
use crate::{
    Settings,
    settings::{Clock, CustomerClass, ServiceRules, ServiceStandard},
};

/// The classes of a customer in the newest published quarter; none where nothing is known.
pub type Classes = Option<(ValueClass, Size)>;

/// What complaints are measured by.
pub struct Standards<'a> {
    rules: &'a ServiceRules,
    hours: WorkingHours,
    zone: Tz,
}

/// The deadlines of a complaint.
#[derive(Clone, Copy, Debug)]
pub struct Due<'a> {
    /// By which standard.
    pub standard: &'a ServiceStandard,
    /// By when the customer is to be told that it came in.
    pub acknowledge: Option<DateTime<Utc>>,
    /// By when it is to be resolved.
    pub resolve: Option<DateTime<Utc>>,
}

impl<'a> Standards<'a> {
    /// Of these settings.
    pub fn of(settings: &'a Settings) -> Self {
        let zone = settings.calendar.zone;
        Self { rules: &settings.service, hours: settings.service.calendar.working_hours(zone), zone }
    }

    /// Whether nothing is demanded.
    pub fn are_none(&self) -> bool {
        self.rules.standards.is_empty()
    }

    /// The deadlines of a complaint; none if no standard is for it.
    pub fn due(&self, received: At, severity: Option<Severity>, classes: Classes) -> Option<Due<'a>> {
        let standard = self.standard(received, severity.unwrap_or(Severity::Medium), classes)?;
        let after = |hours: f64| {
            // at most ten years, checked with the settings
            let duration = TimeDelta::milliseconds((hours * 3_600_000.0).round() as i64);
            match standard.clock {
                Clock::Hours => received.0 + duration,
                Clock::Business => self.hours.due(received.0, duration),
            }
        };
        Some(Due {
            standard,
            acknowledge: standard.acknowledge_hours.map(after),
            resolve: standard.resolve_hours.map(after),
        })
    }

    /// Of those in force the most exact: a class says more than a severity, and a value class more than a size.
    fn standard(&self, received: At, severity: Severity, classes: Classes) -> Option<&'a ServiceStandard> {
        let day = received.with_timezone(&self.zone).date_naive();
        let fits = |one: &&ServiceStandard| {
            one.from <= day
                && one.severity.is_none_or(|asked| asked == severity)
                && one.class.is_none_or(|asked| is_of(asked, classes))
        };
        self.rules.standards.iter().filter(fits).max_by_key(|one| {
            let class = match one.class {
                Some(CustomerClass::Value(_)) => 2,
                Some(CustomerClass::Size(_)) => 1,
                None => 0,
            };
            (class, one.severity.is_some(), one.from)
        })
    }
}

fn is_of(asked: CustomerClass, classes: Classes) -> bool {
    classes.is_some_and(|(value, size)| match asked {
        CustomerClass::Value(class) => class == value,
        CustomerClass::Size(class) => class == size,
    })
}

impl Due<'_> {
    /// The deadline, if the standard sets it.
    pub fn at(&self, deadline: Deadline) -> Option<DateTime<Utc>> {
        match deadline {
            Deadline::Acknowledge => self.acknowledge,
            Deadline::Resolve => self.resolve,
        }
    }

    /// Hours that the standard gives.
    pub fn hours(&self, deadline: Deadline) -> Option<f64> {
        match deadline {
            Deadline::Acknowledge => self.standard.acknowledge_hours,
            Deadline::Resolve => self.standard.resolve_hours,
        }
    }

    /// Whether a deadline was kept; none where it is not set, has time yet, or cannot be told: a source that says when
    /// a complaint was resolved need not say when the customer first heard of it.
    pub fn kept(&self, deadline: Deadline, case: &Standing, now: DateTime<Utc>) -> Option<bool> {
        let due = self.at(deadline)?;
        let in_time = |at: At| at.0 <= due;
        match (deadline, case.acknowledged_at, case.resolved_at) {
            (Deadline::Acknowledge, Some(at), _) | (Deadline::Resolve, _, Some(at)) => Some(in_time(at)),
            (Deadline::Acknowledge, None, Some(at)) => in_time(at).then_some(true),
            (Deadline::Acknowledge, None, None) if case.state != CaseState::Received => None,
            _ => (now > due).then_some(false),
        }
    }

    /// Whether nothing that happens to the case, but being taken up again, changes this any more.
    pub fn is_decided(&self, deadline: Deadline, case: &Standing, now: DateTime<Utc>) -> bool {
        let done = match deadline {
            Deadline::Acknowledge => case.state != CaseState::Received,
            Deadline::Resolve => case.resolved_at.is_some(),
        };
        done || self.at(deadline).is_none() || self.kept(deadline, case, now).is_some()
    }
}

/// The newest published quarter's set of results; none if nothing is published.
pub async fn newest(database: &Database) -> Result<Option<String>, DbErr> {
    Ok(published::current(database).await?.pop().map(|newest| newest.set_id))
}

/// The classes of these customers in a set of results.
pub async fn classes(
    database: &Database,
    set_id: &str,
    customers: impl IntoIterator<Item = i64>,
) -> Result<HashMap<i64, (ValueClass, Size)>, DbErr> {
    use customer_quarter::Column;
    let rows: Vec<(i64, ValueClass, Size)> = customer_quarter::Entity::find()
        .select_only()
        .columns([Column::CustomerId, Column::ValueClass, Column::Size])
        .filter(Column::SetId.eq(set_id))
        .filter(Column::CustomerId.is_in(customers))
        .into_tuple()
        .all(database)
        .await?;
    Ok(rows.into_iter().map(|(customer, value, size)| (customer, (value, size))).collect())
}
