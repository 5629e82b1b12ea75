//! The structural index and its drivers against independent results on public data.
#![allow(clippy::unwrap_used)]

mod reference;

use rapport_statistics::{
    Crosshair, DriverSettings, Importance, Metric, Missing, PathFit, Quadrant, Scheme, Settings, drivers, fit,
};
use reference::{Table, acsi, acsi_model, expected, mobi, mobi_model, near, number};
use serde_json::Value;

const NEAR: f64 = 1e-9;

/// Every number of a run of the reference. `effective` is √(n/nₑ): the reference divides by n whatever the weights.
fn equals(what: &str, fit: &PathFit, run: &Value, effective: f64) {
    let close = |name: String, found: f64, expected: &Value| near(&name, found, number(expected), NEAR);
    assert_eq!(fit.items.len(), run["outer"].as_object().unwrap().len());
    for item in &fit.items {
        let outer = &run["outer"][&item.item];
        assert_eq!(outer["construct"], *item.construct);
        close(format!("{what} weight {}", item.item), item.weight, &outer["weight"]);
        close(format!("{what} loading {}", item.item), item.loading, &outer["loading"]);
        close(format!("{what} communality {}", item.item), item.communality, &outer["communality"]);
        let normalised = &run["index"][&item.construct]["normalised_weights"][&item.item];
        close(format!("{what} normalised weight {}", item.item), item.normalised_weight, normalised);
    }
    assert_eq!(fit.paths.len(), run["paths"].as_object().unwrap().len());
    for path in &fit.paths {
        let name = format!("{} -> {}", path.from, path.to);
        close(format!("{what} {name}"), path.coefficient, &run["paths"][&name]);
    }
    constructs(what, fit, run, effective);
    assert_eq!(fit.effects.len(), run["total_effects"].as_object().unwrap().len());
    for effect in &fit.effects {
        let name = format!("{} -> {}", effect.from, effect.to);
        close(format!("{what} total {name}"), effect.total, &run["total_effects"][&name]);
        let is_rate = |it: &str| fit.constructs.iter().any(|other| other.construct == it && other.is_rate);
        if is_rate(&effect.from) || is_rate(&effect.to) {
            continue; // the reference gives indexes alone
        }
        let performance = &run["ipma"][&effect.to][&effect.from];
        close(format!("{what} importance {name}"), effect.importance, &performance["total_effect_unstd"]);
        close(format!("{what} performance {name}"), effect.performance, &performance["performance"]);
    }
    assert_eq!(fit.relations.len(), run["lv_correlations"].as_object().unwrap().len());
    for relation in &fit.relations {
        let name = format!("{} ~ {}", relation.one, relation.other);
        close(format!("{what} {name}"), relation.correlation, &run["lv_correlations"][&name]);
        if let Some(ratio) = run.get("htmt").map(|ratios| &ratios[&name]) {
            close(format!("{what} HTMT {name}"), relation.heterotrait_monotrait.unwrap(), ratio);
        }
    }
    if let Some(goodness) = run.get("gof") {
        close(format!("{what} goodness of fit"), fit.goodness_of_fit.unwrap(), goodness);
    }
    // the count at 1e-12 may differ by the rounding of the last steps
    let iterations = number(&run["iterations"]);
    assert!((f64::from(fit.iterations) - iterations).abs() <= 1.0, "{what}: {} iterations", fit.iterations);
}

fn constructs(what: &str, fit: &PathFit, run: &Value, effective: f64) {
    let close = |name: String, found: f64, expected: &Value| near(&name, found, number(expected), NEAR);
    assert_eq!(fit.constructs.len(), run["index"].as_object().unwrap().len());
    for construct in &fit.constructs {
        let name = &construct.construct;
        let index = &run["index"][name];
        let error = construct.index.standard_error.unwrap();
        if construct.is_rate {
            close(format!("{what} rate {name}"), construct.index.value / 100.0, &index["rate"]);
        } else {
            close(format!("{what} index {name}"), construct.index.value, &index["index_0_100"]);
            close(format!("{what} deviation {name}"), construct.deviation, &index["sd_0_100"]);
            close(format!("{what} error {name}"), error / effective, &index["se_fixed_weights"]);
        }
        assert_eq!(construct.r_squared.is_some(), run["r2"].get(name).is_some());
        if let Some(r_squared) = construct.r_squared {
            close(format!("{what} R² {name}"), r_squared, &run["r2"][name]);
            let adjusted = construct.r_squared_adjusted.unwrap();
            close(format!("{what} adjusted R² {name}"), adjusted, &run["r2_adj"][name]);
        }
        let Some(measures) = run.get("reliability").map(|measures| &measures[name]) else { continue };
        let items = fit.items.iter().filter(|item| item.construct == *name).count();
        // of a lone item the reference says 1, where there is no reliability to speak of
        assert_eq!(construct.reliability.is_some(), items > 1);
        let Some(reliability) = construct.reliability else { continue };
        for (kind, found) in [
            ("alpha_standardised", reliability.alpha_standardised),
            ("alpha_raw", reliability.alpha_raw),
            ("rho_a", reliability.rho_a),
            ("rho_c", reliability.rho_c),
            ("ave", reliability.average_variance_extracted),
        ] {
            close(format!("{what} {kind} {name}"), found, &measures[kind]);
        }
    }
}

fn settings(scheme: Scheme, metric: Metric) -> Settings {
    Settings { scheme, metric, ..Settings::default() }
}

/// Eight runs, of which seminr, semPLS, plspm and SmartPLS say the same.
#[test]
fn the_european_index_of_mobile_phones() {
    let (Some(table), Some(expected)) = (mobi("mobi.csv"), expected("ecsi-mobi")) else { return };
    let (centroid, factorial, path) = (Scheme::Centroid, Scheme::Factorial, Scheme::Path);
    let runs: [(&str, Scheme, Metric, &[&str]); 8] = [
        ("path_standardised_modeA", path, Metric::Standardised, &[]),
        ("path_raw_modeA", path, Metric::Raw, &[]),
        ("factorial_standardised_modeA", factorial, Metric::Standardised, &[]),
        ("factorial_raw_modeA", factorial, Metric::Raw, &[]),
        ("centroid_standardised_modeA", centroid, Metric::Standardised, &[]),
        ("centroid_raw_modeA", centroid, Metric::Raw, &[]),
        ("path_standardised_exogenous_modeB", path, Metric::Standardised, &["Image"]),
        ("path_standardised_all_modeB", path, Metric::Standardised, &["all"]),
    ];
    assert_eq!(expected["pls"].as_object().unwrap().len(), runs.len());
    for (name, scheme, metric, formative) in runs {
        let covariance = table.all().covariance(&table.items, Missing::Listwise).unwrap();
        let fit = fit(&mobi_model(formative), &table.items, &covariance, settings(scheme, metric)).unwrap();
        equals(name, &fit, &expected["pls"][name], 1.0);
    }
}

/// Whole weights are repeated rows; the error alone rests on Kish's effective base, where the reference keeps n.
#[test]
fn weighted_cases() {
    let (Some(table), Some(expected)) = (mobi("mobi.csv"), expected("ecsi-mobi")) else { return };
    let moments = table.moments(|_| true, |row| (row % 3 + 1) as f64);
    let covariance = moments.covariance(&table.items, Missing::Listwise).unwrap();
    let fit = fit(&mobi_model(&[]), &table.items, &covariance, Settings::default()).unwrap();
    let effective = (fit.n as f64 / fit.effective_n).sqrt();
    assert!(effective > 1.05);
    equals("weighted", &fit, &expected["weighted_pls"]["result"], effective);
}

#[test]
fn missing_answers() {
    let (Some(table), Some(expected)) = (mobi("mobi_missing5.csv"), expected("ecsi-mobi")) else { return };
    let expected = &expected["missing_5pct_mcar"];
    let fit_by = |missing| {
        let covariance = table.all().covariance(&table.items, missing).unwrap();
        fit(&mobi_model(&[]), &table.items, &covariance, Settings::default()).unwrap()
    };
    let (listwise, replaced) = (fit_by(Missing::Listwise), fit_by(Missing::MeanReplacement));
    assert_eq!((listwise.rows, listwise.n), (250, number(&expected["complete_rows"]) as u64));
    assert_eq!((replaced.complete, replaced.n), (listwise.n, 250));
    equals("listwise", &listwise, &expected["listwise_path_standardised"], 1.0);
    equals("mean replacement", &replaced, &expected["mean_replacement_path_standardised"], 1.0);
}

#[test]
fn the_american_index_and_its_industries() {
    let (Some(table), Some(expected)) = (acsi(), expected("acsi-2015")) else { return };
    let industries = expected["by_industry"].as_object().unwrap();
    assert_eq!(industries.len(), 4);
    let segments = industries.iter().map(|(name, runs)| (name.as_str(), runs));
    for (name, runs) in segments.chain([("all", &expected["all"])]) {
        let moments = table.moments(|row| name == "all" || table.group[row] == name, |_| 1.0);
        assert_eq!(moments.rows() as f64, number(&runs["rows"]));
        assert_eq!(moments.complete() as f64, number(&runs["complete_rows"]));
        for (rule, missing) in
            [("listwise", Missing::Listwise), ("mean_replacement", Missing::MeanReplacement)]
        {
            for (scheme_name, scheme) in [("path", Scheme::Path), ("centroid", Scheme::Centroid)] {
                let covariance = moments.covariance(&table.items, missing).unwrap();
                let settings = settings(scheme, Metric::Standardised);
                let fit = fit(&acsi_model(), &table.items, &covariance, settings).unwrap();
                let run = format!("{rule}_{scheme_name}_standardised");
                equals(&format!("{name} {run}"), &fit, &runs[&run], 1.0);
            }
        }
    }
}

/// Of overall satisfaction, the seven items of quality.
#[test]
fn drivers_of_satisfaction() {
    let (Some(table), Some(expected)) = (mobi("mobi.csv"), expected("ecsi-mobi")) else { return };
    let expected = &expected["drivers"];
    let covariance = table.all().covariance(&table.items, Missing::Listwise).unwrap();
    let names = ["PERQ1", "PERQ2", "PERQ3", "PERQ4", "PERQ5", "PERQ6", "PERQ7"];
    let found = drivers(&table.items, &covariance, "CUSA1", &names, DriverSettings::default()).unwrap();
    near("R²", found.r_squared, number(&expected["r2"]), NEAR);
    near("importance", found.crosshair_importance, number(&expected["crosshair"]["importance"]), NEAR);
    near("performance", found.crosshair_performance, number(&expected["crosshair"]["performance"]), NEAR);
    for driver in &found.drivers {
        let item = &expected["items"][&driver.item];
        for (kind, value) in [
            ("performance_0_100", driver.performance),
            ("pearson_r", driver.correlation),
            ("beta_std", driver.beta),
            ("shapley_lmg", driver.shapley.unwrap()),
            ("johnson_relative_weight", driver.relative_weight),
            ("vif", driver.variance_inflation),
        ] {
            near(&format!("{} {kind}", driver.item), value, number(&item[kind]), NEAR);
        }
        let quadrant = match driver.quadrant {
            Quadrant::ConcentrateHere => "Concentrate here",
            Quadrant::KeepUp => "Keep up the good work",
            Quadrant::LowPriority => "Low priority",
            Quadrant::PossibleOverkill => "Possible overkill",
        };
        assert_eq!(item["quadrant_grand_mean_shapley"], quadrant, "{}", driver.item);
    }
    assert_eq!(found.settings.importance, Importance::Shapley);
    assert_eq!(found.settings.crosshair, Crosshair::GrandMeans);
    assert!(!found.is_thin);
}

/// By its own weights a fit's indexes are its own; those of an industry by the weights of all need no fit of theirs.
#[test]
fn indexes_by_weights_held_fixed() {
    let Some(table) = acsi() else { return };
    let covariance = table.all().covariance(&table.items, Missing::Listwise).unwrap();
    let fit = fit(&acsi_model(), &table.items, &covariance, Settings::default()).unwrap();
    for (own, held) in fit.constructs.iter().zip(fit.indexes_of(&table.items, &covariance).unwrap()) {
        near(&own.construct, held.value, own.index.value, NEAR);
        near(&own.construct, held.standard_error.unwrap(), own.index.standard_error.unwrap(), NEAR);
    }
    // the indexes of the industries, by their bases, make that of all: with weights held the index is a mean
    let mut industries: Vec<&String> = table.group.iter().collect();
    industries.sort();
    industries.dedup();
    let mut mean = 0.0;
    for industry in industries {
        let moments = table.moments(|row| table.group[row] == *industry, |_| 1.0);
        let covariance = moments.covariance(&table.items, Missing::Listwise).unwrap();
        mean += covariance.n as f64 * fit.indexes_of(&table.items, &covariance).unwrap()[3].value;
    }
    near("of all industries", mean / fit.n as f64, fit.constructs[3].index.value, NEAR);
}

/// The order of the file and of its parts moves no bit of the whole answers' moments, nor does a part taken away.
#[test]
fn the_order_of_rows_moves_no_bit() {
    let Some(table) = mobi("mobi_missing5.csv") else { return };
    let whole = table.all();
    let mut backwards: Table = mobi("mobi_missing5.csv").unwrap();
    backwards.rows.reverse();
    assert_eq!(backwards.all(), whole);
    let third = |which: usize| table.moments(move |row| row % 3 == which, |_| 1.0);
    let mut merged = third(2);
    merged.merge(&third(0)).unwrap();
    merged.merge(&third(1)).unwrap();
    assert_eq!(merged, whole);
    merged.subtract(&third(0)).unwrap();
    merged.subtract(&third(2)).unwrap();
    assert_eq!(merged, third(1));
}
