//! CDNOW: a purchase log through import, close and query equals the published and the recomputed figures.

use rapport_tests::{Backend, World, on_both, shared};
use serde_json::Value;

/// As the reference reckons: weeks, 39 of them ahead, months of 4.345 weeks, one percent each, turnover.
const RULES: &str = "[rules.lifetime]\nunit_days = 7\nhorizon_days = 273\nperiod_days = 30.415\n\
                     periods = 12\ndiscount = 0.01\nmargin = 1.0\n";

fn expected() -> Option<Value> {
    let file = shared("cdnow/expected.json")?;
    Some(serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap())
}

fn close(world: &World, rules: &str, quarter: &str) -> Option<Value> {
    let expected = expected()?;
    world.file("rapport.toml", rules);
    world.import("cdnow.toml", &[("log", shared("cdnow/cdnow_sample_transactions.csv")?)]);
    world.ok(&["close", "--quarter", quarter]);
    Some(expected)
}

fn near(found: &Value, expected: &Value, relative: f64, what: &str) {
    let (found, expected) = (found.as_f64().unwrap(), expected.as_f64().unwrap());
    assert!((found - expected).abs() <= relative * expected.abs(), "{what}: {found} is not {expected}");
}

fn parameters(world: &World, quarter: &str, model: &str) -> Vec<Value> {
    world.rows(&format!(
        "{{ parameterRows(quarter: \"{quarter}\", model: \"{model}\") {{ dimension name value standardError n }} }}"
    ))
}

fn find<'a>(rows: &'a [Value], name: &str) -> &'a Value {
    rows.iter().find(|row| row["name"] == name && row["dimension"] == "all").unwrap()
}

on_both!(
    /// Parameters, errors and likelihoods of the models; what is said of the twenty named customers.
    buyers_equal_the_reference,
    |world| {
        let Some(expected) = close(world, RULES, "1997-Q3") else { return };
        let reference = &expected["windows"][0];
        for (model, theirs) in [("PURCHASES", "bg_nbd"), ("SPEND", "gamma_gamma")] {
            let found = parameters(world, "1997-Q3", model);
            let theirs = &reference["reference_mle"][theirs];
            for (name, value) in theirs["params"].as_object().unwrap() {
                near(&find(&found, name)["value"], value, 1e-6, name);
                near(&find(&found, name)["standardError"], &theirs["standard_errors"][name], 1e-6, name);
            }
            let fits = world.rows(&format!(
                "{{ modelRows(quarter: \"1997-Q3\", model: \"{model}\", segment: \"all\") {{ outcomeCode details }} }}"
            ));
            let details: Value = serde_json::from_str(fits[0]["details"].as_str().unwrap()).unwrap();
            near(&details["logLikelihood"], &theirs["log_likelihood"], 1e-9, model);
        }
        let customers = world.rows(
            "{ customerRows(quarter: \"1997-Q3\", limit: 10000) \
             { code pAlive expectedPurchases expectedSpend lifetimeValue } }",
        );
        assert_eq!(customers.len(), 2357);
        for known in reference["customers"].as_array().unwrap() {
            let row = customers.iter().find(|row| row["code"] == known["customer_id"]).unwrap();
            let theirs = &known["at_reference_mle"];
            near(&row["pAlive"], &theirs["bg_nbd"]["p_alive"], 1e-8, "P(alive)");
            near(&row["expectedPurchases"], &theirs["bg_nbd"]["expected_purchases"], 1e-8, "purchases");
            near(&row["expectedSpend"], &theirs["gamma_gamma"]["expected_spend"], 1e-8, "spend");
            near(&row["lifetimeValue"], &theirs["clv_12_months_1pct_a_month"], 1e-8, "lifetime value");
        }
        let sum = |key: &str| customers.iter().map(|row| row[key].as_f64().unwrap()).sum::<f64>();
        let totals = &reference["totals"];
        near(&sum("pAlive").into(), &totals["bg_nbd_sum_p_alive"], 1e-8, "sum of P(alive)");
        near(&sum("expectedPurchases").into(), &totals["bg_nbd_sum_expected"], 1e-8, "sum of purchases");
    }
);

/// The other two models, each by its setting.
#[test]
fn every_model_of_purchasing_equals_the_reference() {
    for (ours, theirs) in [("mbg_nbd", "mbg_nbd"), ("pareto_nbd", "pareto_nbd")] {
        let world = World::new(Backend::Sqlite).unwrap();
        let Some(expected) = close(&world, &format!("{RULES}model = \"{ours}\"\n"), "1997-Q3") else {
            return;
        };
        let found = parameters(&world, "1997-Q3", "PURCHASES");
        let theirs = &expected["windows"][0]["reference_mle"][theirs];
        for (name, value) in theirs["params"].as_object().unwrap() {
            near(&find(&found, name)["value"], value, 1e-6, name);
        }
    }
}

/// How unevenly turnover is spread over the whole log, and how many of a quarter's newcomers came back.
#[test]
fn concentration_and_cohorts_equal_the_log() {
    let world = World::new(Backend::Sqlite).unwrap();
    let Some(expected) = close(&world, "[rules]\nwindow_quarters = 6\n", "1998-Q2") else { return };
    let theirs = &expected["descriptive"];
    let found = parameters(&world, "1998-Q2", "CONCENTRATION");
    near(&find(&found, "gini")["value"], &theirs["gini"], 1e-9, "Gini");
    near(&find(&found, "top_20_share")["value"], &theirs["top_20pct_share"], 1e-9, "top 20 %");
    near(&find(&found, "customers_for_80")["value"], &theirs["customers_for_80pct_turnover"], 0.0, "80 %");
    let cohorts = world.rows(
        "{ cohortRows(quarter: \"1998-Q2\") { dimension acquired age customers retained share unboundedShare } }",
    );
    // all 2,357 came in the first quarter of 1997, and plain counting says who bought in each since
    assert_eq!(cohorts.len(), 6);
    for (age, quarter) in
        ["1997-Q1", "1997-Q2", "1997-Q3", "1997-Q4", "1998-Q1", "1998-Q2"].iter().enumerate()
    {
        let row = &cohorts[age];
        assert_eq!((row["acquired"].as_str(), row["customers"].as_i64()), (Some("1997-Q1"), Some(2357)));
        assert_eq!(row["retained"].as_u64(), Some(buyers_of(quarter)), "{quarter}");
    }
}

/// Different customers with a row in a quarter, counted in the file.
fn buyers_of(quarter: &str) -> u64 {
    let mut reader = csv::Reader::from_path(shared("cdnow/cdnow_sample_transactions.csv").unwrap()).unwrap();
    let column =
        |name: &str, headers: &csv::StringRecord| headers.iter().position(|one| one == name).unwrap();
    let headers = reader.headers().unwrap().clone();
    let (customer, date) = (column("customer_id", &headers), column("date", &headers));
    let in_quarter = |record: &csv::StringRecord| {
        let month: u32 = record[date][5..7].parse().unwrap();
        format!("{}-Q{}", &record[date][..4], month.div_ceil(3)) == quarter
    };
    let records = reader.records().map(Result::unwrap).filter(in_quarter);
    let customers: std::collections::BTreeSet<String> =
        records.map(|record| record[customer].to_owned()).collect();
    customers.len() as u64
}

/// The behaviour axis by the model, where the settings ask for it.
#[test]
fn the_behaviour_axis_can_be_p_alive() {
    let world = World::new(Backend::Sqlite).unwrap();
    let rules = format!("[rules]\nbehaviour = \"p_alive\"\n{RULES}alive_cut = 0.7\n");
    if close(&world, &rules, "1997-Q3").is_none() {
        return;
    }
    let customers = world.rows("{ customerRows(quarter: \"1997-Q3\", limit: 10000) { pAlive staying } }");
    let stays = |row: &&Value| row["pAlive"].as_f64().unwrap() >= 0.7;
    assert!(customers.iter().all(|row| row["staying"] == stays(&row)));
    let staying = customers.iter().filter(stays).count();
    assert!(staying > 100 && staying < 2257, "both kinds are there: {staying}");
}
