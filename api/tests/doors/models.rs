//! The rows of models, drivers, cohorts and classes, and the same figures in the graph.

use serde_json::{Value, json};

use crate::seed::{Seeded, seeded};

#[tokio::test]
async fn drivers_say_what_was_asked() {
    let seeded = seeded().await;
    let data = seeded
        .data(
            r#"{ driverRows(quarter: "2026-Q2", segment: "north") {
                   quarter quarterStart revision status dimension segment segmentName
                   question questionText target stated importance shapley relativeWeight correlation beta pValue
                   varianceInflation performance quadrant quadrantCode crosshairImportance crosshairPerformance
                   rSquared n }
                 west: driverRows(segment: "west") { id } }"#,
        )
        .await;
    let row = |question: &str, text: Value, quadrant: Value| {
        json!({"quarter": "2026-Q2", "quarterStart": "2026-04-01", "revision": 2, "status": "PROVISIONAL",
               "dimension": "region", "segment": "north", "segmentName": "North land",
               "question": question, "questionText": text, "target": "q-overall", "stated": null,
               "importance": 0.25, "shapley": 0.25, "relativeWeight": 0.24, "correlation": 0.5, "beta": 0.4,
               "pValue": 0.01, "varianceInflation": 1.5, "performance": 61.0, "quadrant": quadrant.clone(),
               "quadrantCode": quadrant, "crosshairImportance": 0.2, "crosshairPerformance": 70.0,
               "rSquared": 0.55, "n": 400})
    };
    let expected = [
        row("q-ease", json!("How easy is it to use?"), json!("CONCENTRATE_HERE")),
        row("q-price", Value::Null, json!("KEEP_UP")),
        row("q-speed", Value::Null, Value::Null),
    ];
    assert_eq!(data, json!({"driverRows": expected, "west": []}));
}

#[tokio::test]
async fn models_paths_and_parameters() {
    let seeded = seeded().await;
    let data = seeded
        .data(
            r#"{ pathRows(quarter: "2026-Q2", segment: "north", kind: "path") {
                   kind kindCode source target value lower upper standardError n }
                 every: pathRows(quarter: "2026-Q2", segment: "north") { kindCode }
                 north: modelRows(quarter: "2026-Q2", segment: "north") {
                   model modelCode outcome outcomeCode reason n complete effectiveN details }
                 west: modelRows(quarter: "2026-Q2", segment: "west", model: "STRUCTURE") { outcome n effectiveN }
                 parameterRows(quarter: "2026-Q2", model: "retention", dimension: "region", offset: 1) {
                   segment model modelCode name value lower upper standardError n } }"#,
        )
        .await;
    let path = |target: &str| {
        json!({"kind": "PATH", "kindCode": "PATH", "source": "quality", "target": target, "value": 0.7,
               "lower": 0.6, "upper": 0.8, "standardError": 0.05, "n": 400})
    };
    assert_eq!(data["pathRows"], json!([path("satisfaction"), path("value")]));
    let kinds: Vec<_> = data["every"].as_array().unwrap().iter().map(|row| &row["kindCode"]).collect();
    assert_eq!(kinds, ["GOODNESS_OF_FIT", "LOADING", "PATH", "PATH"]);
    let fit = |model: &str, outcome: &str, reason: Value| {
        json!({"model": model, "modelCode": model, "outcome": outcome, "outcomeCode": outcome,
               "reason": reason, "n": 400, "complete": null, "effectiveN": 380.5, "details": "{}"})
    };
    let expected = [fit("DRIVERS", "WARNED", json!("thin")), fit("STRUCTURE", "FITTED", Value::Null)];
    assert_eq!(data["north"], json!(expected));
    assert_eq!(data["west"], json!([{"outcome": "TOO_FEW", "n": 7, "effectiveN": null}]));
    let figure = |segment: &str, exists: bool| {
        let shown = |value: f64| if exists { json!(value) } else { Value::Null };
        json!({"segment": segment, "model": "RETENTION", "modelCode": "RETENTION", "name": "affection_from",
               "value": shown(0.6), "lower": shown(0.5), "upper": shown(0.7), "standardError": shown(0.05),
               "n": 12})
    };
    assert_eq!(data["parameterRows"], json!([figure("north", true), figure("west", false)]));
}

#[tokio::test]
async fn curves_and_cohorts_are_ordered_by_number() {
    let seeded = seeded().await;
    let data = seeded
        .data(
            r#"{ curveRows(quarter: "2026-Q2", segment: "north", curve: "RETENTION") {
                   curve curveCode place x y lower upper monotone zone zoneCode n }
                 lorenz: curveRows(quarter: "2026-Q2", dimension: "all", curve: "lorenz", limit: 1) { lower zone zoneCode }
                 cohortRows(quarter: "2026-Q2", segment: "north") {
                   acquired acquiredStart age customers retained share lower upper unboundedShare suppressed }
                 west: cohortRows(quarter: "2026-Q1", segment: "west", limit: 1) {
                   acquiredStart customers retained share lower upper unboundedShare suppressed } }"#,
        )
        .await;
    let points = data["curveRows"].as_array().unwrap();
    let places: Vec<_> = points.iter().map(|point| point["place"].as_i64().unwrap()).collect();
    assert_eq!(places, (0..11).collect::<Vec<_>>());
    let last = json!({"curve": "RETENTION", "curveCode": "RETENTION", "place": 10, "x": 10.0, "y": 1.0,
                      "lower": 0.95, "upper": 1.05, "monotone": 1.0, "zone": "AFFECTION",
                      "zoneCode": "AFFECTION", "n": 40});
    assert_eq!(points[10], last);
    assert_eq!(data["lorenz"], json!([{"lower": null, "zone": null, "zoneCode": null}]));
    let cohort = |acquired: &str, start: &str, age: i32| {
        json!({"acquired": acquired, "acquiredStart": start, "age": age, "customers": 40, "retained": 30,
               "share": 0.75, "lower": 0.6, "upper": 0.9, "unboundedShare": 0.8, "suppressed": false})
    };
    let expected = [
        cohort("2025-Q4", "2025-10-01", 0),
        cohort("2025-Q4", "2025-10-01", 1),
        cohort("2025-Q4", "2025-10-01", 10),
        cohort("2026-Q1", "2026-01-01", 0),
    ];
    assert_eq!(data["cohortRows"], json!(expected));
    assert_eq!(
        data["west"],
        json!([{"acquiredStart": "2025-10-01", "customers": null, "retained": null, "share": null,
                "lower": null, "upper": null, "unboundedShare": null, "suppressed": true}])
    );
}

#[tokio::test]
async fn classes_of_every_scheme_in_one_table() {
    let seeded = seeded().await;
    let data = seeded
        .data(
            r#"{ classRows(quarter: "2026-Q2", segment: "north", scheme: "growth") {
                   scheme schemeCode classCode customers share revenue revenueDecimal profit n }
                 every: classRows(quarter: "2026-Q2", dimension: "all") { schemeCode classCode }
                 west: classRows(quarter: "2026-Q2", segment: "west", scheme: "GROWTH", limit: 1) {
                   customers share revenue suppressed }
                 loyaltyRows(quarter: "2026-Q2", dimension: "all") { typeCode }
                 scoreRows(quarter: "2026-Q2", metric: "NPS", dimension: "region", offset: 1) {
                   standardError changeYear changeYearSignificant } }"#,
        )
        .await;
    let classes = data["classRows"].as_array().unwrap();
    assert_eq!(
        classes[0],
        json!({"scheme": "GROWTH", "schemeCode": "GROWTH", "classCode": "BELOW_ZERO", "customers": 3,
               "share": 0.25, "revenue": 1234.56, "revenueDecimal": "1234.56", "profit": null, "n": 12})
    );
    assert_eq!(classes.len(), 5);
    let every = data["every"].as_array().unwrap();
    let of = |row: &Value| format!("{} {}", row["schemeCode"], row["classCode"]);
    assert_eq!(every.len(), 15);
    assert!(every.is_sorted_by_key(of), "{every:?}");
    assert_eq!(
        data["west"],
        json!([{"customers": null, "share": null, "revenue": null, "suppressed": true}])
    );
    assert_eq!(data["loyaltyRows"].as_array().unwrap().len(), 5);
    assert_eq!(
        data["scoreRows"],
        json!([{"standardError": 0.5, "changeYear": -1.5, "changeYearSignificant": false},
               {"standardError": null, "changeYear": null, "changeYearSignificant": null}])
    );
}

#[tokio::test]
async fn pages_of_every_table_reach_the_last_row_once() {
    let seeded = seeded().await;
    // two quarters, four segments of which one is too small to show
    for (field, rows) in [
        ("driverRows", 2 * 3 * 3),
        ("pathRows", 2 * 3 * 4),
        ("modelRows", 2 * 4 * 2),
        ("parameterRows", 2 * 4 * 2),
        ("curveRows", 2 * 3 * 22),
        ("cohortRows", 2 * 4 * 4),
        ("classRows", 2 * 4 * 15),
    ] {
        let whole = page(&seeded, field, 0, 10_000).await;
        assert_eq!(whole.len(), rows, "{field}");
        let mut pages = Vec::new();
        for offset in (0..rows + 7).step_by(7) {
            pages.extend(page(&seeded, field, offset, 7).await);
        }
        assert_eq!(pages, whole, "{field}");
        pages.sort();
        pages.dedup();
        assert_eq!(pages.len(), rows, "{field}: ids are unique");
    }
}

async fn page(seeded: &Seeded, field: &str, offset: usize, limit: usize) -> Vec<String> {
    let data = seeded.data(&format!("{{ {field}(offset: {offset}, limit: {limit}) {{ id }} }}")).await;
    data[field].as_array().unwrap().iter().map(|row| row["id"].to_string()).collect()
}

#[tokio::test]
async fn unknown_words_are_answered_with_the_known() {
    let seeded = seeded().await;
    for (field, known) in [
        ("pathRows(kind", "GOODNESS_OF_FIT"),
        ("modelRows(model", "CONCENTRATION"),
        ("parameterRows(model", "CONCENTRATION"),
        ("curveRows(curve", "LORENZ"),
        ("classRows(scheme", "LIFECYCLE"),
        ("customerRows(growth", "MOST_GROWABLE"),
        ("customerRows(size", "VIP"),
        ("customerRows(lifecycle", "BUILD_UP"),
        ("customerRows(stage", "FIRST_TIME"),
    ] {
        let answer = seeded.answer(&format!(r#"{{ {field}: "nonsense") {{ id }} }}"#)).await;
        assert_eq!(answer["errors"][0]["extensions"]["code"], "BAD_USER_INPUT", "{answer}");
        let message = answer["errors"][0]["message"].as_str().unwrap();
        let argument = field.split_once('(').unwrap().1;
        assert!(message.contains(known) && message.starts_with(argument), "{message}");
    }
    assert_eq!(seeded.code(r#"{ driverRows(quarter: "soon") { id } }"#).await, "BAD_USER_INPUT");
    assert_eq!(seeded.code("{ cohortRows(limit: 10001) { id } }").await, "BAD_USER_INPUT");
}

#[tokio::test]
async fn what_customers_are_worth() {
    let seeded = seeded().await;
    let data = seeded
        .data(
            r#"{ customerRows(quarter: "2026-Q2", growth: "most_valuable", size: "VIP", stage: "SUSPECT") {
                   code growth growthCode size sizeCode lifecycle lifecycleCode wonBack stage stageCode rfm rank
                   cumulativeShare pAlive expectedPurchases expectedSpend lifetimeValue wordOfMouth referralValue }
                 unclassified: customerRows(quarter: "2026-Q2", lifecycle: "UNCLASSIFIED", limit: 1) {
                   code lifecycle lifecycleCode }
                 customer(code: "C00") { quarters(quarter: "2026-Q2") { growthCode lifetimeValue } }
                 customers(filter: {growth: MOST_GROWABLE, size: LARGE, lifecycle: BUILD_UP, stage: PROSPECT}) {
                   nodes { code } } }"#,
        )
        .await;
    assert_eq!(
        data,
        json!({
            "customerRows": [{"code": "C00", "growth": "MOST_VALUABLE", "growthCode": "MOST_VALUABLE", "size": "VIP",
                "sizeCode": "VIP", "lifecycle": "EXPLORATION", "lifecycleCode": "EXPLORATION", "wonBack": true,
                "stage": "SUSPECT", "stageCode": "SUSPECT", "rfm": 545, "rank": 1, "cumulativeShare": 0.5,
                "pAlive": 0.75, "expectedPurchases": 2.5, "expectedSpend": 40.0, "lifetimeValue": 99.5,
                "wordOfMouth": null, "referralValue": null}],
            "unclassified": [{"code": "C04", "lifecycle": null, "lifecycleCode": "UNCLASSIFIED"}],
            "customer": {"quarters": [{"growthCode": "MOST_VALUABLE", "lifetimeValue": 99.5}]},
            "customers": {"nodes": [{"code": "C01"}]},
        })
    );
}

#[tokio::test]
async fn the_same_figures_from_segments_and_quarters() {
    let seeded = seeded().await;
    let fields = r#"drivers{0} {{ id questionText }} paths{1}kind: PATH) {{ id }} models{1}model: DRIVERS) {{ id }}
        parameters{0} {{ id }} curve{1}kind: RETENTION) {{ id }} cohorts{0} {{ id }} classes{1}scheme: GROWTH) {{ id }}
        scores{1}metric: NPS) {{ id }} loyaltyTypes{0} {{ typeCode }}"#;
    let with = |arguments: &str| {
        let fields = fields.replace("{0}", &format!("({arguments})"));
        fields.replace("{1}", &format!("({arguments}, ")).replace("{{", "{").replace("}}", "}")
    };
    let data = seeded
        .data(&format!(
            r#"{{ quarter(quarter: "2026-Q2") {{ {} }}
                 segments(dimension: "region") {{ nodes {{ code {} }} }} }}"#,
            with(r#"dimension: "region", segment: "north""#),
            with(r#"quarter: "2026-Q2""#)
        ))
        .await;
    let mut north = data["segments"]["nodes"][1].clone();
    assert_eq!(north.as_object_mut().unwrap().remove("code"), Some(json!("north")));
    assert_eq!(data["quarter"], north);
    let lengths: Vec<_> =
        north.as_object().unwrap().values().map(|rows| rows.as_array().unwrap().len()).collect();
    assert_eq!(lengths, [5, 4, 11, 3, 5, 1, 2, 2, 1], "{north:#}");
    let rows =
        seeded.data(r#"{ driverRows(quarter: "2026-Q2", segment: "north") { id questionText } }"#).await;
    assert_eq!(north["drivers"], rows["driverRows"]);
    let all = seeded.data(r#"{ quarter(quarter: "2026-Q2") { drivers { segment } curve { place } } }"#).await;
    assert_eq!(all["quarter"]["drivers"][0]["segment"], "all");
    assert_eq!(all["quarter"]["curve"].as_array().unwrap().len(), 22);
    let half = r#"{ quarter(quarter: "2026-Q2") { paths(segment: "north") { id } } }"#;
    assert_eq!(seeded.code(half).await, "BAD_USER_INPUT");
}
