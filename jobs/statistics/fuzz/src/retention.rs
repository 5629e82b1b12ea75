//! Cohorts, renewals and retention by satisfaction.

use rapport_statistics::retention::{Cohort, Cohorts, Contract, Counting, RetentionCurve, renewals};

use crate::{check, source::Source};

/// Periods a case may span: what comes out has an entry for each.
const SPAN: u32 = 3000;

/// All three of them.
pub fn retention(source: &mut Source) -> bool {
    // numbers of periods up to the last there is
    let start = source.one(&[0, 7, 1 << 31, u32::MAX - SPAN]);
    let mut period = |source: &mut Source| {
        let most = if source.is_wild() { SPAN } else { 12 };
        start + source.below(most as usize + 1) as u32
    };
    let last_finished = period(source);
    let customers = source.list(30, |source| source.list(6, &mut period));
    let rows = customers.iter().map(Vec::as_slice);
    let counting = source.one(&[Counting::Bounded, Counting::Unbounded]);
    for cohort in Cohorts::new(rows, last_finished, counting).cohorts {
        assert_eq!(cohort.active.first(), Some(&cohort.size));
        shares(&cohort, source);
    }
    let by_hand = Cohort { period: 0, size: source.any(), active: source.list(4, Source::any) };
    shares(&by_hand, source);
    let contracts = source.list(30, |source| {
        let (start, end) = (period(source), period(source));
        Contract { start, end: source.any::<bool>().then_some(end) }
    });
    let mut before = 1.0;
    for it in renewals(&contracts, last_finished) {
        check::share_estimate("renewal", &it.retention);
        check::share("survival", it.survival);
        assert!(it.survival <= before);
        before = it.survival;
    }
    curve(source)
}

fn shares(cohort: &Cohort, source: &mut Source) {
    for age in [0, 1, source.count(12)] {
        cohort.retained(age).iter().for_each(|it| check::share_estimate("retained", it));
    }
}

fn curve(source: &mut Source) -> bool {
    let mut curve = RetentionCurve::default();
    for (score, stayed, weight) in
        source.list(120, |source| (source.number(1.0, 10.0), source.any(), source.weight()))
    {
        curve.add(score, stayed, weight);
    }
    let points = curve.points();
    let mut before = 0.0;
    for point in &points {
        check::finite("score", point.score);
        check::share_estimate("retained", &point.retained);
        check::share("monotone", point.monotone);
        assert!(point.monotone >= before - 1e-12, "{points:?}");
        before = point.monotone;
    }
    let zones = curve.zones(u64::from(source.count(9)));
    if let Some(zones) = &zones {
        zones.retained.iter().for_each(|it| check::share_estimate("zone", it));
        assert!(zones.indifference_from < zones.affection_from);
    }
    let (top, next) = (source.number(10.0, 10.0), source.number(9.0, 9.0));
    for ratio in [curve.top_box_retention(top, next), curve.next_box_leaving(top, next)].into_iter().flatten()
    {
        check::finite("ratio", ratio.value);
        check::holds("ratio", ratio.interval, ratio.value);
    }
    zones.is_some()
}
