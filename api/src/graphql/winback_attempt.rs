//! Attempts to win lost customers back: at the customer, with what was noted for operators alone.

use std::collections::HashMap;

use async_graphql::{ID, SimpleObject};
use rapport_entities::{Role, winback_attempt};
use rapport_jobs::loss::Key;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use super::{
    batch::{Load, Loaded},
    choice::{self, WinbackOutcome},
    customer_loss::NEWEST,
    loader::{CHUNK, Loader},
    mask,
    money::Money,
    page,
    scalar::DateTime,
};
use crate::Error;

/// An attempt to win a lost customer back.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(complex, serial)]
pub struct WinbackAttempt {
    /// Global id.
    pub id: ID,
    /// The attempt's own key.
    pub code: String,
    /// Where it came from: a source of imports, or `rapport`.
    pub source: String,
    /// When.
    pub at: DateTime,
    /// Who tried; whole for operators alone, for others as `Z***`.
    pub person: Option<String>,
    /// By which way.
    pub channel: Option<String>,
    /// What was offered.
    pub offer: Option<String>,
    /// What it cost, in major units.
    pub cost: Option<f64>,
    /// What it cost, exactly.
    pub cost_decimal: Option<String>,
    /// Currency of the money, by its ISO 4217 code.
    pub currency: Option<String>,
    /// What became of it.
    pub outcome: Option<WinbackOutcome>,
    /// What became of it, as text.
    pub outcome_code: String,
    /// When that was known; null while it is open.
    pub ended_at: Option<DateTime>,
    /// What was noted; for operators alone.
    pub note: Option<String>,
}

crate::graphql::label::labels! {
    WinbackAttempt {
        /// Name of what became of it.
        outcome_label: String = "winback" of outcome_code,
    }
}

impl WinbackAttempt {
    /// As a reader of this role is told it.
    pub fn of(row: winback_attempt::Model, customer: &str, role: Role) -> Self {
        let (money, whole) = (Money::of(row.currency.as_deref()), role == Role::Operator);
        Self {
            id: page::pack(&["winback-attempt", customer, &row.source, &row.code]).into(),
            at: DateTime(*row.at),
            person: row.person.map(|who| if whole { who } else { mask::name(&who) }),
            channel: row.channel,
            offer: row.offer,
            cost: row.cost.map(|minor| money.float(minor)),
            cost_decimal: row.cost.map(|minor| money.decimal(minor)),
            currency: row.currency,
            outcome: WinbackOutcome::of(row.outcome),
            outcome_code: choice::code(row.outcome.as_str()),
            ended_at: row.ended_at.map(|at| DateTime(*at)),
            note: row.note.filter(|_| whole),
            code: row.code,
            source: row.source,
        }
    }
}

/// How the attempt with a global id is named. Fails if it is the id of something else.
pub fn key(id: &str) -> Result<Key, Error> {
    let parts = page::unpack(id).unwrap_or_default();
    match parts.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["winback-attempt", customer, source, code] => {
            Ok(Key { customer: customer.to_owned(), source: source.to_owned(), code: code.to_owned() })
        }
        _ => Err(Error::BadInput(format!("`{id}` is the id of no attempt to win a customer back"))),
    }
}

/// The attempts on a customer, by its id. A key of the loader.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct AttemptsOf(pub i64);

impl Load<AttemptsOf> for Loader {
    type Value = Vec<winback_attempt::Model>;

    async fn load(&self, keys: &[AttemptsOf]) -> Loaded<AttemptsOf, Self::Value> {
        use winback_attempt::Column;
        let mut all: HashMap<AttemptsOf, Vec<winback_attempt::Model>> = HashMap::new();
        for keys in keys.chunks(CHUNK) {
            let rows = winback_attempt::Entity::find()
                .filter(self.access.customers(Column::CustomerId))
                .filter(Column::CustomerId.is_in(keys.iter().map(|key| key.0)))
                .order_by_desc(Column::At)
                .order_by_asc(Column::Source)
                .order_by_asc(Column::Code)
                .all(&self.database)
                .await?;
            for row in rows {
                let of = all.entry(AttemptsOf(row.customer_id)).or_default();
                if of.len() < NEWEST {
                    of.push(row);
                }
            }
        }
        Ok(all)
    }
}
