//! An index that fell more than chance explains: the close has tested it, corrected for all segments of the metric.

use rapport_entities::{AlertRule, Database, publication, score};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde_json::json;

use super::finding::Finding;
use crate::{Error, settings::AlertRules};

/// Finds the indexes that fell.
pub async fn find(
    database: &Database,
    rules: &AlertRules,
    publication: &publication::Model,
) -> Result<Vec<Finding>, Error> {
    let fallen = score::Entity::find()
        .filter(score::Column::SetId.eq(publication.set_id.as_str()))
        .filter(score::Column::Metric.is_in(rules.falling.iter().copied()))
        .filter(score::Column::ChangeSignificant.eq(true))
        .filter(score::Column::Change.lt(0.0))
        .order_by_asc(score::Column::Dimension)
        .order_by_asc(score::Column::Segment)
        .order_by_asc(score::Column::Metric)
        .limit(super::MOST)
        .all(database)
        .await?;
    Ok(fallen.into_iter().map(|score| finding(publication, score)).collect())
}

fn finding(publication: &publication::Model, score: score::Model) -> Finding {
    let cause = format!("{}/{}/{}", score.metric, score.dimension, score.segment);
    let details = json!({
        "metric": score.metric,
        "value": score.value,
        "lower": score.lower,
        "upper": score.upper,
        "n": score.n,
        "change": score.change,
    });
    let finding = Finding::of(publication, AlertRule::IndexFell, &cause, details);
    Finding { place: (score.dimension, score.segment), ..finding }
}
