//! The median, against what it is defined by and by hand.
#![allow(clippy::unwrap_used)]

use proptest::prelude::*;
use rapport_statistics::median;

proptest! {
    /// No number is nearer to all values together, half lie on each side, and their order does not matter.
    #[test]
    fn a_median_halves(values in prop::collection::vec(-1e6..1e6f64, 1..60), turn in 0..60usize) {
        let found = median(&mut values.clone()).unwrap();
        let half = values.len().div_ceil(2);
        prop_assert!(values.iter().filter(|value| **value <= found).count() >= half);
        prop_assert!(values.iter().filter(|value| **value >= found).count() >= half);
        let away = |from: f64| values.iter().map(|value| (value - from).abs()).sum::<f64>();
        let least = values.iter().map(|value| away(*value)).fold(f64::INFINITY, f64::min);
        prop_assert!(away(found) <= least * (1.0 + 1e-12));
        let mut turned = values.clone();
        turned.rotate_left(turn % values.len());
        prop_assert_eq!(median(&mut turned).unwrap().to_bits(), found.to_bits());
    }
}

#[test]
fn a_median_by_hand() {
    assert_eq!(median(&mut []), None);
    assert_eq!(median(&mut [1.0, f64::NAN, 2.0]), None);
    assert_eq!(median(&mut [7.0]), Some(7.0));
    assert_eq!(median(&mut [9.0, 1.0]), Some(5.0));
    assert_eq!(median(&mut [30.0, 2.0, 11.0]), Some(11.0));
    assert_eq!(median(&mut [4.0, 1.0, 3.0, 10.0]), Some(3.5));
    // two large ones do not overflow
    assert_eq!(median(&mut [f64::MAX, f64::MAX]), Some(f64::MAX));
}
