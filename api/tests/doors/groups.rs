//! Groups: what the rows add up to, by what they have in common, whatever the page.

use rapport::Access;
use rapport_entities::Role;
use serde_json::{Value, json};

use crate::seed::{CUSTOMERS, seeded};

#[tokio::test]
async fn customers_add_up_by_segment_and_type() {
    let seeded = seeded().await;
    let data = seeded
        .data(
            r#"{ customerGroups(quarter: "2026-Q2", by: TYPE, dimensions: "region", limit: 2) {
                   quarter quarterStart revision dimension segment segmentName type typeCode classCode n currency
                   suppressed revenue { n sum sumDecimal mean share } customers { sum share } profit { n sum mean } }
                 all: customerGroups(quarter: "2026-Q2") { n revenue { sum share } lifetimeValue { sum mean } }
                 rows: customerRows(quarter: "2026-Q2") { revenue }
                 unclassified: customerGroups(quarter: "2026-Q2", by: [GROWTH], offset: 4) { growth growthCode } }"#,
        )
        .await;
    let cents = |row: &Value| (row["revenue"].as_f64().unwrap() * 100.0).round();
    let whole: f64 = data["rows"].as_array().unwrap().iter().map(cents).sum();
    let share = |sum: f64| (sum * 100.0).round() / whole;
    let group = |kind: &str, revenue: f64, decimal: &str| {
        json!({"quarter": "2026-Q2", "quarterStart": "2026-04-01", "revision": 2, "dimension": "region",
               "segment": "east", "segmentName": "East land", "type": kind, "typeCode": kind, "classCode": null,
               "n": 1, "currency": "EUR", "suppressed": false,
               "revenue": {"n": 1, "sum": revenue, "sumDecimal": decimal, "mean": revenue, "share": share(revenue)},
               "customers": {"sum": 1.0, "share": 1.0 / 12.0}, "profit": {"n": 0, "sum": null, "mean": null}})
    };
    assert_eq!(
        data["customerGroups"],
        json!([group("DEFECTING", 10.05, "10.05"), group("HOSTAGE", 0.05, "0.05")])
    );
    let lifetime = json!({"sum": 1194.0, "mean": 99.5});
    let all = json!([{"n": CUSTOMERS, "revenue": {"sum": 120.6, "share": 1.0}, "lifetimeValue": lifetime}]);
    assert_eq!(data["all"], all);
    assert_eq!(data["unclassified"], json!([{"growth": null, "growthCode": "UNCLASSIFIED"}]));
}

#[tokio::test]
async fn groups_are_compared_with_the_quarter_before() {
    let seeded = seeded().await;
    let change = "sum difference: sumDifference ratio: sumRatio shareDifference";
    let data = seeded
        .data(&format!(
            r#"{{ customerGroups(by: CLASS, limit: 6) {{ quarter classCode
                   revenue {{ sum before {{ {change} }} yearBefore {{ sum }} }} }} }}"#
        ))
        .await;
    let groups = data["customerGroups"].as_array().unwrap();
    assert_eq!(groups[0]["quarter"], "2026-Q1");
    assert_eq!(groups[0]["revenue"]["before"], Value::Null, "nothing was published before");
    let (now, then) = (&groups[5], &groups[0]);
    assert_eq!((&now["quarter"], &now["classCode"]), (&json!("2026-Q2"), &json!("A")));
    assert_eq!(
        now["revenue"]["before"],
        json!({"sum": then["revenue"]["sum"], "difference": 0.0, "ratio": 1.0, "shareDifference": 0.0})
    );
    assert_eq!(now["revenue"]["yearBefore"], Value::Null);
}

#[tokio::test]
async fn answers_of_too_few_have_no_mean() {
    let seeded = seeded().await;
    let data = seeded.data(r#"{ customerGroups(quarter: "2026-Q1") { satisfaction { n mean sum } } }"#).await;
    assert_eq!(data["customerGroups"], json!([{"satisfaction": {"n": 12, "mean": null, "sum": null}}]));
}

#[tokio::test]
async fn filters_and_orders_of_groups() {
    let seeded = seeded().await;
    let data = seeded
        .data(
            r#"{ east: customerGroups(quarter: "2026-Q2", filter: {segment: {dimension: "region", code: "east"}}) { n }
                 codes: customerGroups(quarter: "2026-Q2", filter: {code: ["C01", "C02"]}) { n }
                 then: customerGroups(quarter: "2026-Q2", filter: {quarter: "2026-Q1", type: LOYAL}) { n }
                 highest: customerGroups(quarter: "2026-Q2", by: TYPE, orderBy: REVENUE, limit: 2) {
                   revenue { sum } }
                 nowhere: customerGroups(quarter: "1999-Q1") { n } }"#,
        )
        .await;
    assert_eq!(
        data,
        json!({"east": [{"n": 4}], "codes": [{"n": 2}], "then": [{"n": 3}],
               "highest": [{"revenue": {"sum": 30.15}}, {"revenue": {"sum": 30.15}}], "nowhere": []})
    );
}

#[tokio::test]
async fn purchases_by_product_month_and_type() {
    let seeded = seeded().await;
    let data = seeded
        .data(
            r#"{ purchaseGroups(by: [PRODUCT, MONTH]) { quarter month monthStart product n currency
                   purchases { sum } revenue { sumDecimal } cost { n } profit { n sumDecimal }
                   quantity { mean before { n } } }
                 quarters: purchaseGroups(quarter: "2026-Q2") { quarter purchases { sum before { sum } } }
                 types: purchaseGroups(quarter: "2026-Q2", by: TYPE) { typeCode revenue { sum } }
                 all: purchaseGroups { quarter purchases { sum before { sum } } }
                 days: purchaseGroups(from: "2026-02-10", to: "2026-02-11", by: QUARTER) {
                   quarter purchases { sum before { sum } } }
                 loyal: purchaseGroups(filter: {product: "tea", customer: {type: LOYAL}}) { n purchases { sum } } }"#,
        )
        .await;
    let group = |month: &str, product: &str, revenue: &str, costs: i32, profit: &str| {
        let quarter = if month == "2026-02" { "2026-Q1" } else { "2026-Q2" };
        json!({"quarter": quarter, "month": month, "monthStart": format!("{month}-01"), "product": product, "n": 6,
               "currency": "EUR", "purchases": {"sum": 6.0}, "revenue": {"sumDecimal": revenue},
               "cost": {"n": costs}, "profit": {"n": costs, "sumDecimal": profit},
               "quantity": {"mean": 2.0, "before": null}})
    };
    let both = |month: &str| {
        [group(month, "cake", "360.30", 5, "305.25"), group(month, "tea", "300.30", 6, "270.30")]
    };
    let expected: Vec<Value> = both("2026-02").into_iter().chain(both("2026-05")).collect();
    assert_eq!(data["purchaseGroups"], json!(expected));
    let before = json!({"sum": 12.0, "before": {"sum": 12.0}});
    assert_eq!(data["quarters"], json!([{"quarter": "2026-Q2", "purchases": before}]));
    assert_eq!(data["types"][0]["typeCode"], "DEFECTING");
    assert_eq!(data["types"][0]["revenue"]["sum"], json!(180.15), "of customers 1, 6 and 11");
    assert_eq!(data["all"], json!([{"quarter": null, "purchases": {"sum": 24.0, "before": null}}]));
    let cut = json!({"sum": 2.0, "before": null});
    assert_eq!(data["days"], json!([{"quarter": "2026-Q1", "purchases": cut}]));
    assert_eq!(data["loyal"], json!([{"n": 2, "purchases": {"sum": 4.0}}]));
}

#[tokio::test]
async fn complaints_by_severity_with_the_time_they_took() {
    let seeded = seeded().await;
    let data = seeded
        .data(
            r#"{ complaintGroups(by: SEVERITY) { severity severityCode n complaints { sum share }
                   resolved { sum mean } hoursToResolve { n mean } }
                 risks: complaintGroups(by: RISK, filter: {resolved: true}) { risk complaints { sum } } }"#,
        )
        .await;
    let group = |severity: &str| {
        json!({"severity": severity, "severityCode": severity, "n": 1, "complaints": {"sum": 2.0, "share": 2.0 / 6.0},
               "resolved": {"sum": 1.0, "mean": 0.5}, "hoursToResolve": {"n": 1, "mean": 12.5}})
    };
    assert_eq!(data["complaintGroups"], json!([group("HIGH"), group("LOW"), group("MEDIUM")]));
    let none = json!({"risk": null, "complaints": {"sum": 1.0}});
    assert_eq!(data["risks"], json!([none, {"risk": "FINANCIAL", "complaints": {"sum": 2.0}}]));
}

#[tokio::test]
async fn the_same_figures_as_flat_tables() {
    let seeded = seeded().await;
    let data = seeded
        .data(
            r#"{ customerGroupRows(quarter: "2026-Q2", by: "segment:region, type", measure: "revenue", limit: 1) {
                   quarter dimension segment typeCode measure measureCode customers n sum sumDecimal share currency
                   sumBefore sumDifference sumRatio sumYearBefore }
                 every: customerGroupRows(quarter: "2026-Q2", segment: "north") { measureCode sum }
                 purchaseGroupRows(by: "month", measure: "REVENUE") { month quarter sum currency }
                 complaintGroupRows(by: "severity", severity: "high", measure: "resolved") { severityCode mean } }"#,
        )
        .await;
    assert_eq!(
        data["customerGroupRows"],
        json!([{"quarter": "2026-Q2", "dimension": "region", "segment": "east", "typeCode": "DEFECTING",
                "measure": "REVENUE", "measureCode": "REVENUE", "customers": 1, "n": 1, "sum": 10.05,
                "sumDecimal": "10.05", "share": 1005.0 / 12060.0, "currency": "EUR", "sumBefore": 10.05,
                "sumDifference": 0.0, "sumRatio": 1.0, "sumYearBefore": null}])
    );
    assert_eq!(data["every"][0], json!({"measureCode": "CUSTOMERS", "sum": 4.0}));
    let month = |month: &str, quarter: &str| json!({"month": month, "quarter": quarter, "sum": 660.6, "currency": "EUR"});
    assert_eq!(data["purchaseGroupRows"], json!([month("2026-02", "2026-Q1"), month("2026-05", "2026-Q2")]));
    assert_eq!(data["complaintGroupRows"], json!([{"severityCode": "HIGH", "mean": 0.5}]));
    for query in [
        r#"{ customerGroupRows(by: "moon") { sum } }"#,
        r#"{ customerGroupRows(by: "product") { sum } }"#,
        r#"{ customerGroupRows(by: "segment:a,segment:b,segment:c") { sum } }"#,
        r#"{ purchaseGroupRows(measure: "LIFETIME_VALUE") { sum } }"#,
        r#"{ purchaseGroups(by: SEVERITY) { n } }"#,
    ] {
        assert_eq!(seeded.code(query).await, "BAD_USER_INPUT", "{query}");
    }
}

/// Groups must not lead a reader of figures to a person, nor a narrowed one to what it does not see.
#[tokio::test]
async fn groups_of_a_few_and_of_others_are_not_told() {
    let seeded = seeded().await;
    let api = rapport::graphql::Api::new(seeded.database.clone(), &rapport::Settings::default());
    let ask = async |access: &Access, query: &str| -> Value {
        let answer = api.answer(async_graphql::Request::new(query), access.clone().into()).await;
        serde_json::from_slice(&answer.json().unwrap()).unwrap()
    };
    let query = r#"{ customerGroups(quarter: "2026-Q2", dimensions: "region") { segment n suppressed
                       revenue { n sum mean share } }
                     all: customerGroups(quarter: "2026-Q2") { n suppressed revenue { sum } }
                     purchaseGroups(by: PRODUCT) { n suppressed revenue { sum } } }"#;
    let viewer = Access::of_token("t", Role::Viewer, None);
    let told = ask(&viewer, query).await["data"].clone();
    let group = |segment: &str| {
        json!({"segment": segment, "n": 4, "suppressed": true,
               "revenue": {"n": 4, "sum": null, "mean": null, "share": null}})
    };
    assert_eq!(told["customerGroups"], json!(["east", "north", "west"].map(group)));
    assert_eq!(told["all"], json!([{"n": 12, "suppressed": false, "revenue": {"sum": 120.6}}]));
    assert_eq!(told["purchaseGroups"][0]["revenue"], json!({"sum": null}));
    let one = r#"{ customerGroups(by: TYPE, filter: {code: "C01"}) { typeCode } }"#;
    assert_eq!(ask(&viewer, one).await["errors"][0]["extensions"]["code"], "FORBIDDEN");
    let north = vec![("region".to_owned(), "north".to_owned())];
    let narrowed = Access::of_token("t", Role::Analyst, Some(north));
    let told = ask(&narrowed, query).await["data"].clone();
    assert_eq!(told["customerGroups"][0]["segment"], "north");
    assert_eq!(told["customerGroups"].as_array().unwrap().len(), 1);
    assert_eq!(told["all"][0]["n"], 4);
    assert_eq!(told["purchaseGroups"].as_array().unwrap().len(), 2);
    let other = r#"{ customerGroups(filter: {segment: {dimension: "region", code: "east"}}) { n } }"#;
    assert_eq!(ask(&narrowed, other).await["data"]["customerGroups"], json!([]));
    let ranked = "{ customers(filter: {rank: {to: 3}}) { totalCount } }";
    assert_eq!(ask(&narrowed, ranked).await["errors"][0]["extensions"]["code"], "BAD_USER_INPUT");
}
