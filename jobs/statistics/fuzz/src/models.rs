//! Models of purchasing at parameters that no fit would find.

use rapport_statistics::behaviour::{
    BetaGeometric, Buyer, BuyerGroups, DropOut, GammaGamma, Nbd, ParetoNbd, PurchaseModel,
};

use crate::{check, purchases::buyer, source::Source};

/// One model, its likelihood over some buyers, and what it expects of each.
pub fn models(source: &mut Source) -> bool {
    let four = [
        source.number(0.1, 5.0),
        source.number(0.1, 50.0),
        source.number(0.1, 5.0),
        source.number(0.1, 50.0),
    ];
    let buyers = source.list(6, buyer);
    let money = GammaGamma::new([four[0], four[2], four[3]]);
    money.iter().for_each(|money| spend(money, &buyers));
    let rule = source.one(&[DropOut::AfterRepeats, DropOut::AfterEveryPurchase]);
    let model = match source.below(3) {
        0 => BetaGeometric::new(rule, four).map(PurchaseModel::BetaGeometric),
        1 => ParetoNbd::new(four).map(PurchaseModel::ParetoNbd),
        _ => Nbd::new(four[0], four[1]).map(PurchaseModel::Nbd),
    };
    let Ok(model) = model else { return false };
    let time = source.number(0.0, 60.0);
    let new = model.expected_of_new(time);
    assert!(new >= 0.0 && new.is_finite(), "{new} of {model:?} in {time}");
    if let PurchaseModel::BetaGeometric(model) = model {
        // the cost of a call grows with the purchases
        let (n, time) = (source.below(6000) as u32, source.number(0.0, 60.0));
        let chance = model.probability_of(n, time);
        assert!((0.0..=1.0).contains(&chance) || !time.is_finite(), "{chance} of {model:?}, {n} in {time}");
    }
    buyers.iter().for_each(|buyer| outlook(&model, buyer, time));
    if let PurchaseModel::ParetoNbd(model) = model {
        for buyer in buyers.iter().filter(|buyer| is_coherent(buyer)) {
            let discounted = model.discounted_purchases(buyer.repeats, buyer.last, buyer.age, time / 100.0);
            discounted.into_iter().for_each(|it| assert!(it >= 0.0 && it.is_finite(), "{it} of {model:?}"));
        }
    }
    let Ok(groups) = BuyerGroups::new(&buyers) else { return false };
    likelihood(&model, &groups);
    true
}

fn likelihood(model: &PurchaseModel, groups: &BuyerGroups) {
    let (value, slopes) = match model {
        PurchaseModel::BetaGeometric(model) => (model.log_likelihood(groups), model.gradient(groups)),
        PurchaseModel::ParetoNbd(model) => (model.log_likelihood(groups), model.gradient(groups)),
        PurchaseModel::Nbd(model) => (model.log_likelihood(groups), [0.0; 4]),
    };
    // as documented, shapes that large leave no digit
    if matches!(model, PurchaseModel::ParetoNbd(model) if model.r.max(model.s) > 1e12) {
        return;
    }
    assert!(value.is_finite(), "{value} of {model:?} over {groups:?}");
    assert!(slopes.iter().all(|slope| slope.is_finite()), "{slopes:?} of {model:?} over {groups:?}");
}

fn spend(model: &GammaGamma, buyers: &[Buyer]) {
    for buyer in buyers {
        let expected = model.expected_spend(buyer.repeats, buyer.mean_repeat_spend);
        expected.into_iter().for_each(|it| check::finite("expected spend", it));
    }
    let (value, slopes) = (model.log_likelihood(buyers), model.gradient(buyers));
    if buyers.iter().all(|buyer| is_coherent(buyer) && buyer.mean_repeat_spend <= 1e100) {
        assert!(value.is_finite(), "{value} of {model:?} over {buyers:?}");
        assert!(slopes.iter().all(|slope| slope.is_finite()), "{slopes:?} of {model:?} over {buyers:?}");
    }
}

/// What a model expects of a buyer: numbers where the buyer is coherent, an end everywhere.
pub fn outlook(model: &PurchaseModel, buyer: &Buyer, time: f64) {
    let Buyer { repeats, last, age, .. } = *buyer;
    let alive = model.p_alive(repeats, last, age);
    let ahead = model.expected_while_alive(repeats, age, time);
    let both = model.expected_purchases(repeats, last, age, time);
    if is_coherent(buyer) {
        assert!((0.0..=1.0).contains(&alive), "P(alive) {alive} of {model:?}, {buyer:?}");
        for it in [ahead, both] {
            assert!(it >= 0.0 && it.is_finite(), "{it} of {model:?}, {buyer:?} in {time}");
        }
    }
}

/// As [`BuyerGroups::new`] asks for.
fn is_coherent(buyer: &Buyer) -> bool {
    BuyerGroups::new(&[*buyer, Buyer { age: 1.0, ..Buyer::default() }]).is_ok()
}
