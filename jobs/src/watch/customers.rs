//! A customer worth keeping who turned defecting: of a watched class in this quarter or the one before, where the type
//! was known and another.

use rapport_entities::{AlertRule, Database, LoyaltyType, ValueClass, publication};
use sea_orm::{FromQueryResult, Statement};
use serde_json::json;

use super::finding::Finding;
use crate::{Error, close::minor_units, settings::AlertRules};

#[derive(FromQueryResult)]
struct Turned {
    customer_id: i64,
    value_class: String,
    loyalty_before: String,
    class_before: String,
    satisfaction: Option<f64>,
    window_revenue: i64,
}

/// Finds the customers who turned.
pub async fn find(
    database: &Database,
    rules: &AlertRules,
    publication: &publication::Model,
) -> Result<Vec<Finding>, Error> {
    let Some(before) = publication.previous_set_id.as_deref().filter(|_| !rules.defecting_classes.is_empty())
    else {
        return Ok(Vec::new());
    };
    let statement = Statement::from_sql_and_values(
        database.get_database_backend(),
        sql(&rules.defecting_classes),
        [publication.set_id.as_str().into(), before.into()],
    );
    let turned = Turned::find_by_statement(statement).all(database).await?;
    Ok(turned.into_iter().map(|one| finding(publication, rules, &one)).collect())
}

/// Both rows are the customer's own, so a distributed database joins them where they lie.
fn sql(classes: &[ValueClass]) -> String {
    let [defecting, unknown] = [LoyaltyType::Defecting, LoyaltyType::Unclassified].map(LoyaltyType::as_str);
    let classes = classes.iter().map(|class| format!("'{class}'")).collect::<Vec<_>>().join(", ");
    format!(
        "SELECT now.customer_id, now.value_class, now.satisfaction, now.window_revenue, \
         before.loyalty_type AS loyalty_before, before.value_class AS class_before \
         FROM customer_quarter now \
         JOIN customer_quarter before ON before.customer_id = now.customer_id AND before.set_id = $2 \
         WHERE now.set_id = $1 AND now.loyalty_type = '{defecting}' \
         AND before.loyalty_type NOT IN ('{defecting}', '{unknown}') \
         AND (now.value_class IN ({classes}) OR before.value_class IN ({classes})) \
         ORDER BY now.customer_id LIMIT {}",
        super::MOST
    )
}

fn finding(publication: &publication::Model, rules: &AlertRules, one: &Turned) -> Finding {
    let was = rules.defecting_classes.iter().any(|class| class.as_str() == one.class_before);
    let details = json!({
        "watchedClass": if was { &one.class_before } else { &one.value_class },
        "class": one.value_class,
        "classBefore": one.class_before,
        "typeBefore": one.loyalty_before,
        "satisfaction": one.satisfaction,
        "revenue": one.window_revenue as f64 / minor_units(publication.currency.as_deref()),
        "currency": publication.currency,
    });
    let finding =
        Finding::of(publication, AlertRule::CustomerDefecting, &one.customer_id.to_string(), details);
    Finding { customer_id: Some(one.customer_id), ..finding }
}
