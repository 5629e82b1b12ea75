//! Lists of objects: the same values in the same order, whichever way a query writes its selection, and whether a relation
//! was read with the list or after it.

use rapport_entities::{customer, customer_id};
use serde_json::{Value, json};

use crate::seed::{Seeded, put, seeded};

const FIELDS: &str = "code segments { dimension code name } quarters(quarter: \"2026-Q2\") { quarter revision code type revenue }";

/// The nodes of a list of customers.
async fn nodes(seeded: &Seeded, arguments: &str, selection: &str) -> Vec<Value> {
    let query = format!("{{ customers{arguments} {{ nodes {{ {selection} }} }} }}");
    seeded.data(&query).await["customers"]["nodes"].as_array().unwrap().clone()
}

/// Aliases, fragments, directives, a field asked for twice, and a fragment on another type, which the library resolves in
/// its own way.
#[tokio::test]
async fn selections_written_in_many_ways() {
    let seeded = seeded().await;
    let query = |selection: &str| {
        format!(
            "query($yes: Boolean! = true) {{ customers(first: 1) {{ nodes {{ {selection} }} }} }} \
             fragment Part on Customer {{ code segments {{ ...Name }} }} fragment Name on Segment {{ name }}"
        )
    };
    let (id, north) = ("Y3VzdG9tZXIfQzAw", "East land");
    for (selection, expected) in [
        ("a: code b: code __typename", json!({"a": "C00", "b": "C00", "__typename": "Customer"})),
        ("...Part", json!({"code": "C00", "segments": [{"name": north}]})),
        ("...Part code", json!({"code": "C00", "segments": [{"name": north}]})),
        ("...Part segments { code }", json!({"code": "C00", "segments": [{"name": north, "code": "east"}]})),
        ("... on Node { id } code", json!({"id": id, "code": "C00"})),
        ("... { code } ...Part @skip(if: $yes)", json!({"code": "C00"})),
        ("id @include(if: $yes) code @skip(if: $yes)", json!({"id": id})),
    ] {
        // a fragment that is not used is refused
        let text = query(selection);
        let text = if selection.contains("Part") {
            text
        } else {
            text.split(" fragment").next().unwrap().to_owned()
        };
        let text =
            if selection.contains("$yes") { text } else { text.replacen("($yes: Boolean! = true)", "", 1) };
        assert_eq!(seeded.data(&text).await["customers"]["nodes"], json!([expected]), "{selection}");
    }
}

/// Segments and results are the same read with the customers, after them, and of a customer alone: whatever the order, in
/// nodes and edges, and for who has none.
#[tokio::test]
async fn relations_read_with_the_list_or_after_it() {
    let seeded = seeded().await;
    let lonely = customer::Model {
        customer_id: customer_id("C99"),
        code: "C99".into(),
        name: None,
        email: None,
        phone: None,
        contract_start: None,
        contract_end: None,
        referrals: None,
        manager: None,
        erased_at: None,
    };
    put(&seeded.database, lonely).await;
    let listed = nodes(&seeded, "", FIELDS).await;
    assert_eq!(listed.last().unwrap(), &json!({"code": "C99", "segments": [], "quarters": []}));
    assert_eq!(listed[1]["quarters"][0]["revision"], 2);
    for customer in &listed {
        let query = format!("{{ customer(code: {}) {{ {FIELDS} }} }}", customer["code"]);
        assert_eq!(&seeded.data(&query).await["customer"], customer);
    }
    // twice the same relation: it is read after the list
    let twice =
        nodes(&seeded, "", &format!("{FIELDS} again: quarters(quarter: \"2026-Q1\") {{ quarter }}")).await;
    for (twice, once) in twice.iter().zip(&listed) {
        assert_eq!(twice["quarters"], once["quarters"]);
        assert_eq!(twice["again"].as_array().unwrap().len(), once["quarters"].as_array().unwrap().len());
    }
    let edges = format!("{{ customers {{ edges {{ cursor node {{ {FIELDS} }} }} }} }}");
    let edges = seeded.data(&edges).await["customers"]["edges"].clone();
    assert!(edges.as_array().unwrap().iter().map(|edge| &edge["node"]).eq(&listed));
    // ordered by the results of one quarter, showing those of it or of another
    for quarter in ["2026-Q1", "2026-Q2"] {
        let arguments = format!("(filter: {{quarter: \"{quarter}\"}}, orderBy: CODE_ASC)");
        let of_quarter =
            nodes(&seeded, &arguments.replace("CODE_ASC", "[PROFIT_DESC, CODE_ASC]"), FIELDS).await;
        assert_eq!(of_quarter.len(), listed.len() - 1, "who has a result in {quarter}");
        assert!(of_quarter.iter().all(|customer| listed.contains(customer)));
    }
}
