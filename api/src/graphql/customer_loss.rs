//! That customers were lost, as somebody recorded it: at the customer, with what was noted for operators alone.

use std::collections::HashMap;

use async_graphql::{ComplexObject, Context, ID, SimpleObject};
use rapport_entities::{Role, customer_loss};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use super::{
    batch::{Load, Loaded},
    choice,
    label::Locale,
    loader::{CHUNK, Loader},
    loss_reason, mask, page,
    scalar::DateTime,
};

/// So many of a customer's records are told, the newest.
pub const NEWEST: usize = 100;

/// That a customer was lost, as somebody recorded it.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(complex, serial)]
pub struct CustomerLoss {
    /// Global id.
    pub id: ID,
    /// The record's own key.
    pub code: String,
    /// Where it came from: a source of imports, or `rapport`.
    pub source: String,
    /// When the customer was lost.
    pub at: DateTime,
    /// Why, as text: `MOVED`, `OTHER_TIES`, `PRICE`, `QUALITY`, `SERVICE`, or one of the company's own.
    pub reason_code: String,
    /// Who recorded it; whole for operators alone, for others as `Z***`.
    pub recorded_by: Option<String>,
    /// What was noted; for operators alone.
    pub note: Option<String>,
}

#[ComplexObject]
impl CustomerLoss {
    /// Name of the reason.
    async fn reason_label(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The language of the name; English if not given")] locale: Option<Locale>,
    ) -> String {
        loss_reason::name(context, &self.reason_code, locale)
    }
}

impl CustomerLoss {
    /// As a reader of this role is told it.
    pub fn of(row: customer_loss::Model, customer: &str, role: Role) -> Self {
        let whole = role == Role::Operator;
        Self {
            id: page::pack(&["loss", customer, &row.source, &row.code]).into(),
            at: DateTime(*row.at),
            reason_code: choice::code(&row.reason),
            recorded_by: row.recorded_by.map(|who| if whole { who } else { mask::name(&who) }),
            note: row.note.filter(|_| whole),
            code: row.code,
            source: row.source,
        }
    }
}

/// The records of a customer, by its id. A key of the loader.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct LossesOf(pub i64);

impl Load<LossesOf> for Loader {
    type Value = Vec<customer_loss::Model>;

    async fn load(&self, keys: &[LossesOf]) -> Loaded<LossesOf, Self::Value> {
        use customer_loss::Column;
        let mut all: HashMap<LossesOf, Vec<customer_loss::Model>> = HashMap::new();
        for keys in keys.chunks(CHUNK) {
            let rows = customer_loss::Entity::find()
                .filter(self.access.customers(Column::CustomerId))
                .filter(Column::CustomerId.is_in(keys.iter().map(|key| key.0)))
                .order_by_desc(Column::At)
                .order_by_asc(Column::Source)
                .order_by_asc(Column::Code)
                .all(&self.database)
                .await?;
            for row in rows {
                let of = all.entry(LossesOf(row.customer_id)).or_default();
                if of.len() < NEWEST {
                    of.push(row);
                }
            }
        }
        Ok(all)
    }
}
