//! What the charts of a set are drawn from: its stored rows, by place.

use std::collections::HashMap;

use rapport_entities::{
    ALL, CurveKind, Database, Metric, ModelKind, PathKind, Quarter, Scheme, cohort, composition, curve_point,
    driver, parameter, path_estimate, question, score, segment, transition,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use super::{Occasion, people::Linked};
use crate::Error;

/// Dimension and segment.
pub type Place = (String, String);
/// The scores of one quarter.
type Scores = HashMap<(Place, Metric), score::Model>;
/// Rows by place, in the order of their keys.
type ByPlace<T> = HashMap<Place, Vec<T>>;

/// The stored rows.
pub struct Stored {
    /// All customers first, then every segment with its name.
    pub names: Vec<(Place, Option<String>)>,
    /// The questions as they were asked, by code.
    pub questions: HashMap<String, String>,
    /// Oldest first, this quarter last: its label and its scores.
    history: Vec<(Quarter, Scores)>,
    compositions: HashMap<(Place, Scheme, String), composition::Model>,
    parameters: HashMap<(Place, ModelKind, String), parameter::Model>,
    drivers: ByPlace<driver::Model>,
    paths: ByPlace<path_estimate::Model>,
    transitions: ByPlace<transition::Model>,
    cohorts: ByPlace<cohort::Model>,
    curves: ByPlace<curve_point::Model>,
    /// How employees or partners go together with customers.
    pub linked: Option<Linked>,
}

/// Every row of an entity in a set, by place, in the order of a key: every database has the same.
macro_rules! by_place {
    ($database:expr, $set_id:expr, $entity:ident, $key:expr $(, $filter:expr)?) => {{
        let mut rows = $entity::Entity::find()
            .filter($entity::Column::SetId.eq($set_id))
            $(.filter($filter))?
            .all($database)
            .await?;
        rows.sort_by_key($key);
        let mut places: ByPlace<$entity::Model> = HashMap::new();
        for row in rows {
            places.entry((row.dimension.clone(), row.segment.clone())).or_default().push(row);
        }
        places
    }};
}

impl Stored {
    /// Reads the rows of a set, and the scores of those before it.
    pub async fn read(database: &Database, occasion: &Occasion<'_>) -> Result<Self, Error> {
        let set_id = occasion.set_id;
        let shown = [PathKind::Path, PathKind::Index, PathKind::RSquared];
        let path = |row: &path_estimate::Model| (row.kind, row.source.clone(), row.target.clone());
        Ok(Self {
            names: names(database).await?,
            questions: questions(database).await?,
            history: history(database, occasion).await?,
            compositions: compositions(database, set_id).await?,
            parameters: parameters(database, set_id).await?,
            drivers: by_place!(database, set_id, driver, |row| row.question.clone()),
            paths: by_place!(database, set_id, path_estimate, path, path_estimate::Column::Kind.is_in(shown)),
            transitions: by_place!(database, set_id, transition, |row| (row.from_type.clone(), row.to_type)),
            cohorts: by_place!(database, set_id, cohort, |row| (row.acquired, row.age)),
            linked: Linked::read(database, set_id).await?,
            curves: by_place!(database, set_id, curve_point, |row| (row.curve, row.place)),
        })
    }

    /// The index of several items where they were asked, the overall item otherwise.
    pub fn headline(&self) -> Metric {
        let all = (ALL.to_owned(), ALL.to_owned());
        let has_index = self.scores(&all, Metric::Csi).any(|(_, score)| score.is_some());
        if has_index { Metric::Csi } else { Metric::Csat }
    }

    /// A metric of a place, quarter by quarter.
    pub fn scores(
        &self,
        place: &Place,
        metric: Metric,
    ) -> impl Iterator<Item = (Quarter, Option<&score::Model>)> {
        let key = (place.clone(), metric);
        self.history.iter().map(move |(quarter, scores)| (*quarter, scores.get(&key)))
    }

    /// A class of a scheme.
    pub fn class(&self, place: &Place, scheme: Scheme, word: &str) -> Option<&composition::Model> {
        self.compositions.get(&(place.clone(), scheme, word.to_owned()))
    }

    /// How many customers a class has; 0 where that is suppressed.
    pub fn customers(&self, place: &Place, scheme: Scheme, word: &str) -> u64 {
        let count = self.class(place, scheme, word).and_then(|class| class.customers);
        count.map_or(0, i64::unsigned_abs)
    }

    /// A figure of a model.
    pub fn parameter(&self, place: &Place, model: ModelKind, name: &str) -> Option<f64> {
        self.parameters.get(&(place.clone(), model, name.to_owned()))?.value
    }

    /// The drivers, by question.
    pub fn drivers(&self, place: &Place) -> &[driver::Model] {
        of(&self.drivers, place)
    }

    /// Paths, indexes and explained shares of the structural model.
    pub fn paths(&self, place: &Place, kind: PathKind) -> impl Iterator<Item = &path_estimate::Model> {
        of(&self.paths, place).iter().filter(move |row| row.kind == kind)
    }

    /// The movements, by type before.
    pub fn transitions(&self, place: &Place) -> &[transition::Model] {
        of(&self.transitions, place)
    }

    /// The cohorts' shares, by quarter and age.
    pub fn cohorts(&self, place: &Place) -> &[cohort::Model] {
        of(&self.cohorts, place)
    }

    /// The points of a curve, in their order.
    pub fn curve(&self, place: &Place, kind: CurveKind) -> impl Iterator<Item = &curve_point::Model> {
        of(&self.curves, place).iter().filter(move |row| row.curve == kind)
    }
}

fn of<'a, T>(rows: &'a ByPlace<T>, place: &Place) -> &'a [T] {
    rows.get(place).map_or(&[], Vec::as_slice)
}

async fn names(database: &Database) -> Result<Vec<(Place, Option<String>)>, Error> {
    let segments = segment::Entity::find()
        .order_by_asc(segment::Column::Dimension)
        .order_by_asc(segment::Column::Code)
        .all(database)
        .await?;
    let all = ((ALL.to_owned(), ALL.to_owned()), None);
    let named = segments.into_iter().map(|segment| ((segment.dimension, segment.code), Some(segment.name)));
    Ok(std::iter::once(all).chain(named).collect())
}

/// Of several surveys that ask it, the first by code.
async fn questions(database: &Database) -> Result<HashMap<String, String>, Error> {
    let asked = question::Entity::find().order_by_desc(question::Column::Survey).all(database).await?;
    Ok(asked.into_iter().map(|question| (question.code, question.text)).collect())
}

async fn history(database: &Database, occasion: &Occasion<'_>) -> Result<Vec<(Quarter, Scores)>, Error> {
    let own = (occasion.quarter, occasion.set_id.to_owned());
    let mut history = Vec::new();
    for (quarter, set_id) in occasion.trend.iter().cloned().chain([own]) {
        let shown = [Metric::Csi, Metric::Csat, Metric::Nps, Metric::Promoters, Metric::Detractors];
        let scores = score::Entity::find()
            .filter(score::Column::SetId.eq(set_id))
            .filter(score::Column::Metric.is_in(shown))
            .all(database)
            .await?;
        let keyed =
            |score: score::Model| (((score.dimension.clone(), score.segment.clone()), score.metric), score);
        history.push((quarter, scores.into_iter().map(keyed).collect()));
    }
    Ok(history)
}

async fn compositions(
    database: &Database,
    set_id: &str,
) -> Result<HashMap<(Place, Scheme, String), composition::Model>, Error> {
    let rows =
        composition::Entity::find().filter(composition::Column::SetId.eq(set_id)).all(database).await?;
    let keyed = |row: composition::Model| {
        (((row.dimension.clone(), row.segment.clone()), row.scheme, row.class.clone()), row)
    };
    Ok(rows.into_iter().map(keyed).collect())
}

async fn parameters(
    database: &Database,
    set_id: &str,
) -> Result<HashMap<(Place, ModelKind, String), parameter::Model>, Error> {
    let shown = [ModelKind::Concentration, ModelKind::Retention];
    let rows = parameter::Entity::find()
        .filter(parameter::Column::SetId.eq(set_id))
        .filter(parameter::Column::Model.is_in(shown))
        .all(database)
        .await?;
    let keyed = |row: parameter::Model| {
        (((row.dimension.clone(), row.segment.clone()), row.model, row.name.clone()), row)
    };
    Ok(rows.into_iter().map(keyed).collect())
}
