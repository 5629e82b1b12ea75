//! What BI tools rely on, held against the whole schema: a field that breaks it cannot be added.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::seed::{Seeded, seeded};

const INTROSPECTION: &str = "{ __schema { types { name kind description specifiedByURL
    inputFields { name description type { ...Type } } enumValues(includeDeprecated: true) { name description }
    fields(includeDeprecated: true) { name description isDeprecated deprecationReason type { ...Type }
        args { name description type { ...Type } } } } } }
    fragment Type on __Type { kind name ofType { kind name ofType { kind name ofType { kind name } } } }";

/// The types of the schema by name, the library's own left out.
pub struct Types(pub BTreeMap<String, Value>);

impl Types {
    pub async fn of(seeded: &Seeded) -> Self {
        let data = seeded.data(INTROSPECTION).await;
        let types = data["__schema"]["types"].as_array().unwrap().clone();
        let ours = types.into_iter().filter(|one| !text(one, "name").starts_with("__"));
        Self(ours.map(|one| (text(&one, "name").to_owned(), one)).collect())
    }

    pub fn fields(&self, of: &str) -> Vec<Value> {
        self.0[of]["fields"].as_array().cloned().unwrap_or_default()
    }

    fn kind(&self, of: &str) -> &str {
        text(&self.0[of], "kind")
    }

    /// The fields of the root that are flat tables, each with its type of rows.
    pub fn rows(&self) -> Vec<(Value, String)> {
        let fields = self.fields("Query").into_iter();
        fields
            .filter(|field| text(field, "name").ends_with("Rows"))
            .map(|field| {
                let row = named(&field["type"]);
                (field, row)
            })
            .collect()
    }
}

pub fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or_default()
}

/// The type as it is written, such as `[ScoreRow!]!`.
pub fn written(of: &Value) -> String {
    match text(of, "kind") {
        "NON_NULL" => format!("{}!", written(&of["ofType"])),
        "LIST" => format!("[{}]", written(&of["ofType"])),
        _ => text(of, "name").to_owned(),
    }
}

/// The type's name, without lists and exclamation marks.
pub fn named(of: &Value) -> String {
    written(of).replace(['[', ']', '!'], "")
}

#[tokio::test]
async fn flat_tables_are_flat() {
    let types = Types::of(&seeded().await).await;
    let rows = types.rows();
    assert!(rows.len() >= 23, "{}", rows.len());
    for (field, row) in rows {
        let name = text(&field, "name");
        assert_eq!(written(&field["type"]), format!("[{row}!]!"), "{name}");
        for argument in field["args"].as_array().unwrap() {
            let kind = types.kind(&written(&argument["type"])).to_owned();
            assert_eq!(kind, "SCALAR", "{name}: {argument}");
        }
        for argument in ["offset", "limit"] {
            assert!(field["args"].as_array().unwrap().iter().any(|one| one["name"] == argument), "{name}");
        }
        let columns = types.fields(&row);
        let holds = |column: &str, kind: &str| {
            let of = |one: &&Value| text(one, "name") == column;
            columns.iter().find(of).is_some_and(|one| written(&one["type"]).trim_end_matches('!') == kind)
        };
        let dated = columns.iter().any(|one| ["Date", "DateTime"].contains(&named(&one["type"]).as_str()));
        assert!(dated || ["segmentRows", "folkloreRows"].contains(&name), "{name} has no date");
        assert!(!holds("quarter", "String") || holds("quarterStart", "Date"), "{name}.quarterStart");
        for column in &columns {
            let (column, of) = (text(column, "name"), written(&column["type"]));
            let flat = of.trim_end_matches('!');
            match types.kind(flat) {
                "SCALAR" => {}
                "ENUM" => assert!(holds(&format!("{column}Code"), "String"), "{row}.{column} has no twin"),
                kind => panic!("{row}.{column} is {kind}"),
            }
            assert!(!of.contains('['), "{row}.{column} is a list");
            if let Some(money) = column.strip_suffix("Decimal") {
                assert!(holds(money, "Float") && holds(column, "String"), "{row}.{column}");
                assert!(holds("currency", "String"), "{row}.currency");
            }
            let private = ["name", "email", "phone", "comment", "text", "note"];
            let of_model = row == "ParameterRow" && column == "name";
            assert!(of_model || !private.contains(&column), "{row}.{column}");
        }
    }
}

#[tokio::test]
async fn everything_is_described_and_every_scalar_specified() {
    let types = Types::of(&seeded().await).await;
    let described = |what: &str, one: &Value| assert!(!text(one, "description").is_empty(), "{what}: {one}");
    let list = |one: &Value, key: &str| one[key].as_array().cloned().unwrap_or_default();
    let built_in = ["Int", "Float", "String", "Boolean", "ID"];
    for (name, one) in types.0.iter().filter(|(name, _)| !built_in.contains(&name.as_str())) {
        described(name, one);
        for field in list(one, "fields") {
            described(name, &field);
            list(&field, "args").iter().for_each(|argument| described(name, argument));
            let reason = text(&field, "deprecationReason");
            assert!(field["isDeprecated"] == false || reason.contains("use "), "{name}: {field}");
        }
        list(one, "inputFields")
            .iter()
            .chain(&list(one, "enumValues"))
            .for_each(|part| described(name, part));
        if text(one, "kind") == "SCALAR" {
            assert!(text(one, "specifiedByURL").starts_with("https://"), "{name}");
        }
    }
}

/// Whatever columns are asked for, a column says the same.
#[tokio::test]
async fn a_column_alone_says_what_it_says_among_all() {
    let seeded = seeded().await;
    let types = Types::of(&seeded).await;
    for (field, row) in types.rows() {
        let name = text(&field, "name");
        let fields = types.fields(&row);
        let columns: Vec<&str> = fields.iter().map(|one| text(one, "name")).collect();
        let all = seeded.data(&format!("{{ {name} {{ {} }} }}", columns.join(" "))).await;
        for column in columns {
            let one = seeded.data(&format!("{{ {name} {{ {column} }} }}")).await;
            let values = |data: &Value| -> Vec<Value> {
                data[name].as_array().unwrap().iter().map(|row| row[column].clone()).collect()
            };
            assert_eq!(values(&one), values(&all), "{name}.{column}");
        }
    }
}

/// Code generators make `unknown` of a scalar that nobody mapped.
#[tokio::test]
async fn every_scalar_is_mapped_for_code_generators() {
    let types = Types::of(&seeded().await).await;
    let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("scalars.json");
    let map: BTreeMap<String, Value> = serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
    let scalars: Vec<&String> = types.0.keys().filter(|name| types.kind(name) == "SCALAR").collect();
    assert_eq!(map.keys().collect::<Vec<_>>(), scalars);
    for (name, one) in &map {
        for language in ["typescript", "python", "json", "about"] {
            assert!(!text(one, language).is_empty(), "{name}: {language}");
        }
    }
}
