//! Contracts, concentration, classes and word of mouth: published and counted figures.

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rapport_statistics::{
    behaviour::{FitStatus, History, ShiftedBetaGeometric, histories, quintiles, rfm_cells, rfm_scores},
    retention::Contract,
    value::{
        Concentration, GrowthClass, GrowthRule, InfluenceClass, Prospects, Referral, SizeClass, SizeRule,
        ValueError, WordOfMouth, growth, influence_classes, is_top, referral_value, value_at_risk,
    },
};

use crate::cdnow::{WINDOW_END, agree, expected, log, number, numbers};

#[test]
fn contracts_last_as_the_published_model_says() {
    let Some(expected) = expected() else { return };
    for segment in ["high_end", "regular"] {
        let theirs = &expected["sbg"][segment];
        let percent = numbers(&theirs["percent_surviving_year_0_to_12"]);
        let lost: Vec<f64> = percent.windows(2).take(7).map(|pair| (pair[0] - pair[1]) * 10.0).collect();
        let fit = ShiftedBetaGeometric::fit(&lost, percent[7] * 10.0).unwrap();
        assert_eq!(fit.status, FitStatus::Identified);
        agree(fit.model.alpha, number(&theirs["fitted_alpha"]), 1e-7, segment);
        agree(fit.model.beta, number(&theirs["fitted_beta"]), 1e-7, segment);
        agree(fit.log_likelihood, number(&theirs["log_likelihood"]), 1e-9, segment);
        agree(fit.model.log_likelihood(&lost, percent[7] * 10.0), fit.log_likelihood, 1e-14, segment);
        let published = &expected["sbg"]["published"][segment];
        assert!((fit.model.alpha - number(&published["alpha"])).abs() < 0.0005);
        assert!((fit.model.beta - number(&published["beta"])).abs() < 0.0005);
        let (survival, retention) = (numbers(&theirs["S_1_to_12"]), numbers(&theirs["retention_1_to_12"]));
        for renewal in 1..=12 {
            agree(fit.model.survival(renewal), survival[renewal as usize - 1], 1e-7, "S");
            agree(fit.model.retention(renewal), retention[renewal as usize - 1], 1e-7, "r");
        }
    }
}

/// Customers who all end with the same probability have no spread: the retention stands, the parameters do not.
#[test]
fn contracts_without_spread_are_named() {
    let lost: Vec<f64> = (0..8).map(|renewal| 200.0 * 0.8_f64.powi(renewal)).collect();
    let fit = ShiftedBetaGeometric::fit(&lost, 1000.0 * 0.8_f64.powi(8)).unwrap();
    assert_eq!(fit.status, FitStatus::SpreadNotSeen);
    assert!(fit.parameters.iter().all(|parameter| parameter.standard_error.is_none()));
    agree(fit.model.retention(3), 0.8, 1e-4, "retention");
    assert!(ShiftedBetaGeometric::fit(&[0.0, 0.0], 100.0).is_err());
    assert!(ShiftedBetaGeometric::fit(&[100.0], 0.0).is_err());
    assert!(ShiftedBetaGeometric::fit(&[f64::NAN], 1.0).is_err());
    assert!(ShiftedBetaGeometric::fit(&[], 5.0).is_err());
}

fn whole_window() -> Option<Vec<History>> {
    Some(histories(log()?.into_iter(), WINDOW_END).map(Result::unwrap).collect())
}

#[test]
fn the_turnover_is_as_concentrated_as_counted() {
    let (Some(histories), Some(expected)) = (whole_window(), expected()) else { return };
    let theirs = &expected["descriptive"];
    let turnovers: Vec<f64> = histories.iter().map(History::net).collect();
    let concentration = Concentration::new(&turnovers).unwrap();
    assert_eq!(histories.len() as f64, number(&theirs["customers"]));
    assert_eq!(
        histories.iter().map(|h| f64::from(h.purchase_days)).sum::<f64>(),
        number(&theirs["purchase_days"])
    );
    agree(concentration.total(), number(&theirs["turnover"]), 1e-12, "turnover");
    agree(concentration.top_share(0.2).unwrap(), number(&theirs["top_20pct_share"]), 1e-9, "top share");
    agree(concentration.gini().unwrap(), number(&theirs["gini"]), 1e-9, "Gini");
    let customers = concentration.customers_for(0.8).unwrap() as f64;
    assert_eq!(customers, number(&theirs["customers_for_80pct_turnover"]));
    let standings = concentration.standings();
    let top =
        standings.iter().find(|standing| f64::from(standing.rank) == number(&theirs["top_20pct_customers"]));
    agree(top.unwrap().cumulative_share.unwrap(), number(&theirs["top_20pct_share"]), 1e-9, "standing");
}

#[test]
fn the_quintiles_are_those_of_ntile() {
    let (Some(histories), Some(expected)) = (whole_window(), expected()) else { return };
    let theirs = &expected["descriptive"]["rfm_ntile5_ties_by_id"];
    let scores = rfm_scores(&histories);
    let count = |code| scores.iter().filter(|score| score.code() == code).count() as f64;
    assert_eq!(rfm_cells(&scores).len() as f64, number(&theirs["cells_used"]));
    assert_eq!((count(555), count(111)), (number(&theirs["n_555"]), number(&theirs["n_111"])));
    let sum: f64 = scores.iter().map(|score| f64::from(score.sum())).sum();
    agree(sum / scores.len() as f64, number(&theirs["mean_code_sum"]), 1e-9, "sum of the codes");
    // seven in five parts: the two lower ones are the larger, and of the ones the last stands highest
    assert_eq!(quintiles(&[3.0, 1.0, 1.0, 1.0, 2.0, 9.0, 8.0]), [3, 1, 1, 2, 2, 5, 4]);
}

#[test]
fn concentration_of_losses_has_a_whale_curve_and_no_gini() {
    let concentration = Concentration::new(&[-50.0, 100.0, 30.0, 20.0]).unwrap();
    assert_eq!((concentration.gini(), concentration.lorenz(4)), (None, None));
    let whale: Vec<(f64, f64)> =
        concentration.whale(4).iter().map(|point| (point.customers, point.profit)).collect();
    assert_eq!(whale, [(0.0, 0.0), (0.25, 100.0), (0.5, 130.0), (0.75, 150.0), (1.0, 100.0)]);
    assert_eq!(concentration.whale(4)[3].share, Some(1.5));
    let lost = Concentration::new(&[-1.0, -2.0]).unwrap();
    assert!(lost.whale(2).iter().all(|point| point.share.is_none()) && lost.top_share(0.2).is_none());
    assert_eq!(lost.customers_for(0.8), None);
    // one has all; all have the same
    agree(Concentration::new(&[0.0, 0.0, 0.0, 8.0]).unwrap().gini().unwrap(), 0.75, 1e-15, "one has all");
    let equal = Concentration::new(&[2.0; 10]).unwrap();
    assert!(equal.gini().unwrap() < 1e-15);
    assert!(equal.lorenz(5).unwrap().iter().all(|point| (point.customers - point.value).abs() < 1e-12));
    assert_eq!(Concentration::new(&[]), Err(ValueError::Empty));
    assert_eq!(Concentration::new(&[1.0, f64::NAN]), Err(ValueError::NotFinite { row: 1 }));
    // ⌈0.2·15⌉ is 3, though the product of the doubles is above
    assert_eq!(Concentration::new(&[1.0; 15]).unwrap().top_share(0.2), Some(0.2));
}

#[test]
fn sizes_are_cut_by_shares_or_amounts() {
    use SizeClass::{Large, Medium, Small, Vip};
    let turnovers = [10.0, 50.0, 20.0, 4.0, 10.0, 6.0, 0.0, -3.0];
    let classes = SizeRule::default().classes(&turnovers).unwrap();
    // 50 of 100 is the half; 20 and the tens make 80 and 90: equal amounts have equal sizes
    assert_eq!(classes, [Large, Vip, Large, Small, Large, Medium, Small, Small]);
    let amounts = SizeRule::Amounts { vip: 50.0, large: 20.0, medium: 10.0 };
    assert_eq!(
        amounts.classes(&turnovers).unwrap(),
        [Medium, Vip, Large, Small, Medium, Small, Small, Small]
    );
    let wrong = SizeRule::CumulativeShares { vip: 0.9, large: 0.8, medium: 0.95 };
    assert!(matches!(wrong.classes(&turnovers), Err(ValueError::Setting { .. })));
    assert_eq!(SizeRule::default().classes(&[0.0, -1.0]).unwrap(), [Small, Small]);
}

#[test]
fn growth_compares_with_comparable_customers() {
    let one = |margin, cost_to_serve, comparables| Prospects { margin, cost_to_serve, comparables };
    // group 1 is worth up to 100; in group 2 nobody is worth anything
    let mut customers: Vec<Prospects> = (0..=10).map(|step| one(f64::from(step) * 10.0, 0.0, 1)).collect();
    customers.extend((1..=9).map(|step| one(10.0, 10.0 + f64::from(step), 2)));
    let rule = GrowthRule { least_comparables: 5, ..GrowthRule::default() };
    let classes = growth(&customers, &rule).unwrap();
    assert!(classes[11..].iter().all(|one| one.class == GrowthClass::BelowZero));
    assert!(classes[7..11].iter().all(|one| one.class == GrowthClass::MostValuable));
    assert!(classes[..4].iter().all(|one| one.class == GrowthClass::MostGrowable && one.potential == 80.0));
    assert!(classes[4..7].iter().all(|one| one.class == GrowthClass::Other));
    // with too few comparables they are held against all, where a loss can still turn
    let all = GrowthRule { least_comparables: 12, ..rule };
    assert!(growth(&customers, &all).unwrap().iter().all(|one| one.class != GrowthClass::BelowZero));
    assert_eq!(growth(&[], &rule), Err(ValueError::Empty));
    assert!(growth(&[one(f64::NAN, 0.0, 1)], &rule).is_err());
    assert!(growth(&customers, &GrowthRule { potential: 1.5, ..rule }).is_err());
}

#[test]
fn word_of_mouth_is_worth_what_satmetrix_says() {
    let talk = WordOfMouth::default();
    agree(3000.0 + talk.value(4.0, 0.0).unwrap(), 3667.0, 1e-3, "a promoter");
    assert_eq!(500.0 + talk.value(0.0, 3.0).unwrap(), -1500.0);
    assert!(WordOfMouth { referrals_per_customer: 0.0, ..talk }.value(1.0, 0.0).is_err());
    let type_one = Referral {
        period: 1,
        would_have_come: false,
        margin: 100.0,
        referral_cost: 20.0,
        marketing_cost: 10.0,
        acquisition_saved: 5.0,
    };
    let type_two = Referral { period: 2, would_have_come: true, ..type_one };
    agree(referral_value(&[type_one, type_two], 0.1).unwrap(), 75.0 / 1.1 + 5.0 / 1.21, 1e-15, "CRV");
    assert!(referral_value(&[type_one], -1.0).is_err());
    let classes = influence_classes(&[9.0, 8.0, 2.0, 1.0], &[7.0, 0.0, 6.0, 1.0]).unwrap();
    use InfluenceClass::{Advocate, Affluent, Champion, Miser};
    assert_eq!(classes, [Champion, Affluent, Advocate, Miser]);
}

/// Contracts of all ages, drawn from a known model: the parameters are found again, and one cohort alone gives what
/// its counts give.
#[test]
fn contracts_of_all_ages_give_the_model_back() {
    let mut random = ChaCha8Rng::seed_from_u64(3);
    let last = 24;
    let contract = |random: &mut ChaCha8Rng, start: u32| {
        // beta(1, 3): the share that is smallest of 3 uniform ones
        let leaves = (0..3).map(|_| random.random::<f64>()).fold(1.0, f64::min);
        let end = (1..=40).find(|_| random.random_bool(leaves)).map(|renewal| start + renewal);
        Contract { start, end: end.filter(|end| *end <= last) }
    };
    let contracts: Vec<Contract> = (0..20_000).map(|number| contract(&mut random, number % 20)).collect();
    let fit = ShiftedBetaGeometric::fit_contracts(&contracts, last).unwrap();
    for (parameter, truth) in fit.parameters.iter().zip([1.0, 3.0]) {
        let error = parameter.standard_error.unwrap();
        assert!((parameter.value - truth).abs() < 3.5 * error && error < 0.2, "{parameter:?}");
    }
    assert_eq!(fit.contracts, 20_000);
    let together: Vec<Contract> = contracts.iter().filter(|one| one.start == 0).copied().collect();
    let lost: Vec<f64> =
        (1..=last).map(|end| together.iter().filter(|one| one.end == Some(end)).count() as f64).collect();
    let left = together.len() as f64 - lost.iter().sum::<f64>();
    let counts = ShiftedBetaGeometric::fit(&lost, left).unwrap();
    let cohort = ShiftedBetaGeometric::fit_contracts(&together, last).unwrap();
    assert_eq!((cohort.model, cohort.log_likelihood), (counts.model, counts.log_likelihood));
    assert!(ShiftedBetaGeometric::fit_contracts(&[], last).is_err());
}

/// Nothing is at risk of who surely stays, all of who surely left; and what cannot be is none.
#[test]
fn value_at_risk_is_what_may_be_lost() {
    assert_eq!(value_at_risk(800.0, 1.0), Some(0.0));
    assert_eq!(value_at_risk(800.0, 0.0), Some(800.0));
    assert_eq!(value_at_risk(800.0, 0.75), Some(200.0));
    for (value, alive) in
        [(f64::NAN, 0.5), (f64::INFINITY, 0.5), (800.0, f64::NAN), (800.0, 1.01), (800.0, -0.01)]
    {
        assert_eq!(value_at_risk(value, alive), None, "{value} {alive}");
    }
}

/// Of n customers ⌈share·n⌉ are at the top, counted one by one.
#[test]
fn the_top_share_has_so_many() {
    for (ranked, share, expected) in
        [(10, 0.2, 2), (11, 0.2, 3), (1, 0.2, 1), (0, 0.2, 0), (7, 1.0, 7), (7, 0.0, 0), (100, 0.29, 29)]
    {
        let counted = (1..=ranked as u64 + 5).filter(|rank| is_top(*rank, ranked, share)).count();
        assert_eq!(counted, expected, "{share} of {ranked}");
    }
    assert!(!is_top(0, 10, 1.0), "ranks begin with 1");
}
