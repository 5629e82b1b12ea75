//! ACSI 2015, half A: 4,118 real answers through mapping, import, close and query equal the reference results.

use rapport_tests::{World, on_both, shared};
use serde_json::Value;

const TOLERANCE: f64 = 1e-9;

fn expected() -> Option<Value> {
    let file = shared("acsi-2015/expected.json")?;
    Some(serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap())
}

fn closed(world: &World) -> Option<Value> {
    let expected = expected()?;
    world.import("acsi.toml", &[("answers", shared("acsi-2015/acsi_half_a.csv")?)]);
    world.ok(&["close", "--quarter", "2015-Q2"]);
    Some(expected)
}

/// The reference results of all, and of each industry.
fn groups(expected: &Value) -> Vec<(&str, &str, &Value)> {
    let industries = expected["by_industry"].as_object().unwrap();
    let named = industries.iter().map(|(name, group)| ("industry", name.as_str(), group));
    [("all", "all", &expected["all"])].into_iter().chain(named).collect()
}

fn near(found: &Value, expected: &Value, what: &str) {
    let (found, expected) = (found.as_f64().unwrap(), expected.as_f64().unwrap());
    assert!((found - expected).abs() < TOLERANCE, "{what}: {found} is not {expected}");
}

on_both!(
    /// n, mean, top box with Wilson's bounds, and complaint rate of each industry.
    scores_equal_the_reference,
    |world| {
        let Some(expected) = closed(world) else { return };
        let rows = world.rows(
            "{ scoreRows(quarter: \"2015-Q2\") { dimension segment metricCode value lower upper n suppressed } }",
        );
        let find = |dimension: &str, segment: &str, metric: &str| {
            let is = |row: &&Value| {
                row["dimension"] == dimension && row["segment"] == segment && row["metricCode"] == metric
            };
            rows.iter().find(is).unwrap()
        };
        for (dimension, segment, group) in groups(&expected) {
            let satisfaction = &group["simple"]["satis"];
            let csat = find(dimension, segment, "CSAT");
            near(&csat["value"], &satisfaction["csi_0_100"], "mean on 0–100");
            assert_eq!(csat["n"], satisfaction["n"]);
            let top = find(dimension, segment, "TOP2");
            near(&top["value"], &satisfaction["top2_share"], "top 2");
            near(&top["lower"], &satisfaction["top2_wilson95"][0], "lower");
            near(&top["upper"], &satisfaction["top2_wilson95"][1], "upper");
            let complaints = find(dimension, segment, "COMPLAINT_RATE");
            near(&complaints["value"], &group["complaint_rate"]["rate"], "complaint rate");
            near(&complaints["lower"], &group["complaint_rate"]["wilson95"][0], "complaint rate, lower");
            near(&complaints["upper"], &group["complaint_rate"]["wilson95"][1], "complaint rate, upper");
            assert_eq!(complaints["n"], group["complaint_rate"]["n"]);
        }
    }
);

on_both!(
    /// The four types at cut 8: 58.0, 6.7, 8.2 and 27.1 % over all.
    loyalty_types_equal_the_reference,
    |world| {
        let Some(expected) = closed(world) else { return };
        let rows = world
            .rows("{ loyaltyRows(quarter: \"2015-Q2\") { dimension segment typeCode customers share n } }");
        let words = [("LOYAL", "loyalist"), ("MERCENARY", "mercenary"), ("HOSTAGE", "hostage"), ("DEFECTING", "defector")];
        for (dimension, segment, group) in groups(&expected) {
            let types = &group["loyalty_types"]["satis x repur, cut 8"];
            let of_group: Vec<&Value> =
                rows.iter().filter(|row| row["dimension"] == dimension && row["segment"] == segment).collect();
            assert_eq!(of_group.len(), 5, "four types and the unclassified");
            for (ours, theirs) in words {
                let row = of_group.iter().find(|row| row["typeCode"] == ours).unwrap();
                assert_eq!(row["customers"], types[theirs], "{segment} {ours}");
                let share = types[theirs].as_f64().unwrap() / types["n"].as_f64().unwrap();
                near(&row["share"], &share.into(), ours);
            }
            let counted: i64 = of_group.iter().map(|row| row["customers"].as_i64().unwrap()).sum();
            assert_eq!(counted, group["rows"].as_i64().unwrap(), "nobody is lost");
        }
    }
);

on_both!(
    /// The picture shows the shares that the API gives.
    the_matrix_shows_the_same,
    |world| {
        if closed(world).is_none() {
            return;
        }
        world.ok(&["charts", "--quarter", "2015-Q2", "--out", "charts"]);
        let charts = world.folder().join("charts");
        let svg = std::fs::read_to_string(charts.join("2015-Q2-loyalty-matrix-all-en.svg")).unwrap();
        for share in ["58.0", "6.7", "8.2", "27.1"] {
            assert!(svg.contains(&format!("{share}%")), "{share}% is not in the picture");
        }
    }
);

/// The equal-weight index over the three items, computed here from the file: the mean of the respondents' own means.
#[test]
fn the_index_is_the_mean_of_complete_respondents() {
    let Some(file) = shared("acsi-2015/acsi_half_a.csv") else { return };
    let world = World::new(rapport_tests::Backend::Sqlite).unwrap();
    closed(&world).unwrap();
    let mut reader = csv::Reader::from_path(file).unwrap();
    let header = reader.headers().unwrap().clone();
    let places: Vec<usize> = ["satis", "confirm", "ideal"]
        .map(|name| header.iter().position(|column| column == name).unwrap())
        .into();
    let means: Vec<f64> = reader
        .records()
        .filter_map(|record| {
            let record = record.unwrap();
            let items: Option<Vec<f64>> = places.iter().map(|place| record[*place].parse().ok()).collect();
            items.map(|items| (items.iter().sum::<f64>() - 3.0) / 27.0 * 100.0)
        })
        .collect();
    let rows = world.rows(
        "{ scoreRows(quarter: \"2015-Q2\", metric: \"CSI\", dimension: \"all\") { value lower upper n } }",
    );
    let n = means.len() as f64;
    let mean = means.iter().sum::<f64>() / n;
    let sd = (means.iter().map(|one| (one - mean).powi(2)).sum::<f64>() / (n - 1.0)).sqrt();
    near(&rows[0]["value"], &mean.into(), "index");
    assert_eq!(rows[0]["n"], means.len());
    // at this base Student's quantile is the normal one to three digits
    let half = (rows[0]["upper"].as_f64().unwrap() - rows[0]["lower"].as_f64().unwrap()) / 2.0;
    assert!((half / (1.96 * sd / n.sqrt()) - 1.0).abs() < 1e-3);
}

/// Each industry a quarter of the population: the mean and its effective base by hand, from the reference's figures.
#[test]
fn weights_to_the_population_move_the_score() {
    let Some(expected) = expected() else { return };
    let world = World::new(rapport_tests::Backend::Sqlite).unwrap();
    let industries = expected["by_industry"].as_object().unwrap();
    let margins: String = industries.keys().map(|name| format!("\"{name}\" = 1.0\n")).collect();
    world.file("rapport.toml", format!("[rules.weighting.margins.industry]\n{margins}"));
    closed(&world).unwrap();
    let total: f64 = industries.values().map(|group| group["rows"].as_f64().unwrap()).sum();
    let [mut sum, mut weight, mut squares] = [0.0; 3];
    for group in industries.values() {
        let own = total / 4.0 / group["rows"].as_f64().unwrap();
        let satisfaction = &group["simple"]["satis"];
        let n = satisfaction["n"].as_f64().unwrap();
        sum += own * n * satisfaction["csi_0_100"].as_f64().unwrap();
        weight += own * n;
        squares += own * own * n;
    }
    let rows = world.rows(
        "{ scoreRows(quarter: \"2015-Q2\", metric: \"CSAT\", dimension: \"all\") { value n effectiveN } }",
    );
    near(&rows[0]["value"], &(sum / weight).into(), "weighted mean");
    assert!((rows[0]["effectiveN"].as_f64().unwrap() - weight * weight / squares).abs() < 1e-6);
    let fits = world.rows(
        "{ modelRows(quarter: \"2015-Q2\", model: \"WEIGHTING\") { outcomeCode n effectiveN details } }",
    );
    assert_eq!((fits[0]["outcomeCode"].as_str(), fits[0]["n"].as_u64()), (Some("FITTED"), Some(4118)));
}
