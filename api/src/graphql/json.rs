//! Answers as JSON. A list that is written as soon as its values are known needs no tree of them: the text takes the
//! place of the list's value, and is put in the answer as it is.

use async_graphql::{Name, Value, indexmap::IndexMap};
use serde_json::Error;

/// Says of a request that its answer is read as JSON alone, never value by value.
#[derive(Clone, Copy, Debug)]
pub struct AsJson;

/// No field can be called so.
const TEXT: &str = "\0";

/// The value whose JSON this is.
pub fn value(json: String) -> Value {
    Value::Object(IndexMap::from_iter([(Name::new(TEXT), Value::String(json))]))
}

/// Whether a value has fields of its own, or may have.
pub fn is_tree(value: &Value) -> bool {
    match value {
        Value::Object(fields) => !matches!(fields.get_index(0), Some((name, _)) if name == TEXT),
        Value::List(_) => true,
        _ => false,
    }
}

/// Writes a value. What is there already stays.
pub fn write(value: &Value, out: &mut Vec<u8>) -> Result<(), Error> {
    match value {
        Value::Object(fields) => match fields.get_index(0) {
            Some((name, Value::String(text))) if name == TEXT => out.extend_from_slice(text.as_bytes()),
            _ => {
                let mut object = Object::begin(out);
                for (name, value) in fields {
                    write(value, object.field(name))?;
                }
                object.end();
            }
        },
        Value::List(items) => {
            out.push(b'[');
            for (place, item) in items.iter().enumerate() {
                if place > 0 {
                    out.push(b',');
                }
                write(item, out)?;
            }
            out.push(b']');
        }
        Value::String(text) => serde_json::to_writer(out, text)?,
        Value::Number(number) => serde_json::to_writer(out, number)?,
        other => serde_json::to_writer(out, other)?,
    }
    Ok(())
}

/// An object that is being written.
pub struct Object<'a> {
    out: &'a mut Vec<u8>,
    is_empty: bool,
}

impl<'a> Object<'a> {
    /// Begins one.
    pub fn begin(out: &'a mut Vec<u8>) -> Self {
        out.push(b'{');
        Self { out, is_empty: true }
    }

    /// Where the value of a field is written next; GraphQL's names need no escapes.
    pub fn field(&mut self, name: &str) -> &mut Vec<u8> {
        if !self.is_empty {
            self.out.push(b',');
        }
        self.is_empty = false;
        self.out.push(b'"');
        self.out.extend_from_slice(name.as_bytes());
        self.out.extend_from_slice(b"\":");
        self.out
    }

    /// Ends it; true if it has no field.
    pub fn end(self) -> bool {
        self.out.push(b'}');
        self.is_empty
    }
}
