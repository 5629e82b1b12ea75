//! Relations, many at once: one statement for all the keys that a request asks for in a moment.

use std::{
    collections::{BTreeSet, HashMap},
    hash::Hash,
    sync::Arc,
};

use async_graphql::dataloader::Loader as Load;
use rapport_entities::{Database, artifact, customer_quarter, customer_segment, score};
use rapport_jobs::charts::Kind;
use rapport_messages::Locale;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    Select,
};

use super::{
    asked::Asked,
    placed::{self, Placed, RowsOf},
};
use crate::Access;

/// Loads relations: of these, what the reader sees.
pub struct Loader {
    /// The connection.
    pub database: Database,
    /// What the reader sees.
    pub access: Arc<Access>,
}

impl Loader {
    /// Over this connection, for this reader.
    pub fn new(database: Database, access: Arc<Access>) -> Self {
        Self { database, access }
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

/// A customer's result in a set, and the columns that are asked for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ResultOf(pub i64, pub String, pub Asked);

/// The scores of a set whose change on the quarter before is more than chance.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct MovedOf(pub String);

/// The charts of a place: the names and digests of the artifacts.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ChartsOf(pub Place);

/// Parameters of one statement at most; SQLite takes 32,766.
pub const CHUNK: usize = 10_000;

/// What a loader found, by key.
pub type Loaded<K, V> = Result<HashMap<K, V>, Arc<DbErr>>;

#[async_trait::async_trait]
impl Load<SegmentsOf> for Loader {
    type Value = Vec<customer_segment::Model>;
    type Error = Arc<DbErr>;

    async fn load(&self, keys: &[SegmentsOf]) -> Loaded<SegmentsOf, Self::Value> {
        use customer_segment::Column;
        let mut all = Vec::new();
        for keys in keys.chunks(CHUNK) {
            let select = customer_segment::Entity::find()
                .filter(self.access.places(Column::Dimension, Column::Segment))
                .filter(customer_segment::Column::CustomerId.is_in(keys.iter().map(|key| key.0)))
                .order_by_asc(customer_segment::Column::Dimension);
            all.extend(select.all(&self.database).await?);
        }
        Ok(grouped(all, |row| SegmentsOf(row.customer_id)))
    }
}

#[async_trait::async_trait]
impl Load<ResultOf> for Loader {
    type Value = customer_quarter::Model;
    type Error = Arc<DbErr>;

    async fn load(&self, keys: &[ResultOf]) -> Loaded<ResultOf, Self::Value> {
        // the fields of a query ask for few different lists of columns
        let mut asks: HashMap<Asked, (BTreeSet<i64>, BTreeSet<&str>)> = HashMap::new();
        for ResultOf(customer, set, asked) in keys {
            let (customers, sets) = asks.entry(*asked).or_default();
            customers.insert(*customer);
            sets.insert(set);
        }
        let mut all = HashMap::new();
        for (asked, (customers, sets)) in asks {
            for customers in customers.into_iter().collect::<Vec<_>>().chunks(CHUNK) {
                let select = customer_quarter::Entity::find()
                    .select_only()
                    .columns(asked.columns())
                    .filter(customer_quarter::Column::CustomerId.is_in(customers.iter().copied()))
                    .filter(customer_quarter::Column::SetId.is_in(sets.iter().copied()))
                    .filter(self.access.customers(customer_quarter::Column::CustomerId));
                for row in self.database.query_all(select.as_query()).await? {
                    let row = asked.read(&row)?;
                    all.insert(ResultOf(row.customer_id, row.set_id.clone(), asked), row);
                }
            }
        }
        Ok(all)
    }
}

#[async_trait::async_trait]
impl<E: Placed> Load<RowsOf<E>> for Loader {
    type Value = Vec<E::Model>;
    type Error = Arc<DbErr>;

    async fn load(&self, keys: &[RowsOf<E>]) -> Loaded<RowsOf<E>, Self::Value> {
        let [_, dimension, segment] = E::PLACE;
        let mut select = at(E::find(), E::PLACE, keys.iter().map(|key| &key.place))
            .filter(self.access.places(dimension, segment));
        // none if one of the keys asks for every kind
        let kinds: Option<BTreeSet<&str>> = keys.iter().map(|key| key.kind).collect();
        if let (Some(column), Some(kinds)) = (E::KIND, kinds) {
            select = select.filter(column.is_in(kinds));
        }
        for column in E::ORDER {
            select = select.order_by_asc(*column);
        }
        let all = grouped(select.all(&self.database).await?, |row| placed::place::<E>(row));
        let of = |key: &RowsOf<E>| {
            let of_kind = |row: &&E::Model| match (E::KIND, key.kind) {
                (Some(column), Some(kind)) => placed::text(*row, column) == kind,
                _ => true,
            };
            Some((key.clone(), all.get(&key.place)?.iter().filter(of_kind).cloned().collect()))
        };
        Ok(keys.iter().filter_map(of).collect())
    }
}

#[async_trait::async_trait]
impl Load<MovedOf> for Loader {
    type Value = Vec<score::Model>;
    type Error = Arc<DbErr>;

    async fn load(&self, keys: &[MovedOf]) -> Loaded<MovedOf, Self::Value> {
        use score::Column;
        let select = score::Entity::find()
            .filter(Column::SetId.is_in(keys.iter().map(|key| key.0.as_str())))
            .filter(Column::ChangeSignificant.eq(true))
            .filter(self.access.places(Column::Dimension, Column::Segment))
            .order_by_asc(Column::Dimension)
            .order_by_asc(Column::Segment)
            .order_by_asc(Column::Metric);
        Ok(grouped(select.all(&self.database).await?, |row| MovedOf(row.set_id.clone())))
    }
}

#[async_trait::async_trait]
impl Load<ChartsOf> for Loader {
    type Value = Vec<super::chart::Stored>;
    type Error = Arc<DbErr>;

    async fn load(&self, keys: &[ChartsOf]) -> Loaded<ChartsOf, Self::Value> {
        let sets: BTreeSet<&str> = keys.iter().map(|key| key.0.set_id.as_str()).collect();
        let places: BTreeSet<(&str, &str)> =
            keys.iter().map(|key| (key.0.dimension.as_str(), key.0.segment.as_str())).collect();
        let places = places.into_iter().filter(|(dimension, segment)| self.access.sees(dimension, segment));
        let mut found: HashMap<ChartsOf, Self::Value> = HashMap::new();
        for places in places.collect::<Vec<_>>().chunks(CHUNK / 8) {
            let names = places.iter().flat_map(|(dimension, segment)| names(dimension, segment));
            let rows: Vec<(String, super::chart::Stored)> = super::chart::stored(artifact::Entity::find())
                .filter(artifact::Column::SetId.is_in(sets.iter().copied()))
                .filter(artifact::Column::Name.is_in(names))
                .order_by_asc(artifact::Column::Name)
                .into_tuple::<(String, String, String, String)>()
                .all(&self.database)
                .await?
                .into_iter()
                .map(super::chart::Stored::of)
                .collect();
            for (set_id, chart) in rows {
                let Some((_, dimension, segment, _)) = super::chart::parts(&chart.name) else { continue };
                let key = ChartsOf(place(&set_id, dimension, segment));
                found.entry(key).or_default().push(chart);
            }
        }
        Ok(found)
    }
}

/// The names of all pictures of a segment.
pub fn names(dimension: &str, segment: &str) -> Vec<String> {
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
