//! Two groups compared like with like: held against other programs, and the intervals against simulated truth.
#![allow(clippy::unwrap_used)]

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rapport_statistics::{Mean, matched_difference};

const SAMPLES: u32 = 4_000;

fn near(ours: f64, theirs: f64) {
    assert!((ours - theirs).abs() < 1e-9 * theirs.abs().max(1.0), "{ours} is not {theirs}");
}

fn mean(values: &[f64]) -> Mean {
    let mut mean = Mean::default();
    values.iter().for_each(|value| mean.add(*value, 1.0));
    mean
}

/// Of one stratum it is Welch's test, by scipy 1.17.1 (`ttest_ind`, variances unequal).
#[test]
fn of_one_stratum_it_is_welchs() {
    let these = mean(&[72.0, 64.0, 88.0, 91.0, 70.0, 55.0]);
    let others = mean(&[60.0, 58.0, 77.0, 49.0, 66.0, 71.0, 80.0, 52.0]);
    let told = matched_difference([(these, others)]).unwrap();
    near(told.value, 9.208333333333329);
    near(told.interval.lower, -6.355371053576203);
    near(told.interval.upper, 24.77203772024286);
    near(told.standard_error, 6.939917175069555);
    near(told.p_value, 0.2154202285483788);
    assert_eq!((told.these, told.others), (6, 8));
}

/// The difference is the coefficient of the group in least squares on group and strata, by numpy 2.4.6 (`lstsq`); its error
/// from the groups' own variances, by numpy and scipy.
#[test]
fn of_strata_it_is_the_regression_on_them() {
    let strata = [
        (mean(&[72.0, 64.0, 88.0]), mean(&[60.0, 58.0, 77.0, 49.0])),
        (mean(&[40.0, 52.0]), mean(&[35.0, 41.0, 38.0, 60.0, 47.0])),
        (mean(&[91.0, 70.0, 55.0, 84.0]), mean(&[80.0])),
        // has nobody to be compared with
        (mean(&[99.0, 98.0, 97.0]), Mean::default()),
    ];
    let told = matched_difference(strata).unwrap();
    near(told.value, 5.579710144927535);
    near(told.standard_error, 6.2728498501555165);
    near(told.interval.lower, -8.208733401155502);
    near(told.p_value, 0.3925718336424928);
    assert_eq!((told.these, told.others), (9, 10));
    // the other way round
    let turned = matched_difference(strata.map(|(these, others)| (others, these))).unwrap();
    near(turned.value, -told.value);
    near(turned.p_value, told.p_value);
}

#[test]
fn the_base_cannot_tell() {
    assert_eq!(matched_difference([]), None);
    assert_eq!(matched_difference([(mean(&[1.0, 2.0]), Mean::default())]), None);
    assert_eq!(matched_difference([(mean(&[1.0]), mean(&[2.0, 3.0]))]), None);
    assert_eq!(matched_difference([(mean(&[1.0, 1.0]), mean(&[2.0, 2.0]))]), None);
}

/// Normal, by Box and Muller.
fn normal(random: &mut ChaCha8Rng) -> f64 {
    let (one, other): (f64, f64) = (random.random_range(f64::MIN_POSITIVE..1.0), random.random());
    (-2.0 * one.ln()).sqrt() * (std::f64::consts::TAU * other).cos()
}

/// Strata of very different levels, of which the group takes a larger part the higher they are: the plain difference is far
/// off, the matched one holds the truth, and where there is no effect, none is found. Groups of unlike spread, few or many
/// answers, and answers that are mere shares.
#[test]
fn intervals_hold_the_truth_where_groups_are_mixed_unlike() {
    for (case, (strata, each, spread, effect)) in
        [(3, 8, 1.0, 0.0), (3, 8, 2.0, 4.0), (12, 6, 1.0, 0.0), (12, 30, 0.5, 4.0), (1, 12, 3.0, 0.0)]
            .into_iter()
            .enumerate()
    {
        let mut random = ChaCha8Rng::seed_from_u64(case as u64);
        let (mut held, mut found, mut plain) = (0, 0, 0.0);
        for _ in 0..SAMPLES {
            let (mut all, mut all_others) = (Mean::default(), Mean::default());
            let told = matched_difference((0..strata).map(|stratum| {
                let (mut these, mut others) = (Mean::default(), Mean::default());
                for who in 0..each {
                    let level = 50.0 + 10.0 * f64::from(stratum);
                    if who * (strata + 1) < each * (stratum + 1) {
                        these.add(level + effect + 8.0 * spread * normal(&mut random), 1.0);
                    } else {
                        others.add(level + 8.0 * normal(&mut random), 1.0);
                    }
                }
                all.merge(&these);
                all_others.merge(&others);
                (these, others)
            }))
            .unwrap();
            held += u32::from((told.interval.lower..=told.interval.upper).contains(&effect));
            found += u32::from(told.p_value < 0.05);
            let value = |mean: &Mean| mean.estimate(f64::MIN, f64::MAX).unwrap().value;
            plain += (value(&all) - value(&all_others)) / f64::from(SAMPLES);
        }
        let [held, found] = [held, found].map(|count| f64::from(count) / f64::from(SAMPLES));
        assert!((0.93..=0.97).contains(&held), "case {case}: held in {held}");
        if effect == 0.0 {
            assert!((0.03..=0.07).contains(&found), "case {case}: found in {found}");
        }
        if strata > 1 {
            assert!(plain - effect > 5.0, "case {case}: the plain difference is off by {}", plain - effect);
        }
    }
}

/// Yes and no are answers too.
#[test]
fn intervals_of_shares_hold_the_truth() {
    let mut random = ChaCha8Rng::seed_from_u64(77);
    let mut held = 0;
    for _ in 0..SAMPLES {
        let strata = [0.3, 0.5, 0.7].map(|share: f64| {
            let mut group = |n: u32, share: f64| {
                let mut mean = Mean::default();
                (0..n).for_each(|_| mean.add(f64::from(u8::from(random.random::<f64>() < share)), 1.0));
                mean
            };
            (group(20, share + 0.1), group(40, share))
        });
        let told = matched_difference(strata).unwrap();
        held += u32::from((told.interval.lower..=told.interval.upper).contains(&0.1));
    }
    let held = f64::from(held) / f64::from(SAMPLES);
    assert!((0.93..=0.97).contains(&held), "held in {held}");
}
