//! Telco: contracts and referrals through import, close and query, against plain counting in the file.

use std::{collections::BTreeMap, io::Read};

use rapport_tests::{on_both, shared};
use serde_json::Value;

/// What the file says of a customer.
struct Line {
    code: String,
    /// Quarters from the one the contract began in to the third of 2019.
    age: i64,
    /// The contract ended there.
    ended: bool,
    referrals: i64,
}

fn lines() -> Vec<Line> {
    let mut text = String::new();
    let file = std::fs::File::open(shared("telco/telco.csv.gz").unwrap()).unwrap();
    flate2::read::GzDecoder::new(file).read_to_string(&mut text).unwrap();
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let headers = reader.headers().unwrap().clone();
    let column = |name: &str| headers.iter().position(|header| header == name).unwrap();
    let (code, tenure, status) =
        (column("customer_id"), column("tenure_in_months"), column("customer_status"));
    let referrals = column("number_of_referrals");
    // months since the year 0; a contract began so many months before October 2019
    let october = 2019 * 12 + 9;
    let age = |months: i64| (october - 1) / 3 - (october - months) / 3;
    let of = |record: csv::StringRecord| Line {
        code: record[code].to_owned(),
        age: age(record[tenure].parse().unwrap()),
        ended: &record[status] == "Churned",
        referrals: record[referrals].parse().unwrap(),
    };
    reader.records().map(|record| of(record.unwrap())).collect()
}

on_both!(
    /// Renewals counted by hand, the model's mean rate at the first of them, and models that say why they are not there.
    contracts_are_counted_and_modelled,
    |world| {
        let Some(file) = shared("telco/telco.csv.gz") else { return };
        world.import("telco.toml", &[("telco", file)]);
        world.ok(&["close", "--quarter", "2019-Q3"]);
        let lines = lines();
        let curve = world.rows("{ curveRows(curve: \"RENEWAL\", dimension: \"all\") { x y lower upper n } }");
        assert!(curve.len() > 10, "{curve:?}");
        for (renewal, row) in (1..).zip(&curve) {
            let up = lines.iter().filter(|line| line.age >= renewal).count();
            let stays = |line: &&Line| line.age > renewal || (line.age == renewal && !line.ended);
            let kept = lines.iter().filter(stays).count();
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

on_both!(
    /// Of four brought, one would have come anyway: only the 60 of acquisition are saved; the others bring 1,000 too, less
    /// 30 of cost. A contract of four quarters makes a client, one brought makes the client an advocate.
    those_brought_are_worth_what_the_rules_say,
    |world| {
        let Some(file) = shared("telco/telco.csv.gz") else { return };
        let rules = "[rules.word_of_mouth]\ncustomer_value = 1000.0\nwould_have_come = 0.25\nreferral_cost = 20.0\n\
                     marketing_cost = 10.0\nacquisition_saved = 60.0\n";
        world.file("rapport.toml", rules);
        world.import("telco.toml", &[("telco", file)]);
        world.ok(&["close", "--quarter", "2019-Q3"]);
        let rows = world.rows("{ customerRows(quarter: \"2019-Q3\", limit: 10000) { code stageCode referralValue } }");
        let found: BTreeMap<&str, &Value> = rows.iter().map(|row| (row["code"].as_str().unwrap(), row)).collect();
        let lines = lines();
        assert_eq!(found.len(), lines.len());
        let mut advocates = 0;
        for Line { code, age, referrals, .. } in &lines {
            let row = found[code.as_str()];
            assert_eq!(row["referralValue"].as_f64(), Some(787.5 * *referrals as f64), "{code}");
            let (client, advocate) = (*age >= 3, *age >= 3 && *referrals > 0);
            assert_eq!(row["stageCode"] == "ADVOCATE", advocate, "{code}");
            assert_eq!(row["stageCode"] == "CLIENT", client && !advocate, "{code}");
            advocates += usize::from(advocate);
        }
        assert!(advocates > 100 && advocates < lines.len() / 2, "{advocates} advocates");
    }
);
