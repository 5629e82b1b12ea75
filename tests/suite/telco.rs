//! Telco: contracts through import, close and query, against plain counting in the file.

use std::io::Read;

use rapport_tests::{on_both, shared};
use serde_json::Value;

/// Of each customer the quarters from the one the contract began in to the third of 2019, and whether it ended there.
fn contracts() -> Vec<(i64, bool)> {
    let mut text = String::new();
    let file = std::fs::File::open(shared("telco/telco.csv.gz").unwrap()).unwrap();
    flate2::read::GzDecoder::new(file).read_to_string(&mut text).unwrap();
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let headers = reader.headers().unwrap().clone();
    let column = |name: &str| headers.iter().position(|header| header == name).unwrap();
    let (tenure, status) = (column("tenure_in_months"), column("customer_status"));
    // months since the year 0; a contract began so many months before October 2019
    let october = 2019 * 12 + 9;
    let age = |months: i64| (october - 1) / 3 - (october - months) / 3;
    let of = |record: csv::StringRecord| (age(record[tenure].parse().unwrap()), &record[status] == "Churned");
    reader.records().map(|record| of(record.unwrap())).collect()
}

on_both!(
    /// Renewals counted by hand, the model's mean rate at the first of them, and models that say why they are not there.
    contracts_are_counted_and_modelled,
    |world| {
        let Some(file) = shared("telco/telco.csv.gz") else { return };
        world.import("telco.toml", &[("telco", file)]);
        world.ok(&["close", "--quarter", "2019-Q3"]);
        let contracts = contracts();
        let curve = world.rows("{ curveRows(curve: \"RENEWAL\", dimension: \"all\") { x y lower upper n } }");
        assert!(curve.len() > 10, "{curve:?}");
        for (renewal, row) in (1..).zip(&curve) {
            let up = contracts.iter().filter(|(age, _)| *age >= renewal).count();
            let kept = contracts.iter().filter(|(age, ended)| *age > renewal || (*age == renewal && !ended)).count();
            assert_eq!((row["x"].as_f64(), row["n"].as_u64()), (Some(renewal as f64), Some(up as u64)));
            assert!((row["y"].as_f64().unwrap() - kept as f64 / up as f64).abs() < 1e-12, "{row}");
        }
        let rows = world.rows("{ parameterRows(model: \"CONTRACTS\", dimension: \"all\") { name value } }");
        let figure = |name: &str| rows.iter().find(|row| row["name"] == name).unwrap()["value"].as_f64().unwrap();
        let (alpha, beta) = (figure("alpha"), figure("beta"));
        // the fitted model keeps of all that came up what was kept, in the mean over the renewals
        let expected: f64 = (1..)
            .zip(&curve)
            .map(|(renewal, row): (i32, &Value)| {
                let before = f64::from(renewal - 1);
                row["n"].as_f64().unwrap() * (beta + before) / (alpha + beta + before)
            })
            .sum();
        let kept: f64 = curve.iter().map(|row| row["n"].as_f64().unwrap() * row["y"].as_f64().unwrap()).sum();
        assert!((expected / kept - 1.0).abs() < 2e-3, "{expected} of {kept}");
        let models = world.rows("{ modelRows(dimension: \"all\") { modelCode outcomeCode reason } }");
        let of = |model: &str| models.iter().find(|row| row["modelCode"] == model).unwrap();
        assert_eq!((&of("CONTRACTS")["outcomeCode"], &of("CONTRACTS")["reason"]), (&"FITTED".into(), &Value::Null));
        assert_eq!(of("PURCHASES")["outcomeCode"], "FAILED");
        assert!(of("PURCHASES")["reason"].as_str().unwrap().contains("nobody has bought again"));
    }
);
