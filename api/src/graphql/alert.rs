//! Alerts: what somebody should know of, each cause once.

use async_graphql::{Context, ID, Object, SimpleObject};
use rapport_entities::{AlertRule, Calendar, alert, customer};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::{
    choice, guard,
    list::List,
    page::{self, Window},
    period,
    reading::{self, Names, Reading},
    scalar::{Date, DateTime},
};
use crate::Error;

/// Something that somebody should know of.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(complex, serial)]
pub struct AlertRow {
    /// Global id.
    pub id: ID,
    /// The alert's own id, as mails and webhooks have it.
    pub alert_id: String,
    /// What found it: `INDEX_FELL`, `SHARE_PASSED`, `COMPLAINT_OVERDUE`, `CUSTOMER_DEFECTING`, `ACTION_OVERDUE` or `JOB_GAVE_UP`.
    pub rule_code: String,
    /// The quarter it is about, written `2026-Q3`.
    pub quarter: Option<String>,
    /// The quarter's first day.
    pub quarter_start: Option<Date>,
    /// The revision it was found in; null where it is about none.
    pub revision: Option<i32>,
    /// Code of the dimension; `all` for all customers.
    pub dimension: String,
    /// Code of the segment; `all` for all customers.
    pub segment: String,
    /// Name of the segment.
    pub segment_name: String,
    /// Code of the customer, where it is about one.
    pub customer: Option<String>,
    /// The numbers and their bases, as a JSON object.
    pub details: String,
    /// When it was found.
    pub found_at: DateTime,
}

crate::graphql::label::labels! {
    AlertRow {
        /// Name of what found it.
        rule_label: String = "rule" of rule_code,
    }
}

impl AlertRow {
    fn of(
        alert: alert::Model,
        customer: Option<customer::Model>,
        names: &Names,
        calendar: &Calendar,
    ) -> Self {
        Self {
            id: page::pack(&["alert", &alert.alert_id]).into(),
            rule_code: choice::code(alert.rule.as_str()),
            quarter: alert.quarter.map(|quarter| quarter.to_string()),
            quarter_start: alert.quarter.map(|quarter| period::first_day(calendar, quarter)),
            revision: alert.revision,
            segment_name: names.of(&alert.dimension, &alert.segment),
            dimension: alert.dimension,
            segment: alert.segment,
            customer: customer.map(|customer| customer.code),
            details: alert.details,
            found_at: DateTime(*alert.found_at),
            alert_id: alert.alert_id,
        }
    }
}

/// The alerts.
#[derive(Default)]
pub struct AlertQuery;

#[Object]
impl AlertQuery {
    /// Alerts as a flat table, newest first.
    #[graphql(guard = "guard::WORK", complexity = "page::cost(limit, page::ROWS, child_complexity)")]
    async fn alert_rows(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "A quarter, written 2026-Q3; all quarters if not given")] quarter: Option<String>,
        #[graphql(desc = "A rule's code, such as INDEX_FELL")] rule: Option<String>,
        #[graphql(desc = "Rows to pass over; 0 if not given")] offset: Option<i32>,
        #[graphql(desc = "Rows at most, up to 10,000; 1,000 if not given")] limit: Option<i32>,
    ) -> Result<List<AlertRow>, Error> {
        let window = Window::new(offset, limit)?;
        let reading = Reading::of(context)?;
        let mut select = alert::Entity::find();
        if let Some(quarter) = quarter {
            select = select.filter(alert::Column::Quarter.eq(reading::parse(&quarter)?));
        }
        if let Some(rule) = choice::word::<AlertRule>("rule", rule.as_deref())? {
            select = select.filter(alert::Column::Rule.eq(rule));
        }
        let alerts = select
            .order_by_desc(alert::Column::FoundAt)
            .order_by_asc(alert::Column::AlertId)
            .offset(window.offset)
            .limit(window.limit)
            .all(&reading.database)
            .await?;
        let ids: Vec<i64> = alerts.iter().filter_map(|alert| alert.customer_id).collect();
        let customers = of_customers(reading, ids).await?;
        let (names, calendar) = (reading.names().await?, period::calendar(context)?);
        let customer = |alert: &alert::Model| alert.customer_id.and_then(|id| customers.get(&id).cloned());
        Ok(alerts
            .into_iter()
            .map(|alert| {
                let customer = customer(&alert);
                AlertRow::of(alert, customer, names, &calendar)
            })
            .collect())
    }
}

/// The customers by id. The tables are not joined, since on a distributed database they lie apart.
async fn of_customers(
    reading: &Reading,
    ids: Vec<i64>,
) -> Result<std::collections::HashMap<i64, customer::Model>, Error> {
    let found = customer::Entity::find()
        .filter(customer::Column::CustomerId.is_in(ids))
        .all(&reading.database)
        .await?;
    Ok(found.into_iter().map(|customer| (customer.customer_id, customer)).collect())
}
