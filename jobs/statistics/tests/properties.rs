//! What must hold whatever the data are.
#![allow(clippy::unwrap_used)]

use proptest::prelude::*;
use rapport_statistics::{
    Axes, LoyaltyRule, LoyaltyType, Mean, NetPromoter, Proportion, Scale, Subtype, ValueClass, ValueCuts,
    ValueRule, holm,
};

const RULE: LoyaltyRule = LoyaltyRule { satisfaction: 8.0, intention: 8.0, apostle: 9.0, terrorist: 3.0 };

fn mean_of(values: &[(f64, f64)]) -> Mean {
    let mut mean = Mean::default();
    values.iter().for_each(|(value, weight)| mean.add(*value, *weight));
    mean
}

fn near(one: f64, other: f64) -> bool {
    (one - other).abs() <= 1e-9 * (1.0 + one.abs())
}

proptest! {
    /// The mean is Σwx/Σw and the error s/√n, reckoned the naive way.
    #[test]
    fn a_mean_is_what_the_textbook_says(values in prop::collection::vec((1.0..10.0f64, Just(1.0)), 2..200)) {
        let n = values.len() as f64;
        let naive = values.iter().map(|(value, _)| value).sum::<f64>() / n;
        let variance = values.iter().map(|(value, _)| (value - naive).powi(2)).sum::<f64>() / (n - 1.0);
        let estimate = mean_of(&values).estimate(1.0, 10.0).unwrap();
        prop_assert!(near(estimate.value, naive));
        prop_assert!(near(estimate.standard_error.unwrap(), (variance / n).sqrt()));
        prop_assert!(near(estimate.effective_n, n));
    }

    /// Parts merge to the whole, wherever it is cut; integer weights are repeated rows.
    #[test]
    fn parts_merge(values in prop::collection::vec((0.0..100.0f64, 0.1..5.0f64), 2..100), cut in 0..100usize) {
        let cut = cut.min(values.len());
        let mut parts = mean_of(&values[..cut]);
        parts.merge(&mean_of(&values[cut..]));
        let (parts, whole) = (parts.estimate(0.0, 100.0).unwrap(), mean_of(&values).estimate(0.0, 100.0).unwrap());
        prop_assert!(near(parts.value, whole.value) && parts.n == whole.n);
        prop_assert_eq!(parts.standard_error.is_some(), whole.standard_error.is_some());
        if let (Some(one), Some(other)) = (parts.standard_error, whole.standard_error) {
            prop_assert!((one - other).abs() < 1e-6 * (1.0 + one));
        }
    }

    /// Every row twice: the same figures, and errors that shrink by √2 (of a mean, by what s² with n − 1 makes of it).
    #[test]
    fn twice_the_rows_shrink_the_error(answers in prop::collection::vec(0..=10_u8, 30..300)) {
        let (mut one, mut two) = (NetPromoter::default(), NetPromoter::default());
        let (mut share, mut shares) = (Proportion::default(), Proportion::default());
        let (mut mean, mut means) = (Mean::default(), Mean::default());
        for answer in answers.iter().map(|answer| f64::from(*answer)) {
            one.add(answer, 1.0);
            share.add(answer >= 8.0, 1.0);
            mean.add(answer, 1.0);
            for _ in 0..2 {
                two.add(answer, 1.0);
                shares.add(answer >= 8.0, 1.0);
                means.add(answer, 1.0);
            }
        }
        let n = answers.len() as f64;
        let pairs = [
            (one.estimate(), two.estimate(), 2.0),
            (share.estimate(), shares.estimate(), 2.0),
            (mean.estimate(0.0, 10.0), means.estimate(0.0, 10.0), (2.0 * n - 1.0) / (n - 1.0)),
        ];
        for (once, twice, factor) in pairs {
            let (once, twice) = (once.unwrap(), twice.unwrap());
            prop_assert!(near(once.value, twice.value) && twice.n == 2 * once.n);
            let errors = (once.standard_error.unwrap(), twice.standard_error.unwrap());
            prop_assert!(near(errors.0, errors.1 * factor.sqrt()), "{errors:?}");
        }
    }

    /// Nothing leaves its scale, and no figure is NaN.
    #[test]
    fn scales_hold(answers in prop::collection::vec(0..=10u8, 1..60)) {
        let (mut score, mut share) = (NetPromoter::default(), Proportion::default());
        for answer in &answers {
            score.add(f64::from(*answer), 1.0);
            share.add(*answer > 8, 1.0);
        }
        let score = score.estimate().unwrap();
        let interval = score.interval.unwrap();
        prop_assert!(-100.0 <= interval.lower && interval.lower <= interval.upper && interval.upper <= 100.0);
        let share = share.estimate().unwrap();
        let interval = share.interval.unwrap();
        prop_assert!(0.0 <= interval.lower && interval.lower <= share.value);
        prop_assert!(share.value <= interval.upper && interval.upper <= 1.0);
    }

    /// What is not finite or has no weight is left out.
    #[test]
    fn bad_values_are_left_out(values in prop::collection::vec((1.0..10.0f64, Just(1.0)), 1..50)) {
        let mut spoilt = mean_of(&values);
        for (value, weight) in [(f64::NAN, 1.0), (f64::INFINITY, 1.0), (5.0, 0.0), (5.0, -1.0), (5.0, f64::NAN)] {
            spoilt.add(value, weight);
        }
        prop_assert_eq!(spoilt, mean_of(&values));
    }

    /// Every customer has one type or, with an axis missing, none; a subtype is a part of its type.
    #[test]
    fn one_type_or_none(
        satisfaction in prop::option::of(1.0..=10.0f64), staying in prop::option::of(any::<bool>()),
        intention in prop::option::of(1.0..=10.0f64), recommend in prop::option::of(0.0..=10.0f64),
        complained in any::<bool>(),
    ) {
        let loyalty = RULE.classify(&Axes { satisfaction, staying, intention, recommend, complained });
        let known = satisfaction.is_some() && (staying.is_some() || intention.is_some());
        prop_assert_eq!(loyalty.kind.is_some(), known);
        match loyalty.subtype {
            Some(Subtype::Apostle) => prop_assert_eq!(loyalty.kind, Some(LoyaltyType::Loyal)),
            Some(Subtype::Terrorist) => prop_assert_eq!(loyalty.kind, Some(LoyaltyType::Defecting)),
            None => {}
        }
    }

    /// Half of those with turnover are high on each axis of the medians, give or take those on the cut.
    #[test]
    fn medians_halve(customers in prop::collection::vec((1.0..1e6f64, -1e5..1e6f64), 1..200)) {
        let cuts = ValueRule::Median.cuts(customers.iter().copied()).unwrap();
        let below = customers.iter().filter(|(turnover, _)| *turnover < cuts.turnover).count();
        let above = customers.iter().filter(|(turnover, _)| *turnover > cuts.turnover).count();
        prop_assert!(below * 2 <= customers.len() && above * 2 <= customers.len());
        prop_assert!(customers.iter().all(|(turnover, profit)| cuts.classify(*turnover, *profit).is_some()));
    }

    /// Holm's values are the textbook's: never below the raw one, in its order, and at most 1.
    #[test]
    fn holm_steps_down(p_values in prop::collection::vec(0.0..=1.0f64, 1..30)) {
        let adjusted = holm(&p_values);
        for (raw, value) in p_values.iter().zip(&adjusted) {
            prop_assert!(raw <= value && *value <= 1.0);
        }
    }
}

/// Worked by hand: 0.01 × 4, 0.02 × 3, 0.03 × 2 (not below the one before), 0.5.
#[test]
fn holm_worked_by_hand() {
    let adjusted = holm(&[0.03, 0.01, 0.5, 0.02]);
    let expected = [0.06, 0.04, 0.5, 0.06];
    assert!(adjusted.iter().zip(expected).all(|(one, other)| near(*one, other)), "{adjusted:?}");
    assert!(holm(&[]).is_empty());
}

/// Scales of 5, 7, 10 and 0–10 meet at one cut, and a reversed question is turned.
#[test]
fn scales_meet() {
    let scale = |low, high, reversed| Scale { low, high, reversed };
    assert!(scale(1.0, 5.0, false).of_ten(4.0) >= 8.0 && scale(1.0, 5.0, false).of_ten(3.0) < 8.0);
    assert!(scale(1.0, 7.0, false).of_ten(6.0) >= 8.0 && scale(1.0, 7.0, false).of_ten(5.0) < 8.0);
    assert!(scale(0.0, 10.0, false).of_ten(8.0) >= 8.0);
    assert!(near(scale(1.0, 5.0, true).percent(1.0), 100.0));
    assert!(scale(1.0, 10.0, false).in_top(9.0, 2) && !scale(1.0, 10.0, false).in_top(8.0, 2));
    assert!(scale(1.0, 5.0, true).in_top(2.0, 2) && !scale(1.0, 5.0, true).in_top(3.0, 2));
}

/// Wilson's interval for 8 of 10, from the literature: 0.4902 to 0.9433.
#[test]
fn wilson_of_the_literature() {
    let mut share = Proportion::default();
    (0..10).for_each(|case| share.add(case < 8, 1.0));
    let interval = share.estimate().unwrap().interval.unwrap();
    assert!(
        (interval.lower - 0.490_2).abs() < 1e-4 && (interval.upper - 0.943_3).abs() < 1e-4,
        "{interval:?}"
    );
}

#[test]
fn value_classes_worked_by_hand() {
    let cuts = ValueCuts { turnover: 100.0, profitability: 0.2 };
    assert_eq!(cuts.classify(100.0, 20.0), Some(ValueClass::A));
    assert_eq!(cuts.classify(200.0, 20.0), Some(ValueClass::B));
    assert_eq!(cuts.classify(50.0, -5.0), Some(ValueClass::C));
    assert_eq!(cuts.classify(50.0, 20.0), Some(ValueClass::D));
    assert_eq!(cuts.classify(0.0, 20.0), None);
    assert_eq!(ValueRule::Median.cuts([(0.0, 1.0)].into_iter()), None);
}
