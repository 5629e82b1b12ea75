//! 95 % intervals hold the truth in 93 to 97 of 100 simulated samples, at small bases and skewed answers too.
#![allow(clippy::unwrap_used)]

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rapport_statistics::{Interval, Mean, NetPromoter, Proportion, change, holm};

const SAMPLES: u32 = 4_000;

/// The share of samples whose interval holds the truth.
fn coverage(truth: f64, seed: u64, mut sample: impl FnMut(&mut ChaCha8Rng) -> Interval) -> f64 {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let hits = (0..SAMPLES)
        .filter(|_| {
            let Interval { lower, upper } = sample(&mut random);
            (lower..=upper).contains(&truth)
        })
        .count();
    hits as f64 / f64::from(SAMPLES)
}

fn holds(coverage: f64, what: &str) {
    assert!(
        (0.93..=0.97).contains(&coverage),
        "{what}: the interval holds the truth in {coverage} of the samples"
    );
}

/// Satisfaction as it is answered: most are content, some are not.
const SKEWED: [f64; 10] = [0.02, 0.02, 0.03, 0.04, 0.07, 0.08, 0.14, 0.22, 0.20, 0.18];

fn answer(random: &mut ChaCha8Rng) -> f64 {
    let mut at: f64 = random.random();
    for (place, share) in SKEWED.iter().enumerate() {
        at -= share;
        if at < 0.0 {
            return (place + 1) as f64;
        }
    }
    10.0
}

#[test]
fn of_a_mean() {
    let truth: f64 = SKEWED.iter().enumerate().map(|(place, share)| (place + 1) as f64 * share).sum();
    for n in [30_u32, 100, 1000] {
        let covered = coverage(truth, u64::from(n), |random| {
            let mut mean = Mean::default();
            (0..n).for_each(|_| mean.add(answer(random), 1.0));
            mean.estimate(1.0, 10.0).unwrap().interval.unwrap()
        });
        holds(covered, &format!("mean of {n}"));
    }
}

/// Over all shares: at a single one the binomial's steps let the coverage of any interval swing around 95 %.
#[test]
fn of_a_share() {
    for n in [30, 50, 200] {
        let mut random = ChaCha8Rng::seed_from_u64(n);
        let hits = (0..SAMPLES)
            .filter(|_| {
                let share = random.random_range(0.02..0.98);
                let mut proportion = Proportion::default();
                (0..n).for_each(|_| proportion.add(random.random_bool(share), 1.0));
                let Interval { lower, upper } = proportion.estimate().unwrap().interval.unwrap();
                (lower..=upper).contains(&share)
            })
            .count();
        holds(hits as f64 / f64::from(SAMPLES), &format!("share of {n}"));
    }
}

#[test]
fn of_a_net_promoter_score() {
    for (promoters, detractors, n) in [(0.5, 0.2, 30), (0.5, 0.2, 300), (0.85, 0.05, 60), (0.1, 0.6, 100)] {
        let truth = 100.0 * (promoters - detractors);
        let covered = coverage(truth, n, |random| {
            let mut score = NetPromoter::default();
            for _ in 0..n {
                let at: f64 = random.random();
                let answer = if at < promoters {
                    9.0
                } else if at < promoters + detractors {
                    3.0
                } else {
                    8.0
                };
                score.add(answer, 1.0);
            }
            score.estimate().unwrap().interval.unwrap()
        });
        holds(covered, &format!("score of {promoters} and {detractors} of {n}"));
    }
}

/// With weights the base is Kish's, and the interval of the mean still holds.
#[test]
fn of_a_weighted_mean() {
    let truth: f64 = SKEWED.iter().enumerate().map(|(place, share)| (place + 1) as f64 * share).sum();
    let covered = coverage(truth, 7, |random| {
        let mut mean = Mean::default();
        (0..200).for_each(|_| mean.add(answer(random), if random.random_bool(0.3) { 3.0 } else { 1.0 }));
        mean.estimate(1.0, 10.0).unwrap().interval.unwrap()
    });
    holds(covered, "weighted mean of 200");
}

/// Where nothing changed, one family in twenty at the most raises an alarm, however many segments it has.
#[test]
fn no_false_alarms_among_many() {
    let mut random = ChaCha8Rng::seed_from_u64(11);
    let mut alarms = 0;
    for _ in 0..600 {
        let p_values: Vec<f64> = (0..20)
            .map(|_| {
                let [now, before] = [(); 2].map(|()| {
                    let mut mean = Mean::default();
                    (0..100).for_each(|_| mean.add(answer(&mut random), 1.0));
                    mean.estimate(1.0, 10.0).unwrap().with_error()
                });
                change(now, before).p_value.unwrap()
            })
            .collect();
        alarms += u32::from(holm(&p_values).iter().any(|p| *p < 0.05));
    }
    assert!((12..=48).contains(&alarms), "{alarms} of 600 families raise an alarm where nothing changed");
}

/// The interval of a change is what z does not reject: the true change is within it in 95 of 100 pairs of quarters.
#[test]
fn of_a_change_between_quarters() {
    let sample = |random: &mut ChaCha8Rng, n: u32, lift: f64| {
        let mut mean = Mean::default();
        (0..n).for_each(|_| mean.add(answer(random) + lift, 1.0));
        mean.estimate(-100.0, 100.0).unwrap()
    };
    for (n, then, lift) in [(40, 60, 0.0), (40, 60, 1.5), (300, 200, -0.7)] {
        let mut random = ChaCha8Rng::seed_from_u64(u64::from(n) + 17);
        let kept = (0..SAMPLES).filter(|_| {
            let (now, before) = (sample(&mut random, n, lift), sample(&mut random, then, 0.0));
            let (value, error) = now.with_error();
            change((value - lift, error), before.with_error()).p_value.unwrap() >= 0.05
        });
        holds(kept.count() as f64 / f64::from(SAMPLES), &format!("a change of {lift}"));
    }
}

/// Customers fall by chance into those helped on the spot, later and never, and stay with a chance of their group. Each
/// group's interval holds its chance; groups of one chance are told apart no oftener than the level allows.
#[test]
fn of_repurchase_after_handling() {
    let sample = |random: &mut ChaCha8Rng, chances: [f64; 3], customers: u32| {
        let mut groups = [Proportion::default(); 3];
        for _ in 0..customers {
            let group = [0.3, 0.8, 1.0].iter().position(|below| random.random::<f64>() < *below).unwrap();
            groups[group].add(random.random_bool(chances[group]), 1.0);
        }
        groups.map(|group| group.estimate().unwrap())
    };
    let mut random = ChaCha8Rng::seed_from_u64(95);
    let (mut held, mut alarms) = ([0_u32; 3], 0_u32);
    for _ in 0..SAMPLES {
        // about the textbooks' 95, 70 and 46 of 100
        let chances = [0.95, 0.70, 0.46].map(|chance: f64| chance + random.random_range(-0.04..0.04));
        let groups = sample(&mut random, chances, 400);
        for ((held, group), chance) in held.iter_mut().zip(groups).zip(chances) {
            let Interval { lower, upper } = group.interval.unwrap();
            *held += u32::from((lower..=upper).contains(&chance));
        }
        let [spot, later, _] = sample(&mut random, [0.7; 3], 400);
        let difference = change((spot.value, spot.standard_error), (later.value, later.standard_error));
        alarms += u32::from(difference.p_value.unwrap() < 0.05);
    }
    for (held, what) in held.iter().zip(["on the spot", "later", "never"]) {
        holds(f64::from(*held) / f64::from(SAMPLES), what);
    }
    let alarms = f64::from(alarms) / f64::from(SAMPLES);
    assert!((0.03..=0.07).contains(&alarms), "{alarms} of the samples without a difference show one");
}

/// What people add up themselves comes to the same as values one by one.
#[test]
fn of_sums() {
    let mut random = ChaCha8Rng::seed_from_u64(60);
    let (mut one_by_one, mut added) = (Mean::default(), Mean::default());
    for _ in 0..50 {
        let hours: Vec<f64> =
            (0..random.random_range(0..6)).map(|_| random.random_range(0.0..500.0)).collect();
        hours.iter().for_each(|value| one_by_one.add(*value, 1.0));
        let squares = hours.iter().map(|value| value * value).sum();
        added.merge(&Mean::of_sums(hours.len() as u64, hours.iter().sum(), squares));
    }
    let [one, other] = [one_by_one, added].map(|mean| mean.estimate(0.0, f64::INFINITY).unwrap());
    let ends = |estimate: rapport_statistics::Estimate| {
        let interval = estimate.interval.unwrap();
        [estimate.value, interval.lower, interval.upper, estimate.standard_error.unwrap()]
    };
    assert_eq!(one.n, other.n);
    for (one, other) in ends(one).into_iter().zip(ends(other)) {
        assert!((one - other).abs() <= 1e-9 * one.abs(), "{one} and {other}");
    }
    assert_eq!(Mean::of_sums(0, 0.0, 0.0).estimate(0.0, 1.0), None);
    assert_eq!(Mean::of_sums(1, f64::NAN, 1.0).estimate(0.0, 1.0), None);
}

/// What is linear in a share runs from one end to the other with it, whichever is the greater.
#[test]
fn between_two_ends() {
    let share = Proportion::of_counts(6, 8).estimate().unwrap();
    let Interval { lower, upper } = share.interval.unwrap();
    let told = share.between(12.0, 5.0);
    assert_eq!((told.value, told.n), (6.75, 8));
    let interval = told.interval.unwrap();
    assert!((interval.lower - (12.0 - 7.0 * upper)).abs() < 1e-12, "{interval:?}");
    assert!((interval.upper - (12.0 - 7.0 * lower)).abs() < 1e-12, "{interval:?}");
    assert!((told.standard_error.unwrap() - 7.0 * share.standard_error.unwrap()).abs() < 1e-12);
}
