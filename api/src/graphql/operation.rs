//! The operation of a request, of the several that its document may have.

use async_graphql::{
    Name, Positioned, Request,
    parser::types::{ExecutableDocument, OperationDefinition, OperationType},
};

use super::limits;

/// What an operation does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operation {
    /// Reads.
    Query,
    /// Writes, or listens.
    Other,
}

impl Operation {
    /// What the request's operation does; none if the document cannot be read.
    pub fn of(request: &mut Request) -> Option<Self> {
        let name = request.operation_name.clone();
        limits::nesting(&request.query).ok()?;
        let operation = chosen(name.as_deref(), request.parsed_query().ok()?)?;
        Some(if operation.node.ty == OperationType::Query { Self::Query } else { Self::Other })
    }
}

/// The operation of this name; any if no name is given.
pub fn chosen<'a>(
    name: Option<&str>,
    document: &'a ExecutableDocument,
) -> Option<&'a Positioned<OperationDefinition>> {
    let mut operations = document.operations.iter();
    let named = |known: Option<&Name>| name.is_none() || known.map(Name::as_str) == name;
    operations.find(|(known, _)| named(*known)).map(|(_, operation)| operation)
}

/// Gives variables that are left out the defaults that the operation has for them: the library knows them where arguments
/// are read, but not where it looks what to skip and to include.
pub fn defaults(request: &mut Request) {
    let name = request.operation_name.clone();
    let Ok(document) = request.parsed_query() else { return };
    let operation = chosen(name.as_deref(), document);
    let variables = operation.map(|operation| operation.node.variable_definitions.clone());
    for variable in variables.unwrap_or_default() {
        if let Some(value) = variable.node.default_value {
            request.variables.entry(variable.node.name.node).or_insert(value.node);
        }
    }
}
