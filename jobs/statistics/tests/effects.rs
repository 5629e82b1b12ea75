//! Difference in differences and linkage: held against other programs, and their intervals against simulated truth.
#![allow(clippy::unwrap_used)]

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rapport_statistics::{BeforeAfter, Interval, NoEffect, NoLinkage, difference_in_differences, linkage};

const SAMPLES: u32 = 4_000;

fn near(ours: f64, theirs: f64) {
    assert!((ours - theirs).abs() < 1e-9 * theirs.abs().max(1.0), "{ours} is not {theirs}");
}

/// A change of so much with this sampling variance.
fn changed(change: f64, variance: f64) -> BeforeAfter {
    let error = (variance / 2.0).sqrt();
    BeforeAfter { before: (60.0, error), after: (60.0 + change, error) }
}

/// Paule and Mandel's spread, the mean and its error by statsmodels 0.15.0 (`combine_effects`, iterated), Student's
/// quantile by scipy.
#[test]
fn an_effect_as_others_reckon_it() {
    let comparable = [(1.2, 0.5), (-0.4, 0.8), (2.9, 0.3), (0.1, 1.1), (-1.8, 0.6), (3.3, 0.4)];
    let comparable = comparable.map(|(change, variance)| changed(change, variance));
    let effect = difference_in_differences(changed(6.0, 0.7), &comparable).unwrap();
    near(effect.spread.powi(2), 3.3859660617797727);
    near(effect.expected_change, 0.9580869272996593);
    near(effect.value, 5.041913072700341);
    near(effect.standard_error, 2.1794987586498142);
    near(effect.interval.lower, -0.4862232379427436);
    near(effect.p_value, 0.06629729691095737);
    assert_eq!(effect.comparable, 6);
}

/// Of segments that differ by less than their samples let expect the mean is the precision-weighted one, and the interval
/// that of a single more of them: with equal bases, Student's of their standard deviation.
#[test]
fn an_effect_of_equal_bases() {
    let changes = [0.4, -0.2, 0.1, 0.5, -0.3];
    let effect =
        difference_in_differences(changed(2.0, 1.0), &changes.map(|change| changed(change, 1.0))).unwrap();
    near(effect.spread, 0.0);
    let mean = changes.iter().sum::<f64>() / 5.0;
    let deviation = (changes.iter().map(|change| (change - mean).powi(2)).sum::<f64>() / 4.0).sqrt();
    near(effect.value, 2.0 - mean);
    near(effect.standard_error, deviation * 1.2_f64.sqrt());
    // t of 4 degrees of freedom, 97.5 %
    near(effect.interval.upper, effect.value + 2.7764451051977987 * effect.standard_error);
}

#[test]
fn the_base_cannot_tell() {
    let one = changed(1.0, 1.0);
    assert_eq!(difference_in_differences(one, &[one, one, one]), Err(NoEffect::TooFew(3)));
    let unknown = BeforeAfter { before: (60.0, 0.0), after: (61.0, 1.0) };
    assert_eq!(difference_in_differences(one, &[one, one, unknown]), Err(NoEffect::NotMeasured));
    let nothing = BeforeAfter { before: (f64::NAN, 1.0), after: (61.0, 1.0) };
    assert_eq!(difference_in_differences(nothing, &[one, one, one, one]), Err(NoEffect::NotMeasured));
    let (small, large) = (changed(1.0, 4.1), changed(2.0, 3.9));
    assert_eq!(difference_in_differences(one, &[large, large, small, small]), Err(NoEffect::TooFew(2)));
    // the very same change everywhere says nothing of how much changes differ
    assert_eq!(difference_in_differences(one, &[one, one, one, one]), Err(NoEffect::NotMeasured));
    assert_eq!(linkage(&[(1.0, 2.0); 4]), Err(NoLinkage::TooFew(4)));
    assert_eq!(linkage(&[(1.1, 2.0); 9]), Err(NoLinkage::NoDifference));
    let line: Vec<_> = (0..9).map(|i| (f64::from(i), 2.0 * f64::from(i))).collect();
    assert_eq!(linkage(&line), Err(NoLinkage::NoDifference));
    let missing = [(1.0, 2.0), (2.0, f64::NAN), (3.0, 1.0), (4.0, 4.0), (5.0, 2.0)];
    assert_eq!(linkage(&missing), Err(NoLinkage::TooFew(4)));
}

/// Normal, by Box and Muller.
fn normal(random: &mut ChaCha8Rng) -> f64 {
    let (one, other): (f64, f64) = (random.random_range(f64::MIN_POSITIVE..1.0), random.random());
    (-2.0 * one.ln()).sqrt() * (std::f64::consts::TAU * other).cos()
}

/// The shares of samples whose interval holds the truth, and whose p-value finds an effect at 5 %.
fn of_samples(
    seed: u64,
    truth: f64,
    mut sample: impl FnMut(&mut ChaCha8Rng) -> (Interval, f64),
) -> (f64, f64) {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let (mut held, mut found) = (0, 0);
    for _ in 0..SAMPLES {
        let (Interval { lower, upper }, p_value) = sample(&mut random);
        held += u32::from((lower..=upper).contains(&truth));
        found += u32::from(p_value < 0.05);
    }
    (f64::from(held) / f64::from(SAMPLES), f64::from(found) / f64::from(SAMPLES))
}

/// Few or many comparable segments, of like or unlike bases, changing of themselves or not, and an acted-on segment with a
/// smaller or larger base than theirs: the interval holds the effect, and where there is none, none is found.
#[test]
fn intervals_of_effects_hold_the_truth() {
    let unlike = [0.6, 0.8, 1.0, 1.3, 1.6];
    let mut seed = 0;
    for comparable in [4, 8, 20] {
        for spread in [0.0, 1.0, 3.0] {
            for (bases, own) in [([1.0; 5], 1.0), (unlike, 1.0), (unlike, 0.8), (unlike, 2.5)] {
                for effect in [0.0, 2.5] {
                    seed += 1;
                    let (held, found) = of_samples(seed, effect, |random| {
                        let mut segment = |error: f64, effect: f64| {
                            let change = 0.7 + effect + spread * normal(random) + error * normal(random);
                            changed(change, error * error)
                        };
                        let others: Vec<_> = (0..comparable).map(|i| segment(bases[i % 5], 0.0)).collect();
                        let effect = difference_in_differences(segment(own, effect), &others).unwrap();
                        (effect.interval, effect.p_value)
                    });
                    let case = format!(
                        "{comparable} segments, spread {spread}, {bases:?}, own {own}, effect {effect}"
                    );
                    assert!((0.93..=0.97).contains(&held), "{case}: held in {held}");
                    if effect == 0.0 {
                        assert!(found <= 0.07, "{case}: found in {found}");
                    }
                }
            }
        }
    }
}

/// Correlation, its interval and the line by scipy (`pearsonr`, `linregress`).
#[test]
fn a_linkage_as_others_reckon_it() {
    let units = [(61, 70), (64, 72), (70, 75), (58, 69), (77, 83), (69, 71), (73, 80), (66, 74)];
    let linkage = linkage(&units.map(|(x, y)| (f64::from(x), f64::from(y)))).unwrap();
    near(linkage.correlation, 0.9086031459407493);
    near(linkage.correlation_interval.lower, 0.5668949105844356);
    near(linkage.correlation_interval.upper, 0.9835441741183506);
    near(linkage.slope, 0.7168784029038112);
    near(linkage.slope_interval.lower, 0.3876954012011667);
    near(linkage.slope_interval.upper, 1.0460614046064558);
    near(linkage.p_value, 0.001780238653415687);
    assert_eq!(linkage.n, 8);
}

/// Few units or many, together or not: the intervals of correlation and slope hold the truth, and where there is no
/// linkage, one is found as often as 5 % lets expect.
#[test]
fn intervals_of_linkage_hold_the_truth() {
    let cases = [(5, 0.0), (5, 0.6), (5, -0.9), (12, 0.0), (12, 0.6), (40, 0.0), (40, 0.6), (40, -0.9)];
    for (seed, (units, truth)) in (300..).step_by(2).zip(cases) {
        let pairs = |random: &mut ChaCha8Rng| -> Vec<(f64, f64)> {
            let pair = |_| {
                let (x, noise) = (normal(random), normal(random));
                (70.0 + 5.0 * x, 60.0 + 4.0 * (truth * x + (1.0_f64 - truth * truth).sqrt() * noise))
            };
            (0..units).map(pair).collect()
        };
        let (held, found) = of_samples(seed, truth, |random| {
            let linkage = linkage(&pairs(random)).unwrap();
            (linkage.correlation_interval, linkage.p_value)
        });
        assert!((0.93..=0.97).contains(&held), "{units} units, {truth}: held in {held}");
        if truth == 0.0 {
            assert!((0.03..=0.07).contains(&found), "{units} units: found in {found}");
        }
        let (held, _) = of_samples(seed + 1, 0.8 * truth, |random| {
            let linkage = linkage(&pairs(random)).unwrap();
            (linkage.slope_interval, linkage.p_value)
        });
        assert!((0.93..=0.97).contains(&held), "{units} units, {truth}, slope: held in {held}");
    }
}
