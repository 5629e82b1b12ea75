//! Actions that are not done by their day. Who answers for them is told where actions are shown, to those who may know.

use chrono::{DateTime, Days, Utc};
use rapport_entities::{ActionState, AlertRule, Database, action};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde_json::json;

use super::finding::Finding;
use crate::{Error, Settings};

/// Finds the actions whose day is over where the company is, and that are neither done nor given up. A day longer ago than
/// the settings say is history.
pub async fn find(
    database: &Database,
    settings: &Settings,
    now: DateTime<Utc>,
) -> Result<Vec<Finding>, Error> {
    use action::Column;
    let today = now.with_timezone(&settings.calendar.zone).date_naive();
    let Some(oldest) = today.checked_sub_days(Days::new(settings.alerts.action_days.into())) else {
        return Ok(Vec::new());
    };
    let overdue = action::Entity::find()
        .filter(Column::State.is_in([ActionState::Planned, ActionState::InWork]))
        .filter(Column::Due.gte(oldest))
        .filter(Column::Due.lt(today))
        .order_by_asc(Column::Due)
        .order_by_asc(Column::Code)
        .limit(super::MOST)
        .all(database)
        .await?;
    Ok(overdue.into_iter().map(finding).collect())
}

/// One whose day was put off and is over again is another cause.
fn finding(one: action::Model) -> Finding {
    let details = json!({
        "action": one.code,
        "title": one.title,
        "due": one.due,
        "state": one.state,
        "metric": one.metric,
    });
    Finding {
        rule: AlertRule::ActionOverdue,
        cause: format!("{}/{}", one.code, one.due),
        of: None,
        place: (one.dimension, one.segment),
        customer_id: None,
        details,
    }
}
