//! The graph: navigation, cursors, bounded statements, and limits on what a query may cost.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::seed::{CUSTOMERS, Seeded, seeded};

#[tokio::test]
async fn from_a_customer_to_its_segments_and_quarters() {
    let seeded = seeded().await;
    let data = seeded
        .data(
            r#"{ customer(code: "C01") { code referrals contractStart
                   segments { dimension code name scores(quarter: "2026-Q2", metric: CSI) { value } }
                   quarters { quarter type class revenueDecimal } }
                 nobody: customer(code: "X") { id } }"#,
        )
        .await;
    let quarter = |quarter: &str| json!({"quarter": quarter, "type": "DEFECTING", "class": "B", "revenueDecimal": "0.05"});
    assert_eq!(
        data,
        json!({"customer": {
            "code": "C01", "referrals": 2, "contractStart": "2025-01-01T00:00:00Z",
            "segments": [{"dimension": "region", "code": "north", "name": "North land", "scores": [{"value": 74.5}]}],
            "quarters": [quarter("2026-Q1"), quarter("2026-Q2")],
        }, "nobody": null})
    );
}

#[tokio::test]
async fn from_a_quarter_to_its_figures_and_any_node_by_id() {
    let seeded = seeded().await;
    let data = seeded
        .data(
            r#"{ quarter(quarter: "2026-Q2") { id revision scores { metricCode } loyaltyTypes { typeCode }
                   valueClasses { classCode } transitions { toTypeCode } charts(locale: "zh") { locale } }
                 quarters { totalCount nodes { quarter revision } }
                 segments(first: 1) { totalCount nodes { id } pageInfo { hasNextPage endCursor } }
                 loyaltyTypes(segment: "east") { totalCount nodes { segment type } }
                 revisions(quarter: "2026-Q2") { revision } }"#,
        )
        .await;
    assert_eq!(data["quarter"]["scores"].as_array().unwrap().len(), 3);
    assert_eq!(data["quarter"]["loyaltyTypes"].as_array().unwrap().len(), 5);
    assert_eq!(data["quarter"]["charts"], json!([{"locale": "zh"}]));
    assert_eq!(data["quarters"]["totalCount"], 2);
    assert_eq!(data["segments"]["pageInfo"]["hasNextPage"], true);
    assert_eq!(data["loyaltyTypes"]["nodes"][0]["segment"], "east");
    assert_eq!(data["revisions"], json!([{"revision": 1}, {"revision": 2}]));
    for id in [&data["quarter"]["id"], &data["segments"]["nodes"][0]["id"]] {
        let node = seeded.data(&format!("{{ node(id: {id}) {{ id __typename }} }}")).await;
        assert_eq!(&node["node"]["id"], id);
    }
}

#[tokio::test]
async fn cursors_reach_the_last_customer_once_in_every_order() {
    let seeded = seeded().await;
    for order in ["CODE_ASC", "CODE_DESC", "REVENUE_ASC", "REVENUE_DESC"] {
        let mut codes: Vec<String> = Vec::new();
        let mut after = Value::Null;
        loop {
            let query = format!(
                "{{ customers(first: 5, after: {after}, orderBy: {order}) {{
                    totalCount edges {{ cursor node {{ code }} }} pageInfo {{ hasNextPage endCursor }} }} }}"
            );
            let page = seeded.data(&query).await["customers"].clone();
            assert_eq!(page["totalCount"], CUSTOMERS);
            codes.extend(
                page["edges"].as_array().unwrap().iter().map(|edge| edge["node"]["code"].to_string()),
            );
            after = page["pageInfo"]["endCursor"].clone();
            if page["pageInfo"]["hasNextPage"] == false {
                break;
            }
        }
        codes.sort();
        codes.dedup();
        assert_eq!(codes.len(), CUSTOMERS, "{order}");
    }
}

/// Every customer of a list, page by page; `between` is done after each page.
async fn walk(seeded: &Seeded, arguments: &str, between: impl AsyncFn(usize)) -> Vec<String> {
    let mut codes: Vec<String> = Vec::new();
    let mut after = Value::Null;
    for page in 0.. {
        let query = format!(
            "{{ customers(first: 5, after: {after}, {arguments}) {{
                nodes {{ code }} pageInfo {{ hasNextPage endCursor }} }} }}"
        );
        let data = seeded.data(&query).await["customers"].clone();
        let nodes = data["nodes"].as_array().unwrap().clone();
        codes.extend(nodes.iter().map(|node| node["code"].as_str().unwrap().to_owned()));
        after = data["pageInfo"]["endCursor"].clone();
        if data["pageInfo"]["hasNextPage"] == false {
            break;
        }
        between(page).await;
    }
    codes
}

#[tokio::test]
async fn several_orders_and_those_without_a_value_last() {
    let seeded = seeded().await;
    let codes = walk(&seeded, "orderBy: [REVENUE_DESC, CODE_DESC]", async |_| {}).await;
    let expected = ["11", "10", "09", "08", "07", "06", "05", "04", "03", "02", "01", "00"];
    assert_eq!(codes, expected.map(|number| format!("C{number}")));
    let codes = walk(&seeded, "orderBy: [REVENUE_ASC, PROFIT_DESC]", async |_| {}).await;
    assert!(codes.is_sorted(), "ties are broken by code: {codes:?}");
    sea_orm::ConnectionTrait::execute_unprepared(
        &seeded.database,
        "UPDATE customer_quarter SET satisfaction = NULL WHERE rank <= 3",
    )
    .await
    .unwrap();
    for order in ["SATISFACTION_ASC", "SATISFACTION_DESC"] {
        let codes = walk(&seeded, &format!("orderBy: {order}"), async |_| {}).await;
        let expected = ["03", "04", "05", "06", "07", "08", "09", "10", "11", "00", "01", "02"];
        assert_eq!(codes, expected.map(|number| format!("C{number}")), "{order}");
    }
}

/// What was there when the first page was read comes once, in its place, whatever is added or published meanwhile.
#[tokio::test]
async fn pages_stay_right_while_data_are_added() {
    for order in ["CODE_ASC", "REVENUE_DESC", "[SATISFACTION_ASC, REVENUE_ASC]"] {
        let seeded = seeded().await;
        let arguments = format!("orderBy: {order}");
        let before = walk(&seeded, &arguments, async |_| {}).await;
        let during = walk(&seeded, &arguments, async |page| {
            if page == 0 {
                // before what was read, within it, and after it all
                for code in ["A00", "C02b", "Z99"] {
                    crate::seed::another(&seeded.database, code, "set-2").await;
                }
            } else {
                crate::seed::publish(&seeded.database, "2026-Q3", 1, &format!("set-{page}x"), false).await;
            }
        })
        .await;
        let kept: Vec<&String> = during.iter().filter(|code| before.contains(code)).collect();
        assert_eq!(kept, before.iter().collect::<Vec<_>>(), "{order}");
    }
}

#[tokio::test]
async fn customers_by_ranges_lists_days_and_results() {
    let seeded = seeded().await;
    for (filter, count) in [
        (r#"{code: ["C01", "C02", "X"]}"#, 2),
        (r#"{type: [LOYAL, HOSTAGE]}"#, 5),
        (r#"{type: [null]}"#, 2),
        (r#"{type: []}"#, 0),
        (r#"{subtype: null}"#, 12),
        (r#"{subtype: [null]}"#, 12),
        (r#"{growth: MOST_VALUABLE, stage: SUSPECT}"#, 1),
        (r#"{revenue: {from: 10.05, to: 10.05}}"#, 4),
        (r#"{revenue: {from: 10.06}}"#, 4),
        (r#"{rank: {to: 3}}"#, 3),
        (r#"{lifetimeValue: {from: 99.6}}"#, 0),
        (r#"{wonBack: true}"#, 1),
        (r#"{contractStart: {from: "2025-01-01", to: "2025-01-01"}}"#, 12),
        (r#"{contractStart: {from: "2025-01-02"}}"#, 0),
        (r#"{contractEnd: {to: "2030-01-01"}}"#, 0),
        (r#"{segment: [{dimension: "region", code: "east"}, {dimension: "region", code: "north"}]}"#, 8),
        (r#"{segment: [{dimension: "region", code: "east"}, {dimension: "plan", code: "gold"}]}"#, 0),
        (r#"{segment: []}"#, 0),
        (r#"{quarter: "2026-Q1", purchases: {from: 2, to: 2}, codePrefix: "C0"}"#, 10),
    ] {
        let data = seeded.data(&format!("{{ customers(filter: {filter}) {{ totalCount }} }}")).await;
        assert_eq!(data["customers"]["totalCount"], count, "{filter}");
    }
}

#[tokio::test]
async fn filters_keep_what_they_say() {
    let seeded = seeded().await;
    let data = seeded
        .data(
            r#"{ loyal: customers(filter: {type: LOYAL}) { totalCount }
                 north: customers(filter: {segment: {dimension: "region", code: "north"}, valueClass: B}) { nodes { code } }
                 prefix: customers(filter: {codePrefix: "C1"}) { totalCount }
                 percent: customers(filter: {codePrefix: "%"}) { totalCount }
                 unpublished: customers(filter: {quarter: "1999-Q1"}) { totalCount nodes { code } } }"#,
        )
        .await;
    assert_eq!(
        data,
        json!({"loyal": {"totalCount": 3}, "north": {"nodes": [{"code": "C01"}]}, "prefix": {"totalCount": 2},
               "percent": {"totalCount": 0}, "unpublished": {"totalCount": 0, "nodes": []}})
    );
}

#[tokio::test]
async fn statements_do_not_grow_with_the_answer() {
    let seeded = seeded().await;
    let query = |first: usize| {
        format!(
            "{{ customers(first: {first}) {{ nodes {{ code quarters {{ revenue }}
                segments {{ name scores {{ value }} loyaltyTypes {{ share }} charts {{ svgUrl }}
                    drivers {{ questionText }} paths(kind: PATH) {{ value }} cohorts {{ share }}
                    growth: classes(scheme: GROWTH) {{ share }} stages: classes(scheme: STAGE) {{ share }} }} }} }} }}"
        )
    };
    let (one, twelve) = (seeded.count(&query(1)).await, seeded.count(&query(12)).await);
    assert_eq!(one, twelve);
    assert!(twelve <= 13, "{twelve}");
    assert_eq!(
        seeded.count("{ customers { nodes { code } } }").await,
        1,
        "the total is counted only when asked for"
    );
}

#[tokio::test]
async fn a_short_query_that_expands_without_end_is_refused_at_once() {
    let seeded = seeded().await;
    let mut query = "{ ...f0 }".to_owned();
    for level in 0..20 {
        query.push_str(&format!(
            " fragment f{level} on Query {{ ...f{0} ...f{0} ...f{0} ...f{0} }}",
            level + 1
        ));
    }
    query.push_str(" fragment f20 on Query { __typename }");
    let started = Instant::now();
    assert_eq!(seeded.code(&query).await, "GRAPHQL_VALIDATION_FAILED");
    assert!(started.elapsed() < Duration::from_secs(1));
    let circle = "{ ...a } fragment a on Query { ...b } fragment b on Query { ...a }";
    assert_eq!(seeded.code(circle).await, "GRAPHQL_VALIDATION_FAILED");
    let deep =
        format!("{{ customers {{ nodes {{ code {} }} }} }}", "segments { id ".repeat(30) + &"}".repeat(30));
    assert_eq!(seeded.code(&deep).await, "GRAPHQL_VALIDATION_FAILED");
    let costly = "{ customers(first: 10000) { nodes { segments { scores { value n } } } } }";
    assert_eq!(seeded.code(costly).await, "GRAPHQL_VALIDATION_FAILED");
}

#[tokio::test]
async fn from_customers_to_what_they_bought_answered_and_complained_about() {
    let seeded = seeded().await;
    let data = seeded
        .data(
            r#"{ customers(first: 1, orderBy: CODE_ASC) { nodes { code
                   purchases(first: 1) { totalCount nodes { date amountDecimal } pageInfo { hasNextPage endCursor } }
                   again: purchases(first: 1) { nodes { date } }
                   responses { totalCount nodes { code survey answers { question value } } }
                   complaints(first: 5) { nodes { date resolved } pageInfo { hasNextPage } } } } }"#,
        )
        .await;
    let customer = &data["customers"]["nodes"][0];
    let purchases = &customer["purchases"];
    assert_eq!(purchases["totalCount"], 2);
    assert_eq!(purchases["nodes"], json!([{"date": "2026-02-10", "amountDecimal": "0.05"}]));
    assert_eq!(customer["again"]["nodes"], json!([{"date": "2026-02-10"}]));
    assert_eq!(purchases["pageInfo"]["hasNextPage"], true);
    let answers = json!([{"question": "q-ease", "value": 1.0}]);
    assert_eq!(
        customer["responses"]["nodes"][0],
        json!({"code": "R-2026-02-10", "survey": "b-first", "answers": answers})
    );
    let complaint = |date: &str, resolved| json!({"date": date, "resolved": resolved});
    assert_eq!(
        customer["complaints"],
        json!({"nodes": [complaint("2026-02-10", true), complaint("2026-05-10", false)],
               "pageInfo": {"hasNextPage": false}})
    );
    let after = &purchases["pageInfo"]["endCursor"];
    let next = seeded
        .data(&format!(
            "{{ customer(code: \"C00\") {{ purchases(after: {after}) {{ nodes {{ date }} }} }} }}"
        ))
        .await;
    assert_eq!(next["customer"]["purchases"]["nodes"], json!([{"date": "2026-05-10"}]));
    let wrong =
        format!("{{ customer(code: \"C00\") {{ complaints(after: {after}) {{ nodes {{ date }} }} }} }}");
    assert_eq!(seeded.code(&wrong).await, "BAD_USER_INPUT");
}
