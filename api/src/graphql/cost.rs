//! What a query costs, measured before it runs: told with every answer, and refused above the limit.
//!
//! The measure is the library's own, and only an extension is told of it. An extension makes every field of an answer dear,
//! so a schema that executes nothing has it: what is executed has passed it.

use std::sync::{Arc, Mutex, PoisonError};

use async_graphql::{
    EmptySubscription, Request, Response, Schema, ServerError, ValidationResult, Value,
    extensions::{Extension, ExtensionContext, ExtensionFactory, NextExecute, NextRequest, NextValidation},
    value,
};

use super::{Root, mutation::Mutation, query::Query};
use crate::Serve;

/// The name of the extension.
pub const NAME: &str = "cost";

/// What a query may cost.
#[derive(Clone, Copy, Debug)]
struct Limit {
    /// Highest complexity: about the number of values in the answer.
    complexity: usize,
    /// Deepest nesting.
    depth: usize,
}

/// Measures queries.
#[derive(Clone)]
pub struct Measure(Root);

impl Measure {
    /// Within these limits.
    pub fn new(limits: &Serve) -> Self {
        let schema = Schema::build(Query::default(), Mutation::default(), EmptySubscription)
            .limit_recursive_depth(32)
            .limit_directives(5)
            .extension(Limit { complexity: limits.query_cost, depth: limits.query_depth });
        Self(schema.finish())
    }

    /// What a request costs, as it is told. Fails with the refusal if it costs too much, or does not fit the schema.
    pub async fn of(&self, request: &mut Request) -> Result<Value, Response> {
        let mut twin = Request::new(request.query.clone()).variables(request.variables.clone());
        twin.operation_name = request.operation_name.clone();
        if let Ok(document) = request.parsed_query() {
            twin.set_parsed_query(document.clone());
        }
        let mut measured = self.0.execute(twin).await;
        match measured.errors.is_empty() {
            true => Ok(measured.extensions.remove(NAME).unwrap_or_default()),
            false => Err(measured),
        }
    }
}

struct Measured {
    limit: Limit,
    found: Mutex<Option<ValidationResult>>,
}

impl ExtensionFactory for Limit {
    fn create(&self) -> Arc<dyn Extension> {
        Arc::new(Measured { limit: *self, found: Mutex::default() })
    }
}

#[async_trait::async_trait]
impl Extension for Measured {
    async fn request(&self, context: &ExtensionContext<'_>, next: NextRequest<'_>) -> Response {
        let response = next.run(context).await;
        let found = self.found.lock().unwrap_or_else(PoisonError::into_inner).take();
        match found {
            Some(found) => response.extension(NAME, self.told(found)),
            None => response,
        }
    }

    async fn validation(
        &self,
        context: &ExtensionContext<'_>,
        next: NextValidation<'_>,
    ) -> Result<ValidationResult, Vec<ServerError>> {
        let found = next.run(context).await?;
        *self.found.lock().unwrap_or_else(PoisonError::into_inner) = Some(found);
        let Limit { complexity, depth } = self.limit;
        let refusal = if found.complexity > complexity {
            format!(
                "the query costs {}, more than {complexity}; ask for fewer rows or columns",
                found.complexity
            )
        } else if found.depth > depth {
            format!("the query is {} levels deep, more than {depth}; nest less", found.depth)
        } else {
            return Ok(found);
        };
        Err(vec![ServerError::new(refusal, None)])
    }

    async fn execute(&self, _: &ExtensionContext<'_>, _: Option<&str>, _: NextExecute<'_>) -> Response {
        Response::new(Value::Null)
    }
}

impl Measured {
    fn told(&self, found: ValidationResult) -> Value {
        value!({"complexity": found.complexity, "depth": found.depth, "limit": self.limit.complexity})
    }
}
