//! What is measured, in the text format that Prometheus reads: the requests this process answered, and what the ledger
//! says of the jobs, which is the same from every replica.

use std::{
    fmt,
    sync::{Arc, PoisonError, RwLock},
    time::{Duration, Instant},
};

use prometheus_client::{
    encoding::{EncodeLabelSet, text},
    metrics::{counter::Counter, family::Family, histogram::Histogram},
    registry::Registry,
};
use rapport_entities::Database;
use tokio::sync::Mutex;

use crate::graphql::{Answer, Outcome};

mod ledger;

use ledger::{Collected, Ledger};

/// So long the ledger's figures are not asked for again.
const FRESH: Duration = Duration::from_secs(5);
/// So long the ledger may take.
const PATIENCE: Duration = Duration::from_secs(2);

const SECONDS: [f64; 12] = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0];
const COSTS: [f64; 9] = [10.0, 100.0, 1e3, 5e3, 1e4, 5e4, 1e5, 2e5, 4e5];

/// A request, as it is counted: a route is the router's pattern, never the path that was asked for.
#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Requested {
    method: &'static str,
    route: String,
    status: u16,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Answered {
    outcome: &'static str,
}

/// The measurements of a process.
pub struct Metrics {
    registry: Registry,
    requests: Family<Requested, Histogram, fn() -> Histogram>,
    answers: Family<Answered, Counter>,
    kept: Counter,
    cost: Histogram,
    ledger: Arc<RwLock<Ledger>>,
    /// When the ledger was last asked; one scrape asks at a time.
    asked: Mutex<Option<Instant>>,
}

impl Default for Metrics {
    fn default() -> Self {
        let requests: Family<_, _, fn() -> Histogram> =
            Family::new_with_constructor(|| Histogram::new(SECONDS));
        let (answers, cost) = (Family::<_, Counter>::default(), Histogram::new(COSTS));
        let kept = answers.get_or_create_owned(&Answered { outcome: "kept" });
        let ledger = Arc::new(RwLock::new(Ledger::default()));
        let mut registry = Registry::with_prefix("rapport");
        registry.register(
            "http_request_duration_seconds",
            "How long HTTP requests took to be answered, by method, route and status",
            requests.clone(),
        );
        registry.register("graphql_requests", "GraphQL requests, by how far they came", answers.clone());
        registry.register(
            "graphql_query_cost",
            "The cost of GraphQL queries that were executed; the most is serve.query_cost",
            cost.clone(),
        );
        registry.register_collector(Box::new(Collected(ledger.clone())));
        Self { registry, requests, answers, kept, cost, ledger, asked: Mutex::default() }
    }
}

impl Metrics {
    /// An HTTP request was answered.
    pub fn request(&self, method: &'static str, route: &str, status: u16, took: Duration) {
        let requested = Requested { method, route: route.to_owned(), status };
        self.requests.get_or_create(&requested).observe(took.as_secs_f64());
    }

    /// A GraphQL request was answered.
    pub fn answer(&self, answer: &Answer) {
        let outcome = match answer.outcome {
            Outcome::Executed if answer.failed() => "executed_with_errors",
            Outcome::Executed => "executed",
            Outcome::Unreadable => "unreadable",
            Outcome::Invalid => "invalid",
            Outcome::TooSlow => "too_slow",
        };
        self.answers.get_or_create(&Answered { outcome }).inc();
        if let Some(cost) = answer.cost() {
            self.cost.observe(cost);
        }
    }

    /// A GraphQL request was answered with what was kept.
    pub fn kept(&self) {
        self.kept.inc();
    }

    /// Everything measured, as text. Fails never for want of the database: its figures are then left out, and
    /// `rapport_ledger_up` is 0.
    pub async fn text(&self, database: &Database) -> Result<String, fmt::Error> {
        self.ask(database).await;
        let mut text = String::new();
        text::encode(&mut text, &self.registry)?;
        Ok(text)
    }

    async fn ask(&self, database: &Database) {
        let mut asked = self.asked.lock().await;
        if asked.is_some_and(|asked| asked.elapsed() < FRESH) {
            return;
        }
        let found = match tokio::time::timeout(PATIENCE, Ledger::read(database)).await {
            Ok(Ok(ledger)) => ledger,
            Ok(Err(error)) => {
                tracing::warn!(%error, "the ledger could not be read for /metrics");
                Ledger::default()
            }
            Err(_) => Ledger::default(),
        };
        *self.ledger.write().unwrap_or_else(PoisonError::into_inner) = found;
        *asked = Some(Instant::now());
    }
}
