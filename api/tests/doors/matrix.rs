//! Who sees what: every root field and every relation of the schema, generated from the schema itself, asked as each kind
//! of reader. The table is committed as `api/access.md`, so that no field appears without a decision.

use std::{collections::BTreeSet, fmt::Write as _, path::Path};

use rapport::{Access, Settings, graphql::Api};
use rapport_entities::Role;
use serde_json::Value;

use self::{
    place::{Place, places},
    schema::Schema,
};
use crate::seed::{Seeded, seeded};

mod addresses;
mod place;
mod schema;
mod secrets;

/// The kinds of readers; the last two see the north alone.
pub const READERS: [&str; 5] = ["viewer", "analyst", "operator", "viewer of north", "analyst of north"];

/// The segments that a reader sees; none if it sees all.
fn narrowing(reader: &str) -> Option<Vec<(String, String)>> {
    reader.ends_with("north").then(|| vec![("region".to_owned(), "north".to_owned())])
}

fn role(reader: &str) -> Role {
    reader.split(' ').next().unwrap().parse().unwrap()
}

fn access(reader: &str) -> Access {
    Access::of_token(reader, role(reader), narrowing(reader))
}

/// The small database, marked, and the API over it.
async fn marked() -> (Seeded, Api) {
    let seeded = seeded().await;
    secrets::mark(&seeded).await;
    let mut settings = Settings::default();
    // what is asked here is wide, and small all the same
    settings.serve.query_cost = usize::MAX;
    let api = Api::new(seeded.database.clone(), &settings);
    (seeded, api)
}

async fn ask(api: &Api, reader: &str, query: &str) -> Value {
    let answer = api.answer(async_graphql::Request::new(query), access(reader).into()).await;
    serde_json::from_slice(&answer.json().unwrap()).unwrap()
}

/// What a reader is told: the refusal's code, or the values at the end of the path.
fn told(place: &Place, answer: &Value) -> Result<Vec<Value>, String> {
    match answer["errors"].as_array() {
        None => Ok(place.values(&answer["data"])),
        Some(errors) => {
            let codes: BTreeSet<&str> =
                errors.iter().map(|error| error["extensions"]["code"].as_str().unwrap()).collect();
            Err(codes.into_iter().collect::<Vec<_>>().join(" "))
        }
    }
}

fn cell(told: &Result<Vec<Value>, String>) -> String {
    told.as_ref().map_or_else(Clone::clone, |values| values.len().to_string())
}

/// How many of these have something in this field; of totals, the total.
fn filled(told: &Result<Vec<Value>, String>, field: &str) -> String {
    match told {
        Err(code) => code.clone(),
        Ok(values) if field == "totalCount" => values.iter().map(|value| value[field].to_string()).collect(),
        Ok(values) => values.iter().filter(|value| !value[field].is_null()).count().to_string(),
    }
}

fn row(table: &mut String, name: &str, cells: &[String]) {
    writeln!(table, "| {name} | {} |", cells.join(" | ")).unwrap();
}

fn head(table: &mut String, title: &str, about: &str, first: &str, readers: &[&str]) {
    writeln!(table, "\n## {title}\n\n{about}\n").unwrap();
    row(table, first, &readers.iter().map(|reader| (*reader).to_owned()).collect::<Vec<_>>());
    row(table, "---", &vec!["---:".to_owned(); readers.len()]);
}

const ABOUT: &str = "# Who sees what\n\nGenerated from the schema by the tests (`RAPPORT_REWRITE=1 cargo test --workspace committed`), \
over a small company of twelve customers in three regions and two quarters. A number is how many objects or values a reader \
gets; a word is the code of the refusal. No reader of the north gets anything of another region or of all customers.\n";

#[tokio::test]
async fn the_committed_table_of_who_sees_what() {
    let (seeded, api) = marked().await;
    let schema = Schema::read(&api).await;
    let mut table = ABOUT.to_owned();
    let mut fields = String::new();
    let mut known = BTreeSet::new();
    head(&mut table, "Places", "Objects at every root field and through every relation.", "place", &READERS);
    head(
        &mut fields,
        "Fields",
        "Values of every field, at the first place that has its type.",
        "field",
        &READERS,
    );
    for place in places(&schema) {
        let mut all = Vec::new();
        for reader in READERS {
            let answer = ask(&api, reader, &place.query()).await;
            secrets::hold(reader, &place.name, &answer.to_string());
            all.push(told(&place, &answer));
        }
        row(&mut table, &place.name, &all.iter().map(cell).collect::<Vec<_>>());
        if known.insert(place.of.clone()) {
            add_fields(&mut fields, &schema, &place.of, &all);
        }
    }
    let unreached: Vec<_> = schema.objects().filter(|name| !known.contains(*name)).collect();
    assert!(unreached.is_empty(), "no query was made that reaches {unreached:?}");
    table.push_str(&fields);
    addresses::add(&seeded, &mut table).await;
    compare(&table);
}

/// A line for the fields of an object that are alike.
fn add_fields(table: &mut String, schema: &Schema, object: &str, all: &[Result<Vec<Value>, String>]) {
    let mut alike: Vec<(Vec<String>, Vec<&str>)> = Vec::new();
    for field in schema.leaves(object) {
        let cells: Vec<String> = all.iter().map(|told| filled(told, field)).collect();
        match alike.iter_mut().find(|(known, _)| *known == cells) {
            Some((_, fields)) => fields.push(field),
            None => alike.push((cells, vec![field])),
        }
    }
    for (cells, fields) in alike {
        row(table, &format!("{object}: {}", fields.join(", ")), &cells);
    }
}

fn compare(table: &str) {
    // whoever asks is told or refused; nothing breaks, and no rewriting makes that right
    let broken = table.lines().find(|line| line.starts_with("| /") && line.contains("| 500 |"));
    assert_eq!(broken, None, "an address breaks");
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("access.md");
    if std::env::var_os("RAPPORT_REWRITE").is_some() {
        std::fs::write(&file, table).unwrap();
    }
    let committed = std::fs::read_to_string(&file).unwrap_or_default();
    for (line, (one, other)) in committed.lines().zip(table.lines()).enumerate() {
        assert_eq!(
            one,
            other,
            "line {} of api/access.md; is it meant? RAPPORT_REWRITE=1 writes it",
            line + 1
        );
    }
    assert_eq!(
        committed.lines().count(),
        table.lines().count(),
        "api/access.md has other lines than the code"
    );
}

/// Asking for what is hidden is answered exactly as asking for what is not there.
#[tokio::test]
async fn what_is_hidden_is_as_if_it_were_not() {
    let (_seeded, api) = marked().await;
    let schema = Schema::read(&api).await;
    let mut asked = 0;
    for place in places(&schema) {
        let Some(of_nothing) = place.naming("region", "nowhere") else { continue };
        let mut nothing = Vec::new();
        for reader in READERS.iter().filter(|reader| narrowing(reader).is_some()) {
            nothing.push((reader, ask(&api, reader, &of_nothing).await));
        }
        for (dimension, segment) in [("region", "east"), ("region", "west"), ("all", "all")] {
            let of_customers = [
                "customer",
                "purchase",
                "response",
                "remark",
                "comments",
                "complaint",
                "care",
                "lost",
                "prospectRows",
                "lossRows",
                "winbackAttemptRows",
            ];
            if of_customers.iter().any(|of| place.name.starts_with(of)) && segment == "all" {
                // means all customers whom the reader sees
                continue;
            }
            let of_hidden = place.naming(dimension, segment).unwrap();
            for (reader, nothing) in &nothing {
                assert_eq!(ask(&api, reader, &of_hidden).await, *nothing, "{reader}: {of_hidden}");
                asked += 1;
            }
        }
        // the same words do bring something to a reader who sees it
        let shown = ask(&api, "operator", &place.naming("region", "east").unwrap()).await;
        assert!(shown["errors"].is_null(), "{}: {shown}", place.name);
    }
    assert!(asked > 100, "{asked}");
    let analyst = "analyst of north";
    for (hidden, nothing) in [
        (r#"{ customer(code: "C00") { id } }"#.to_owned(), r#"{ customer(code: "X00") { id } }"#.to_owned()),
        (of_id(&["customer", "C00"]), of_id(&["customer", "X00"])),
        (of_id(&["segment", "region", "east"]), of_id(&["segment", "region", "nowhere"])),
        (of_filter("segment: {dimension: \"region\", code: \"east\"}"), of_filter("codePrefix: \"X\"")),
        (of_filter("codePrefix: \"C00\""), of_filter("codePrefix: \"X\"")),
    ] {
        assert_eq!(ask(&api, analyst, &hidden).await, ask(&api, analyst, &nothing).await, "{hidden}");
        let open = ask(&api, "operator", &hidden).await;
        assert_ne!(open["data"], ask(&api, "operator", &nothing).await["data"], "{hidden}");
    }
}

fn of_id(parts: &[&str]) -> String {
    format!("{{ node(id: \"{}\") {{ id }} }}", place::packed(parts))
}

fn of_filter(filter: &str) -> String {
    format!("{{ customers(filter: {{{filter}}}) {{ totalCount nodes {{ code }} }} }}")
}

/// Contact data: whole for operators, masked for analysts.
#[tokio::test]
async fn contact_data_are_masked() {
    let (_seeded, api) = marked().await;
    let query = r#"{ customer(code: "C01") { name email phone } }"#;
    let whole = ask(&api, "operator", query).await;
    assert_eq!(whole["data"]["customer"]["email"], "jane@example.org");
    assert_eq!(whole["data"]["customer"]["phone"], "+86 138 0013 1234");
    for reader in ["analyst", "analyst of north"] {
        let masked = &ask(&api, reader, query).await["data"]["customer"];
        let expected = serde_json::json!({"name": "J***", "email": "j***@***.org", "phone": "***1234"});
        assert_eq!(masked, &expected, "{reader}");
    }
}

/// Introspection tells the schema to every reader, and hides nothing from any.
#[tokio::test]
async fn every_reader_may_read_the_schema() {
    let (_seeded, api) = marked().await;
    let query = "{ __schema { types { name fields { name } } } }";
    let whole = ask(&api, "operator", query).await;
    assert!(whole.to_string().contains("customerRows"));
    for reader in READERS {
        assert_eq!(ask(&api, reader, query).await, whole, "{reader}");
    }
}
