//! What a query costs: told with the answer, bounded in statements, refused before it runs.

use std::sync::Arc;

use async_graphql::Variables;
use rapport::{
    Access, Settings,
    graphql::{Api, Wanted},
    saved::{Library, Pages, Reader},
};
use serde_json::{Value, json};

use crate::{
    contract::{Types, named, text, written},
    seed::{CUSTOMERS, Seeded, another, seeded},
};

/// All that can be selected of a type without a required argument, so many levels deep.
fn everything(types: &Types, of: &str, levels: usize) -> String {
    let mut parts = Vec::new();
    for field in types.fields(of) {
        let (name, inner) = (text(&field, "name"), named(&field["type"]));
        let required = |argument: &Value| written(&argument["type"]).ends_with('!');
        if field["args"].as_array().unwrap().iter().any(required) {
            continue;
        }
        if types.fields(&inner).is_empty() {
            parts.push(name.to_owned());
        } else if levels > 0 {
            let inner = everything(types, &inner, levels - 1);
            if !inner.is_empty() {
                parts.push(format!("{name} {{ {inner} }}"));
            }
        }
    }
    parts.join(" ")
}

/// An API that lets queries cost what they will.
fn generous(seeded: &Seeded) -> Api {
    let mut settings = Settings::default();
    settings.serve.query_cost = usize::MAX;
    settings.serve.query_characters = usize::MAX;
    Api::new(seeded.database.clone(), &settings)
}

/// The statements of a query.
async fn statements(seeded: &Seeded, api: &Api, query: &str) -> usize {
    seeded.statements.store(0, std::sync::atomic::Ordering::SeqCst);
    let answer = api.answer(async_graphql::Request::new(query), Access::open().into()).await;
    assert!(!answer.failed(), "{query}\n{}", answer.pretty());
    seeded.statements.load(std::sync::atomic::Ordering::SeqCst)
}

/// Sizes of pages; the database has more customers than the last.
const SIZES: [usize; 3] = [1, 10, 100];

async fn many() -> Seeded {
    let seeded = seeded().await;
    for number in 0..100 {
        another(&seeded.database, &format!("D{number:03}"), "set-2").await;
    }
    seeded
}

#[tokio::test]
async fn every_list_takes_the_same_statements_whatever_its_page() {
    let seeded = many().await;
    let (types, api) = (Types::of(&seeded).await, generous(&seeded));
    for field in types.fields("Query") {
        let (name, inner) = (text(&field, "name"), named(&field["type"]));
        let arguments = field["args"].as_array().unwrap();
        let has = |argument: &str| arguments.iter().any(|one| one["name"] == argument);
        let Some(size) = ["first", "limit"].into_iter().find(|argument| has(argument)) else { continue };
        let inner = everything(&types, &inner, 1);
        let mut counts = Vec::new();
        for number in SIZES {
            counts.push(
                statements(&seeded, &api, &format!("{{ {name}({size}: {number}) {{ {inner} }} }}")).await,
            );
        }
        assert!(counts.iter().all(|count| *count == counts[0] && *count <= 8), "{name}: {counts:?}");
    }
}

#[tokio::test]
async fn every_relation_takes_the_same_statements_whatever_its_page() {
    let seeded = many().await;
    let (types, api) = (Types::of(&seeded).await, generous(&seeded));
    let mut seen = 0;
    for (list, node) in [("customers", "Customer"), ("segments", "Segment"), ("quarters", "Quarter")] {
        for field in types.fields(node) {
            let (name, inner) = (text(&field, "name"), named(&field["type"]));
            if types.fields(&inner).is_empty() {
                continue;
            }
            let inner = everything(&types, &inner, 1);
            let mut counts = Vec::new();
            for number in SIZES {
                let query = format!("{{ {list}(first: {number}) {{ nodes {{ {name} {{ {inner} }} }} }} }}");
                counts.push(statements(&seeded, &api, &query).await);
            }
            // a page of one segment has results of the same kinds as a page of all
            assert!(
                counts.iter().all(|count| *count == counts[0] && *count <= 21),
                "{node}.{name}: {counts:?}"
            );
            seen += 1;
        }
    }
    assert!(seen > 25, "{seen}");
}

#[tokio::test]
async fn only_columns_that_are_asked_for_are_read() {
    let seeded = seeded().await;
    let drop =
        "DROP VIEW customer_row; DROP VIEW care_row; ALTER TABLE customer_quarter DROP COLUMN lifetime_value";
    sea_orm::ConnectionTrait::execute_unprepared(&seeded.database, drop).await.unwrap();
    let query =
        "{ customerRows { code typeCode revenue } customers { nodes { quarters { type growthCode } } } }";
    seeded.data(query).await;
    assert_eq!(seeded.code("{ customerRows { lifetimeValue } }").await, "INTERNAL_SERVER_ERROR");
}

#[tokio::test]
async fn the_cost_is_told_and_too_much_is_refused_in_words() {
    let seeded = seeded().await;
    let answer = seeded.answer("{ scoreRows(limit: 10) { value n } }").await;
    assert_eq!(answer["extensions"], json!({"cost": {"complexity": 21, "depth": 2, "limit": 600_000}}));
    let answer =
        seeded.answer("{ customers(first: 10000) { nodes { segments { scores { value } } } } }").await;
    let message = answer["errors"][0]["message"].as_str().unwrap();
    assert!(message.contains("600000") && message.contains("ask for fewer"), "{message}");
    assert_eq!(answer["errors"][0]["extensions"]["code"], "GRAPHQL_VALIDATION_FAILED");
    for (query, code) in [
        ("{ scoreRows(limit: -1) { n } }".to_owned(), "BAD_USER_INPUT"),
        ("{ scoreRows(offset: -2147483648) { n } }".to_owned(), "BAD_USER_INPUT"),
        ("{ customers(first: 2147483647) { nodes { code } } }".to_owned(), "BAD_USER_INPUT"),
        (format!("{{ {} }}", "a: __typename ".repeat(31)), "GRAPHQL_VALIDATION_FAILED"),
        (format!("{{ {} }}", "__typename ".repeat(21)), "GRAPHQL_VALIDATION_FAILED"),
        (format!("{{ __typename {} }}", "@skip(if: false) ".repeat(6)), "GRAPHQL_VALIDATION_FAILED"),
        (format!("{{ scoreRows {{ n }} }} # {}", "x".repeat(15_000)), "GRAPHQL_VALIDATION_FAILED"),
        ("{a".repeat(5_000), "GRAPHQL_VALIDATION_FAILED"),
        (format!("{{ scoreRows(quarter: {}) {{ n }} }}", "[".repeat(10_000)), "GRAPHQL_VALIDATION_FAILED"),
        (format!("{{ scoreRows(quarter: \"{}\") {{ n }} }}", "[".repeat(10_000)), "BAD_USER_INPUT"),
    ] {
        assert_eq!(seeded.code(&query).await, code, "{query}");
    }
}

/// A file of customers or of purchases makes no object of a row: each column that a file shows is read as text. Enums,
/// which have twins of text, names, which have a language, and ids are not.
#[tokio::test]
async fn long_tables_are_read_as_lines() {
    let seeded = seeded().await;
    let (api, types) = (generous(&seeded), Types::of(&seeded).await);
    for (rows, of) in [("customerRows(quarter: \"2026-Q2\")", "CustomerRow"), ("purchaseRows", "PurchaseRow")]
    {
        for field in types.fields(of) {
            let name = text(&field, "name");
            let wanted = Wanted::new(rows.split('(').next().unwrap());
            let request =
                async_graphql::Request::new(format!("{{ {rows} {{ {name} }} }}")).data(wanted.clone());
            api.page(request, Access::open().into(), Default::default()).await.unwrap();
            let of_text = name != "id" && !name.ends_with("Label") && field["type"]["kind"] != "ENUM";
            assert_eq!(wanted.take().is_some(), of_text, "{of}.{name}");
        }
    }
}

/// Each reading of lines holds a connection: of several at a time the later ones read page by page, and say the same.
#[tokio::test]
async fn few_read_lines_at_a_time() {
    let seeded = seeded().await;
    let (api, library) = (generous(&seeded), Library::read(None).unwrap());
    let saved = library.find("customers").unwrap();
    let variables = Variables::from_json(json!({"quarter": "2026-Q2"}));
    let pages = || {
        let reader = Reader::new(Access::open().into(), Arc::default(), Arc::new(|_| ()));
        Pages::new(&api, saved, 0, variables.clone(), &reader)
    };
    let (mut held, mut later) = (Vec::new(), pages());
    for _ in 0..2 {
        held.push(pages().lines().await.unwrap().unwrap());
    }
    assert!(later.lines().await.unwrap().is_none());
    assert_eq!(later.next().await.unwrap().unwrap().len(), CUSTOMERS);
    assert!(later.next().await.unwrap().is_none());
    held.pop();
    assert!(pages().lines().await.unwrap().is_some(), "one has ended");
}
