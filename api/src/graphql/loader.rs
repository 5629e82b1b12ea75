//! Relations, many at once: one statement for all the keys that a request asks for in a moment.

use std::{
    collections::{BTreeSet, HashMap},
    hash::Hash,
    sync::Arc,
};

use async_graphql::dataloader::Loader as Load;
use rapport_entities::{
    Database, Scheme, artifact, composition, customer_quarter, customer_segment, score, transition,
};
use rapport_jobs::charts::{Kind, Locale};
use sea_orm::{ColumnTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select};

/// Loads relations.
pub struct Loader {
    database: Database,
}

impl Loader {
    /// Over this connection.
    pub fn new(database: Database) -> Self {
        Self { database }
    }
}

/// A segment in a published set.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Place {
    /// The set.
    pub set_id: String,
    /// Code of the dimension.
    pub dimension: String,
    /// Code of the segment.
    pub segment: String,
}

/// The segments of a customer.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct SegmentsOf(pub i64);

/// A customer's result in a set.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ResultOf(pub i64, pub String);

/// The scores of a place.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ScoresOf(pub Place);

/// The classes of a place, in a scheme.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ClassesOf(pub Place, pub Scheme);

/// The transitions of a place.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct MovesOf(pub Place);

/// The charts of a place: the names and digests of the artifacts.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ChartsOf(pub Place);

/// Parameters of one statement at most; SQLite takes 32,766.
const CHUNK: usize = 10_000;

type Loaded<K, V> = Result<HashMap<K, V>, Arc<DbErr>>;

impl Load<SegmentsOf> for Loader {
    type Value = Vec<customer_segment::Model>;
    type Error = Arc<DbErr>;

    async fn load(&self, keys: &[SegmentsOf]) -> Loaded<SegmentsOf, Self::Value> {
        let mut all = Vec::new();
        for keys in keys.chunks(CHUNK) {
            let select = customer_segment::Entity::find()
                .filter(customer_segment::Column::CustomerId.is_in(keys.iter().map(|key| key.0)))
                .order_by_asc(customer_segment::Column::Dimension);
            all.extend(select.all(&self.database).await?);
        }
        Ok(grouped(all, |row| SegmentsOf(row.customer_id)))
    }
}

impl Load<ResultOf> for Loader {
    type Value = customer_quarter::Model;
    type Error = Arc<DbErr>;

    async fn load(&self, keys: &[ResultOf]) -> Loaded<ResultOf, Self::Value> {
        let sets: BTreeSet<&str> = keys.iter().map(|key| key.1.as_str()).collect();
        let customers: Vec<i64> = keys.iter().map(|key| key.0).collect::<BTreeSet<_>>().into_iter().collect();
        let mut all = HashMap::new();
        for customers in customers.chunks(CHUNK) {
            let select = customer_quarter::Entity::find()
                .filter(customer_quarter::Column::CustomerId.is_in(customers.iter().copied()))
                .filter(customer_quarter::Column::SetId.is_in(sets.iter().copied()));
            let rows = select.all(&self.database).await?;
            all.extend(rows.into_iter().map(|row| (ResultOf(row.customer_id, row.set_id.clone()), row)));
        }
        Ok(all)
    }
}

impl Load<ScoresOf> for Loader {
    type Value = Vec<score::Model>;
    type Error = Arc<DbErr>;

    async fn load(&self, keys: &[ScoresOf]) -> Loaded<ScoresOf, Self::Value> {
        use score::Column::{Dimension, Metric, Segment, SetId};
        let places = keys.iter().map(|key| &key.0);
        let select = at(score::Entity::find(), [SetId, Dimension, Segment], places).order_by_asc(Metric);
        let all = select.all(&self.database).await?;
        Ok(grouped(all, |row| ScoresOf(place(&row.set_id, &row.dimension, &row.segment))))
    }
}

impl Load<ClassesOf> for Loader {
    type Value = Vec<composition::Model>;
    type Error = Arc<DbErr>;

    async fn load(&self, keys: &[ClassesOf]) -> Loaded<ClassesOf, Self::Value> {
        use composition::Column::{Class, Dimension, Scheme, Segment, SetId};
        let places = keys.iter().map(|key| &key.0);
        let schemes: Vec<rapport_entities::Scheme> =
            keys.iter().map(|key| key.1).collect::<BTreeSet<_>>().into_iter().collect();
        let select = at(composition::Entity::find(), [SetId, Dimension, Segment], places)
            .filter(Scheme.is_in(schemes))
            .order_by_asc(Class);
        let all = select.all(&self.database).await?;
        Ok(grouped(all, |row| ClassesOf(place(&row.set_id, &row.dimension, &row.segment), row.scheme)))
    }
}

impl Load<MovesOf> for Loader {
    type Value = Vec<transition::Model>;
    type Error = Arc<DbErr>;

    async fn load(&self, keys: &[MovesOf]) -> Loaded<MovesOf, Self::Value> {
        use transition::Column::{Dimension, FromType, Segment, SetId, ToType};
        let places = keys.iter().map(|key| &key.0);
        let select = at(transition::Entity::find(), [SetId, Dimension, Segment], places)
            .order_by_asc(FromType)
            .order_by_asc(ToType);
        let all = select.all(&self.database).await?;
        Ok(grouped(all, |row| MovesOf(place(&row.set_id, &row.dimension, &row.segment))))
    }
}

impl Load<ChartsOf> for Loader {
    type Value = Vec<(String, String)>;
    type Error = Arc<DbErr>;

    async fn load(&self, keys: &[ChartsOf]) -> Loaded<ChartsOf, Self::Value> {
        let sets: BTreeSet<&str> = keys.iter().map(|key| key.0.set_id.as_str()).collect();
        let places: BTreeSet<(&str, &str)> =
            keys.iter().map(|key| (key.0.dimension.as_str(), key.0.segment.as_str())).collect();
        let mut found: HashMap<ChartsOf, Self::Value> = HashMap::new();
        for places in places.into_iter().collect::<Vec<_>>().chunks(CHUNK / 8) {
            let names = places.iter().flat_map(|(dimension, segment)| names(dimension, segment));
            let rows: Vec<(String, String, String)> = artifact::Entity::find()
                .select_only()
                .columns([artifact::Column::SetId, artifact::Column::Name, artifact::Column::Sha256])
                .filter(artifact::Column::SetId.is_in(sets.iter().copied()))
                .filter(artifact::Column::Name.is_in(names))
                .order_by_asc(artifact::Column::Name)
                .into_tuple()
                .all(&self.database)
                .await?;
            for (set_id, name, sha256) in rows {
                let Some((_, dimension, segment, _)) = super::chart::parts(&name) else { continue };
                let key = ChartsOf(place(&set_id, dimension, segment));
                found.entry(key).or_default().push((name, sha256));
            }
        }
        Ok(found)
    }
}

/// The names of all pictures of a segment.
fn names(dimension: &str, segment: &str) -> Vec<String> {
    let name = |kind: Kind, locale: Locale| format!("{kind}/{dimension}/{segment}/{locale}");
    Kind::ALL.iter().flat_map(|kind| Locale::ALL.iter().map(move |locale| name(*kind, *locale))).collect()
}

fn place(set_id: &str, dimension: &str, segment: &str) -> Place {
    Place { set_id: set_id.to_owned(), dimension: dimension.to_owned(), segment: segment.to_owned() }
}

/// The rows of these places, and of what else the same sets, dimensions and segments combine to: the caller looks up
/// its own.
fn at<'a, E: EntityTrait>(
    select: Select<E>,
    [set_id, dimension, segment]: [E::Column; 3],
    places: impl Iterator<Item = &'a Place> + Clone,
) -> Select<E> {
    let distinct = |part: fn(&Place) -> &str| places.clone().map(part).collect::<BTreeSet<_>>();
    select
        .filter(set_id.is_in(distinct(|place| &place.set_id)))
        .filter(dimension.is_in(distinct(|place| &place.dimension)))
        .filter(segment.is_in(distinct(|place| &place.segment)))
}

fn grouped<K: Eq + Hash, V>(rows: Vec<V>, key: impl Fn(&V) -> K) -> HashMap<K, Vec<V>> {
    let mut groups: HashMap<K, Vec<V>> = HashMap::new();
    for row in rows {
        groups.entry(key(&row)).or_default().push(row);
    }
    groups
}
