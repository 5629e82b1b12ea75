//! Input that cannot be has a named error, never NaN and never a panic.

use rapport_statistics::behaviour::{
    BetaGeometric, Buyer, BuyerError, BuyerGroups, DropOut, Family, GammaGamma, Nbd, Outlook, ParetoNbd,
    Purchase, PurchaseFit, PurchaseModel, histories, lifetimes,
};

fn buyer(repeats: u32, last: f64, age: f64, mean_repeat_spend: f64) -> Buyer {
    Buyer { repeats, last, age, mean_repeat_spend }
}

#[test]
fn buyers_that_contradict_themselves() {
    let good = buyer(1, 3.0, 9.0, 20.0);
    for wrong in [
        buyer(0, 3.0, 9.0, 0.0),
        buyer(1, 0.0, 9.0, 1.0),
        buyer(1, 10.0, 9.0, 1.0),
        buyer(1, f64::NAN, 9.0, 1.0),
        buyer(1, 3.0, f64::INFINITY, 1.0),
        buyer(0, 0.0, -1.0, 0.0),
        buyer(1, 3.0, 9.0, -5.0),
        buyer(1, 3.0, 9.0, f64::NAN),
    ] {
        assert_eq!(BuyerGroups::new(&[good, wrong]).unwrap_err(), BuyerError::Contradiction { row: 1 });
    }
    assert_eq!(BuyerGroups::new(&[]).unwrap_err(), BuyerError::NoBuyers);
    assert_eq!(BuyerGroups::new(&[buyer(0, 0.0, 0.0, 0.0)]).unwrap_err(), BuyerError::NoBuyers);
    for weights in [&[1.0, -1.0][..], &[1.0, f64::NAN], &[1.0]] {
        assert_eq!(
            BuyerGroups::weighted(&[good, good], weights).unwrap_err(),
            BuyerError::Weights { row: 1 }
        );
        assert_eq!(
            GammaGamma::fit_weighted(&[good, good], weights).unwrap_err(),
            BuyerError::Weights { row: 1 }
        );
    }
    assert_eq!(BuyerGroups::weighted(&[good], &[0.0]).unwrap_err(), BuyerError::NoBuyers);
}

#[test]
fn nothing_to_learn_from() {
    let once = BuyerGroups::new(&[buyer(0, 0.0, 9.0, 0.0), buyer(0, 0.0, 5.0, 0.0)]).unwrap();
    for family in [Family::BgNbd, Family::MbgNbd, Family::ParetoNbd, Family::Nbd] {
        assert_eq!(PurchaseFit::new(family, &once).unwrap_err(), BuyerError::NoRepeats);
    }
    assert_eq!(GammaGamma::fit(&[]).unwrap_err(), BuyerError::TooFewSpenders);
    let equal = vec![buyer(2, 3.0, 9.0, 20.0); 50];
    assert_eq!(GammaGamma::fit(&equal).unwrap_err(), BuyerError::TooFewSpenders);
    // one row, or all equal: a model or a named error, and no errors of parameters nobody can know
    for buyers in [&equal[..], &equal[..1]] {
        let groups = BuyerGroups::new(buyers).unwrap();
        for family in [Family::BgNbd, Family::MbgNbd, Family::ParetoNbd, Family::Nbd] {
            match PurchaseFit::new(family, &groups) {
                Ok(fit) => assert!(fit.parameters.iter().all(|one| one.standard_error.is_none()), "{fit:?}"),
                Err(error) => assert!(matches!(error, BuyerError::NotConverged { .. }), "{error}"),
            }
        }
    }
}

#[test]
fn parameters_and_settings_out_of_range() {
    for wrong in [0.0, -1.0, f64::NAN, f64::INFINITY] {
        let error = |name| BuyerError::Parameter { name };
        assert_eq!(
            BetaGeometric::new(DropOut::AfterRepeats, [1.0, 1.0, wrong, 1.0]).unwrap_err(),
            error("a")
        );
        assert_eq!(ParetoNbd::new([1.0, 1.0, 1.0, wrong]).unwrap_err(), error("beta"));
        assert_eq!(Nbd::new(wrong, 1.0).unwrap_err(), error("r"));
        assert_eq!(GammaGamma::new([1.0, wrong, 1.0]).unwrap_err(), error("q"));
        let model = ParetoNbd::new([1.0; 4]).unwrap();
        assert_eq!(model.discounted_purchases(1, 1.0, 2.0, wrong), None);
        if wrong != 0.0 {
            assert_eq!(model.expected_purchases(1, 1.0, 2.0, wrong), 0.0);
        }
    }
    let buyers = [buyer(2, 3.0, 9.0, 20.0)];
    let groups = BuyerGroups::new(&buyers).unwrap();
    let (model, spend) =
        (PurchaseModel::Nbd(Nbd::new(1.0, 1.0).unwrap()), GammaGamma::new([2.0, 3.0, 9.0]).unwrap());
    let good = Outlook { horizon: 9.0, periods: 12, period: 1.0, discount: 0.01, margin: 0.3 };
    for (outlook, name) in [
        (Outlook { horizon: f64::NAN, ..good }, "horizon"),
        (Outlook { period: 0.0, ..good }, "period"),
        (Outlook { periods: 0, ..good }, "periods"),
        (Outlook { discount: -1.0, ..good }, "discount"),
        (Outlook { margin: f64::INFINITY, ..good }, "margin"),
    ] {
        let error = lifetimes(&groups, &buyers, &model, &spend, &outlook).unwrap_err();
        assert_eq!(error, BuyerError::Setting { name });
    }
    let error = lifetimes(&groups, &[], &model, &spend, &good).unwrap_err();
    assert_eq!(error, BuyerError::Contradiction { row: 0 });
}

/// Without a mean there is no spend and no value, and no negative ones either.
#[test]
fn a_spend_without_a_mean_is_none() {
    let spend = GammaGamma::new([0.1, 0.5, 10.0]).unwrap();
    assert_eq!(spend.expected_spend(0, 0.0), None);
    assert_eq!(spend.expected_spend(5, 20.0), None);
    assert!(spend.expected_spend(6, 20.0).unwrap() > 0.0);
    let buyers = [buyer(0, 0.0, 9.0, 0.0)];
    let groups = BuyerGroups::new(&buyers).unwrap();
    let model = PurchaseModel::Nbd(Nbd::new(1.0, 1.0).unwrap());
    let outlook = Outlook { horizon: 9.0, periods: 12, period: 1.0, discount: 0.01, margin: 0.3 };
    let worth = lifetimes(&groups, &buyers, &model, &spend, &outlook).unwrap();
    assert_eq!((worth[0].expected_spend, worth[0].value), (None, None));
}

fn row(customer: u64, day: i32, money: f64) -> Purchase {
    Purchase { customer, day, money }
}

#[test]
fn logs_out_of_order_or_without_numbers() {
    let read = |rows: &[Purchase]| histories(rows.iter().copied(), 100).collect::<Result<Vec<_>, _>>();
    assert_eq!(read(&[]), Ok(vec![]));
    let wrong = [row(1, 5, 1.0), row(1, 4, 1.0)];
    assert_eq!(read(&wrong), Err(BuyerError::OutOfOrder { customer: 1, day: 4 }));
    let wrong = [row(2, 5, 1.0), row(1, 6, 1.0)];
    assert_eq!(read(&wrong), Err(BuyerError::OutOfOrder { customer: 1, day: 6 }));
    let wrong = [row(2, 5, f64::NAN)];
    assert_eq!(read(&wrong), Err(BuyerError::MoneyNotFinite { customer: 2, day: 5 }));
    // nothing follows an error
    assert_eq!(histories([row(1, 5, f64::INFINITY), row(2, 6, 1.0)].into_iter(), 9).count(), 1);
    // days at the ends of what there is
    let far = read(&[row(1, i32::MIN, 1.0), row(1, 100, 2.0)]).unwrap();
    let buyer = far[0].buyer(100, 1.0).unwrap();
    assert_eq!((buyer.repeats, buyer.last), (1, 2_147_483_748.0));
    assert!(far[0].buyer(99, 1.0).is_err() && far[0].buyer(100, 0.0).is_err());
}

/// Rows of a day are one purchase; money back lowers the mean spend in proportion and is no purchase.
#[test]
fn days_and_refunds() {
    let rows = [
        row(7, 0, 10.0),
        row(7, 0, 30.0),
        row(7, 5, 0.0),
        row(7, 9, 60.0),
        row(7, 9, -25.0),
        row(7, 12, -5.0),
        row(7, 101, 500.0),
        row(8, 3, -9.0),
    ];
    let histories: Vec<_> = histories(rows.into_iter(), 100).map(Result::unwrap).collect();
    assert_eq!(histories.len(), 1);
    let history = histories[0];
    assert_eq!((history.first_day, history.last_day, history.purchase_days), (0, 9, 3));
    assert_eq!((history.gross, history.net(), history.days_since_last(100)), (100.0, 70.0, 91));
    let buyer = history.buyer(100, 7.0).unwrap();
    assert_eq!((buyer.repeats, buyer.last, buyer.age), (2, 9.0 / 7.0, 100.0 / 7.0));
    assert!((buyer.mean_repeat_spend - 30.0 * 0.7).abs() < 1e-12);
}
