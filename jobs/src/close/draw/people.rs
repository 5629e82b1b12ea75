//! The chart of employees and partners: their units beside the customers of these.

use std::collections::HashMap;

use rapport_charts::{Linkage, LinkageLine, LinkedUnit, Subject};
use rapport_entities::{Audience, Database, Metric, dimension, linkage, unit_score};
use rapport_messages::Locale;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use super::Gallery;
use crate::Error;

/// Which index of theirs and of the customers is shown.
const METRIC: Metric = Metric::Csi;
/// So many quarters later the customers are looked at, the first that can be told.
const LAGS: [i32; 2] = [1, 0];

/// The linkage that is shown, and the units' index of theirs by code.
pub struct Linked {
    row: linkage::Model,
    dimension: String,
    units: HashMap<String, f64>,
}

impl Linked {
    /// Of a set: of employees before partners, a quarter later before the same, the first dimension that can be told.
    pub async fn read(database: &Database, set_id: &str) -> Result<Option<Self>, Error> {
        let rows = linkage::Entity::find()
            .filter(linkage::Column::SetId.eq(set_id))
            .filter(linkage::Column::Metric.eq(METRIC))
            .filter(linkage::Column::Outcome.eq(METRIC))
            .filter(linkage::Column::Lag.is_in(LAGS));
        let first = |row: &linkage::Model| {
            let told = (row.correlation.is_none(), row.audience != Audience::Employee);
            (told, LAGS.iter().position(|lag| *lag == row.lag), row.dimension.clone())
        };
        let Some(row) = rows.all(database).await?.into_iter().min_by_key(first) else { return Ok(None) };
        let set = row.base_set_id.as_deref().unwrap_or(set_id);
        let units = unit_score::Entity::find()
            .filter(unit_score::Column::SetId.eq(set))
            .filter(unit_score::Column::Dimension.eq(&row.dimension))
            .filter(unit_score::Column::Audience.eq(row.audience))
            .filter(unit_score::Column::Metric.eq(METRIC));
        let units = units.all(database).await?.into_iter();
        let named = dimension::Entity::find_by_id(&row.dimension).one(database).await?;
        Ok(Some(Self {
            units: units.filter_map(|unit| Some((unit.segment, unit.value?))).collect(),
            dimension: named.map_or_else(|| row.dimension.clone(), |one| one.name),
            row,
        }))
    }
}

impl Gallery {
    pub(super) fn linkage(&self, subject: Subject, locale: Locale) -> Linkage {
        let Some(Linked { row, dimension, units }) = &self.stored.linked else {
            return nothing(subject, locale);
        };
        let metric = locale.label("metric", METRIC.as_str());
        let then = row.base_quarter.unwrap_or(self.quarter);
        let shown = self.stored.names.iter().filter(|((of, _), _)| *of == row.dimension);
        let unit = |(place, name): &((String, String), Option<String>)| {
            let customers = self.stored.scores(place, METRIC).last()?.1?.value?;
            let own = *units.get(&place.1)?;
            Some(LinkedUnit { name: name.clone().unwrap_or_else(|| place.1.clone()), own, customers })
        };
        let line = row.correlation.zip(row.lower.zip(row.upper)).zip(row.slope);
        let who = locale.label("audience", row.audience.as_str()).into_owned();
        Linkage {
            subject,
            rule: locale.say("chart-rule-linkage", &[("dimension", dimension.clone().into())]),
            own: format!("{who} · {metric}, {then}"),
            who,
            customers: format!("{} · {metric}, {}", locale.label("audience", "customer"), self.quarter),
            units: shown.filter_map(unit).collect(),
            line: line.map(|((correlation, interval), slope)| LinkageLine { correlation, interval, slope }),
            unlinked: row.unlinked.map(|why| locale.label("unlinked", why.as_str()).into_owned()),
        }
    }
}

fn nothing(subject: Subject, locale: Locale) -> Linkage {
    Linkage {
        subject,
        rule: String::new(),
        who: String::new(),
        own: String::new(),
        customers: String::new(),
        units: Vec::new(),
        line: None,
        unlinked: Some(locale.text("people-none").into_owned()),
    }
}
