//! 95 % intervals of the structural index hold the truth in 93 to 97 of 100 simulated samples.
#![allow(clippy::unwrap_used)]

mod reference;

use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use rapport_statistics::{
    Answers, Items, Missing, Model, Moments, Resampled, Settings, bootstrap, fit, jackknife,
};
use reference::simulated::{Sample, respondent, sample, small};

const LISTWISE: Missing = Missing::Listwise;

/// The path Quality → Satisfaction and the index of satisfaction, in a population of three million.
fn truth(model: &Model, items: &Items) -> [f64; 2] {
    let mut random = ChaCha8Rng::seed_from_u64(99);
    let (mut moments, mut row, mut answers) = (Moments::new(items), Vec::new(), Answers::default());
    for _ in 0..3_000_000 {
        respondent(&mut random, &mut row);
        items.read(&row, 1.0, &mut answers);
        moments.add(&answers);
    }
    let covariance = moments.covariance(items, LISTWISE).unwrap();
    let fit = fit(model, items, &covariance, Settings::default()).unwrap();
    [fit.paths[0].coefficient, fit.constructs[1].index.value]
}

const SAMPLES: u32 = 2_000;

/// The share of samples whose intervals hold the truth, of the path and of the index.
fn coverage(
    n: usize,
    groups: usize,
    seed: u64,
    resample: impl Fn(&Model, &Items, &Sample) -> Resampled,
) -> [f64; 2] {
    let (model, items) = small();
    let truth = truth(&model, &items);
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let mut hits = [0_u32; 2];
    for _ in 0..SAMPLES {
        let resampled = resample(&model, &items, &sample(&items, &mut random, n, groups));
        for (hit, (estimate, truth)) in
            hits.iter_mut().zip([resampled.paths[0], resampled.indexes[1]].iter().zip(truth))
        {
            let interval = estimate.interval.unwrap();
            *hit += u32::from((interval.lower..=interval.upper).contains(&truth));
        }
    }
    hits.map(|hits| f64::from(hits) / f64::from(SAMPLES))
}

fn holds(what: &str, [path, index]: [f64; 2]) {
    for (of, coverage) in [("path", path), ("index", index)] {
        assert!((0.93..=0.97).contains(&coverage), "{what}: {of} held in {coverage} of the samples");
    }
}

#[test]
fn bootstrap_intervals_hold_the_truth() {
    let settings = Settings { tolerance: 1e-8, ..Settings::default() };
    holds(
        "bootstrap of 150",
        coverage(150, 1, 1, |model, items, sample| {
            bootstrap(model, items, &sample.rows, LISTWISE, settings, 300, 5).unwrap()
        }),
    );
}

#[test]
fn jackknife_intervals_hold_the_truth() {
    let settings = Settings { tolerance: 1e-8, ..Settings::default() };
    holds(
        "jackknife of 600 in 100 groups",
        coverage(600, 100, 2, |model, items, sample| {
            jackknife(model, items, &sample.groups, LISTWISE, settings).unwrap()
        }),
    );
}
