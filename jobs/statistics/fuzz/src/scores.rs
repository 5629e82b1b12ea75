//! Means, shares, scores, their comparison, and the types made of them.

use rapport_statistics::{
    Axes, DeliveredValue, Disconfirmation, Interval, LoyaltyRule, Mean, NetPromoter, Proportion, Scale,
    ValueCuts, ValueRule, behaviour, benjamini_hochberg, change, holm, importance_agreement,
};

use crate::{check, source::Source};

/// Running scores in two parts that are merged.
pub fn scores(source: &mut Source) -> bool {
    let rows = source.list(60, |source| {
        (source.number(0.0, 100.0), source.number(0.0, 100.0), source.weight(), source.number(0.0, 10.0))
    });
    let on_scale =
        rows.iter().all(|(one, other, ..)| [one, other].iter().all(|it| (0.0..=100.0).contains(*it)));
    let at = source.below(rows.len() + 1);
    let mut parts = [Scores::default(), Scores::default()];
    for (place, row) in rows.iter().enumerate() {
        parts[usize::from(place >= at)].add(*row);
    }
    let [mut all, rest] = parts;
    all.merge(&rest);
    all.check(on_scale, source)
}

#[derive(Default)]
struct Scores {
    mean: Mean,
    share: Proportion,
    promoter: NetPromoter,
    value: DeliveredValue,
    gap: Disconfirmation,
}

impl Scores {
    fn add(&mut self, (one, other, weight, answer): (f64, f64, f64, f64)) {
        self.mean.add(one, weight);
        self.share.add(one > other, weight);
        self.promoter.add(answer, weight);
        self.value.add(one, other, weight);
        self.gap.add(one, other, weight);
    }

    fn merge(&mut self, other: &Self) {
        self.mean.merge(&other.mean);
        self.share.merge(&other.share);
        self.promoter.merge(&other.promoter);
        self.value.merge(&other.value);
        self.gap.merge(&other.gap);
    }

    fn check(&self, on_scale: bool, source: &mut Source) -> bool {
        let (low, high) = (source.number(0.0, 5.0), source.number(0.0, 100.0));
        self.mean.estimate(low, high).iter().for_each(|it| check::estimate("mean", it));
        let (gap, value) = (&self.gap, &self.value);
        [value.ratio(), gap.ratio(low, high)].into_iter().flatten().for_each(|it| check::finite("ratio", it));
        let wide = [gap.gap(), value.difference()];
        let narrow = [self.mean.estimate(0.0, 100.0), value.value(), value.cost()];
        wide.iter().chain(&narrow).flatten().for_each(|it| check::estimate("mean", it));
        if on_scale {
            wide.iter().flatten().for_each(|it| check::estimate_within("gap", it, -100.0, 100.0));
            narrow.iter().flatten().for_each(|it| check::estimate_within("score", it, 0.0, 100.0));
        }
        let shares = [gap.below(), gap.at(), gap.above(), self.share.estimate()];
        let promoter = [self.promoter.promoters(), self.promoter.detractors()];
        shares.iter().chain(&promoter).flatten().for_each(|it| check::share_estimate("share", it));
        let score = self.promoter.estimate();
        score.iter().for_each(|it| check::estimate_within("net promoter", it, -100.0, 100.0));
        assert!(self.share.n() >= self.mean.n() && gap.gap().map(|it| it.n) == gap.at().map(|it| it.n));
        score.is_some()
    }
}

/// Changes, p-values of families, agreement, scales and cuts.
pub fn comparisons(source: &mut Source) -> bool {
    let mut side = || {
        let error = source.number(0.0, 9.0);
        (source.number(-100.0, 100.0), source.any::<bool>().then_some(error))
    };
    let (now, before) = (side(), side());
    let it = change(now, before);
    if [now.0, before.0].iter().all(|value| value.abs() <= 1e300) {
        check::finite("difference", it.difference);
    }
    it.p_value.into_iter().for_each(|p| check::share("p-value", p));
    let p_values = source.list(40, |source| source.number(0.0, 1.0));
    for adjusted in [holm(&p_values), benjamini_hochberg(&p_values)] {
        assert_eq!(adjusted.len(), p_values.len());
        adjusted.iter().for_each(|p| check::share("adjusted p-value", *p));
        let known = p_values.iter().zip(&adjusted).filter(|(p, _)| (0.0..=1.0).contains(*p));
        known.for_each(|(p, adjusted)| assert!(*adjusted >= p * (1.0 - 1e-12), "{adjusted} for {p}"));
    }
    let pairs = source.list(12, |source| (source.number(0.0, 10.0), source.number(0.0, 1.0)));
    let (stated, derived): (Vec<f64>, Vec<f64>) = pairs.into_iter().unzip();
    importance_agreement(&stated, &derived)
        .into_iter()
        .for_each(|it| check::within("agreement", it, -1.0, 1.0));
    importance_agreement(&stated, &stated).into_iter().for_each(|it| check::within("itself", it, 1.0, 1.0));
    let range = Interval { lower: source.number(0.0, 50.0), upper: source.number(50.0, 100.0) };
    let cut = range.within(source.number(0.0, 40.0), source.number(60.0, 100.0));
    assert!(range.lower.is_nan() || !cut.lower.is_nan());
    scale(source);
    it.p_value.is_some() && p_values.len() > 1
}

fn scale(source: &mut Source) {
    let (low, high, reversed) = (source.number(0.0, 1.0), source.number(2.0, 11.0), source.any());
    let (scale, answer, boxes) = (Scale { low, high, reversed }, source.number(0.0, 11.0), source.count(3));
    let figures = [scale.oriented(answer), scale.percent(answer), scale.of_ten(answer)];
    scale.in_top(answer, boxes);
    let is_one = high - low >= 1e-100 && high - low <= 1e100 && low.abs() <= 1e100;
    if is_one && scale.holds(answer) {
        check::finite("oriented", figures[0]);
        check::within("percent", figures[1], 0.0, 100.0);
    }
    if is_one && low >= 0.0 && scale.holds(answer) {
        check::within("of ten", figures[2], 0.0, 10.0);
    }
}

/// Loyalty types, stages and value classes: no number comes out, and nothing may panic.
pub fn types(source: &mut Source) -> bool {
    let [satisfaction, intention, apostle, terrorist] =
        [8.0, 8.0, 9.0, 3.0].map(|it| source.number(it, 10.0));
    let mut maybe = || {
        let value = source.number(0.0, 10.0);
        source.any::<bool>().then_some(value)
    };
    let (one, two, three) = (maybe(), maybe(), maybe());
    let axes = Axes {
        satisfaction: one,
        staying: source.any(),
        intention: two,
        recommend: three,
        complained: source.any(),
    };
    let loyalty = LoyaltyRule { satisfaction, intention, apostle, terrorist }.classify(&axes);
    assert!(loyalty.subtype.is_none() || loyalty.kind.is_some());
    if one.is_some_and(f64::is_nan) {
        assert!(loyalty.kind.is_none(), "{loyalty:?} of a satisfaction that is no number");
    }
    stages(source);
    let customers = source.list(30, |source| (source.number(-10.0, 900.0), source.number(-50.0, 200.0)));
    let fixed = ValueCuts { turnover: source.number(0.0, 500.0), profitability: source.number(-1.0, 1.0) };
    let cuts = ValueRule::Median.cuts(customers.iter().copied());
    assert_eq!(ValueRule::Fixed(fixed).cuts(customers.iter().copied()).is_some(), true);
    if let Some(cuts) = cuts {
        check::finite("turnover cut", cuts.turnover);
        check::finite("profitability cut", cuts.profitability);
    }
    for (turnover, profit) in &customers {
        let class = cuts.unwrap_or(fixed).classify(*turnover, *profit);
        assert!(class.is_none() || *turnover > 0.0 && !profit.is_nan(), "{class:?} of {turnover}, {profit}");
    }
    cuts.is_some() && loyalty.kind.is_some()
}

fn stages(source: &mut Source) {
    let rule = behaviour::StageRule {
        client_purchases: source.count(5),
        advocate_referrals: source.count(2),
        advocate_recommendation: source.number(0.0, 10.0),
    };
    let answer = source.number(0.0, 10.0);
    let relationship = behaviour::Relationship {
        qualified: source.any(),
        purchases: source.count(9),
        referrals: source.count(3),
        recommendation: source.any::<bool>().then_some(answer),
    };
    let bought = rule.stage(&relationship) >= behaviour::Stage::FirstTime;
    assert_eq!(bought, relationship.purchases > 0);
}
