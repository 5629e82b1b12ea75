//! Relations, many at once: one statement for all the keys that a request asks for in a moment.

use std::{
    collections::{BTreeSet, HashMap},
    hash::{Hash, Hasher},
    sync::Arc,
};

use rapport_entities::{Database, Size, ValueClass, artifact, customer_quarter, score};
use rapport_jobs::charts::Kind;
use rapport_messages::Locale;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Select,
    sea_query::SelectStatement,
};

use super::{
    asked::Asked,
    batch::{Load, Loaded},
    membership::{self, Codes},
    placed::{self, Placed, RowsOf},
    reading::Publication,
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct SegmentsOf(pub i64);

/// The classes of a customer in a set, by value and by size.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ClassesOf(pub i64, pub String);

/// The results of a customer that a field wants.
#[derive(Clone, Debug)]
pub struct ResultsOf(pub i64, pub Arc<Wanted>);

/// A customer's results, each with the place of its set among those that are wanted.
pub type Results = Vec<(usize, customer_quarter::Model)>;

/// Which results a field wants of every customer it is asked of: of these sets, and of them these columns.
#[derive(Debug)]
pub struct Wanted {
    /// The sets.
    pub sets: Vec<Publication>,
    /// The columns.
    pub asked: Asked<customer_quarter::Entity>,
}

impl PartialEq for Wanted {
    fn eq(&self, other: &Self) -> bool {
        let [own, theirs] = [self, other].map(|wanted| wanted.sets.iter().map(|set| &set.set_id));
        self.asked == other.asked && own.eq(theirs)
    }
}

impl PartialEq for ResultsOf {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0 && Arc::ptr_eq(&self.1, &other.1)
    }
}

impl Eq for ResultsOf {}

impl Hash for ResultsOf {
    fn hash<H: Hasher>(&self, state: &mut H) {
        // few fields ask for results
        self.0.hash(state);
    }
}

/// The scores of a set whose change on the quarter before is more than chance.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct MovedOf(pub String);

/// The charts of a place: the names and digests of the artifacts.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ChartsOf(pub Place);

/// Parameters of one statement at most; SQLite takes 32,766.
pub const CHUNK: usize = 10_000;

impl Load<SegmentsOf> for Loader {
    type Value = Arc<Codes>;

    async fn load(&self, keys: &[SegmentsOf]) -> Loaded<SegmentsOf, Self::Value> {
        let mut all = HashMap::with_capacity(keys.len());
        for keys in keys.chunks(CHUNK) {
            let select = membership::of(&self.access, keys.iter().map(|key| key.0));
            for row in self.database.query_all(&select).await? {
                let codes = membership::read(&row.try_get_by_index::<String>(1)?);
                all.insert(SegmentsOf(row.try_get_by_index(0)?), codes.into());
            }
        }
        Ok(all)
    }
}

impl Load<ClassesOf> for Loader {
    type Value = (ValueClass, Size);

    async fn load(&self, keys: &[ClassesOf]) -> Loaded<ClassesOf, Self::Value> {
        use customer_quarter::Column;
        let mut all = HashMap::new();
        for keys in keys.chunks(CHUNK) {
            let sets: BTreeSet<&str> = keys.iter().map(|key| key.1.as_str()).collect();
            let rows: Vec<(i64, String, ValueClass, Size)> = customer_quarter::Entity::find()
                .select_only()
                .columns([Column::CustomerId, Column::SetId, Column::ValueClass, Column::Size])
                .filter(Column::CustomerId.is_in(keys.iter().map(|key| key.0)))
                .filter(Column::SetId.is_in(sets))
                .filter(self.access.customers(Column::CustomerId))
                .into_tuple()
                .all(&self.database)
                .await?;
            let one = |(customer, set, value, size)| (ClassesOf(customer, set), (value, size));
            all.extend(rows.into_iter().map(one));
        }
        Ok(all)
    }
}

impl Load<ResultsOf> for Loader {
    type Value = Results;

    async fn load(&self, keys: &[ResultsOf]) -> Loaded<ResultsOf, Self::Value> {
        let mut all: HashMap<ResultsOf, Self::Value> = HashMap::with_capacity(keys.len());
        // the fields of a query want few different things
        let mut fields: Vec<(&Arc<Wanted>, Vec<i64>)> = Vec::new();
        for ResultsOf(customer, wanted) in keys {
            match fields.iter_mut().find(|(known, _)| Arc::ptr_eq(known, wanted)) {
                Some((_, customers)) => customers.push(*customer),
                None => fields.push((wanted, vec![*customer])),
            }
        }
        for (wanted, customers) in fields {
            for customers in customers.chunks(CHUNK) {
                for row in self.database.query_all(&self.results(wanted, customers)).await? {
                    let row = wanted.asked.read(&row, 0)?;
                    let place = wanted.sets.iter().position(|set| set.set_id == row.set_id);
                    let key = ResultsOf(row.customer_id, wanted.clone());
                    all.entry(key).or_default().extend(place.map(|place| (place, row)));
                }
            }
        }
        all.values_mut().for_each(|rows| rows.sort_unstable_by_key(|(place, _)| *place));
        Ok(all)
    }
}

impl Loader {
    fn results(&self, wanted: &Wanted, customers: &[i64]) -> SelectStatement {
        use customer_quarter::Column;
        customer_quarter::Entity::find()
            .select_only()
            .columns(wanted.asked.columns())
            .filter(Column::CustomerId.is_in(customers.iter().copied()))
            .filter(Column::SetId.is_in(wanted.sets.iter().map(|set| set.set_id.as_str())))
            .filter(self.access.customers(Column::CustomerId))
            .into_query()
    }
}

impl<E: Placed> Load<RowsOf<E>> for Loader {
    type Value = Vec<E::Model>;

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

impl Load<MovedOf> for Loader {
    type Value = Vec<score::Model>;

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

impl Load<ChartsOf> for Loader {
    type Value = Vec<super::chart::Stored>;

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
