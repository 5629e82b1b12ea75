//! What customers are worth: concentration, growth, sizes, word of mouth.

use rapport_statistics::value::{
    Concentration, GrowthRule, Prospects, Referral, SizeRule, WordOfMouth, growth, influence_classes,
    referral_value,
};

use crate::{check, source::Source};

/// One list of values through all of them.
pub fn value(source: &mut Source) -> bool {
    let low = source.one(&[0.0, 0.0, -50.0]);
    let values = source.list(40, |source| source.number(low, 900.0));
    let deep = concentration(source, &values);
    growing(source);
    sizes(source, &values);
    talk(source, &values);
    deep
}

fn concentration(source: &mut Source, values: &[f64]) -> bool {
    let Ok(it) = Concentration::new(values) else { return false };
    let positive = values.iter().all(|value| *value >= 0.0);
    let (share, points) = (source.number(0.0, 1.0), source.below(50) as u32);
    check::finite("total", it.total());
    for standing in it.standings() {
        assert!(standing.rank >= 1 && standing.rank as usize <= values.len());
        let share = standing.cumulative_share;
        share.into_iter().for_each(|share| bounded("standing", share, positive));
    }
    it.top_share(share).into_iter().for_each(|part| bounded("top share", part, positive));
    assert!(!share.is_nan() || it.top_share(share).is_none());
    it.customers_for(share).into_iter().for_each(|count| assert!(count <= values.len() as u64));
    it.gini().into_iter().for_each(|gini| check::share("Gini", gini));
    assert!(it.gini().is_none() || positive);
    for point in it.lorenz(points).into_iter().flatten() {
        check::share("Lorenz, customers", point.customers);
        check::share("Lorenz, value", point.value);
    }
    for point in it.whale(points) {
        check::share("whale, customers", point.customers);
        check::finite("whale, profit", point.profit);
        point.share.into_iter().for_each(|share| bounded("whale, share", share, positive));
    }
    it.total() > 0.0
}

fn bounded(what: &str, share: f64, positive: bool) {
    check::finite(what, share);
    if positive {
        check::within(what, share, 0.0, 1.0);
    }
}

fn growing(source: &mut Source) {
    let customers = source.list(30, |source| Prospects {
        margin: source.number(-20.0, 300.0),
        cost_to_serve: source.number(0.0, 100.0),
        comparables: source.below(3) as u32,
    });
    let rule = match source.any() {
        true => GrowthRule::default(),
        false => GrowthRule {
            most_valuable: source.number(0.0, 1.0),
            most_growable: source.number(0.0, 1.0),
            potential: source.number(0.0, 1.0),
            least_comparables: source.count(20) as usize,
        },
    };
    for it in growth(&customers, &rule).into_iter().flatten() {
        check::finite("actual", it.actual);
        check::finite("potential", it.potential);
        assert!(it.potential >= it.actual, "{it:?}");
    }
}

fn sizes(source: &mut Source, values: &[f64]) {
    let mut cuts = [0.5, 0.8, 0.95].map(|cut| source.number(cut, 1.0));
    if source.any() {
        cuts.sort_by(f64::total_cmp);
    }
    let [one, two, three] = cuts;
    let rules = [
        SizeRule::default(),
        SizeRule::CumulativeShares { vip: one, large: two, medium: three },
        SizeRule::Amounts { vip: three * 500.0, large: two * 300.0, medium: one * 100.0 },
    ];
    for rule in rules {
        if let Ok(amounts) = rule.amounts(values) {
            // infinite where there is none, as documented; NaN never
            assert!(amounts[0] >= amounts[1] && amounts[1] >= amounts[2], "{amounts:?}");
        }
        rule.classes(values).into_iter().for_each(|classes| assert_eq!(classes.len(), values.len()));
    }
}

fn talk(source: &mut Source, values: &[f64]) {
    let assumptions = WordOfMouth {
        customer_value: source.number(0.0, 2000.0),
        referrals_per_customer: source.number(1.0, 10.0),
        negative_weight: source.number(0.0, 6.0),
    };
    let worth = assumptions.value(source.number(0.0, 9.0), source.number(0.0, 9.0));
    worth.into_iter().for_each(|it| check::finite("word of mouth", it));
    let referrals = source.list(8, |source| Referral {
        period: source.count(12),
        would_have_come: source.any(),
        margin: source.number(-20.0, 100.0),
        referral_cost: source.number(0.0, 40.0),
        marketing_cost: source.number(0.0, 9.0),
        acquisition_saved: source.number(0.0, 15.0),
    });
    let worth = referral_value(&referrals, source.number(0.0, 0.3));
    worth.into_iter().for_each(|it| check::finite("referral value", it));
    let others = source.list(40, |source| source.number(0.0, 100.0));
    let same: Vec<f64> = values.iter().map(|value| value / 2.0).collect();
    let classes = influence_classes(values, if source.any() { &others } else { &same });
    classes.into_iter().for_each(|classes| assert_eq!(classes.len(), values.len()));
}
