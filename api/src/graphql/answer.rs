//! Answers requests within their limits, and gives every error its code: the one place that does.

use std::{
    sync::{Arc, atomic::Ordering},
    time::Duration,
};

use async_graphql::{EmptySubscription, Request, Response, Schema, ServerError, ValidationMode, Value};
use axum::http::StatusCode;
use rapport_entities::Database;
use serde::Serialize;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::{
    Root,
    cost::{self, Measure},
    json::{self, Object},
    limits,
    loads::Loads,
    lookups::Lookups,
    mutation::Mutation,
    operation,
    order::Order,
    query::Query,
    reading::Reading,
};
use crate::{Access, Error, Settings};

/// The API: the schema, and the database it reads.
#[derive(Clone)]
pub struct Api {
    schema: Root,
    measure: Measure,
    database: Database,
    timeout: u64,
    characters: usize,
    /// Leaves to read lines.
    lines: Arc<Semaphore>,
}

/// Readings of lines at a time: each holds a connection until its reader has the last one, and others need some too.
const LINES: usize = 2;

/// An answer.
pub struct Answer {
    response: Response,
    /// How far the request came.
    pub outcome: Outcome,
    /// Whether it holds until the data version is another.
    stands: bool,
}

/// A page of a saved query.
pub struct Page {
    /// The answer's data.
    pub data: Value,
    /// What it cost.
    pub cost: f64,
    /// Whether it holds until the data version is another.
    pub stands: bool,
}

/// How far a request came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Executed; fields may have failed.
    Executed,
    /// Refused: the document cannot be read.
    Unreadable,
    /// Refused: the document does not fit the schema, or costs too much.
    Invalid,
    /// Given up after the time that an answer may take.
    TooSlow,
}

#[derive(Serialize)]
struct Refusal<'a> {
    errors: &'a [ServerError],
}

impl Answer {
    fn refusal(error: ServerError, outcome: Outcome) -> Self {
        Self { response: Response::from_errors(vec![error]), outcome, stands: false }
    }

    /// True if the same request has the same answer until the data version is another.
    pub fn stands(&self) -> bool {
        self.stands && self.outcome == Outcome::Executed && !self.failed()
    }

    /// True if the answer has errors.
    pub fn failed(&self) -> bool {
        self.response.is_err()
    }

    /// The first field that failed, with the status that fits it; none if all went well.
    pub fn error(&self) -> Option<Error> {
        let error = self.response.errors.first()?;
        let status = match self.outcome {
            Outcome::TooSlow => StatusCode::GATEWAY_TIMEOUT,
            _ => error.source::<Error>().map_or(StatusCode::BAD_REQUEST, Error::status),
        };
        Some(Error::Answer { message: error.message.clone(), status })
    }

    /// True if a field was refused because the reader's role is too low.
    pub fn denies(&self) -> bool {
        let forbidden = |error: &ServerError| {
            let code = error.extensions.as_ref().and_then(|extensions| extensions.get("code"));
            code == Some(&Value::from("FORBIDDEN"))
        };
        self.response.errors.iter().any(forbidden)
    }

    /// What the query cost; none if it was refused.
    pub fn cost(&self) -> Option<f64> {
        let Value::Object(told) = self.response.extensions.get(cost::NAME)? else { return None };
        let Value::Number(cost) = told.get("complexity")? else { return None };
        cost.as_f64()
    }

    /// As JSON; a refusal has no `data`.
    pub fn json(&self) -> Result<Vec<u8>, serde_json::Error> {
        let Response { data, errors, extensions, .. } = &self.response;
        if self.outcome != Outcome::Executed {
            return serde_json::to_vec(&Refusal { errors });
        }
        let mut json = Vec::new();
        let mut object = Object::begin(&mut json);
        json::write(data, object.field("data"))?;
        if !errors.is_empty() {
            serde_json::to_writer(object.field("errors"), errors)?;
        }
        if !extensions.is_empty() {
            serde_json::to_writer(object.field("extensions"), extensions)?;
        }
        object.end();
        Ok(json)
    }

    /// As JSON for people.
    pub fn pretty(&self) -> String {
        let text = if self.outcome != Outcome::Executed {
            serde_json::to_string_pretty(&Refusal { errors: &self.response.errors })
        } else {
            serde_json::to_string_pretty(&self.response)
        };
        text.unwrap_or_default()
    }
}

impl Api {
    /// The API over a database, within the settings' limits.
    pub fn new(database: Database, settings: &Settings) -> Self {
        let limits = &settings.serve;
        let schema = Schema::build(Query::default(), Mutation::default(), EmptySubscription)
            .data(Arc::new(settings.jobs()))
            // what is executed was measured, and held against the schema there
            .validation_mode(ValidationMode::Fast)
            .finish();
        let measure = Measure::new(limits);
        let lines = Arc::new(Semaphore::new(LINES));
        let (timeout, characters) = (limits.timeout, limits.query_characters);
        Self { schema, measure, database, timeout, characters, lines }
    }

    /// The leave to read lines; none while as many as may be read are.
    pub fn leave_for_lines(&self) -> Option<OwnedSemaphorePermit> {
        self.lines.clone().try_acquire_owned().ok()
    }

    /// Answers a request of a reader.
    pub async fn answer(&self, request: Request, access: Arc<Access>) -> Answer {
        self.answer_after(request, access, Arc::default()).await
    }

    /// Answers a request of a reader, after others who looked up the same.
    pub async fn answer_after(
        &self,
        mut request: Request,
        access: Arc<Access>,
        lookups: Arc<Lookups>,
    ) -> Answer {
        if let Some(refusal) = self.refusal(&mut request) {
            return refusal;
        }
        self.execute(request, access, lookups).await
    }

    /// A page of a saved query, all of whose pages read the same sets. Fails as its first field that fails.
    pub async fn page(
        &self,
        request: Request,
        access: Arc<Access>,
        lookups: Arc<Lookups>,
    ) -> Result<Page, Error> {
        let answer = self.execute(request, access, lookups).await;
        let (cost, stands) = (answer.cost().unwrap_or_default(), answer.stands());
        match answer.error() {
            None => Ok(Page { data: answer.response.data, cost, stands }),
            Some(error) => Err(error),
        }
    }

    async fn execute(&self, mut request: Request, access: Arc<Access>, lookups: Arc<Lookups>) -> Answer {
        operation::defaults(&mut request);
        let cost = match self.measure.of(&mut request).await {
            Ok(cost) => cost,
            Err(mut response) => {
                response.errors.iter_mut().for_each(code);
                return Answer { response, outcome: Outcome::Invalid, stands: false };
            }
        };
        let order = Order::of(&mut request);
        let (sender, loads) = Loads::new();
        let merges = order.merges();
        let reading = Reading::new(self.database.clone(), access, lookups, sender, merges);
        let passing = reading.passing();
        let execution = loads.serve(self.schema.execute(request.data(reading)));
        let Ok(mut response) = tokio::time::timeout(Duration::from_secs(self.timeout), execution).await
        else {
            return Answer::refusal(coded(&Error::TooSlow(self.timeout)), Outcome::TooSlow);
        };
        response.extensions.insert(cost::NAME.to_owned(), cost);
        order.arrange(&mut response.data);
        response.errors.iter_mut().for_each(code);
        let refused = response.is_err() && response.errors.iter().all(|error| error.path.is_empty());
        let outcome = if refused { Outcome::Invalid } else { Outcome::Executed };
        Answer { response, outcome, stands: !passing.load(Ordering::Relaxed) }
    }

    /// The answer to a request that is not to be executed; none if it is.
    fn refusal(&self, request: &mut Request) -> Option<Answer> {
        if request.query.chars().count() > self.characters {
            let text = format!("the query has more than {} characters; ask for less", self.characters);
            return Some(Answer::refusal(coded(&Error::TooCostly(text)), Outcome::Invalid));
        }
        if let Err(error) = limits::nesting(&request.query) {
            return Some(Answer::refusal(coded(&error), Outcome::Invalid));
        }
        match request.parsed_query() {
            Ok(document) => {
                let error = limits::check(document).err()?;
                Some(Answer::refusal(coded(&error), Outcome::Invalid))
            }
            Err(mut error) => {
                set(&mut error, "GRAPHQL_PARSE_FAILED");
                Some(Answer::refusal(error, Outcome::Unreadable))
            }
        }
    }
}

fn coded(error: &Error) -> ServerError {
    let mut told = ServerError::new(error.to_string(), None);
    set(&mut told, error.code());
    told
}

/// Gives an error its code, and writes to the log what the client is not told.
fn code(error: &mut ServerError) {
    let known = error.source::<Error>().map(|source| {
        source.log();
        source.code()
    });
    let otherwise = if error.path.is_empty() { "GRAPHQL_VALIDATION_FAILED" } else { "BAD_USER_INPUT" };
    set(error, known.unwrap_or(otherwise));
}

fn set(error: &mut ServerError, code: &str) {
    error.extensions.get_or_insert_default().set("code", Value::from(code));
}
