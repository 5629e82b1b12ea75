//! The rows: exact answers, pages to the last row, and words for what is wrong.

use serde_json::json;

use crate::seed::{CUSTOMERS, seeded};

#[tokio::test]
async fn scores_of_the_newest_revisions() {
    let seeded = seeded().await;
    let data = seeded
        .data(
            r#"{ scoreRows(metric: "csi", segment: "north") {
                quarter quarterStart revision status dimension segmentName metric metricCode value n suppressed } }"#,
        )
        .await;
    let row = |quarter: &str, start: &str, revision: i32, status: &str, value: f64| {
        json!({"quarter": quarter, "quarterStart": start, "revision": revision, "status": status,
               "dimension": "region", "segmentName": "North land", "metric": "CSI", "metricCode": "CSI",
               "value": value, "n": 400, "suppressed": false})
    };
    let expected = [
        row("2026-Q1", "2026-01-01", 1, "FINAL", 70.0),
        row("2026-Q2", "2026-04-01", 2, "PROVISIONAL", 74.5),
    ];
    assert_eq!(data, json!({"scoreRows": expected}));
}

#[tokio::test]
async fn an_older_revision_stays_readable() {
    let seeded = seeded().await;
    let data = seeded
        .data(r#"{ scoreRows(quarter: "2026-Q2", revision: 1, metric: "CSI", dimension: "all") { value revision } }"#)
        .await;
    assert_eq!(data, json!({"scoreRows": [{"value": 71.0, "revision": 1}]}));
}

#[tokio::test]
async fn money_is_told_twice_and_suppressed_figures_not_at_all() {
    let seeded = seeded().await;
    let data = seeded
        .data(
            r#"{ north: loyaltyRows(quarter: "2026-Q2", segment: "north", limit: 1) {
                  type typeCode customers share revenue revenueDecimal profit currency }
                 west: loyaltyRows(quarter: "2026-Q2", segment: "west", offset: 4) {
                  type typeCode customers share revenue suppressed }
                 valueRows(quarter: "2026-Q2", dimension: "all", limit: 1) { class classCode }
                 transitionRows(quarter: "2026-Q2") { fromType fromTypeCode toTypeCode customers revenueDecimal } }"#,
        )
        .await;
    assert_eq!(
        data,
        json!({
            "north": [{"type": "DEFECTING", "typeCode": "DEFECTING", "customers": 3, "share": 0.25,
                       "revenue": 1234.56, "revenueDecimal": "1234.56", "profit": null, "currency": "EUR"}],
            "west": [{"type": null, "typeCode": "UNCLASSIFIED", "customers": null, "share": null,
                      "revenue": null, "suppressed": true}],
            "valueRows": [{"class": "A", "classCode": "A"}],
            "transitionRows": [{"fromType": null, "fromTypeCode": "NEW", "toTypeCode": "LOYAL", "customers": 3,
                                "revenueDecimal": "123.45"}],
        })
    );
}

#[tokio::test]
async fn pages_reach_the_last_row_once() {
    let seeded = seeded().await;
    let mut codes = Vec::new();
    for offset in (0..).step_by(5) {
        let query = format!("{{ customerRows(offset: {offset}, limit: 5) {{ id quarter code }} }}");
        let data = seeded.data(&query).await;
        let rows = data["customerRows"].as_array().unwrap().clone();
        let last = rows.len() < 5;
        codes.extend(rows.into_iter().map(|row| format!("{} {}", row["quarter"], row["code"])));
        if last {
            break;
        }
    }
    assert_eq!(codes.len(), 2 * CUSTOMERS);
    assert!(codes.is_sorted_by(|one, next| one < next), "{codes:?}");
}

#[tokio::test]
async fn every_other_row_form_answers() {
    let seeded = seeded().await;
    let data = seeded
        .data(
            r#"{ segmentRows { dimension dimensionName segment segmentName }
                 quarterRows { quarter revision status publishedAt currency methodVersion }
                 jobRunRows { runId }
                 chartRows(quarter: "2026-Q2", segment: "north", locale: "en") { kind title svgUrl pngUrl }
                 customerRows(quarter: "2026-Q2", type: "loyal", segment: "east") { code typeCode class } }"#,
        )
        .await;
    assert_eq!(data["segmentRows"].as_array().unwrap().len(), 3);
    assert_eq!(data["quarterRows"][1]["publishedAt"], "2026-07-02T04:00:00Z");
    let address = |format| format!("/charts/2026-Q2/nps.{format}?locale=en&segment=region:north&revision=2");
    assert_eq!(
        data["chartRows"],
        json!([{"kind": "nps", "title": "Net Promoter Score", "svgUrl": address("svg"), "pngUrl": address("png")}])
    );
    assert_eq!(data["customerRows"], json!([{"code": "C00", "typeCode": "LOYAL", "class": "A"}]));
}

#[tokio::test]
async fn what_is_wrong_has_a_code_and_what_is_absent_is_empty() {
    let seeded = seeded().await;
    let data = seeded
        .data(r#"{ scoreRows(quarter: "1999-Q1") { value } quarter(quarter: "1999-Q1") { id } }"#)
        .await;
    assert_eq!(data, json!({"scoreRows": [], "quarter": null}));
    // codes that a path into JSON would be made of
    for code in ["", "$", "$.q1", "[0]", "'", "\\\""] {
        let data = seeded.data(&format!("{{ responseRows(question: \"{code}\") {{ value }} }}")).await;
        assert_eq!(data, json!({"responseRows": []}), "{code}");
    }
    for query in [
        r#"{ scoreRows(quarter: "Q3 2026") { value } }"#,
        r#"{ scoreRows(metric: "happiness") { value } }"#,
        r#"{ scoreRows(limit: 10001) { value } }"#,
        r#"{ scoreRows(offset: -1) { value } }"#,
        r#"{ scoreRows(revision: 1) { value } }"#,
        r#"{ customers(first: -1) { totalCount } }"#,
        r#"{ customers(after: "nonsense") { totalCount } }"#,
    ] {
        assert_eq!(seeded.code(query).await, "BAD_USER_INPUT", "{query}");
    }
    assert_eq!(seeded.code("{ nothing }").await, "GRAPHQL_VALIDATION_FAILED");
    assert_eq!(seeded.code("{ nothing").await, "GRAPHQL_PARSE_FAILED");
    let answer = seeded.answer(r#"{ scoreRows(quarter: "Q3 2026") { value } }"#).await;
    assert!(answer["errors"][0]["message"].as_str().unwrap().contains("2026-Q3"), "{answer}");
}

#[tokio::test]
async fn the_databases_words_stay_inside() {
    let seeded = seeded().await;
    sea_orm::ConnectionTrait::execute_unprepared(&seeded.database, "DROP TABLE score").await.unwrap();
    let answer = seeded.answer("{ scoreRows { value } }").await;
    assert_eq!(answer["errors"][0]["extensions"]["code"], "INTERNAL_SERVER_ERROR");
    assert!(!answer.to_string().contains("no such table"), "{answer}");
}
