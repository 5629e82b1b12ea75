//! The structural index through import, close and query: equal to the reference in every run of the ACSI's half A.

use rapport_tests::{Backend, World, on_both, shared};
use serde_json::Value;

const TOLERANCE: f64 = 1e-9;

/// The four runs of the reference: its name for each, and the settings that ask for it.
const RUNS: [(&str, &str, &str); 4] = [
    ("listwise_path_standardised", "path", "listwise"),
    ("listwise_centroid_standardised", "centroid", "listwise"),
    ("mean_replacement_path_standardised", "path", "mean_replacement"),
    ("mean_replacement_centroid_standardised", "centroid", "mean_replacement"),
];

const ROWS: &str = "{ pathRows(quarter: \"2015-Q2\", limit: 10000) \
                    { dimension segment kindCode source target value lower upper standardError n } }";

fn expected() -> Option<Value> {
    let file = shared("acsi-2015/expected.json")?;
    Some(serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap())
}

fn close(world: &World, scheme: &str, missing: &str) -> Option<()> {
    let answers = shared("acsi-2015/acsi_half_a.csv")?;
    let rules = "[rules.structure]\nresamples = 200\n";
    world.file("rapport.toml", format!("{rules}scheme = \"{scheme}\"\nmissing = \"{missing}\"\n"));
    world.import("acsi.toml", &[("answers", answers)]);
    world.ok(&["close", "--quarter", "2015-Q2"]);
    Some(())
}

/// The reference's groups: all, and each industry.
fn groups(expected: &Value) -> Vec<(String, &Value)> {
    let industries = expected["by_industry"].as_object().unwrap();
    let named = industries.iter().map(|(name, group)| (name.clone(), group));
    [("all".to_owned(), &expected["all"])].into_iter().chain(named).collect()
}

/// The reference writes constructs with a capital, and expectations as more than one.
fn ours(name: &str) -> String {
    match name {
        "Expectations" => "expectation".to_owned(),
        other => other.to_lowercase(),
    }
}

struct Rows(Vec<Value>);

impl Rows {
    fn value(&self, segment: &str, kind: &str, source: &str, target: &str) -> &Value {
        let is = |row: &&Value| {
            row["segment"] == segment
                && row["kindCode"] == kind
                && row["source"] == source
                && row["target"] == target
        };
        self.0.iter().find(is).unwrap_or_else(|| panic!("no {kind} of {source} → {target} in {segment}"))
    }

    fn near(&self, segment: &str, kind: &str, (source, target): (&str, &str), expected: &Value) {
        let row = self.value(segment, kind, source, target);
        let (found, expected) = (row["value"].as_f64().unwrap(), expected.as_f64().unwrap());
        assert!(
            (found - expected).abs() <= TOLERANCE * expected.abs().max(1.0),
            "{segment} {kind} {source} → {target}: {found} is not {expected}"
        );
    }
}

/// Every figure of a run that is stored.
fn compare(rows: &Rows, segment: &str, run: &Value) {
    let object = |key: &str| run[key].as_object().unwrap();
    for (item, outer) in object("outer") {
        let construct = ours(outer["construct"].as_str().unwrap());
        rows.near(segment, "WEIGHT", (item, &construct), &outer["weight"]);
        rows.near(segment, "LOADING", (item, &construct), &outer["loading"]);
    }
    for (kind, key, separator) in [
        ("PATH", "paths", " -> "),
        ("TOTAL_EFFECT", "total_effects", " -> "),
        ("CORRELATION", "lv_correlations", " ~ "),
        ("HTMT", "htmt", " ~ "),
    ] {
        for (pair, value) in object(key) {
            let (one, other) = pair.split_once(separator).unwrap();
            rows.near(segment, kind, (&ours(one), &ours(other)), value);
        }
    }
    for (kind, key) in [("R_SQUARED", "r2"), ("R_SQUARED_ADJUSTED", "r2_adj")] {
        for (construct, value) in object(key) {
            rows.near(segment, kind, (&ours(construct), &ours(construct)), value);
        }
    }
    for (construct, index) in object("index") {
        let name = ours(construct);
        for (item, weight) in index["normalised_weights"].as_object().unwrap() {
            rows.near(segment, "NORMALISED_WEIGHT", (item, &name), weight);
        }
        if index["index_0_100"].is_null() {
            let indexes = rows.0.iter().filter(|row| row["segment"] == segment && row["kindCode"] == "INDEX");
            assert!(indexes.into_iter().all(|row| row["source"] != name.as_str()), "a rate is no index");
        } else {
            rows.near(segment, "INDEX", (&name, &name), &index["index_0_100"]);
        }
    }
    for (construct, found) in object("reliability") {
        if found["items"].as_u64() > Some(1) {
            let name = ours(construct);
            for (kind, key) in [
                ("ALPHA", "alpha_standardised"),
                ("ALPHA_RAW", "alpha_raw"),
                ("RHO_A", "rho_a"),
                ("RHO_C", "rho_c"),
                ("AVE", "ave"),
            ] {
                rows.near(segment, kind, (&name, &name), &found[key]);
            }
        }
    }
    for (to, sources) in object("ipma") {
        for (from, found) in sources.as_object().unwrap() {
            rows.near(segment, "IMPORTANCE", (&ours(from), &ours(to)), &found["total_effect_unstd"]);
        }
    }
    rows.near(segment, "GOODNESS_OF_FIT", ("", ""), &run["gof"]);
}

#[test]
fn every_run_equals_the_reference() {
    let Some(expected) = expected() else { return };
    for (run, scheme, missing) in RUNS {
        let world = World::new(Backend::Sqlite).unwrap();
        close(&world, scheme, missing).unwrap();
        let rows = Rows(world.rows(ROWS));
        for (segment, group) in groups(&expected) {
            compare(&rows, &segment, &group[run]);
        }
    }
}

on_both!(
    /// The score is the index of the model, with an interval as wide as the reference's bootstrap.
    the_score_is_the_index,
    |world| {
        let Some(expected) = expected() else { return };
        close(world, "path", "listwise").unwrap();
        let scores = world.rows(
            "{ scoreRows(quarter: \"2015-Q2\", metric: \"SATISFACTION\") { segment value lower upper n suppressed } }",
        );
        assert_eq!(scores.len(), 5);
        for (segment, group) in groups(&expected) {
            let score = scores.iter().find(|row| row["segment"] == segment.as_str()).unwrap();
            let index = &group["listwise_path_standardised"]["index"]["Satisfaction"]["index_0_100"];
            let [value, lower, upper] = ["value", "lower", "upper"].map(|key| score[key].as_f64().unwrap());
            assert!((value - index.as_f64().unwrap()).abs() < TOLERANCE, "{segment}: {value} is not {index}");
            assert_eq!(score["n"], group["complete_rows"]);
            // the reference drew samples of all, and of no industry alone
            let drawn = &group["bootstrap_listwise_path"]["values"]["index Satisfaction"]["se"];
            let Some(error) = drawn.as_f64() else { continue };
            let width = (upper - lower) / (2.0 * 1.96);
            // two hundred resamples tell an error to a twentieth
            assert!((width / error - 1.0).abs() < 0.25, "{segment}: {width} is not {error}");
        }
    }
);

/// A floor above every industry: each has its index by the weights of all, and the model says so.
#[test]
fn small_segments_take_the_weights_of_all() {
    let Some(answers) = shared("acsi-2015/acsi_half_a.csv") else { return };
    let world = World::new(Backend::Sqlite).unwrap();
    world.file("rapport.toml", "[rules.structure]\nminimum_base = 2000\nresamples = 50\n");
    world.import("acsi.toml", &[("answers", answers)]);
    world.ok(&["close", "--quarter", "2015-Q2"]);
    let models = world.rows(
        "{ modelRows(quarter: \"2015-Q2\", model: \"STRUCTURE\") { segment outcomeCode reason n details } }",
    );
    let of = |segment: &str| models.iter().find(|row| row["segment"] == segment).unwrap();
    assert_eq!(of("all")["outcomeCode"], "FITTED");
    let small = of("Processed Food");
    assert_eq!(small["outcomeCode"], "TOO_FEW");
    assert!(small["reason"].as_str().unwrap().contains("under the floor of 2000"), "{small}");
    assert!(small["details"].as_str().unwrap().contains("of all customers"), "{small}");
    let scores = world
        .rows("{ scoreRows(quarter: \"2015-Q2\", metric: \"SATISFACTION\") { segment value suppressed } }");
    let food = scores.iter().find(|row| row["segment"] == "Processed Food").unwrap();
    // by its own weights the index is 79.50
    assert!((food["value"].as_f64().unwrap() - 79.5).abs() < 1.0 && food["suppressed"] == false, "{food}");
    let paths = world.rows("{ pathRows(quarter: \"2015-Q2\", segment: \"Processed Food\") { value } }");
    assert!(paths.is_empty(), "no path is told of a base that is too small");
}
