//! The schema, as it tells of itself.

use std::collections::BTreeMap;

use rapport::graphql::Api;
use serde_json::Value;

use super::ask;

/// The objects of the schema, and what interfaces stand for.
pub struct Schema {
    types: BTreeMap<String, Vec<Field>>,
    /// The objects an interface can be.
    possible: BTreeMap<String, Vec<String>>,
}

/// A field of an object.
#[derive(Clone, Debug)]
pub struct Field {
    pub name: String,
    /// Each with whether it must be given.
    pub arguments: Vec<(String, bool)>,
    /// Name of its type, without lists and nulls.
    pub of: String,
}

const QUERY: &str =
    "{ __schema { types { kind name possibleTypes { name } fields(includeDeprecated: true) { name
    args { name type { kind } } type { name ofType { name ofType { name ofType { name } } } } } } } }";

impl Schema {
    pub async fn read(api: &Api) -> Self {
        let answer = ask(api, "operator", QUERY).await;
        let (mut types, mut possible) = (BTreeMap::new(), BTreeMap::new());
        for one in answer["data"]["__schema"]["types"].as_array().unwrap() {
            let name = text(&one["name"]);
            match one["kind"].as_str().unwrap() {
                "OBJECT" if !name.starts_with("__") => {
                    types.insert(name, one["fields"].as_array().unwrap().iter().map(Field::of).collect());
                }
                "INTERFACE" | "UNION" => {
                    let names = one["possibleTypes"].as_array().unwrap().iter().map(|one| text(&one["name"]));
                    possible.insert(name, names.collect());
                }
                _ => {}
            }
        }
        Self { types, possible }
    }

    /// Every object but the roots.
    pub fn objects(&self) -> impl Iterator<Item = &String> {
        self.types.keys().filter(|name| !["Query", "Mutation"].contains(&name.as_str()))
    }

    /// The objects that a type can be; none if it is a scalar.
    pub fn objects_of(&self, name: &str) -> Vec<String> {
        match self.possible.get(name) {
            Some(objects) => objects.clone(),
            None => self.types.keys().filter(|known| *known == name).cloned().collect(),
        }
    }

    /// The fields of an object that lead to others.
    pub fn relations(&self, object: &str) -> impl Iterator<Item = &Field> {
        self.types[object].iter().filter(|field| !self.objects_of(&field.of).is_empty())
    }

    /// The fields of an object that are values.
    pub fn leaves(&self, object: &str) -> impl Iterator<Item = &str> {
        self.types[object]
            .iter()
            .filter(|field| self.objects_of(&field.of).is_empty())
            .map(|field| field.name.as_str())
    }
}

impl Field {
    fn of(field: &Value) -> Self {
        let argument = |one: &Value| (text(&one["name"]), one["type"]["kind"] == "NON_NULL");
        let mut of = &field["type"];
        while of["name"].is_null() {
            of = &of["ofType"];
        }
        Self {
            name: text(&field["name"]),
            arguments: field["args"].as_array().unwrap().iter().map(argument).collect(),
            of: text(&of["name"]),
        }
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}
