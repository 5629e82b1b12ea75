//! What one request reads: the published sets, looked up once, and everything through one loader.

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

use async_graphql::{Context, Pos};
use rapport_entities::{
    ALL, Audience, Database, Quarter, dimension, period_inputs, publication, published, question, segment,
    survey,
};
use rapport_jobs::playbook::Cards;
use sea_orm::{
    ColumnTrait, EntityTrait, Order, QueryFilter, QueryOrder, QuerySelect, Select,
    sea_query::{CaseStatement, Expr, Query},
};
use tokio::sync::{OnceCell, mpsc::UnboundedSender};

use super::{
    asked::Asked,
    batch::Batches,
    loader::{Loader, Wanted},
    loads::Work,
    lookups::Lookups,
    segment::SegmentRow,
};
use crate::{Access, Error};

/// A published revision.
pub type Publication = Arc<publication::Model>;

/// The inputs of every quarter.
pub type Inputs = HashMap<Quarter, period_inputs::Model>;

/// What one request reads.
pub struct Reading {
    /// The connection.
    pub database: Database,
    /// What the reader may see.
    pub access: Arc<Access>,
    /// Relations, many at once.
    pub loader: Batches<Loader>,
    /// Whether a field is asked for twice somewhere.
    pub merges: bool,
    passing: Arc<AtomicBool>,
    lookups: Arc<Lookups>,
    inputs: OnceCell<Inputs>,
    questions: OnceCell<HashMap<String, String>>,
    cards: OnceCell<Cards>,
    wanted: Mutex<HashMap<Pos, Arc<Wanted>>>,
}

/// The names of dimensions and segments, in the order of reports.
#[derive(Debug, Default)]
pub struct Names {
    /// Every segment with its dimension's name, ordered.
    pub segments: Vec<(segment::Model, String)>,
    /// By the codes of dimension and segment: the place, and the row that readers are shown.
    by_code: HashMap<String, HashMap<String, (usize, Arc<SegmentRow>)>>,
}

impl Names {
    /// The segment's name; its code if it has none.
    pub fn of(&self, dimension: &str, code: &str) -> String {
        if dimension == ALL && code == ALL {
            return "All customers".to_owned();
        }
        self.find(dimension, code).map_or_else(|| code.to_owned(), |(segment, _)| segment.name.clone())
    }

    /// The segment and its dimension's name.
    pub fn find(&self, dimension: &str, code: &str) -> Option<&(segment::Model, String)> {
        self.segments.get(self.by_code.get(dimension)?.get(code)?.0)
    }

    /// The segment's row.
    pub fn row(&self, dimension: &str, code: &str) -> Option<&Arc<SegmentRow>> {
        Some(&self.by_code.get(dimension)?.get(code)?.1)
    }
}

impl Reading {
    /// A reading that has looked nothing up yet; its loader leaves its work to `loads`.
    pub fn new(
        database: Database,
        access: Arc<Access>,
        lookups: Arc<Lookups>,
        loads: UnboundedSender<Work>,
        merges: bool,
    ) -> Self {
        let loader = Batches::new(Loader::new(database.clone(), access.clone()), loads);
        Self {
            database,
            access,
            loader,
            merges,
            passing: Arc::default(),
            lookups,
            inputs: OnceCell::new(),
            questions: OnceCell::new(),
            cards: OnceCell::new(),
            wanted: Mutex::default(),
        }
    }

    /// The reading of the request that is answered.
    pub fn of<'a>(context: &Context<'a>) -> Result<&'a Self, Error> {
        context.data::<Self>().map_err(|error| Error::NotFound(error.message))
    }

    /// Says that what is read changes without a new data version: the answer holds for this moment alone.
    pub fn pass(&self) {
        self.passing.store(true, Ordering::Relaxed);
    }

    /// Whether such was read, as far as the execution has come.
    pub fn passing(&self) -> Arc<AtomicBool> {
        self.passing.clone()
    }

    /// Which of customers' results the field wants that is being answered, in `quarter` or in all; looked up once for all
    /// the customers that it is answered of. Fails if the quarter is not one.
    pub async fn wanted(&self, context: &Context<'_>, quarter: Option<&str>) -> Result<Arc<Wanted>, Error> {
        let wanted =
            async || Ok(Wanted { sets: self.sets(quarter, None).await?, asked: Asked::of(&context.field()) });
        self.once(context.item.pos, wanted).await
    }

    /// The same of the newest quarter that is named: its classes alone.
    pub async fn classes(&self, context: &Context<'_>, quarter: Option<&str>) -> Result<Arc<Wanted>, Error> {
        let wanted = async || {
            let newest = self.sets(quarter, None).await?.pop();
            Ok(Wanted { sets: newest.into_iter().collect(), asked: Asked::classes() })
        };
        self.once(context.item.pos, wanted).await
    }

    /// What the field at this place of the query wants, made once.
    async fn once(
        &self,
        pos: Pos,
        make: impl AsyncFnOnce() -> Result<Wanted, Error>,
    ) -> Result<Arc<Wanted>, Error> {
        let all = || self.wanted.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(wanted) = all().get(&pos) {
            return Ok(wanted.clone());
        }
        let wanted = make().await?;
        Ok(all().entry(pos).or_insert(wanted.into()).clone())
    }

    /// The newest revision of every published quarter, oldest quarter first.
    pub async fn published(&self) -> Result<&[Publication], Error> {
        let load = || async {
            let all = published::current(&self.database).await?;
            Ok::<_, Error>(all.into_iter().map(Arc::new).collect())
        };
        self.lookups.published.get_or_try_init(load).await.map(Vec::as_slice)
    }

    /// The sets that `quarter` and `revision` name: all quarters' newest without a quarter, the quarter's newest
    /// without a revision; none if there is no such publication. Fails if the quarter is not one.
    pub async fn sets(
        &self,
        quarter: Option<&str>,
        revision: Option<i32>,
    ) -> Result<Vec<Publication>, Error> {
        let Some(text) = quarter else {
            return match revision {
                Some(_) => Err(Error::BadInput("revision goes with quarter; give both".to_owned())),
                None => Ok(self.published().await?.to_vec()),
            };
        };
        let quarter = parse(text)?;
        let newest = self.published().await?.iter().find(|one| one.quarter == quarter).cloned();
        match (revision, newest) {
            (None, newest) => Ok(newest.into_iter().collect()),
            (Some(revision), Some(newest)) if newest.revision == revision => Ok(vec![newest]),
            (Some(revision), _) => {
                let found = published::revision(&self.database, quarter, Some(revision)).await?;
                if found.as_ref().is_some_and(|found| found.pruned_at.is_some()) {
                    let text = "was provisional, was replaced, and its rows were cleared away";
                    return Err(Error::NotFound(format!("{quarter} revision {revision} {text}")));
                }
                Ok(found.into_iter().map(Arc::new).collect())
            }
        }
    }

    /// The inputs of the quarters, read once.
    pub async fn inputs(&self) -> Result<&Inputs, Error> {
        let load = || async {
            let all = period_inputs::Entity::find().all(&self.database).await?;
            Ok::<_, Error>(all.into_iter().map(|one| (one.quarter, one)).collect())
        };
        self.inputs.get_or_try_init(load).await
    }

    /// The newest versions of the cards that were written, read once.
    pub async fn cards(&self) -> Result<&Cards, Error> {
        // they are written without a new data version
        self.pass();
        Ok(self.cards.get_or_try_init(|| Cards::read(&self.database)).await?)
    }

    /// The names of the segments that the reader sees, read once.
    pub async fn names(&self) -> Result<&Names, Error> {
        self.lookups.names.get_or_try_init(|| names(&self.database, &self.access)).await
    }

    /// The words of the customers' questions by code, read once; of several surveys that ask one, of the first by
    /// code.
    pub async fn questions(&self) -> Result<&HashMap<String, String>, Error> {
        let customers = Query::select()
            .column(survey::Column::Code)
            .from(survey::Entity)
            .and_where(survey::Column::Audience.eq(Audience::Customer))
            .to_owned();
        let load = || async {
            let all: Vec<(String, String)> = question::Entity::find()
                .select_only()
                .columns([question::Column::Code, question::Column::Text])
                .filter(question::Column::Survey.in_subquery(customers))
                .order_by_desc(question::Column::Survey)
                .into_tuple()
                .all(&self.database)
                .await?;
            // a later one, of an earlier survey, takes the place of its forerunner
            Ok::<_, Error>(all.into_iter().collect())
        };
        self.questions.get_or_try_init(load).await
    }
}

/// Reads the names of the segments that the reader sees.
pub async fn names(database: &Database, access: &Access) -> Result<Names, Error> {
    let dimensions: HashMap<String, (i32, String)> = dimension::Entity::find()
        .all(database)
        .await?
        .into_iter()
        .map(|dimension| (dimension.code, (dimension.position, dimension.name)))
        .collect();
    let seen = access.places(segment::Column::Dimension, segment::Column::Code);
    let mut segments = segment::Entity::find().filter(seen).all(database).await?;
    let place = |segment: &segment::Model| {
        let position = dimensions.get(&segment.dimension).map_or(i32::MAX, |(position, _)| *position);
        (position, segment.dimension.clone(), segment.code.clone())
    };
    segments.sort_by_cached_key(place);
    let named = |segment: segment::Model| {
        let name = dimensions
            .get(&segment.dimension)
            .map_or_else(|| segment.dimension.clone(), |(_, name)| name.clone());
        (segment, name)
    };
    let segments: Vec<_> = segments.into_iter().map(named).collect();
    let mut by_code: HashMap<_, HashMap<_, _>> = HashMap::new();
    for (place, (segment, dimension)) in segments.iter().enumerate() {
        let row = SegmentRow::new([&segment.dimension, &segment.code], [dimension, &segment.name]);
        let of_dimension = by_code.entry(segment.dimension.clone()).or_default();
        of_dimension.insert(segment.code.clone(), (place, row.into()));
    }
    Ok(Names { segments, by_code })
}

/// Reads a quarter. Fails and says how to write it.
pub fn parse(text: &str) -> Result<Quarter, Error> {
    text.parse().map_err(|error: rapport_entities::QuarterError| Error::BadInput(error.to_string()))
}

/// The rows of these sets, ordered as the sets are. The order is spelled out, and the table of publications not
/// joined, since on a distributed database that table lives elsewhere.
pub fn of_sets<E: EntityTrait>(select: Select<E>, column: E::Column, sets: &[Publication]) -> Select<E> {
    let select = select.filter(column.is_in(sets.iter().map(|set| set.set_id.as_str())));
    if sets.len() < 2 {
        return select;
    }
    let place = sets.iter().enumerate().fold(CaseStatement::new(), |case, (place, set)| {
        case.case(column.eq(set.set_id.as_str()), Expr::value(place as i32))
    });
    select.order_by(Expr::Case(Box::new(place)), Order::Asc)
}

/// The publication a row belongs to.
pub fn publication<'a>(sets: &'a [Publication], set_id: &str) -> Result<&'a Publication, Error> {
    sets.iter()
        .find(|set| set.set_id == set_id)
        .ok_or_else(|| Error::NotFound("the row's set is not published".to_owned()))
}
