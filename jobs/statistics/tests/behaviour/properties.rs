//! What must hold whatever the parameters and the buyers are.

use proptest::prelude::*;
use rapport_statistics::{
    behaviour::{
        BetaGeometric, Buyer, BuyerError, BuyerGroups, DropOut, Family, GammaGamma, Outlook, ParetoNbd,
        Purchase, PurchaseFit, PurchaseModel, histories, lifetimes, quintiles,
    },
    retention::RetentionCurve,
    value::{Concentration, SizeRule},
};

use crate::cdnow::{agree, buyers};

/// Positive numbers of every order from 1e-6 to 1e3.
fn wild() -> impl Strategy<Value = f64> {
    (-6.0..3.0_f64).prop_map(|order| 10.0_f64.powf(order))
}

fn model() -> impl Strategy<Value = PurchaseModel> {
    (0..3, wild(), wild(), wild(), wild()).prop_map(|(kind, one, two, three, four)| {
        let parameters = [one, two, three, four];
        match kind {
            0 => PurchaseModel::BetaGeometric(BetaGeometric::new(DropOut::AfterRepeats, parameters).unwrap()),
            1 => PurchaseModel::BetaGeometric(
                BetaGeometric::new(DropOut::AfterEveryPurchase, parameters).unwrap(),
            ),
            _ => PurchaseModel::ParetoNbd(ParetoNbd::new(parameters).unwrap()),
        }
    })
}

fn buyer() -> impl Strategy<Value = Buyer> {
    (0..400_u32, 0.0..1.0_f64, -2.0..4.0_f64, 0.01..1e4_f64).prop_map(|(repeats, share, order, spend)| {
        let age = 10.0_f64.powf(order);
        let repeats = if share < 0.3 { 0 } else { repeats / 10 + 1 };
        let (last, spend) = if repeats > 0 { ((age * share).max(1e-9), spend) } else { (0.0, 0.0) };
        Buyer { repeats, last, age, mean_repeat_spend: spend }
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn figures_are_finite_and_in_their_range(model in model(), buyer in buyer(), order in -3.0..5.0_f64) {
        let Buyer { repeats, last, age, .. } = buyer;
        let alive = model.p_alive(repeats, last, age);
        prop_assert!((0.0..=1.0).contains(&alive), "{alive}");
        let time = 10.0_f64.powf(order);
        let mut before = 0.0;
        for part in 0..=8 {
            let expected = model.expected_purchases(repeats, last, age, time * f64::from(part) / 8.0);
            prop_assert!(expected.is_finite() && expected >= 0.0, "{expected}");
            prop_assert!(expected >= before * (1.0 - 1e-8), "{expected} after {before}");
            before = expected;
        }
        prop_assert!(model.expected_of_new(time).is_finite());
        let groups = BuyerGroups::new(&[buyer]).unwrap();
        let value = match model {
            PurchaseModel::BetaGeometric(model) => model.log_likelihood(&groups),
            PurchaseModel::ParetoNbd(model) => model.log_likelihood(&groups),
            PurchaseModel::Nbd(model) => model.log_likelihood(&groups),
        };
        prop_assert!(value.is_finite(), "{value}");
    }

    /// The longer a buyer is silent, the less likely they are still there.
    #[test]
    fn silence_tells(model in model(), buyer in buyer(), more in 0.0..100.0_f64) {
        let Buyer { repeats, last, age, .. } = buyer;
        let (now, later) = (model.p_alive(repeats, last, age), model.p_alive(repeats, last, age + more));
        prop_assert!(later <= now * (1.0 + 1e-9), "{later} after {now}");
    }

    #[test]
    fn the_distribution_of_purchases_is_one(
        (r, alpha) in (0.1..3.0_f64, 1.0..10.0_f64),
        (a, b) in (0.1..5.0_f64, 0.1..5.0_f64),
        every in any::<bool>(),
    ) {
        let rule = if every { DropOut::AfterEveryPurchase } else { DropOut::AfterRepeats };
        let model = BetaGeometric::new(rule, [r, alpha, a, b]).unwrap();
        let sum: f64 = (0..300).map(|n| model.probability_of(n, 10.0)).sum();
        prop_assert!((sum - 1.0).abs() < 1e-6, "{sum}");
    }

    #[test]
    fn shares_add_up(values in prop::collection::vec(0.0..1e6_f64, 1..200)) {
        let concentration = Concentration::new(&values).unwrap();
        if concentration.total() > 0.0 {
            let gini = concentration.gini().unwrap();
            prop_assert!((0.0..1.0).contains(&gini));
            let lorenz = concentration.lorenz(20).unwrap();
            prop_assert_eq!(lorenz[0].value, 0.0);
            prop_assert!((lorenz[20].value - 1.0).abs() < 1e-12);
            prop_assert!(lorenz.windows(2).all(|pair| pair[0].value <= pair[1].value));
            prop_assert!(lorenz.iter().all(|point| point.value <= point.customers + 1e-12));
            let last = concentration.standings().into_iter().find(|one| one.rank as usize == values.len()).unwrap();
            prop_assert!((last.cumulative_share.unwrap() - 1.0).abs() < 1e-12);
            let needed = concentration.customers_for(0.8).unwrap() as usize;
            let mut sorted = values.clone();
            sorted.sort_by(|one, other| other.total_cmp(one));
            let top: f64 = sorted[..needed].iter().sum();
            prop_assert!(top >= 0.8 * concentration.total() * (1.0 - 1e-9));
            prop_assert!(top - sorted[needed - 1] < 0.8 * concentration.total() * (1.0 + 1e-9));
            prop_assert_eq!(SizeRule::default().classes(&values).unwrap().len(), values.len());
        }
    }

    #[test]
    fn quintiles_are_even(values in prop::collection::vec(0.0..50.0_f64, 0..100)) {
        let quintiles = quintiles(&values);
        for part in 1..=5_u8 {
            let size = quintiles.iter().filter(|quintile| **quintile == part).count();
            prop_assert!(size.abs_diff(values.len() / 5) <= 1);
        }
        for (one, first) in values.iter().zip(&quintiles) {
            prop_assert!(values.iter().zip(&quintiles).all(|(other, second)| one >= other || first <= second));
        }
    }

    /// No monotone curve fits better than the pooled one: moving it a little anywhere does not help.
    #[test]
    fn the_monotone_curve_keeps_the_whole(answers in prop::collection::vec((0..6_u8, any::<bool>()), 1..200)) {
        let mut curve = RetentionCurve::default();
        answers.iter().for_each(|(score, stayed)| curve.add(f64::from(*score), *stayed, 1.0));
        let points = curve.points();
        prop_assert!(points.windows(2).all(|pair| pair[0].monotone <= pair[1].monotone));
        let stayed = answers.iter().filter(|(_, stayed)| *stayed).count() as f64;
        let kept: f64 = points.iter().map(|point| point.monotone * point.retained.n as f64).sum();
        prop_assert!((kept - stayed).abs() < 1e-9 * (1.0 + stayed));
        if let Some(zones) = curve.zones(5) {
            prop_assert!(zones.indifference_from < zones.affection_from);
            prop_assert!(zones.retained.iter().all(|zone| zone.n >= 5));
        }
    }

    /// The histories of a log: what was bought is what was bought, and rows of one day in any order are one purchase.
    #[test]
    fn a_log_keeps_its_money(rows in prop::collection::vec((0..5_u64, 0..20_i32, -20..100_i32), 0..80)) {
        let mut rows: Vec<Purchase> = rows
            .into_iter()
            .map(|(customer, day, money)| Purchase { customer, day, money: f64::from(money) })
            .collect();
        rows.sort_by_key(|row| (row.customer, row.day));
        let histories: Vec<_> = histories(rows.iter().copied(), 15).map(Result::unwrap).collect();
        for customer in 0..5 {
            let own: Vec<&Purchase> = rows.iter().filter(|row| row.customer == customer && row.day <= 15).collect();
            let mut days: Vec<i32> = own.iter().filter(|row| row.money >= 0.0).map(|row| row.day).collect();
            days.dedup();
            let history = histories.iter().find(|history| history.customer == customer);
            prop_assert_eq!(history.is_some(), !days.is_empty());
            let Some(history) = history else { continue };
            prop_assert_eq!(history.purchase_days as usize, days.len());
            prop_assert_eq!((history.first_day, history.last_day), (days[0], days[days.len() - 1]));
            prop_assert_eq!(history.net(), own.iter().map(|row| row.money).sum::<f64>());
            let buyer = history.buyer(15, 1.0).unwrap();
            let other = Buyer { age: 1.0, ..Buyer::default() };
            let groups = BuyerGroups::new(&[buyer, other]);
            prop_assert!(groups.is_ok());
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn fits_of_wild_buyers_end_in_a_model_or_a_named_error(
        buyers in prop::collection::vec(buyer(), 1..60),
        family in 0..4_usize,
    ) {
        let family = [Family::BgNbd, Family::MbgNbd, Family::ParetoNbd, Family::Nbd][family];
        let groups = BuyerGroups::new(&buyers).unwrap();
        match PurchaseFit::new(family, &groups) {
            Ok(fit) => {
                prop_assert!(fit.log_likelihood.is_finite());
                prop_assert!(fit.log_likelihood >= fit.without_drop_out - 1e-6);
                prop_assert!(fit.parameters.iter().all(|one| one.value > 0.0 && one.value.is_finite()));
                let outlook = Outlook { horizon: 10.0, periods: 12, period: 1.0, discount: 0.01, margin: 0.5 };
                let spend = GammaGamma::new([2.0, 3.0, 10.0]).unwrap();
                for worth in lifetimes(&groups, &buyers, &fit.model, &spend, &outlook).unwrap() {
                    prop_assert!(worth.value.unwrap() >= 0.0 && worth.value.unwrap().is_finite());
                }
            }
            Err(error) => prop_assert!(
                matches!(error, BuyerError::NoRepeats | BuyerError::NotConverged { .. }),
                "{error}"
            ),
        }
        if let Ok(fit) = GammaGamma::fit(&buyers) {
            prop_assert!(fit.parameters.iter().all(|one| one.value.is_finite()));
        }
    }
}

#[test]
fn the_order_of_the_buyers_does_not_change_a_bit() {
    let Some(buyers) = buyers() else { return };
    let mut turned = buyers.clone();
    turned.reverse();
    turned.rotate_left(700);
    for family in [Family::BgNbd, Family::MbgNbd, Family::ParetoNbd] {
        let [one, other] = [&buyers, &turned]
            .map(|buyers| PurchaseFit::new(family, &BuyerGroups::new(buyers).unwrap()).unwrap());
        assert_eq!(one, other);
    }
    assert_eq!(GammaGamma::fit(&buyers).unwrap(), GammaGamma::fit(&turned).unwrap());
}

#[test]
fn twice_the_rows_leave_the_estimates_and_narrow_the_errors() {
    let Some(buyers) = buyers() else { return };
    let twice: Vec<Buyer> = buyers.iter().chain(&buyers).copied().collect();
    let root = std::f64::consts::SQRT_2;
    for family in [Family::BgNbd, Family::MbgNbd, Family::ParetoNbd, Family::Nbd] {
        let one = PurchaseFit::new(family, &BuyerGroups::new(&buyers).unwrap()).unwrap();
        let two = PurchaseFit::new(family, &BuyerGroups::new(&twice).unwrap()).unwrap();
        let weighted = BuyerGroups::weighted(&buyers, &vec![2.0; buyers.len()]).unwrap();
        let weighted = PurchaseFit::new(family, &weighted).unwrap();
        assert_eq!(two.parameters, weighted.parameters);
        for (one, two) in one.parameters.iter().zip(&two.parameters) {
            agree(two.value, one.value, 1e-9, one.name);
            agree(two.standard_error.unwrap() * root, one.standard_error.unwrap(), 1e-7, one.name);
        }
    }
    let (one, two) = (GammaGamma::fit(&buyers).unwrap(), GammaGamma::fit(&twice).unwrap());
    assert_eq!(
        two.parameters,
        GammaGamma::fit_weighted(&buyers, &vec![2.0; buyers.len()]).unwrap().parameters
    );
    for (one, two) in one.parameters.iter().zip(&two.parameters) {
        agree(two.value, one.value, 1e-9, one.name);
        agree(two.standard_error.unwrap() * root, one.standard_error.unwrap(), 1e-7, one.name);
    }
}
