//! Weights meet the margins, cost what Kish says, and take away a bias that is known.
#![allow(clippy::unwrap_used)]

use proptest::prelude::*;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rapport_statistics::{Cell, Margin, Mean, WeightCap, WeightingError, rake};

const FREE: WeightCap = WeightCap { least: 1e-6, most: 1e6 };

fn margin(name: &str, shares: &[f64]) -> Margin {
    Margin { name: name.to_owned(), shares: shares.to_vec() }
}

fn cell(n: u64, categories: &[usize]) -> Cell {
    Cell { n, categories: categories.iter().copied().map(Some).collect() }
}

/// The share of the weight in each category of a margin.
fn shares(cells: &[Cell], weights: &[f64], place: usize, of: usize) -> Vec<f64> {
    let mut sums = vec![0.0; of];
    for (cell, weight) in cells.iter().zip(weights) {
        sums[cell.categories[place].unwrap()] += cell.n as f64 * weight;
    }
    let total: f64 = sums.iter().sum();
    sums.into_iter().map(|sum| sum / total).collect()
}

/// 60 of 80 answers come from a half of the population: w = (½)/(60/80) and (½)/(20/80); Kish by hand.
#[test]
fn one_margin_is_post_stratification() {
    let found = rake(&[cell(60, &[0]), cell(20, &[1])], &[margin("region", &[1.0, 1.0])], FREE).unwrap();
    assert!((found.weights[0] - 2.0 / 3.0).abs() < 1e-12 && (found.weights[1] - 2.0).abs() < 1e-12);
    let kish = 80.0_f64.powi(2) / (60.0 * (2.0_f64 / 3.0).powi(2) + 20.0 * 4.0);
    assert!((found.effective_n - kish).abs() < 1e-9 && found.n == 80 && found.capped == 0);
}

#[test]
fn a_category_nobody_is_in_is_shared_by_the_others() {
    let cells = [cell(10, &[0]), cell(10, &[2])];
    let found = rake(&cells, &[margin("region", &[0.2, 0.5, 0.3])], FREE).unwrap();
    assert_eq!(found.empty, vec![vec![1]]);
    assert!((found.weights[0] - 0.8).abs() < 1e-12 && (found.weights[1] - 1.2).abs() < 1e-12);
}

#[test]
fn an_unknown_category_is_left_to_the_other_margins() {
    let cells = [cell(30, &[0]), cell(10, &[1]), Cell { n: 20, categories: vec![None] }];
    let found = rake(&cells, &[margin("region", &[0.5, 0.5])], FREE).unwrap();
    assert!((found.weights[2] - 1.0).abs() < 1e-9, "{found:?}");
}

#[test]
fn caps_hold_and_the_mean_stays_one() {
    let cells = [cell(95, &[0]), cell(5, &[1])];
    let cap = WeightCap { least: 0.2, most: 5.0 };
    let found = rake(&cells, &[margin("region", &[0.1, 0.9])], cap).unwrap();
    assert!(found.capped > 0 && found.weights[1] <= 5.0 && found.weights[0] >= 0.2);
    let mean = (95.0 * found.weights[0] + 5.0 * found.weights[1]) / 100.0;
    assert!((mean - 1.0).abs() < 1e-9, "{found:?}");
}

#[test]
fn what_cannot_be_is_named() {
    let one = [cell(10, &[0])];
    assert_eq!(rake(&[], &[], FREE), Err(WeightingError::NoRespondents));
    for shares in [&[][..], &[0.0, 0.0], &[-1.0, 2.0], &[f64::NAN, 1.0]] {
        let found = rake(&one, &[margin("region", shares)], FREE);
        assert_eq!(found, Err(WeightingError::BadShares { margin: "region".to_owned() }));
    }
    assert!(matches!(
        rake(&[cell(10, &[2])], &[margin("region", &[1.0, 1.0])], FREE),
        Err(WeightingError::UnknownCategory { category: 2, of: 2, .. })
    ));
    assert!(matches!(
        rake(&one, &[margin("region", &[0.0, 1.0])], FREE),
        Err(WeightingError::NothingToWeight { .. })
    ));
    assert!(matches!(
        rake(&one, &[], WeightCap { least: 2.0, most: 5.0 }),
        Err(WeightingError::BadCap { .. })
    ));
    // the two margins are one and the same here, and ask for different shares
    let twins = [cell(10, &[0, 0]), cell(10, &[1, 1])];
    let found = rake(&twins, &[margin("region", &[0.5, 0.5]), margin("plan", &[0.2, 0.8])], FREE);
    assert!(matches!(found, Err(WeightingError::Contradiction { .. })), "{found:?}");
}

proptest! {
    /// Full tables meet every margin, whatever they are; the weights average one.
    #[test]
    fn raking_meets_every_margin(
        counts in prop::collection::vec(1..200_u64, 12),
        rows in prop::collection::vec(0.05..1.0_f64, 3),
        columns in prop::collection::vec(0.05..1.0_f64, 4),
    ) {
        let cells: Vec<Cell> =
            counts.iter().enumerate().map(|(at, n)| cell(*n, &[at / 4, at % 4])).collect();
        let found = rake(&cells, &[margin("row", &rows), margin("column", &columns)], FREE).unwrap();
        for (place, wanted) in [(0, &rows), (1, &columns)] {
            let total: f64 = wanted.iter().sum();
            for (share, wanted) in shares(&cells, &found.weights, place, wanted.len()).iter().zip(wanted) {
                prop_assert!((share - wanted / total).abs() < 1e-8);
            }
        }
        let n: u64 = counts.iter().sum();
        let sum: f64 = cells.iter().zip(&found.weights).map(|(cell, weight)| cell.n as f64 * weight).sum();
        prop_assert!((sum / n as f64 - 1.0).abs() < 1e-9);
        prop_assert!(found.effective_n <= n as f64 + 1e-6);
    }
}

/// Half of the customers are content (mean 80) and answer often, the other half (mean 50) seldom. The plain mean is
/// far too high; the weighted one is right, and its interval holds the truth as often as it says.
#[test]
fn weights_remove_a_known_bias() {
    const SAMPLES: u32 = 2_000;
    let mut random = ChaCha8Rng::seed_from_u64(7);
    let (mut plain, mut weighted, mut covered) = (Mean::default(), Mean::default(), 0);
    for _ in 0..SAMPLES {
        let answers: Vec<(usize, f64)> = (0..200)
            .map(|_| {
                let half = usize::from(random.random_bool(0.25));
                let mean = [80.0, 50.0][half];
                // skewed: now and then somebody is furious
                let fall = if random.random_bool(0.1) { 45.0 } else { -5.0 };
                (half, mean - fall + random.random_range(-5.0..5.0))
            })
            .collect();
        let counts = [0, 1].map(|half| answers.iter().filter(|one| one.0 == half).count() as u64);
        let cells = [cell(counts[0], &[0]), cell(counts[1], &[1])];
        let weights = rake(&cells, &[margin("half", &[0.5, 0.5])], FREE).unwrap().weights;
        let (mut without, mut with) = (Mean::default(), Mean::default());
        for (half, answer) in answers {
            without.add(answer, 1.0);
            with.add(answer, weights[half]);
        }
        let estimate = with.estimate(0.0, 100.0).unwrap();
        let interval = estimate.interval.unwrap();
        covered += u32::from((interval.lower..=interval.upper).contains(&65.0));
        plain.add(without.estimate(0.0, 100.0).unwrap().value, 1.0);
        weighted.add(estimate.value, 1.0);
    }
    let far = |mean: &Mean| {
        let estimate = mean.estimate(0.0, 100.0).unwrap();
        (estimate.value - 65.0).abs() / estimate.standard_error.unwrap()
    };
    assert!(far(&plain) > 100.0, "without weights the mean is {plain:?}");
    assert!(far(&weighted) < 4.0, "with weights the mean is {weighted:?}");
    // the weighted interval may only be too wide: it does not know that the halves' sizes are given
    assert!(f64::from(covered) / f64::from(SAMPLES) >= 0.93, "{covered} of {SAMPLES}");
}
