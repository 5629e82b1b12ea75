//! What a query costs, measured before it runs: told with every answer, and refused above the limit.

use std::sync::{Arc, Mutex, PoisonError};

use async_graphql::{
    Response, ServerError, ValidationResult, Value,
    extensions::{Extension, ExtensionContext, ExtensionFactory, NextRequest, NextValidation},
    value,
};

/// The name of the extension.
pub const NAME: &str = "cost";

/// What a query may cost.
#[derive(Clone, Copy, Debug)]
pub struct Cost {
    /// Highest complexity: about the number of values in the answer.
    pub complexity: usize,
    /// Deepest nesting.
    pub depth: usize,
}

struct Measured {
    limit: Cost,
    found: Mutex<Option<ValidationResult>>,
}

impl ExtensionFactory for Cost {
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
        let Cost { complexity, depth } = self.limit;
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
}

impl Measured {
    fn told(&self, found: ValidationResult) -> Value {
        value!({"complexity": found.complexity, "depth": found.depth, "limit": self.limit.complexity})
    }
}
