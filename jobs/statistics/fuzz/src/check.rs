//! What must hold of numbers, shares and estimates.

use rapport_statistics::{Estimate, Interval};

/// Rounding that a figure on a scale may show.
const ROUNDING: f64 = 1e-9;

/// A number and no NaN.
#[track_caller]
pub fn finite(what: &str, value: f64) {
    assert!(value.is_finite(), "{what}: {value}");
}

/// A number, and of the range.
#[track_caller]
pub fn within(what: &str, value: f64, low: f64, high: f64) {
    let rounding = ROUNDING * (1.0 + low.abs().max(high.abs()));
    assert!(value >= low - rounding && value <= high + rounding, "{what}: {value} is not in {low}…{high}");
}

/// A share or a probability: exactly in 0…1.
#[track_caller]
pub fn share(what: &str, value: f64) {
    assert!((0.0..=1.0).contains(&value), "{what}: {value} is no share");
}

/// Ends that are numbers, in order.
#[track_caller]
pub fn interval(what: &str, interval: Interval) {
    finite(what, interval.lower);
    finite(what, interval.upper);
    assert!(interval.lower <= interval.upper, "{what}: {interval:?}");
}

/// An interval that holds its value.
#[track_caller]
pub fn holds(what: &str, range: Interval, value: f64) {
    interval(what, range);
    assert!(range.lower <= value && value <= range.upper, "{what}: {range:?} without {value}");
}

/// An estimate: numbers, an interval that holds the value, a base that can be.
#[track_caller]
pub fn estimate(what: &str, it: &Estimate) {
    loose_estimate(what, it);
    it.interval.into_iter().for_each(|range| holds(what, range, it.value));
}

/// An estimate whose interval need not hold its value, as of percentiles.
#[track_caller]
pub fn loose_estimate(what: &str, it: &Estimate) {
    finite(what, it.value);
    it.interval.into_iter().for_each(|range| interval(what, range));
    it.standard_error
        .into_iter()
        .for_each(|error| assert!(error >= 0.0 && error.is_finite(), "{what}: {it:?}"));
    let base = it.n as f64;
    assert!(it.effective_n >= 1.0 - 1e-6 && it.effective_n <= base * (1.0 + 1e-6), "{what}: {it:?}");
}

/// An estimate of a share.
#[track_caller]
pub fn share_estimate(what: &str, it: &Estimate) {
    estimate(what, it);
    share(what, it.value);
    it.interval.into_iter().flat_map(|range| [range.lower, range.upper]).for_each(|end| share(what, end));
}

/// An estimate on a scale.
#[track_caller]
pub fn estimate_within(what: &str, it: &Estimate, low: f64, high: f64) {
    estimate(what, it);
    within(what, it.value, low, high);
    let ends = it.interval.into_iter().flat_map(|range| [range.lower, range.upper]);
    ends.for_each(|end| within(what, end, low, high));
}
