//! What the fuzzer found of behaviour and value: named, or `None`, or an end where there was none.

use rapport_statistics::behaviour::{
    BetaGeometric, Buyer, BuyerError, BuyerGroups, DropOut, GammaGamma, History, LifecycleRule, Nbd, Outlook,
    ParetoNbd, Purchase, PurchaseModel, ShiftedBetaGeometric, histories, lifecycle, lifetimes,
};
use rapport_statistics::retention::{Cohort, RetentionCurve};
use rapport_statistics::special::{Rising, digamma, trigamma};
use rapport_statistics::value::{Concentration, GrowthRule, Prospects, SizeRule, ValueError, growth};

#[test]
fn special_functions_end_where_they_are_not_defined() {
    for x in [0.0, -1.0, -1e300, f64::NEG_INFINITY] {
        assert!(digamma(x).is_nan() && trigamma(x).is_nan(), "{x}");
    }
    assert_eq!(Rising::default().extended(1.0, 7, 3), Rising::default());
    // 5000 factors of 1e60: their logarithms do not cancel
    let long = Rising::default().extended(1e60, 0, 5000).value;
    assert!((long / (5000.0 * 1e60_f64.ln()) - 1.0).abs() < 1e-12, "{long}");
}

#[test]
fn parameters_beyond_reckoning_are_named() {
    let parameter = |name| Err(BuyerError::Parameter { name });
    assert_eq!(Nbd::new(1.0, 1e200).map(|_| ()), parameter("alpha"));
    assert_eq!(BetaGeometric::new(DropOut::AfterRepeats, [1.0, 1.0, 1e154, 1.0]).map(|_| ()), parameter("a"));
    assert_eq!(ParetoNbd::new([1.0, 1.0, 2.5e191, 31.0]).map(|_| ()), parameter("s"));
    assert_eq!(ShiftedBetaGeometric::new(5e-324, 1.0).map(|_| ()), parameter("alpha"));
    let model = ShiftedBetaGeometric::new(1e-50, 1e50).unwrap();
    assert_eq!(model.survival(u32::MAX), 1.0);
    // the first renewal decides: 10/13 stay, and hardly anybody goes later
    let model = ShiftedBetaGeometric::new(6e-13, 2e-12).unwrap();
    for renewal in [1, 4096, 4097, u32::MAX] {
        assert!(
            (model.survival(renewal) - 10.0 / 13.0).abs() < 1e-9,
            "{renewal}: {}",
            model.survival(renewal)
        );
    }
}

#[test]
fn an_age_that_is_none_has_no_expectation() {
    let four = [1.0, 10.0, 1.0, 10.0];
    let models = [
        PurchaseModel::BetaGeometric(BetaGeometric::new(DropOut::AfterRepeats, four).unwrap()),
        PurchaseModel::ParetoNbd(ParetoNbd::new(four).unwrap()),
        PurchaseModel::Nbd(Nbd::new(1.0, 10.0).unwrap()),
    ];
    for model in models {
        assert!(model.expected_while_alive(1, -20.0, 5.0).is_nan(), "{model:?}");
        assert_eq!(model.expected_while_alive(1, 20.0, f64::INFINITY), 0.0);
    }
}

#[test]
fn a_horizon_beyond_all_lives_has_an_expectation() {
    let model = BetaGeometric::new(DropOut::AfterEveryPurchase, [1e-9; 4]).unwrap();
    let it = model.expected_while_alive(12, 58.0, f64::MAX);
    assert!(it >= 0.0 && it.is_finite(), "{it}");
    assert!(model.probability_of(5535, f64::INFINITY).is_nan());
}

#[test]
fn a_small_parameter_is_not_lost_beside_one() {
    let model = BetaGeometric::new(DropOut::AfterEveryPurchase, [1.0, 1e-16, 0.1, 1e-16]).unwrap();
    let buyers = BuyerGroups::new(&[Buyer { age: 60.0, ..Buyer::default() }]).unwrap();
    assert!(
        model.log_likelihood(&buyers).is_finite() && model.gradient(&buyers).iter().all(|it| it.is_finite())
    );
}

#[test]
fn a_log_at_its_ends() {
    let buy = |day, money| Purchase { customer: 1, day, money };
    let read =
        |log: &[Purchase]| histories(log.iter().copied(), i32::MAX).collect::<Result<Vec<History>, _>>();
    let whole = BuyerError::MoneyNotFinite { customer: 1, day: 2 };
    assert_eq!(read(&[buy(1, 1e308), buy(2, 1e308)]), Err(whole));
    let history = read(&[buy(i32::MIN, 5.0)]).unwrap()[0];
    assert_eq!(history.days_since_last(i32::MAX), u32::MAX);
    assert_eq!(history.buyer(i32::MAX, 5e-324), Err(BuyerError::Setting { name: "unit_days" }));
    let endless = LifecycleRule { lapse_days: f64::NAN, ..LifecycleRule::default() };
    assert_eq!(lifecycle(&[1], 5, None, &endless), None);
}

#[test]
fn a_lifetime_beyond_all_numbers_is_none() {
    let buyers = [Buyer { repeats: 2, last: 5.0, age: 9.0, mean_repeat_spend: 20.0 }];
    let model = PurchaseModel::Nbd(Nbd::new(1.0, 10.0).unwrap());
    let money = GammaGamma::new([6.0, 4.0, 15.0]).unwrap();
    // every period is worth a million times the last
    let outlook = Outlook { horizon: 9.0, periods: 60, period: 1.0, discount: -0.999_999, margin: 1.0 };
    let groups = BuyerGroups::new(&buyers).unwrap();
    assert_eq!(lifetimes(&groups, &buyers, &model, &money, &outlook).unwrap()[0].value, None);
}

#[test]
fn values_at_the_end_of_all_numbers() {
    let even = Concentration::new(&[1e307; 9]).unwrap();
    assert!(even.gini().unwrap() < 1e-12, "{:?}", even.gini());
    assert_eq!(even.top_share(f64::NAN), None);
    let one = |margin| Prospects { margin, cost_to_serve: 0.0, comparables: 0 };
    let apart = growth(&[one(1e308), one(-1e308)], &GrowthRule::default());
    assert_eq!(apart, Err(ValueError::NotFinite { row: 0 }));
    assert_eq!(SizeRule::default().amounts(&[1.0, f64::NAN]), Err(ValueError::NotFinite { row: 1 }));
}

#[test]
fn retention_at_its_ends() {
    // so many customers are not counted one by one
    let cohort = Cohort { period: 0, size: u64::MAX, active: vec![u64::MAX / 2] };
    assert!((cohort.retained(0).unwrap().value - 0.5).abs() < 1e-9);
    // one in 1e200 stayed: the ratio's interval has no end
    let mut curve = RetentionCurve::default();
    [(9.0, true, 1e-100), (9.0, false, 1e100), (10.0, true, 1.0), (10.0, false, 1.0)]
        .iter()
        .for_each(|(score, stayed, weight)| curve.add(*score, *stayed, *weight));
    assert_eq!(curve.top_box_retention(10.0, 9.0), None);
}
