//! Scores of several questions through import, close and query, against the same figures reckoned here the long way.

use rapport_tests::{World, on_both};
use serde_json::Value;

const QUESTIONS: &str = r#"
source = "made"
[files]
answers = "answers.csv"
[[customer]]
select = "SELECT _line, code FROM answers"
[[survey]]
rows = [{ code = "s" }]
[[question]]
rows = [
  { survey = "s", code = "overall", construct = "satisfaction", measure = "overall", low = 1, high = 10 },
  { survey = "s", code = "speed", construct = "quality", low = 1, high = 10, value_side = "value", value_component = "service", element = "behaviour" },
  { survey = "s", code = "care", construct = "quality", low = 1, high = 5, value_side = "value", value_component = "personnel", element = "behaviour" },
  { survey = "s", code = "hoped", construct = "expectation", low = 1, high = 10 },
  { survey = "s", code = "price", construct = "cost", low = 1, high = 10, value_side = "cost", value_component = "money" },
  { survey = "s", code = "speed_matters", low = 1, high = 5, importance_of = "speed" },
  { survey = "s", code = "care_matters", low = 1, high = 5, importance_of = "care" },
  { survey = "s", code = "easy", measure = "effort", low = 1, high = 7 },
]
[[response]]
select = "SELECT _line, code, code AS customer, '2026-02-03' AS at, overall, speed, care, hoped, price, speed_matters, care_matters, easy FROM answers"
"#;

const NAMES: [&str; 8] =
    ["overall", "speed", "care", "hoped", "price", "speed_matters", "care_matters", "easy"];
const SCALES: [(f64, f64); 8] =
    [(1.0, 10.0), (1.0, 10.0), (1.0, 5.0), (1.0, 10.0), (1.0, 10.0), (1.0, 5.0), (1.0, 5.0), (1.0, 7.0)];

/// Answers that look random; a tenth of one column is left out.
fn answers() -> Vec<[Option<f64>; 8]> {
    let mut state = 7_u64;
    let mut draw = move |below: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % below
    };
    (0..120)
        .map(|row| {
            let mood = draw(6);
            let mut one = [None; 8];
            for (place, (low, high)) in SCALES.iter().enumerate() {
                let width = (high - low) as u64;
                let part = (mood * width / 5 + draw(4)).saturating_sub(1).min(width);
                one[place] = Some(low + part as f64);
            }
            // someone does not say what was hoped for
            one[3] = one[3].filter(|_| row % 10 != 0);
            one
        })
        .collect()
}

fn percent(place: usize, answer: f64) -> f64 {
    let (low, high) = SCALES[place];
    100.0 * (answer - low) / (high - low)
}

fn mean(values: impl Iterator<Item = f64>) -> (f64, usize) {
    let values: Vec<f64> = values.collect();
    (values.iter().sum::<f64>() / values.len() as f64, values.len())
}

fn close(world: &World) -> Vec<[Option<f64>; 8]> {
    let answers = answers();
    let mut file = format!("code,{}\n", NAMES.join(","));
    for (row, one) in answers.iter().enumerate() {
        let cells: Vec<String> =
            one.iter().map(|answer| answer.map(|answer| answer.to_string()).unwrap_or_default()).collect();
        file.push_str(&format!("R{row},{}\n", cells.join(",")));
    }
    world.file("answers.csv", file);
    world.file("made.toml", QUESTIONS);
    world.ok(&["import", "made.toml"]);
    world.ok(&["close", "--quarter", "2026-Q1"]);
    answers
}

on_both!(
    /// Each score is the mean or the share that its name says, over those who answered what it needs.
    every_score_is_what_its_name_says,
    |world| {
        let answers = close(world);
        let rows = world.rows("{ scoreRows(quarter: \"2026-Q1\") { metricCode value lower upper n } }");
        let check = |metric: &str, (value, n): (f64, usize)| {
            let row = rows.iter().find(|row| row["metricCode"] == metric).unwrap_or_else(|| panic!("no {metric}"));
            let found = row["value"].as_f64().unwrap();
            assert!((found - value).abs() < 1e-9, "{metric}: {found} is not {value}");
            assert_eq!(row["n"], n, "{metric}");
            let (lower, upper) = (row["lower"].as_f64().unwrap(), row["upper"].as_f64().unwrap());
            assert!(lower < found && found < upper, "{row}");
        };
        let of = |one: &[Option<f64>; 8], place: usize| one[place].map(|answer| percent(place, answer));
        let quality = |one: &[Option<f64>; 8]| Some((of(one, 1)? + of(one, 2)?) / 2.0);
        let gaps: Vec<f64> =
            answers.iter().filter_map(|one| Some(quality(one)? - of(one, 3)?)).collect();
        let share = |which: &dyn Fn(f64) -> bool| {
            (gaps.iter().filter(|gap| which(**gap)).count() as f64 / gaps.len() as f64, gaps.len())
        };
        check("DISCONFIRMATION", mean(gaps.iter().copied()));
        check("BELOW_EXPECTATION", share(&|gap| gap < -1e-9));
        check("AT_EXPECTATION", share(&|gap| gap.abs() <= 1e-9));
        check("ABOVE_EXPECTATION", share(&|gap| gap > 1e-9));
        check("BEHAVIOUR", mean(answers.iter().filter_map(quality)));
        check("TOTAL_VALUE", mean(answers.iter().filter_map(quality)));
        check("TOTAL_COST", mean(answers.iter().filter_map(|one| of(one, 4))));
        let delivered = |one| Some(quality(one)? - of(one, 4)?);
        check("DELIVERED_VALUE", mean(answers.iter().filter_map(delivered)));
        check("CES", mean(answers.iter().filter_map(|one| of(one, 7))));
        let easy = answers.iter().filter(|one| one[7] >= Some(5.0)).count();
        check("EASY", (easy as f64 / 120.0, 120));
        let column = |place: usize| mean(answers.iter().filter_map(|one| of(one, place))).0;
        let (speed, care) = (column(5), column(6));
        check("CSI_STATED", ((speed * column(1) + care * column(2)) / (speed + care), 120));
    }
);

on_both!(
    /// Stated importance beside the derived one, and shares of R² that sum to it.
    drivers_are_stated_and_derived,
    |world| {
        let answers = close(world);
        let rows = world.rows(
            "{ driverRows(quarter: \"2026-Q1\") { question target stated importance shapley relativeWeight performance rSquared n } }",
        );
        assert_eq!(rows.len(), 2);
        let number = |row: &Value, key: &str| row[key].as_f64().unwrap();
        for (row, (place, asked)) in rows.iter().zip([(2, 6), (1, 5)]) {
            assert_eq!((row["question"].as_str(), row["target"].as_str()), (Some(NAMES[place]), Some("overall")));
            let column = |place: usize| mean(answers.iter().filter_map(|one| Some(percent(place, one[place]?)))).0;
            assert!((number(row, "stated") - column(asked)).abs() < 1e-9, "{row}");
            assert!((number(row, "performance") - column(place)).abs() < 1e-9, "{row}");
        }
        for kind in ["shapley", "relativeWeight"] {
            let sum: f64 = rows.iter().map(|row| number(row, kind)).sum();
            assert!((sum - number(&rows[0], "rSquared")).abs() < 1e-9, "{kind}");
        }
    }
);
