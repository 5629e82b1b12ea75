//! The rows of facts: exact, of the days asked for, and without a word of a person.

use serde_json::{Value, json};

use crate::seed::{CUSTOMERS, seeded};

#[tokio::test]
async fn purchases_with_their_money_told_twice() {
    let seeded = seeded().await;
    let data = seeded
        .data(
            r#"{ purchaseRows(quarter: "2026-Q2", customer: "C03") {
                   quarter quarterStart date at customer source code amount amountDecimal cost profit profitDecimal
                   currency quantity product }
                 known: purchaseRows(quarter: "2026-Q1", customer: "C01") { cost costDecimal profit profitDecimal } }"#,
        )
        .await;
    assert_eq!(
        data,
        json!({
            "purchaseRows": [{
                "quarter": "2026-Q2", "quarterStart": "2026-04-01", "date": "2026-05-13", "at": "2026-05-13T12:20:00Z",
                "customer": "C03", "source": "shop", "code": "P-2026-05-13", "amount": 30.05,
                "amountDecimal": "30.05", "cost": null, "profit": null, "profitDecimal": null, "currency": "EUR",
                "quantity": 2, "product": "cake"}],
            "known": [{"cost": 5.0, "costDecimal": "5.00", "profit": 5.05, "profitDecimal": "5.05"}],
        })
    );
}

#[tokio::test]
async fn days_are_the_companys_and_both_ends_count() {
    let seeded = seeded().await;
    let data = seeded
        .data(
            r#"{ days: purchaseRows(from: "2026-02-11", to: "2026-02-12") { date }
                 both: purchaseRows(quarter: "2026-Q1", from: "2026-02-21", to: "2026-05-11") { date }
                 none: purchaseRows(from: "2026-02-12", to: "2026-02-11") { date }
                 products: purchaseRows(product: "tea", segment: "north", quarter: "2026-Q1") { customer } }"#,
        )
        .await;
    assert_eq!(
        data,
        json!({"days": [{"date": "2026-02-11"}, {"date": "2026-02-12"}], "both": [{"date": "2026-02-21"}],
               "none": [], "products": [{"customer": "C04"}, {"customer": "C10"}]})
    );
}

#[tokio::test]
async fn a_row_an_answer_with_its_question() {
    let seeded = seeded().await;
    let data = seeded
        .data(
            r#"{ responseRows(quarter: "2026-Q1", customer: "C01") {
                   quarter date customer response survey surveyName audience audienceCode question questionText
                   construct measure measureCode value low high reversed weight }
                 all: responseRows(survey: "b-first", question: "q-ease") { value }
                 other: responseRows(question: "q-price") { value }
                 page: responseRows(offset: 20, limit: 5) { customer date } }"#,
        )
        .await;
    assert_eq!(
        data["responseRows"],
        json!([{"quarter": "2026-Q1", "date": "2026-02-11", "customer": "C01", "response": "R-2026-02-11",
                "survey": "b-first", "surveyName": "b-first", "audience": "CUSTOMER", "audienceCode": "CUSTOMER",
                "question": "q-ease", "questionText": "How easy is it to use?", "construct": "quality",
                "measure": null, "measureCode": null, "value": 2.0, "low": 1, "high": 10, "reversed": false,
                "weight": null}])
    );
    assert_eq!(data["all"].as_array().unwrap().len(), 2 * (CUSTOMERS - 1), "who left it out has no row");
    assert_eq!(data["other"], json!([]));
    let row = |customer: &str, date: &str| json!({"customer": customer, "date": date});
    assert_eq!(data["page"], json!([row("C09", "2026-05-19"), row("C10", "2026-05-20")]));
}

#[tokio::test]
async fn complaints_with_the_time_they_took() {
    let seeded = seeded().await;
    let data = seeded
        .data(
            r#"{ complaintRows(customer: "C04") { date customer code channel product severity severityCode risk riskCode
                   resolved resolvedAt resolvedDate hoursToResolve }
                 open: complaintRows(resolved: false) { code }
                 low: complaintRows(severity: "low") { customer risk } }"#,
        )
        .await;
    let row = |date: &str, rest: Value| {
        let mut row = json!({"date": date, "customer": "C04", "code": format!("T-{date}"), "channel": "phone",
            "product": null, "severity": "MEDIUM", "severityCode": "MEDIUM", "risk": "FINANCIAL",
            "riskCode": "FINANCIAL"});
        row.as_object_mut().unwrap().extend(rest.as_object().unwrap().clone());
        row
    };
    let resolved = json!({"resolved": true, "resolvedAt": "2026-02-14T20:30:00Z", "resolvedDate": "2026-02-14",
                          "hoursToResolve": 12.5});
    let open = json!({"resolved": false, "resolvedAt": null, "resolvedDate": null, "hoursToResolve": null});
    assert_eq!(data["complaintRows"], json!([row("2026-02-14", resolved), row("2026-05-14", open)]));
    let codes = ["T-2026-05-10", "T-2026-05-14", "T-2026-05-18"].map(|code| json!({"code": code}));
    assert_eq!(data["open"], json!(codes));
    let low = json!({"customer": "C00", "risk": null});
    assert_eq!(data["low"], json!([low, low]));
}
