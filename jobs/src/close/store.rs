//! Storing a set: rows nobody sees until the ledger points at them, and the digest of what was stored.

use std::collections::HashMap;

use futures_util::TryStreamExt;
use rapport_entities::{
    Database, Metric, action_effect, artifact, composition, connection::begin_write, customer_quarter,
    linkage, lost_customer, score, transition,
};
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter};
use sha2::{Digest, Sha256};

use super::{retention::Then, scores::Before};
use crate::Error;

/// Parameters of one statement.
const PARAMETERS: usize = 32_000;
/// Customers of one transaction: others may write between two.
pub const CUSTOMERS: usize = 16_000;

/// Stores rows, in as few statements as there must be, in one transaction.
pub async fn insert<E>(database: &Database, rows: Vec<E::Model>) -> Result<(), Error>
where
    E: EntityTrait,
    E::Model: IntoActiveModel<E::ActiveModel>,
{
    let size = PARAMETERS / <E::Column as sea_orm::Iterable>::iter().count();
    let transaction = begin_write(database).await?;
    let mut rows = rows.into_iter().peekable();
    while rows.peek().is_some() {
        let part: Vec<E::ActiveModel> =
            rows.by_ref().take(size).map(IntoActiveModel::into_active_model).collect();
        E::insert_many(part).exec_without_returning(&transaction).await?;
    }
    transaction.commit().await?;
    Ok(())
}

/// How many customers a set holds.
pub async fn customers(database: &Database, set_id: &str) -> Result<u64, Error> {
    Ok(customer_quarter::Entity::find()
        .filter(customer_quarter::Column::SetId.eq(set_id))
        .count(database)
        .await?)
}

/// What a set said of its customers.
pub async fn then(database: &Database, set_id: &str) -> Result<HashMap<i64, Then>, Error> {
    let mut rows = customer_quarter::Entity::find()
        .filter(customer_quarter::Column::SetId.eq(set_id))
        .into_partial_model::<Then>()
        .stream(database)
        .await?;
    let mut then = HashMap::new();
    while let Some(known) = rows.try_next().await? {
        then.insert(known.customer_id, known);
    }
    Ok(then)
}

/// The lost customers that a set has on its list.
pub async fn lost(database: &Database, set_id: &str) -> Result<HashMap<i64, lost_customer::Model>, Error> {
    let rows = lost_customer::Entity::find().filter(lost_customer::Column::SetId.eq(set_id));
    Ok(rows.all(database).await?.into_iter().map(|row| (row.customer_id, row)).collect())
}

/// The scores of a set, each with its standard error.
pub async fn scores(database: &Database, set_id: &str) -> Result<Before, Error> {
    let rows = score::Entity::find().filter(score::Column::SetId.eq(set_id)).all(database).await?;
    let shown = |row: score::Model| {
        Some(((row.dimension, row.segment, row.metric), (row.value?, row.standard_error)))
    };
    Ok(rows.into_iter().filter_map(shown).collect())
}

/// The digest of a set's rows in the order of storing, without the name of the set: the same results have the same
/// digest, whichever attempt stored them.
#[derive(Default)]
pub struct Seal(Sha256);

impl Seal {
    /// Takes a customer's row.
    pub fn customer(&mut self, row: &customer_quarter::Model) {
        let customer_quarter::Model { customer_id, loyalty_type, loyalty_subtype, value_class, .. } = row;
        self.text(&format!(
            "{customer_id}|{loyalty_type}|{loyalty_subtype:?}|{:?}|{value_class}",
            row.loyalty_basis
        ));
        [row.satisfaction, row.intention, row.recommend].into_iter().for_each(|number| self.number(number));
        let counts = (row.staying, row.complained, row.purchases, row.revenue, row.profit);
        let window = (row.window_purchases, row.window_revenue, row.window_profit);
        let classes = (row.growth, row.size, row.lifecycle, row.stage, row.won_back, row.rfm, row.rank);
        let quarters = (row.stage_quarters, row.lifecycle_quarters);
        self.text(&format!("{counts:?}{window:?}{classes:?}{quarters:?}"));
        let ahead = [row.p_alive, row.expected_purchases, row.expected_spend, row.lifetime_value];
        let told = [row.cumulative_share, row.word_of_mouth, row.referral_value];
        ahead.into_iter().chain(told).for_each(|one| self.number(one));
        self.number(row.value_at_risk);
        self.text(&format!("{:?}{:?}", row.risk_basis, row.care));
    }

    /// Takes a row of a model, a curve or a cohort, which are few.
    pub fn row(&mut self, row: &impl std::fmt::Debug, set_id: &str) {
        // numbers are shown to their last bit
        self.text(&format!("{row:?}").replace(set_id, ""));
    }

    /// Takes a score.
    pub fn score(&mut self, row: &score::Model) {
        let metric: Metric = row.metric;
        self.text(&format!("{}|{}|{metric}|{}|{}", row.dimension, row.segment, row.n, row.suppressed));
        [row.value, row.lower, row.upper, row.standard_error, row.effective_n, row.change, row.change_year]
            .into_iter()
            .for_each(|number| self.number(number));
        self.text(&format!("{:?}{:?}", row.change_significant, row.change_year_significant));
    }

    /// Takes what an action did.
    pub fn effect(&mut self, row: &action_effect::Model) {
        let key = (&row.action, &row.dimension, &row.segment, row.metric, row.base_quarter, row.comparable);
        self.text(&format!("{key:?}{:?}{:?}{:?}", (row.n_before, row.n_after), row.verdict, row.untold));
        let told = [row.before, row.after, row.expected_change, row.value, row.lower, row.upper];
        let judged = [row.standard_error, row.p_value, row.expected];
        told.into_iter().chain(judged).for_each(|number| self.number(number));
    }

    /// Takes how two indexes of units go together. Which set the earlier one is read from is a name and no finding.
    pub fn linkage(&mut self, row: &linkage::Model, set_id: &str) {
        self.row(&linkage::Model { base_set_id: None, ..row.clone() }, set_id);
    }

    /// Takes a class of a composition.
    pub fn composition(&mut self, row: &composition::Model) {
        let key = (&row.dimension, &row.segment, &row.class, row.customers, row.revenue, row.profit, row.n);
        self.text(&format!("{}|{key:?}|{}", row.scheme, row.suppressed));
        self.number(row.share);
    }

    /// Takes a transition.
    pub fn transition(&mut self, row: &transition::Model) {
        let key = (&row.dimension, &row.segment, &row.from_type, row.customers, row.revenue, row.n);
        self.text(&format!("{key:?}|{}", row.to_type));
    }

    /// Takes a chart, by its own digest.
    pub fn artifact(&mut self, row: &artifact::Model) {
        self.text(&format!("{}|{}", row.name, row.sha256));
    }

    fn text(&mut self, text: &str) {
        self.0.update(text.as_bytes());
        self.0.update([0]);
    }

    fn number(&mut self, number: Option<f64>) {
        match number {
            Some(number) => self.0.update(number.to_bits().to_be_bytes()),
            None => self.0.update([1]),
        }
    }

    /// The digest, in hexadecimal.
    pub fn finish(self) -> String {
        hex::encode(self.0.finalize())
    }
}
