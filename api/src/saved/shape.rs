//! The shape of the schema: of each type its fields, with their types and arguments. Read from the schema's own text.

use std::collections::{HashMap, HashSet};

use async_graphql::parser::{
    parse_schema,
    types::{BaseType, FieldDefinition, Type, TypeKind, TypeSystemDefinition},
};

use crate::{Error, graphql};

/// Of each type its fields.
#[derive(Debug)]
pub struct Shape(HashMap<String, HashMap<String, Field>>);

/// A field.
#[derive(Debug)]
pub struct Field {
    /// The name of its type, without lists.
    pub kind: String,
    /// Whether it is a list.
    pub list: bool,
    /// The names of its arguments.
    pub arguments: HashSet<String>,
}

impl Shape {
    /// Of this program's schema.
    pub fn of_schema() -> Result<Self, Error> {
        let document = parse_schema(graphql::sdl())
            .map_err(|error| Error::Settings(format!("the schema cannot be read: {error}")))?;
        let types = document.definitions.into_iter().filter_map(|definition| match definition {
            TypeSystemDefinition::Type(one) => match one.node.kind {
                TypeKind::Object(object) => Some((one.node.name.node.to_string(), object.fields)),
                _ => None,
            },
            _ => None,
        });
        let fields = |fields: Vec<_>| fields.into_iter().map(field).collect();
        Ok(Self(types.map(|(name, all)| (name, fields(all))).collect()))
    }

    /// A field of a type; none if there is no such.
    pub fn field(&self, of: &str, name: &str) -> Option<&Field> {
        self.0.get(of)?.get(name)
    }

    /// Whether a type has fields.
    pub fn is_object(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }
}

fn field(definition: async_graphql::Positioned<FieldDefinition>) -> (String, Field) {
    let definition = definition.node;
    let (kind, list) = base(&definition.ty.node);
    let arguments = definition.arguments.into_iter().map(|argument| argument.node.name.node.to_string());
    (definition.name.node.to_string(), Field { kind, list, arguments: arguments.collect() })
}

/// The name at the bottom of a type, and whether it is in a list.
pub fn base(kind: &Type) -> (String, bool) {
    match &kind.base {
        BaseType::Named(name) => (name.to_string(), false),
        BaseType::List(inner) => (base(inner).0, true),
    }
}
