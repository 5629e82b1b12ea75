//! Relations, many at once: what resolvers ask for until none of them can go on is one batch, loaded in one go.

use std::{
    any::{Any, TypeId},
    collections::HashMap,
    future::{Future, poll_fn},
    hash::Hash,
    sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError},
    task::{Poll, Waker},
};

use sea_orm::DbErr;
use tokio::sync::mpsc::UnboundedSender;

use super::loads::Work;

/// What was found, by key; an error is everybody's who waits.
pub type Loaded<K, V> = Result<HashMap<K, V>, Arc<DbErr>>;

/// Loads what belongs to keys.
pub trait Load<K>: Send + Sync + 'static {
    /// What belongs to a key.
    type Value: Clone + Send + Sync + 'static;

    /// Loads what belongs to these keys, of which some may be equal. A key that nothing belongs to may be left out.
    fn load(&self, keys: &[K]) -> impl Future<Output = Loaded<K, Self::Value>> + Send;
}

/// A key, of whatever type.
pub trait Key: Clone + Eq + Hash + Send + Sync + 'static {}

impl<K: Clone + Eq + Hash + Send + Sync + 'static> Key for K {}

/// The batches that a request gathers, one for each type of key.
pub struct Batches<L> {
    loader: Arc<L>,
    work: UnboundedSender<Work>,
    gathering: Gathering,
}

type Gathering = Arc<Mutex<HashMap<TypeId, Box<dyn Any + Send>>>>;

/// The keys of a batch, what was found for them, and who waits for it.
struct Batch<K, V> {
    keys: Mutex<Vec<K>>,
    found: OnceLock<Loaded<K, V>>,
    waiting: Mutex<Vec<Waker>>,
}

impl<L> Batches<L> {
    /// None yet; loading is left to `work`.
    pub fn new(loader: L, work: UnboundedSender<Work>) -> Self {
        Self { loader: loader.into(), work, gathering: Arc::default() }
    }

    /// What belongs to a key; none if nothing does.
    pub async fn load_one<K: Key>(&self, key: K) -> Result<Option<L::Value>, Arc<DbErr>>
    where
        L: Load<K>,
    {
        let batch = self.add([key.clone()]);
        Ok(batch.found().await?.get(&key).cloned())
    }

    /// What belongs to keys; those that nothing belongs to are left out.
    pub async fn load_many<K: Key>(
        &self,
        keys: impl IntoIterator<Item = K>,
    ) -> Result<HashMap<K, L::Value>, Arc<DbErr>>
    where
        L: Load<K>,
    {
        let keys: Vec<K> = keys.into_iter().collect();
        if keys.is_empty() {
            return Ok(HashMap::new());
        }
        let batch = self.add(keys.iter().cloned());
        let found = batch.found().await?;
        let one = |key: K| {
            let value = found.get(&key)?.clone();
            Some((key, value))
        };
        Ok(keys.into_iter().filter_map(one).collect())
    }

    /// Adds keys to the batch that is being gathered. The first ones begin it, and its loading ends it.
    fn add<K: Key>(&self, keys: impl IntoIterator<Item = K>) -> Arc<Batch<K, L::Value>>
    where
        L: Load<K>,
    {
        let mut gathering = lock(&self.gathering);
        let known = gathering.get(&TypeId::of::<K>());
        if let Some(batch) = known.and_then(|batch| batch.downcast_ref::<Arc<Batch<K, L::Value>>>()) {
            lock(&batch.keys).extend(keys);
            return batch.clone();
        }
        let batch = Arc::new(Batch {
            keys: Mutex::new(keys.into_iter().collect()),
            found: OnceLock::new(),
            waiting: Mutex::default(),
        });
        gathering.insert(TypeId::of::<K>(), Box::new(batch.clone()));
        let (all, loader, begun) = (self.gathering.clone(), self.loader.clone(), batch.clone());
        let load = async move {
            lock(&all).remove(&TypeId::of::<K>());
            let keys = std::mem::take(&mut *lock(&begun.keys));
            begun.tell(loader.load(&keys).await);
        };
        // nobody takes it if the request was given up
        drop(self.work.send(Box::pin(load)));
        batch
    }
}

impl<K: Key, V> Batch<K, V> {
    fn tell(&self, found: Loaded<K, V>) {
        drop(self.found.set(found));
        lock(&self.waiting).drain(..).for_each(Waker::wake);
    }

    /// What was found, once it is.
    async fn found(&self) -> Result<&HashMap<K, V>, Arc<DbErr>> {
        let found = poll_fn(|context| {
            if let Some(found) = self.found.get() {
                return Poll::Ready(found);
            }
            let mut waiting = lock(&self.waiting);
            // of those that wait together one tells the others
            if !waiting.last().is_some_and(|last| last.will_wake(context.waker())) {
                waiting.push(context.waker().clone());
            }
            Poll::Pending
        });
        found.await.as_ref().map_err(Arc::clone)
    }
}

fn lock<T>(one: &Mutex<T>) -> MutexGuard<'_, T> {
    one.lock().unwrap_or_else(PoisonError::into_inner)
}
