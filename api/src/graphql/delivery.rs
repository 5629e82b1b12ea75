//! Deliveries: what is on its way to whom, and why it has not arrived. For operators.

use async_graphql::{Context, ID, Object, SimpleObject};
use rapport_entities::{DeliveryState, delivery};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::{
    choice, guard,
    list::List,
    page::{self, Window},
    reading::Reading,
    scalar::DateTime,
};
use crate::Error;

/// Something on its way to a subscriber.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(complex, serial)]
pub struct DeliveryRow {
    /// Global id.
    pub id: ID,
    /// The delivery's own id: a webhook's `webhook-id`, and what a mail's `Message-ID` begins with.
    pub delivery_id: String,
    /// Name of the subscription.
    pub subscription: String,
    /// What is delivered: `alert:ID` or `report:QUARTER:REVISION`.
    pub what: String,
    /// Where it stands: `QUEUED`, `DELIVERED` or `DEAD`.
    pub state_code: String,
    /// Attempts made.
    pub attempt: i32,
    /// When it is tried again, while it is queued.
    pub not_before: Option<DateTime>,
    /// Why the last attempt failed, in words.
    pub last_error: Option<String>,
    /// When it was queued.
    pub created_at: DateTime,
    /// When the receiver took it; null until then.
    pub delivered_at: Option<DateTime>,
}

crate::graphql::label::labels! {
    DeliveryRow {
        /// Name of the state.
        state_label: String = "delivery" of state_code,
    }
}

impl From<delivery::Model> for DeliveryRow {
    fn from(delivery: delivery::Model) -> Self {
        let waits = delivery.state == DeliveryState::Queued;
        Self {
            id: page::pack(&["delivery", &delivery.delivery_id]).into(),
            delivery_id: delivery.delivery_id,
            subscription: delivery.subscription,
            what: delivery.what,
            state_code: choice::code(delivery.state.as_str()),
            attempt: delivery.attempt,
            not_before: waits.then(|| DateTime(*delivery.not_before)),
            last_error: delivery.last_error,
            created_at: DateTime(*delivery.created_at),
            delivered_at: delivery.delivered_at.map(|at| DateTime(*at)),
        }
    }
}

/// The deliveries.
#[derive(Default)]
pub struct DeliveryQuery;

#[Object]
impl DeliveryQuery {
    /// Deliveries of alerts and reports as a flat table, newest first.
    #[graphql(guard = "guard::WORK", complexity = "page::cost(limit, page::ROWS, child_complexity)")]
    async fn delivery_rows(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Name of a subscription")] subscription: Option<String>,
        #[graphql(desc = "A state's code, such as DEAD")] state: Option<String>,
        #[graphql(desc = "Rows to pass over; 0 if not given")] offset: Option<i32>,
        #[graphql(desc = "Rows at most, up to 10,000; 1,000 if not given")] limit: Option<i32>,
    ) -> Result<List<DeliveryRow>, Error> {
        let window = Window::new(offset, limit)?;
        let mut select = delivery::Entity::find();
        if let Some(subscription) = subscription {
            select = select.filter(delivery::Column::Subscription.eq(subscription));
        }
        if let Some(state) = choice::word::<DeliveryState>("state", state.as_deref())? {
            select = select.filter(delivery::Column::State.eq(state));
        }
        let deliveries = select
            .order_by_desc(delivery::Column::CreatedAt)
            .order_by_asc(delivery::Column::DeliveryId)
            .offset(window.offset)
            .limit(window.limit)
            .all(&Reading::of(context)?.database)
            .await?;
        Ok(deliveries.into_iter().map(DeliveryRow::from).collect())
    }
}
