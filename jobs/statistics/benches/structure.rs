//! The structural index at size: `cargo bench -p rapport-statistics --bench structure`. One core, one thread.
#![allow(clippy::unwrap_used)]

#[path = "../tests/reference/mod.rs"]
mod reference;

use divan::{Bencher, black_box};
use rapport_statistics::{
    Answers, Item, Items, Missing, Model, Moments, Rows, Scale, Settings, bootstrap, drivers, fit, jackknife,
};

fn main() {
    divan::main();
}

const ROWS: usize = 10_000_000;

/// A number that looks random and is the same in every run.
fn scattered(at: u64) -> f64 {
    let mut x = at.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    ((x ^ (x >> 27)) >> 11) as f64 / (1_u64 << 53) as f64
}

/// The European model of the mobile phone data: 7 constructs, 24 items, 12 paths.
fn model() -> Model {
    reference::mobi_model(&[])
}

fn items(names: impl Iterator<Item = String>) -> Items {
    let scale = Scale { low: 1.0, high: 10.0, reversed: false };
    Items::new(names.map(|name| Item { name, scale }).collect()).unwrap()
}

/// Answers of 1 to 10 that go together, as those of content and discontent customers do; `gaps` of them missing.
fn answers(row: usize, count: usize, gaps: f64, into: &mut Vec<f64>) {
    let at = (row * (2 * count + 1)) as u64;
    let content = scattered(at);
    into.clear();
    into.extend((1..=count as u64).map(|item| {
        let answer = (10.0 * (0.6 * content + 0.4 * scattered(at + item))).floor() + 1.0;
        if scattered(at + count as u64 + item) < gaps { f64::NAN } else { answer }
    }));
}

fn gathered(items: &Items, rows: std::ops::Range<usize>, gaps: f64) -> (Moments, Rows) {
    let (mut moments, mut stored) = (Moments::new(items), Rows::new(items, 5_000));
    let (mut row, mut read) = (Vec::new(), Answers::default());
    for at in rows {
        answers(at, items.len(), gaps, &mut row);
        items.read(&row, 1.0, &mut read);
        moments.add(&read);
        stored.add(&read);
    }
    (moments, stored)
}

/// Target: at most 0.05 s.
#[divan::bench(sample_count = 20)]
fn bootstrap_of_500_at_250_rows(bencher: Bencher) {
    let model = model();
    let items = items(model.items().map(ToOwned::to_owned));
    let (_, rows) = gathered(&items, 0..250, 0.0);
    bencher.bench_local(|| {
        bootstrap(&model, &items, black_box(&rows), Missing::Listwise, Settings::default(), 500, 1).unwrap()
    });
}

/// Target: at most 0.05 s.
#[divan::bench(sample_count = 20)]
fn fit_and_jackknife_of_100_groups(bencher: Bencher) {
    let model = model();
    let items = items(model.items().map(ToOwned::to_owned));
    let groups: Vec<Moments> =
        (0..100).map(|group| gathered(&items, group * 500..(group + 1) * 500, 0.01).0).collect();
    bencher.bench_local(|| {
        let mut whole = Moments::new(&items);
        groups.iter().try_for_each(|group| whole.merge(group)).unwrap();
        let covariance = whole.covariance(&items, Missing::Listwise).unwrap();
        let fit = fit(&model, &items, &covariance, Settings::default()).unwrap();
        (fit, jackknife(&model, &items, black_box(&groups), Missing::Listwise, Settings::default()).unwrap())
    });
}

/// Target: at most 2 s, every answer given; the second with one answer in ten missing, two rows in three broken.
#[divan::bench(args = [0.0, 0.1], sample_count = 3, sample_size = 1)]
fn moments_of_10_million_rows_of_10_items(bencher: Bencher, gaps: f64) {
    let items = items((1..=10).map(|at| format!("item {at}")));
    // a stretch that fits the cache is read over and over: rows come from a stream, not from memory
    let mut stretch: Vec<Vec<f64>> = vec![Vec::new(); 1000];
    stretch.iter_mut().enumerate().for_each(|(at, row)| answers(at, 10, gaps, row));
    bencher.bench_local(|| {
        let (mut moments, mut read) = (Moments::new(&items), Answers::default());
        for row in stretch.iter().cycle().take(ROWS) {
            items.read(black_box(row), 1.0, &mut read);
            moments.add(&read);
        }
        moments
    });
}

/// Shapley's shares over all 32,768 subsets.
#[divan::bench(sample_count = 20)]
fn drivers_of_15_items(bencher: Bencher) {
    let items = items((0..=15).map(|at| format!("item {at}")));
    let covariance = gathered(&items, 0..5_000, 0.0).0.covariance(&items, Missing::Listwise).unwrap();
    let names: Vec<&str> = items.iter().skip(1).map(|item| item.name.as_str()).collect();
    bencher.bench_local(|| {
        drivers(
            &items,
            black_box(&covariance),
            "item 0",
            &names,
            rapport_statistics::DriverSettings::default(),
        )
        .unwrap()
    });
}
