//! Special functions: numbers where they are defined, an end everywhere.

use rapport_statistics::special::{
    Rising, digamma, discounted, ln_add_exp, ln_beta, ln_gamma, ln_gamma_ratio, logistic, trigamma,
};

use crate::{check, source::Source};

/// Every function at one place.
pub fn special(source: &mut Source) -> bool {
    let (x, y) = (source.number(0.0, 200.0), source.number(0.0, 200.0));
    let figures = [ln_gamma(x), digamma(x), trigamma(x), ln_beta(x, y), ln_gamma_ratio(x, y)];
    let sums = [ln_add_exp(x, y), logistic(x), logistic(-x), discounted(x, y), discounted(-x, y)];
    let (one, other) = (u64::from(source.count(9000)), u64::from(source.count(9000)));
    let rising = Rising::default().extended(x, one.min(other), one.max(other));
    let backwards = Rising::default().extended(x, one.max(other), one.min(other));
    assert_eq!(backwards, Rising::default());
    let ordinary = |it: f64| (1e-100..=1e100).contains(&it);
    if ordinary(x) && ordinary(y) {
        figures.into_iter().for_each(|it| check::finite("gamma", it));
        check::finite("sum of powers", sums[0]);
        [rising.value, rising.slope, rising.curvature].into_iter().for_each(|it| check::finite("rising", it));
        assert!(rising.slope >= 0.0 && rising.curvature <= 0.0, "{rising:?} at {x}, {one}, {other}");
        check::within("discounted", sums[3], 0.0, y);
    }
    if !x.is_nan() {
        check::share("logistic", sums[1]);
        check::share("logistic", sums[2]);
    }
    ordinary(x) && ordinary(y)
}
