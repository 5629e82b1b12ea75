//! From a log of purchases to histories, buyers, fits and lifetimes.

use rapport_statistics::behaviour::{
    Buyer, BuyerGroups, Family, FitStatus, GammaGamma, History, LifecycleRule, Outlook, Parameter, Purchase,
    PurchaseFit, PurchaseModel, histories, lifecycle, lifetimes, quintiles, rfm_cells, rfm_scores,
};

use crate::{check, models, source::Source};

/// A log, in order or not, read to its histories and what is made of them.
pub fn log(source: &mut Source) -> bool {
    let mut rows = source.list(60, |source| Purchase {
        customer: if source.is_wild() { source.any() } else { source.below(12) as u64 },
        day: day(source),
        money: source.number(-9.0, 90.0),
    });
    if !source.once_in(6) {
        rows.sort_by_key(|row| (row.customer, row.day));
    }
    let end = day(source);
    let read: Result<Vec<History>, _> = histories(rows.iter().copied(), end).collect();
    let days = source.list(12, day);
    phases(source, days, end);
    let ranks = quintiles(&rows.iter().map(|row| row.money).collect::<Vec<_>>());
    assert!(ranks.len() == rows.len() && ranks.iter().all(|rank| (1..=5).contains(rank)));
    let Ok(histories) = read else { return false };
    let (mut buyers, unit) = (Vec::new(), source.number(1.0, 30.0));
    for history in &histories {
        [history.net(), history.gross, history.refunds].into_iter().for_each(|it| check::finite("money", it));
        assert!(history.last_day <= end && history.purchase_days > 0);
        let silence = i64::from(end) - i64::from(history.last_day);
        assert_eq!(i64::from(history.days_since_last(end)), silence);
        buyers.extend(history.buyer(end, unit));
        _ = history.buyer(day(source), unit);
    }
    for buyer in &buyers {
        [buyer.last, buyer.age, buyer.mean_repeat_spend]
            .into_iter()
            .for_each(|it| check::finite("buyer", it));
        assert!(buyer.last <= buyer.age, "{buyer:?}");
    }
    let scores = rfm_scores(&histories);
    assert_eq!(rfm_cells(&scores).iter().map(|cell| cell.1).sum::<u64>(), histories.len() as u64);
    assert!(
        scores.iter().all(|score| (111..=555).contains(&score.code()) && (3..=15).contains(&score.sum()))
    );
    buyers.len() > 2 && fit_all(source, &buyers)
}

fn day(source: &mut Source) -> i32 {
    if source.is_wild() {
        source.one(&[i32::MIN, i32::MIN + 1, -1, i32::MAX - 1, i32::MAX])
    } else {
        20_000 + source.below(400) as i32
    }
}

fn phases(source: &mut Source, mut days: Vec<i32>, end: i32) {
    if source.any() {
        days.sort_unstable();
        days.dedup();
    }
    let rule = match source.any() {
        true => LifecycleRule::default(),
        false => LifecycleRule {
            lapse_days: source.number(1.0, 365.0),
            lapse_gaps: source.number(1.0, 5.0),
            own_gaps: source.count(4) as usize,
            decline_share: source.number(0.0, 1.0),
            decline_alive: source.number(0.0, 1.0),
            explored: source.count(3),
            established: source.count(9),
            shrinking: source.number(0.0, 1.0),
        },
    };
    let alive = source.number(0.0, 1.0);
    let alive = source.any::<bool>().then_some(alive);
    if let Some(it) = lifecycle(&days, end, alive, &rule) {
        check::finite("lapse point", it.lapse_point);
        assert!(it.won_back.is_none_or(|day| days.contains(&day)));
    }
}

/// Buyers as they come, coherent or not, with weights or without.
pub fn fits(source: &mut Source) -> bool {
    let most = source.one(&[4, 30, 60]);
    let buyers = source.list(most, buyer);
    fit_all(source, &buyers)
}

/// A buyer: coherent unless a number is wild.
pub fn buyer(source: &mut Source) -> Buyer {
    let repeats = if source.any() { 0 } else { source.count(12) };
    let age = source.number(1.0, 60.0);
    let last = if repeats > 0 { age * source.number(0.02, 1.0) } else { source.number(0.0, 0.0) };
    let mean_repeat_spend = if repeats > 0 { source.number(0.0, 90.0) } else { 0.0 };
    Buyer { repeats, last, age, mean_repeat_spend }
}

fn fit_all(source: &mut Source, buyers: &[Buyer]) -> bool {
    let weights: Vec<f64> = buyers.iter().map(|_| source.weight()).collect();
    let weighted = source.once_in(3);
    let groups = if weighted { BuyerGroups::weighted(buyers, &weights) } else { BuyerGroups::new(buyers) };
    _ = BuyerGroups::weighted(buyers, weights.get(1..).unwrap_or_default());
    let spend = if weighted { GammaGamma::fit_weighted(buyers, &weights) } else { GammaGamma::fit(buyers) };
    if let Ok(fit) = &spend {
        parameters(&fit.parameters, fit.status);
        check::finite("log-likelihood", fit.log_likelihood);
        fit.correlation.into_iter().for_each(|it| check::within("correlation", it, -1.0, 1.0));
        for buyer in buyers {
            let expected = fit.model.expected_spend(buyer.repeats, buyer.mean_repeat_spend);
            expected.into_iter().for_each(|it| check::finite("spend", it));
        }
    }
    let Ok(groups) = groups else { return false };
    assert_eq!(groups.members().len(), buyers.len());
    check::finite("cases", groups.cases());
    let family = source.one(&[Family::BgNbd, Family::MbgNbd, Family::ParetoNbd, Family::Nbd]);
    let Ok(fit) = PurchaseFit::new(family, &groups) else { return false };
    parameters(&fit.parameters, fit.status);
    check::finite("log-likelihood", fit.log_likelihood);
    check::finite("log-likelihood", fit.without_drop_out);
    fit.model.parameters().into_iter().for_each(|it| check::finite("parameter", it));
    let time = source.number(0.0, 60.0);
    buyers.iter().take(3).for_each(|buyer| models::outlook(&fit.model, buyer, time));
    let money = spend.map(|fit| fit.model).or_else(|_| GammaGamma::new([6.0, 4.0, 15.0]));
    money.iter().for_each(|money| worth(source, &groups, buyers, &fit.model, money));
    true
}

fn worth(
    source: &mut Source,
    groups: &BuyerGroups,
    buyers: &[Buyer],
    model: &PurchaseModel,
    money: &GammaGamma,
) {
    let outlook = Outlook {
        horizon: source.number(0.0, 60.0),
        // the cost of a case grows with them
        periods: if source.is_wild() { source.one(&[0, 1201, u32::MAX]) } else { source.below(13) as u32 },
        period: source.number(1.0, 30.0),
        discount: source.number(0.0, 0.1),
        margin: source.number(0.0, 1.0),
    };
    let others = if source.once_in(9) { buyers.get(1..).unwrap_or_default() } else { buyers };
    let Ok(lifetimes) = lifetimes(groups, others, model, money, &outlook) else { return };
    for it in lifetimes {
        check::share("P(alive)", it.p_alive);
        check::finite("expected purchases", it.expected_purchases);
        assert!(it.expected_purchases >= 0.0);
        it.expected_spend.into_iter().for_each(|it| check::finite("expected spend", it));
        it.value.into_iter().for_each(|it| check::finite("lifetime value", it));
    }
}

/// The parameters of a fit: positive, with intervals that hold them.
pub fn parameters(parameters: &[Parameter], status: FitStatus) {
    for it in parameters {
        assert!(it.value > 0.0 && it.value.is_finite(), "{it:?}");
        it.standard_error.into_iter().for_each(|error| assert!(error >= 0.0 && error.is_finite(), "{it:?}"));
        it.interval.into_iter().for_each(|range| check::holds(it.name, range, it.value));
        assert!(status != FitStatus::Identified || it.interval.is_some(), "{it:?}");
    }
}
