//! What a field takes of the reader's role. A field without a guard is for all who may ask at all.

use async_graphql::{Context, Guard};
use rapport_entities::Role;

use super::reading::Reading;

/// The least role that may ask for a field.
pub struct Least(pub Role);

/// Persons, by their codes: analysts and operators.
pub const PERSONS: Least = Least(Role::Analyst);
/// Work and what changes anything: operators alone.
pub const WORK: Least = Least(Role::Operator);

#[async_trait::async_trait]
impl Guard for Least {
    async fn check(&self, context: &Context<'_>) -> async_graphql::Result<()> {
        let reading = Reading::of(context)?;
        // the ledger and what is told of it change by themselves
        if self.0 == Role::Operator {
            reading.pass();
        }
        Ok(reading.access.needs(self.0)?)
    }
}
