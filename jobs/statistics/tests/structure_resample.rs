//! The intervals of the structural index: against the reference's resampling and the textbook.
#![allow(clippy::unwrap_used)]

mod reference;

use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use rapport_statistics::{
    Answers, BOOTSTRAP_BELOW, Estimate, Missing, Model, Moments, PathError, ResampleError, ResampleRule,
    Resampled, Rows, Settings, bootstrap, fit, jackknife,
};
use reference::{
    Table, acsi, acsi_model, expected, mobi, mobi_model, near, number,
    simulated::{Sample, respondent, sample, small},
};
use serde_json::Value;

const LISTWISE: Missing = Missing::Listwise;

/// Every quantity under the name the reference gives it.
fn named(model: &Model, resampled: &Resampled) -> Vec<(String, Estimate)> {
    let construct = |at: usize| model.constructs()[at].name.clone();
    let paths = model.paths().iter().zip(&resampled.paths);
    let mut list: Vec<(String, Estimate)> = paths
        .map(|(&(from, to), path)| (format!("path {} -> {}", construct(from), construct(to)), *path))
        .collect();
    for (item, (weight, loading)) in model.items().zip(resampled.weights.iter().zip(&resampled.loadings)) {
        list.push((format!("weight {item}"), *weight));
        list.push((format!("loading {item}"), *loading));
    }
    for (at, (index, r_squared)) in resampled.indexes.iter().zip(&resampled.r_squared).enumerate() {
        list.push((format!("index {}", construct(at)), *index));
        list.extend(r_squared.map(|r_squared| (format!("r2 {}", construct(at)), r_squared)));
    }
    list
}

/// Standard errors within `noise` of the reference's, for every quantity it gives that can vary.
fn errors_agree(found: &[(String, Estimate)], reference: &Value, noise: f64, interval: bool) {
    let reference = reference.as_object().unwrap();
    let mut compared = 0;
    for (name, estimate) in found {
        let Some(expected) = reference.get(name) else { continue };
        let (error, theirs) = (estimate.standard_error.unwrap(), number(&expected["se"]));
        if theirs < 1e-9 {
            assert!(error < 1e-9, "{name} does not vary");
            continue;
        }
        compared += 1;
        assert!((error / theirs - 1.0).abs() < noise, "{name}: error {error}, the reference's is {theirs}");
        if interval {
            let found = estimate.interval.unwrap();
            for (end, theirs) in [(found.lower, "p2_5"), (found.upper, "p97_5")] {
                let away = (end - number(&expected[theirs])).abs() / error;
                assert!(away < 0.2, "{name}: {theirs} is {away} errors away");
            }
        }
    }
    assert!(compared >= 12, "only {compared} of {} compared", reference.len());
}

/// 5,000 resamples each: an error has a noise of 1/√(2·5,000) = 1 % in both, so 1.4 % in their ratio.
#[test]
fn bootstrap_errors_are_the_reference_s() {
    let (Some(table), Some(expected)) = (mobi("mobi.csv"), expected("ecsi-mobi")) else { return };
    let model = mobi_model(&[]);
    let rows = table.stored(|_| true);
    let found = bootstrap(&model, &table.items, &rows, LISTWISE, Settings::default(), 5_000, 7).unwrap();
    assert_eq!((found.failed, found.rule), (0, ResampleRule::Bootstrap { resamples: 5_000, seed: 7 }));
    let named = named(&model, &found);
    errors_agree(&named, &expected["bootstrap"]["values"], 0.045, true);
    assert_eq!(expected["bootstrap"]["values"].as_object().unwrap().len(), named.len());
}

/// Groups of one row: the classical jackknife, whose error has no noise of grouping and meets the bootstrap's.
#[test]
fn jackknife_errors_meet_the_bootstrap_s() {
    let (Some(table), Some(expected)) = (mobi("mobi.csv"), expected("ecsi-mobi")) else { return };
    let model = mobi_model(&[]);
    let groups = grouped(&table, |row| row, 250, |_| true);
    let found = jackknife(&model, &table.items, &groups, LISTWISE, Settings::default()).unwrap();
    assert_eq!(found.rule, ResampleRule::Jackknife { groups: 250 });
    let paths_and_indexes = &named(&model, &found)
        .into_iter()
        .filter(|(name, _)| name.starts_with("path") || name.starts_with("index"))
        .collect::<Vec<_>>();
    errors_agree(paths_and_indexes, &expected["bootstrap"]["values"], 0.15, false);
}

/// On thousands of rows 100 groups and a thousand resamples say the same, up to 7 and 2.2 %: three of these are 22 %.
#[test]
fn the_american_index_s_errors_are_the_reference_s() {
    let (Some(table), Some(expected)) = (acsi(), expected("acsi-2015")) else { return };
    let model = acsi_model();
    let reference = &expected["all"]["bootstrap_listwise_path"]["values"];
    let groups = grouped(&table, |row| row, 100, |_| true);
    let found = jackknife(&model, &table.items, &groups, LISTWISE, Settings::default()).unwrap();
    errors_agree(&named(&model, &found), reference, 0.25, false);
    let rows = table.stored(|_| true);
    let found = bootstrap(&model, &table.items, &rows, LISTWISE, Settings::default(), 300, 3).unwrap();
    errors_agree(&named(&model, &found), reference, 0.2, false);
}

fn grouped(
    table: &Table,
    of: impl Fn(usize) -> usize,
    groups: usize,
    keep: impl Fn(usize) -> bool,
) -> Vec<Moments> {
    let group = |group| table.moments(|row| keep(row) && of(row) % groups == group, |_| 1.0);
    (0..groups).map(group).collect()
}

#[test]
fn the_same_seed_gives_the_same_bits() {
    let Some(table) = mobi("mobi_missing5.csv") else { return };
    let (model, rows) = (mobi_model(&[]), table.stored(|_| true));
    for missing in [Missing::MeanReplacement, Missing::Pairwise, LISTWISE] {
        let draw = |resamples, seed| {
            bootstrap(&model, &table.items, &rows, missing, Settings::default(), resamples, seed).unwrap()
        };
        assert_eq!(draw(40, 1), draw(40, 1));
        assert_ne!(draw(40, 1).paths, draw(40, 2).paths);
    }
}

#[test]
fn the_base_picks_the_rule() {
    let rule = |n| ResampleRule::for_base(n, 500, 1, 100);
    assert_eq!(rule(BOOTSTRAP_BELOW - 1), ResampleRule::Bootstrap { resamples: 500, seed: 1 });
    assert_eq!(rule(BOOTSTRAP_BELOW), ResampleRule::Jackknife { groups: 100 });
}

/// Every row twice in its group: the estimates stand and the errors shrink by √2, but for the divisor's n − 1.
#[test]
fn doubled_rows_shrink_errors_by_the_root_of_two() {
    let (model, items) = small();
    let once = sample(&items, &mut ChaCha8Rng::seed_from_u64(4), 2_000, 2_000);
    let twice: Vec<Moments> = once.groups.iter().chain(&once.groups).cloned().collect();
    let [one, two] = [&once.groups, &twice]
        .map(|groups| jackknife(&model, &items, groups, LISTWISE, Settings::default()).unwrap());
    for ((name, one), (_, two)) in named(&model, &one).into_iter().zip(named(&model, &two)) {
        // raw weights aside, nothing holds the divisor
        assert!((one.value - two.value).abs() < 1e-9 * (1.0 + one.value.abs()), "{name}");
        let ratio = one.standard_error.unwrap() / two.standard_error.unwrap();
        // the lone item's weight and loading are 1 and do not vary
        assert!(name.ends_with("l1") || (ratio - 2_f64.sqrt()).abs() < 2e-3, "{name} shrinks by {ratio}");
    }
}

/// A lone item's index is a mean, of which the jackknife by single rows has the error s/√n exactly.
#[test]
fn the_jackknife_of_a_mean_is_the_textbook_s() {
    let (model, items) = small();
    let sample = sample(&items, &mut ChaCha8Rng::seed_from_u64(6), 120, 120);
    let found = jackknife(&model, &items, &sample.groups, LISTWISE, Settings::default()).unwrap();
    let mut whole = Moments::new(&items);
    sample.groups.iter().for_each(|group| whole.merge(group).unwrap());
    let covariance = whole.covariance(&items, LISTWISE).unwrap();
    let textbook = 100.0 / 9.0 * covariance.deviation(4) / 120_f64.sqrt();
    let index = found.indexes[2];
    near("error", index.standard_error.unwrap(), textbook, 1e-9);
    // Student's quantile of 119 degrees of freedom, from the tables
    let interval = index.interval.unwrap();
    near("half width", (interval.upper - interval.lower) / 2.0, 1.980_1 * textbook, 1e-4);
}

/// Of two items that go against each other about as strongly, now one loads more and now the other: refits are turned
/// to the full sample's side, and the path's interval is not torn in two.
#[test]
fn refits_are_turned_to_the_full_sample_s_side() {
    let (model, items) = small();
    let mut random = ChaCha8Rng::seed_from_u64(12);
    let mut sample = Sample { rows: Rows::new(&items, 300), groups: vec![Moments::new(&items); 50] };
    let (mut row, mut answers) = (Vec::new(), Answers::default());
    for at in 0..300 {
        respondent(&mut random, &mut row);
        row[1] = 11.0 - row[1];
        items.read(&row, 1.0, &mut answers);
        sample.rows.add(&answers);
        sample.groups[at % 50].add(&answers);
    }
    let drawn = bootstrap(&model, &items, &sample.rows, LISTWISE, Settings::default(), 400, 2).unwrap();
    let left_out = jackknife(&model, &items, &sample.groups, LISTWISE, Settings::default()).unwrap();
    for path in [drawn.paths[0], left_out.paths[0]] {
        let interval = path.interval.unwrap();
        assert!(interval.lower * interval.upper > 0.0, "{path:?}");
        assert!(path.standard_error.unwrap() < 0.1, "{path:?}");
    }
}

/// Where nearly everyone gives the best answer, Student's interval is cut at the scale's end.
#[test]
fn intervals_stay_on_their_scale() {
    let (model, items) = small();
    let mut random = ChaCha8Rng::seed_from_u64(3);
    let mut groups = vec![Moments::new(&items); 40];
    let (mut row, mut answers) = (Vec::new(), Answers::default());
    for group in &mut groups {
        respondent(&mut random, &mut row);
        row[4] = if row[2] < 4.0 { 8.0 } else { 10.0 };
        items.read(&row, 1.0, &mut answers);
        group.add(&answers);
    }
    let found = jackknife(&model, &items, &groups, LISTWISE, Settings::default()).unwrap();
    let (index, interval) = (found.indexes[2], found.indexes[2].interval.unwrap());
    assert!(index.value + 2.0 * index.standard_error.unwrap() > 100.0, "{index:?}");
    assert!(interval.lower < index.value && interval.upper == 100.0, "{index:?}");
}

/// Weights stay with their rows: the estimates are those of the weighted moments.
#[test]
fn the_bootstrap_keeps_weights() {
    let Some(table) = mobi("mobi.csv") else { return };
    let weight = |row: usize| (row % 3) as f64 * 0.7 + 0.3;
    let (mut rows, mut answers) = (Rows::new(&table.items, 250), Answers::default());
    for (at, row) in table.rows.iter().enumerate() {
        table.items.read(row, weight(at), &mut answers);
        rows.add(&answers);
    }
    let model = mobi_model(&[]);
    let found = bootstrap(&model, &table.items, &rows, LISTWISE, Settings::default(), 50, 2).unwrap();
    let covariance = table.moments(|_| true, weight).covariance(&table.items, LISTWISE).unwrap();
    let fit = fit(&model, &table.items, &covariance, Settings::default()).unwrap();
    for (one, other) in found.paths.iter().zip(&fit.paths) {
        near(&other.from, one.value, other.coefficient, 1e-9);
        near("base", one.effective_n, fit.effective_n, 1e-9);
    }
    for (one, other) in found.effects.iter().zip(&fit.effects) {
        near(&other.from, one.value, other.total, 1e-9);
    }
    let resampled = fit.constructs.iter().zip(found.r_squared.iter().zip(&found.indexes));
    for (construct, (r_squared, index)) in resampled {
        assert_eq!(r_squared.is_some(), construct.r_squared.is_some());
        near(&construct.construct, index.value, construct.index.value, 1e-9);
    }
}

#[test]
fn what_cannot_be_resampled_is_named() {
    let (model, items) = small();
    let few = sample(&items, &mut ChaCha8Rng::seed_from_u64(4), 200, 1);
    let draw =
        |rows: &Rows, resamples| bootstrap(&model, &items, rows, LISTWISE, Settings::default(), resamples, 1);
    assert_eq!(draw(&few.rows, 1), Err(ResampleError::TooFew { found: 1 }));
    assert_eq!(
        jackknife(&model, &items, &few.groups, LISTWISE, Settings::default()),
        Err(ResampleError::TooFew { found: 1 })
    );
    assert!(matches!(draw(&Rows::new(&items, 10), 50), Err(ResampleError::Moments(_))));

    let mut dropped = Rows::new(&items, 3);
    let mut answers = Answers::default();
    items.read(&[5.0; 5], 1.0, &mut answers);
    (0..4).for_each(|_| dropped.add(&answers));
    assert_eq!(draw(&dropped, 50), Err(ResampleError::RowsDropped { rows: 4, limit: 3 }));

    // one row alone differs in an item: more than a third of the resamples do not draw it
    let mut constant = Rows::new(&items, 100);
    let mut random = ChaCha8Rng::seed_from_u64(8);
    let mut row = Vec::new();
    for at in 0..100 {
        respondent(&mut random, &mut row);
        row[4] = if at == 0 { 1.0 } else { 9.0 };
        items.read(&row, 1.0, &mut answers);
        constant.add(&answers);
    }
    let found = draw(&constant, 400).unwrap();
    assert!((100..200).contains(&found.failed), "{} of 400 failed", found.failed);

    let all_alike = {
        let mut rows = Rows::new(&items, 100);
        items.read(&[5.0; 5], 1.0, &mut answers);
        (0..50).for_each(|_| rows.add(&answers));
        rows
    };
    let constant = ResampleError::Path(PathError::ConstantItem { item: "q1".to_owned() });
    assert_eq!(draw(&all_alike, 50), Err(constant));
}
