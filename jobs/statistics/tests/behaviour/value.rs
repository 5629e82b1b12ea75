//! Contracts, concentration, classes, cohorts and the satisfaction–retention curve: published and counted figures.

use rapport_statistics::{
    Proportion,
    behaviour::{
        FitStatus, History, LifecyclePhase, LifecycleRule, Relationship, ShiftedBetaGeometric, Stage,
        StageRule, histories, lifecycle, quintiles, rfm_cells, rfm_scores,
    },
    retention::{Cohorts, Contract, Counting, RetentionCurve, renewals},
    value::{
        Concentration, GrowthClass, GrowthRule, InfluenceClass, Prospects, Referral, SizeClass, SizeRule,
        ValueError, WordOfMouth, growth, influence_classes, referral_value,
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

fn month(day: i32) -> u32 {
    const LENGTHS: [i32; 18] = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31, 31, 28, 31, 30, 31, 30];
    let mut left = day - 9_862;
    LENGTHS
        .iter()
        .take_while(|length| {
            left -= **length;
            left >= 0
        })
        .count() as u32
}

#[test]
fn the_cohorts_are_active_as_counted() {
    let (Some(log), Some(expected)) = (log(), expected()) else { return };
    let months: Vec<Vec<u32>> = log
        .chunk_by(|one, other| one.customer == other.customer)
        .map(|rows| rows.iter().map(|row| month(row.day)).collect())
        .collect();
    let cohorts = Cohorts::new(months.iter().map(Vec::as_slice), 17, Counting::Bounded);
    let theirs = &expected["descriptive"]["cohort_active_customers_by_calendar_month"];
    assert_eq!(cohorts.cohorts.len(), 3);
    for (cohort, name) in cohorts.cohorts.iter().zip(["1997-01", "1997-02", "1997-03"]) {
        let active: Vec<f64> = cohort.active.iter().map(|active| *active as f64).collect();
        assert_eq!(active, numbers(&theirs[name]), "{name}");
    }
    // a month that is not over stays blank
    let shorter = Cohorts::new(months.iter().map(Vec::as_slice), 16, Counting::Bounded);
    assert_eq!(shorter.cohorts[0].active, cohorts.cohorts[0].active[..17]);
    assert!(shorter.cohorts[0].retained(17).is_none());
    assert_eq!(shorter.cohorts[0].retained(1).unwrap().value, 124.0 / 781.0);
    // active then or later never rises with age, and begins with everybody
    let unbounded = Cohorts::new(months.iter().map(Vec::as_slice), 17, Counting::Unbounded);
    for (one, other) in unbounded.cohorts.iter().zip(&cohorts.cohorts) {
        assert!(one.active.windows(2).all(|pair| pair[0] >= pair[1]) && one.active[0] == one.size);
        assert!(one.active.iter().zip(&other.active).all(|(unbounded, bounded)| unbounded >= bounded));
        assert_eq!(one.active.last(), other.active.last());
    }
}

#[test]
fn renewals_are_counted_over_those_up_for_them() {
    let contract = |start, end| Contract { start, end };
    // four begin in 0: one ends at the first renewal, one at the third; two begin in 2 and have come to one renewal
    let contracts = [
        contract(0, Some(1)),
        contract(0, Some(3)),
        contract(0, None),
        contract(0, Some(9)),
        contract(2, None),
        contract(2, Some(3)),
        contract(3, None),
        contract(2, Some(2)),
    ];
    let renewals = renewals(&contracts, 3);
    let rates: Vec<(u64, f64)> = renewals.iter().map(|one| (one.retention.n, one.retention.value)).collect();
    assert_eq!(rates, [(6, 4.0 / 6.0), (3, 1.0), (3, 2.0 / 3.0)]);
    agree(renewals[2].survival, 4.0 / 9.0, 1e-15, "S(3)");
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

#[test]
fn a_relationship_goes_through_its_phases() {
    let rule = LifecycleRule::default();
    let at = |days: &[i32], end, alive| lifecycle(days, end, alive, &rule).unwrap();
    assert_eq!(at(&[0], 10, None).phase, LifecyclePhase::Exploration);
    assert_eq!(at(&[0, 40, 80], 90, Some(0.9)).phase, LifecyclePhase::BuildUp);
    let steady = [0, 30, 60, 90, 120, 150, 180];
    assert_eq!(at(&steady, 200, Some(0.9)).phase, LifecyclePhase::Maturity);
    assert_eq!(at(&steady, 200, Some(0.4)).phase, LifecyclePhase::Decline);
    // 3 × 30 days is their own lapse point; decline begins at 72 days
    assert_eq!(at(&steady, 251, None).phase, LifecyclePhase::Maturity);
    let late = at(&steady, 252, None);
    assert_eq!((late.phase, late.lapsed, late.lapse_point), (LifecyclePhase::Decline, false, 90.0));
    assert!(at(&steady, 271, None).lapsed);
    // gaps that shrink are a relationship still building up
    assert_eq!(at(&[0, 60, 120, 180, 200, 220, 240], 245, None).phase, LifecyclePhase::BuildUp);
    // back after 200 days, where 90 would have been the lapse point
    let back = at(&[0, 30, 60, 90, 290, 300], 310, None);
    assert_eq!(back.won_back, Some(290));
    assert_eq!(at(&steady, 200, None).won_back, None);
    for (days, end) in [(&[][..], 0), (&[5, 5], 9), (&[5, 3], 9), (&[5], 4)] {
        assert_eq!(lifecycle(days, end, None, &rule), None);
    }
    assert_eq!(lifecycle(&[5], 9, Some(f64::NAN), &rule), None);
}

#[test]
fn the_six_stages_follow_each_other() {
    let rule = StageRule::default();
    let of = |qualified, purchases, referrals, recommendation| {
        rule.stage(&Relationship { qualified, purchases, referrals, recommendation })
    };
    assert_eq!(of(false, 0, 0, None), Stage::Suspect);
    assert_eq!(of(true, 0, 0, None), Stage::Prospect);
    assert_eq!(of(true, 1, 5, Some(10.0)), Stage::FirstTime);
    assert_eq!(of(false, 3, 0, None), Stage::Repeat);
    assert_eq!(of(false, 4, 0, Some(8.0)), Stage::Client);
    assert_eq!(of(false, 4, 0, Some(9.0)), Stage::Advocate);
    assert_eq!(of(false, 9, 1, None), Stage::Advocate);
}

fn curve(shares: &[(f64, u32, u32)]) -> RetentionCurve {
    let mut curve = RetentionCurve::default();
    for (score, stayed, left) in shares {
        (0..*stayed).for_each(|_| curve.add(*score, true, 1.0));
        (0..*left).for_each(|_| curve.add(*score, false, 1.0));
    }
    curve
}

#[test]
fn the_zones_lie_where_the_curve_bends() {
    let curve = curve(&[
        (1.0, 10, 90),
        (2.0, 14, 86),
        (3.0, 12, 88),
        (4.0, 50, 50),
        (5.0, 55, 45),
        (6.0, 52, 48),
        (7.0, 56, 44),
        (8.0, 90, 10),
        (9.0, 95, 5),
        (10.0, 98, 2),
    ]);
    let zones = curve.zones(30).unwrap();
    assert_eq!((zones.indifference_from, zones.affection_from), (4.0, 8.0));
    agree(zones.retained[0].value, 0.12, 1e-12, "defection");
    agree(zones.retained[1].value, 213.0 / 400.0, 1e-12, "indifference");
    agree(zones.retained[2].value, 283.0 / 300.0, 1e-12, "affection");
    let points = curve.points();
    assert_eq!((points[1].monotone, points[2].monotone), (0.13, 0.13));
    assert!(points.windows(2).all(|pair| pair[0].monotone <= pair[1].monotone));
    let mut ten = Proportion::default();
    (0..100).for_each(|customer| ten.add(customer < 98, 1.0));
    assert_eq!(points[9].retained, ten.estimate().unwrap());
    // no cut leaves every zone so many
    assert_eq!(curve.zones(400), None);
    assert_eq!(self::curve(&[(1.0, 50, 50), (2.0, 50, 50), (3.0, 50, 50)]).zones(1), None);
    assert_eq!(RetentionCurve::default().zones(1), None);
}

/// Katz's interval of 98/100 over 95/100 and of 5/100 over 2/100, by hand: ln ratio ± 1.96·√Σ(1−p)/(np).
#[test]
fn the_top_box_is_held_against_the_next() {
    let curve = curve(&[(9.0, 95, 5), (10.0, 98, 2), (8.0, 0, 10)]);
    let stays = curve.top_box_retention(10.0, 9.0).unwrap();
    agree(stays.value, 98.0 / 95.0, 1e-12, "stays");
    agree(stays.interval.lower, 0.978_358_476, 1e-8, "lower");
    agree(stays.interval.upper, 1.087_694_491, 1e-8, "upper");
    let leaves = curve.next_box_leaving(10.0, 9.0).unwrap();
    agree(leaves.value, 2.5, 1e-12, "leaves");
    agree(leaves.interval.lower, 0.496_616_602, 1e-8, "lower");
    agree(leaves.interval.upper, 12.585_161_208, 1e-8, "upper");
    assert_eq!(curve.top_box_retention(9.0, 8.0), None);
    assert_eq!(curve.top_box_retention(10.0, 7.0), None);
}
