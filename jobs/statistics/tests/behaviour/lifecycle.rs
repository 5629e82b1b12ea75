//! Phases and stages, one customer at a time.

use rapport_statistics::behaviour::{
    LifecyclePhase, LifecycleRule, Relationship, Stage, StageRule, lifecycle,
};

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
