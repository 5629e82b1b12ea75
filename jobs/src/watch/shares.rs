//! A loyalty type whose share of the classified customers has passed its bound: at or above it now, below it in the
//! quarter before, or not known there.

use std::collections::HashMap;

use rapport_entities::{AlertRule, Database, LoyaltyType, Scheme, composition, publication};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde_json::json;

use super::finding::Finding;
use crate::{Error, settings::AlertRules};

/// Shares by dimension, segment and type.
type Shares = HashMap<(String, String, String), f64>;

/// Finds the shares that passed their bounds.
pub async fn find(
    database: &Database,
    rules: &AlertRules,
    publication: &publication::Model,
) -> Result<Vec<Finding>, Error> {
    let mut findings = Vec::new();
    for (kind, bound) in &rules.shares {
        let over = over(database, &publication.set_id, *kind, *bound).await?;
        let before = match (&publication.previous_set_id, over.is_empty()) {
            (Some(set_id), false) => shares(database, set_id, *kind).await?,
            _ => Shares::new(),
        };
        let passed = |row: &composition::Model| before.get(&key(row)).is_none_or(|before| before < bound);
        let finding = |row: composition::Model| finding(publication, &before, &row, *bound);
        findings.extend(over.into_iter().filter(passed).map(finding));
    }
    Ok(findings)
}

async fn over(
    database: &Database,
    set_id: &str,
    kind: LoyaltyType,
    bound: f64,
) -> Result<Vec<composition::Model>, Error> {
    Ok(composition::Entity::find()
        .filter(composition::Column::SetId.eq(set_id))
        .filter(composition::Column::Scheme.eq(Scheme::Loyalty))
        .filter(composition::Column::Class.eq(kind.as_str()))
        .filter(composition::Column::Suppressed.eq(false))
        .filter(composition::Column::Share.gte(bound))
        .order_by_asc(composition::Column::Dimension)
        .order_by_asc(composition::Column::Segment)
        .limit(super::MOST)
        .all(database)
        .await?)
}

async fn shares(database: &Database, set_id: &str, kind: LoyaltyType) -> Result<Shares, Error> {
    let rows = composition::Entity::find()
        .filter(composition::Column::SetId.eq(set_id))
        .filter(composition::Column::Scheme.eq(Scheme::Loyalty))
        .filter(composition::Column::Class.eq(kind.as_str()))
        .all(database)
        .await?;
    Ok(rows.iter().filter_map(|row| Some((key(row), row.share?))).collect())
}

fn key(row: &composition::Model) -> (String, String, String) {
    (row.dimension.clone(), row.segment.clone(), row.class.clone())
}

fn finding(
    publication: &publication::Model,
    before: &Shares,
    row: &composition::Model,
    bound: f64,
) -> Finding {
    let cause = format!("{}/{}/{}", row.class, row.dimension, row.segment);
    let details = json!({
        "type": row.class,
        "share": row.share,
        "before": before.get(&key(row)),
        "bound": bound,
        "customers": row.customers,
        "n": row.n,
    });
    let finding = Finding::of(publication, AlertRule::SharePassed, &cause, details);
    Finding { place: (row.dimension.clone(), row.segment.clone()), ..finding }
}
