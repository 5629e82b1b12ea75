//! The CDNOW sample, which lies beside the repository and is never part of it.

use std::{
    fs::File,
    io::Write,
    path::{Path, PathBuf},
};

use rapport_statistics::behaviour::{Buyer, History, Purchase, histories};
use serde_json::Value;

/// 1997-09-30 and 1998-06-30 as days since 1970-01-01.
pub const CALIBRATION_END: i32 = 10_134;
pub const WINDOW_END: i32 = 10_407;

/// A file of the sample; `None`, loudly, where it is not.
fn file(name: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/cdnow").join(name);
    if path.exists() {
        return Some(path);
    }
    let _ = writeln!(
        std::io::stderr(),
        "\n*** NOT TESTED: the reference data `cdnow/{name}` are not there; they belong in ../shared/data ***"
    );
    None
}

/// What independent programs and the literature say.
pub fn expected() -> Option<Value> {
    Some(serde_json::from_reader(File::open(file("expected.json")?).unwrap()).unwrap())
}

/// The log, sorted by customer and day.
pub fn log() -> Option<Vec<Purchase>> {
    let mut rows: Vec<Purchase> = csv::Reader::from_path(file("cdnow_sample_transactions.csv")?)
        .unwrap()
        .records()
        .map(|row| {
            let row = row.unwrap();
            Purchase { customer: row[0].parse().unwrap(), day: day(&row[2]), money: row[4].parse().unwrap() }
        })
        .collect();
    rows.sort_by_key(|row| (row.customer, row.day));
    Some(rows)
}

/// The customers of the calibration window.
pub fn calibration() -> Option<Vec<History>> {
    Some(histories(log()?.into_iter(), CALIBRATION_END).map(Result::unwrap).collect())
}

/// The same, as the models see them: in weeks, in the order of their numbers.
pub fn buyers() -> Option<Vec<Buyer>> {
    Some(calibration()?.iter().map(|history| history.buyer(CALIBRATION_END, 7.0).unwrap()).collect())
}

/// The published summary: number, x, tₓ, T and z̄, with two decimals.
pub fn summary() -> Option<Vec<(u64, Buyer)>> {
    let rows = csv::Reader::from_path(file("cdnow_sample_rfm_published.csv")?)
        .unwrap()
        .records()
        .map(|row| {
            let row = row.unwrap();
            let number = |place: usize| row[place].parse::<f64>().unwrap();
            let buyer = Buyer {
                repeats: number(1) as u32,
                last: number(2),
                age: number(3),
                mean_repeat_spend: number(4),
            };
            (row[0].parse().unwrap(), buyer)
        })
        .collect();
    Some(rows)
}

/// Days since 1970-01-01 of a date of 1997 or 1998.
fn day(date: &str) -> i32 {
    let part = |range: std::ops::Range<usize>| date[range].parse::<i32>().unwrap();
    let months = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];
    9_862 + (part(0..4) - 1997) * 365 + months[part(5..7) as usize - 1] + part(8..10) - 1
}

pub fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or_else(|| panic!("{value} is no number"))
}

pub fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().unwrap().iter().map(number).collect()
}

/// Whether two values agree to a share of the second.
pub fn agree(ours: f64, theirs: f64, relative: f64, what: &str) {
    let apart = (ours - theirs).abs();
    assert!(
        apart <= relative * theirs.abs(),
        "{what}: {ours} against {theirs}, off by {:e}",
        apart / theirs.abs()
    );
}
