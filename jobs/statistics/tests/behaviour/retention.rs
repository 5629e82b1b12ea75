//! Cohorts, renewals and the satisfaction–retention curve: counted figures and intervals by hand.

use rapport_statistics::{
    Proportion,
    retention::{Cohorts, Contract, Counting, RetentionCurve, renewals},
};

use crate::cdnow::{agree, expected, log, numbers};

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
