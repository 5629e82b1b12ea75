//! The cases of drivers, models, movements, cohorts, concentration, pyramids, icebergs and segments.

use super::{Sample, index, quarter, subject, wobble};
use rapport_charts::{
    Chart, ClassCell, Cohort, Cohorts, ComplaintIceberg, Construct, Driver, Drivers, ImportancePerformance,
    Linkage, LinkageLine, LinkedUnit, Move, Panel, Pareto, Path, RetentionCurve, RetentionPoint,
    RetentionZones, Segments, StructuralModel, Subject, Transitions, ValuePyramid,
};

const QUADRANTS: [&str; 4] = ["concentrate_here", "keep_up", "low_priority", "possible_overkill"];

pub fn all() -> Vec<Sample> {
    let mut samples = Vec::new();
    let mut add =
        |name: &str, chart: Chart| samples.push(Sample { name: format!("{}-{name}", chart.kind()), chart });
    for (name, count) in [("usual", 7), ("none", 0), ("one", 1), ("forty", 40)] {
        add(name, drivers(count, "How good is the service?").into());
        add(name, grid(count, "Service").into());
        add(name, segments(count, "Region").into());
    }
    add("negative", Drivers { drivers: negative(), ..drivers(0, "") }.into());
    add("negative", ImportancePerformance { drivers: negative(), ..grid(5, "Service") }.into());
    for (name, count) in [("usual", 6), ("none", 0), ("two", 2), ("twelve", 12)] {
        add(name, model(count, "Perceived quality").into());
    }
    let usual: Vec<(f64, f64)> = (1..=10).map(|i| (f64::from(i), 0.55 + 0.044 * f64::from(i))).collect();
    add("usual", retention(&usual, Some([0.61, 0.83, 0.96])).into());
    add("none", retention(&[], None).into());
    add("one", retention(&[(8.0, 0.9)], None).into());
    add("five", retention(&[(1.0, 0.31), (3.25, 0.4), (5.5, 0.38), (7.75, 0.7), (10.0, 1.0)], None).into());
    for (name, count, hidden) in
        [("usual", 12, &[][..]), ("none", 0, &[]), ("one", 1, &[]), ("forty", 40, &[30, 38])]
    {
        add(name, cohorts(count, hidden).into());
    }
    add("suppressed", cohorts(3, &[0, 1, 2]).into());
    add("usual", transitions(1).into());
    add("huge", transitions(100_000).into());
    add("none", Transitions { moves: Vec::new(), ..transitions(1) }.into());
    add("suppressed", Transitions { suppressed: true, moves: Vec::new(), ..transitions(1) }.into());
    let only = |from: &str, to: &str| vec![Move { from: from.into(), to: to.into(), customers: 1 }];
    add("one", Transitions { moves: only("loyal", "defecting"), ..transitions(1) }.into());
    add("new", Transitions { moves: only("new", "unclassified"), ..transitions(1) }.into());
    add("usual", pareto(2.4, -0.3).into());
    add("even", pareto(1.0, 0.0).into());
    add("loss", pareto(3.0, -1.6).into());
    add(
        "none",
        Pareto { lorenz: Vec::new(), whale: Vec::new(), top_fifth: None, gini: None, ..pareto(1.0, 0.0) }
            .into(),
    );
    add("no-costs", Pareto { whale: Vec::new(), ..pareto(2.0, 0.0) }.into());
    add("usual", pyramid([899, 899, 2_696, 120], false).into());
    add("none", pyramid([0; 4], false).into());
    add("suppressed", pyramid([2, 1, 0, 3], true).into());
    add("huge", pyramid([123_456_789, 98_765_432, 45_678_901, 300], false).into());
    let icebergs: [(&str, [Option<u64>; 5]); 6] = [
        ("usual", [Some(934), Some(143), Some(120), Some(96), Some(58)]),
        ("none", [Some(0), Some(0), Some(0), Some(0), Some(0)]),
        ("all-complained", [Some(40), Some(40), Some(40), Some(40), Some(40)]),
        ("nobody-complained", [Some(812), Some(0), Some(0), Some(0), Some(0)]),
        ("unknown", [Some(812), None, None, None, None]),
        ("half-known", [Some(123_456), Some(23_456), None, Some(12_345), Some(9_876)]),
    ];
    for (name, stages) in icebergs {
        add(name, iceberg(stages, false).into());
    }
    add("suppressed", iceberg([Some(3), Some(1), Some(1), Some(0), Some(0)], true).into());
    for (name, count, slope) in
        [("usual", 8, 0.6), ("none", 0, 0.0), ("few", 3, 0.0), ("down", 12, -0.9), ("forty", 40, 0.05)]
    {
        add(name, linkage(count, slope, "Branch").into());
    }
    samples
}

/// Those that print names, with names that are hard to set.
pub fn named(words: &str, subject: Subject) -> Vec<Chart> {
    let rule = format!("{words} {words} {words}");
    let currency: String = words.chars().take(3).collect();
    vec![
        Drivers { subject: subject.clone(), rule: rule.clone(), ..drivers(9, words) }.into(),
        ImportancePerformance { subject: subject.clone(), rule: rule.clone(), ..grid(9, words) }.into(),
        Segments {
            subject: subject.clone(),
            rule: rule.clone(),
            metric: words.into(),
            ..segments(14, words)
        }
        .into(),
        StructuralModel { subject: subject.clone(), rule: rule.clone(), ..model(6, words) }.into(),
        Pareto {
            subject: subject.clone(),
            rule: rule.clone(),
            currency: currency.clone(),
            ..pareto(2.0, -0.2)
        }
        .into(),
        ValuePyramid {
            subject: subject.clone(),
            rule: rule.clone(),
            currency,
            ..pyramid([9, 8, 70, 6], false)
        }
        .into(),
        RetentionCurve {
            subject: subject.clone(),
            rule: rule.clone(),
            ..retention(&[(9.0, 0.9), (10.0, 0.97)], None)
        }
        .into(),
        Linkage {
            subject: subject.clone(),
            rule: rule.clone(),
            who: words.into(),
            own: words.into(),
            customers: words.into(),
            ..linkage(9, 0.5, words)
        }
        .into(),
        Cohorts { subject: subject.clone(), rule: rule.clone(), ..cohorts(5, &[1]) }.into(),
        Transitions { subject: subject.clone(), rule: rule.clone(), ..transitions(3) }.into(),
        ComplaintIceberg {
            subject,
            rule,
            ..iceberg([Some(200), Some(80), Some(50), Some(20), Some(9)], false)
        }
        .into(),
    ]
}

fn driver(i: usize, name: &str) -> Driver {
    let strength = 0.11 + 0.09 * wobble(i * 5 + 1);
    Driver {
        name: format!("{name} {}", i + 1),
        importance: Some(strength.abs()),
        performance: Some(74.0 + 9.0 * wobble(i * 3)),
        beta: Some(strength * 1.4),
        p_value: Some(if i % 4 == 3 { 0.21 } else { 0.000_4 }),
        quadrant: Some(QUADRANTS[i % 4].into()),
        n: 948,
    }
}

fn negative() -> Vec<Driver> {
    let driver = |i: usize| Driver {
        beta: Some(if i.is_multiple_of(2) { -0.2 } else { 0.3 }),
        ..driver(i, "What you pay")
    };
    (0..5).map(driver).collect()
}

fn drivers(count: usize, name: &str) -> Drivers {
    Drivers {
        subject: subject(count == 1),
        rule: "Shapley's share of the explained variance; overall satisfaction is what they drive".into(),
        drivers: (0..count).map(|i| driver(i, name)).collect(),
        is_share: true,
        r_squared: Some(0.73),
        significance: 0.05,
    }
}

fn grid(count: usize, name: &str) -> ImportancePerformance {
    ImportancePerformance {
        subject: subject(false),
        rule:
            "Derived importance: Shapley's share of the explained variance; the crosshair stands at the means"
                .into(),
        drivers: (0..count).map(|i| driver(i, name)).collect(),
        is_share: true,
        crosshair: (count > 1).then_some((0.104, 74.5)),
    }
}

/// Units about a line; too few have none.
fn linkage(count: usize, slope: f64, name: &str) -> Linkage {
    let unit = |i: usize| LinkedUnit {
        name: format!("{name} {}", i + 1),
        own: 64.0 + 14.0 * wobble(i * 3),
        customers: 74.0 + slope * 14.0 * wobble(i * 3) + 3.0 * wobble(i * 7 + 2),
    };
    let interval = if slope < 0.0 { (-0.99, -0.71) } else { (0.3 - (0.2 - slope).max(0.0) * 4.0, 0.94) };
    let line = LinkageLine { correlation: slope.signum() * 0.77, interval, slope };
    Linkage {
        subject: subject(false),
        rule: "Units: Branch, each counts once; Pearson's correlation with its 95 % interval; the line is of least squares"
            .into(),
        who: "Employees".into(),
        own: "Employees · CSI, 2026-Q2".into(),
        customers: "Customers · CSI, 2026-Q3".into(),
        units: (0..count).map(unit).collect(),
        line: (count >= 5).then_some(line),
        unlinked: (count < 5).then(|| "fewer than five units have both figures".into()),
    }
}

fn segments(count: usize, name: &str) -> Segments {
    let panel = |i: usize| {
        let mut points = index(8, if i % 7 == 5 { &[6, 7] } else { &[] }).points;
        points.iter_mut().for_each(|point| {
            point.value = point.value.map(|value| value + 6.0 * wobble(i * 2));
            point.lower = point.value.map(|value| value - 2.0);
            point.upper = point.value.map(|value| value + 2.0);
        });
        Panel { name: format!("{name} {}", i + 1), points }
    };
    Segments {
        subject: Subject { segment: None, ..subject(false) },
        metric: "Customer satisfaction index".into(),
        rule: "Mean of the satisfaction questions on 0–100; bases under 30 are not shown".into(),
        panels: (0..count).map(panel).collect(),
        reference: Some(74.06),
        low: 0.0,
        high: 100.0,
    }
}

fn model(count: usize, name: &str) -> StructuralModel {
    const CODES: [&str; 6] = ["expectation", "quality", "value", "satisfaction", "complaints", "loyalty"];
    const USUAL: [(usize, usize, f64); 9] = [
        (0, 1, 0.48),
        (0, 2, 0.17),
        (0, 3, 0.02),
        (1, 2, 0.64),
        (1, 3, 0.55),
        (2, 3, 0.33),
        (3, 4, -0.18),
        (3, 5, 0.89),
        (4, 5, 0.04),
    ];
    let code = |i: usize| CODES.get(i).map_or_else(|| format!("construct_{i}"), |code| (*code).to_owned());
    let construct = |i: usize| Construct {
        code: code(i),
        name: format!("{name} {}", i + 1),
        index: (i != 4).then_some(71.0 + 4.0 * wobble(i)),
        r_squared: (i > 0).then_some(0.5 + 0.4 * wobble(i)),
    };
    let path = |from: usize, to: usize, value: f64| Path {
        from: code(from),
        to: code(to),
        coefficient: Some(value),
        interval: Some((value - 0.05, value + 0.05)),
    };
    let chain = (6..count).map(|i| (i - 3, i, 0.3 + 0.3 * wobble(i)));
    let known = USUAL.into_iter().filter(|(from, to, _)| *from < count && *to < count).chain(chain);
    StructuralModel {
        subject: subject(false),
        rule: "PLS path modelling of the ACSI's constructs, standardised coefficients, bootstrap intervals"
            .into(),
        constructs: (0..count).map(construct).collect(),
        paths: known.map(|(from, to, value)| path(from, to, value)).collect(),
        n: 806,
    }
}

fn retention(shares: &[(f64, f64)], zones: Option<[f64; 3]>) -> RetentionCurve {
    let point = |(satisfaction, share): &(f64, f64)| RetentionPoint {
        satisfaction: *satisfaction,
        share: *share,
        interval: Some(((share - 0.06).max(0.0), (share + 0.05).min(1.0))),
        smoothed: Some(*share),
        n: 53,
    };
    RetentionCurve {
        subject: subject(false),
        rule: "Of those who stayed in the quarter before; scores given by fewer than 30 are not shown".into(),
        points: shares.iter().map(point).collect(),
        zones: zones.map(|retained| RetentionZones {
            indifference_from: 5.0,
            affection_from: 9.0,
            retained: retained.map(Some),
        }),
    }
}

fn cohorts(count: usize, hidden: &[usize]) -> Cohorts {
    let cohort = |i: usize| {
        let share = |age: usize| Some((1.0 - 0.11 * age as f64 + 0.05 * wobble(i + age)).clamp(0.0, 1.0));
        let suppressed = hidden.contains(&i);
        Cohort {
            acquired: quarter(i, count),
            customers: (!suppressed).then_some(1_875 - 13 * i as u64),
            shares: (0..count - i).map(|age| share(age).filter(|_| !suppressed)).collect(),
            suppressed,
        }
    };
    Cohorts {
        subject: subject(false),
        rule: "By quarter of the first purchase; there is who bought in that very quarter".into(),
        cohorts: (0..count).map(cohort).collect(),
    }
}

fn transitions(times: u64) -> Transitions {
    let rows: [(&str, [u64; 5]); 6] = [
        ("loyal", [1_110, 67, 56, 4, 86]),
        ("mercenary", [43, 209, 1, 10, 71]),
        ("hostage", [42, 8, 262, 81, 37]),
        ("defecting", [4, 16, 25, 386, 89]),
        ("unclassified", [138, 23, 56, 38, 1_628]),
        ("new", [26, 16, 11, 4, 141]),
    ];
    let to = ["loyal", "mercenary", "hostage", "defecting", "unclassified"];
    let row = |(from, counts): (&str, [u64; 5])| {
        let from = from.to_owned();
        to.into_iter().zip(counts).map(move |(to, customers)| Move {
            from: from.clone(),
            to: to.to_owned(),
            customers: customers * times,
        })
    };
    Transitions {
        subject: subject(false),
        rule: "Satisfied: at least 8 of 10; staying: contract runs, or repeat purchases".into(),
        before: "2026-Q2".into(),
        moves: rows.into_iter().flat_map(row).collect(),
        suppressed: false,
    }
}

fn pareto(bend: f64, loss: f64) -> Pareto {
    let steps = || (0..=50).map(|i| f64::from(i) / 50.0);
    let whale = |x: f64| (1.0 - (1.0 - x).powf(bend)) * (1.0 - loss) + loss * x.powf(6.0);
    Pareto {
        subject: subject(false),
        rule: "Turnover and profit of the last four quarters".into(),
        lorenz: steps().map(|x| (x, x.powf(bend * 1.3))).collect(),
        whale: steps().map(|x| (x, 4_300_000.0 * whale(x))).collect(),
        top_fifth: Some(1.0 - 0.8_f64.powf(bend * 1.3)),
        gini: Some(0.58),
        currency: "CNY".into(),
        n: 3_207,
    }
}

fn pyramid(customers: [u64; 4], suppressed: bool) -> ValuePyramid {
    let all: u64 = customers.iter().sum();
    let tier = |customers: u64, spend: f64, margin: f64| ClassCell {
        customers,
        share: (all > 0).then(|| customers as f64 / all as f64),
        revenue: customers as f64 * spend,
        profit: Some(customers as f64 * spend * margin),
    };
    let [first, second, third, fourth] = customers;
    ValuePyramid {
        subject: subject(suppressed),
        rule: "By lifetime value less cost to serve, and by what the best of comparable customers are worth"
            .into(),
        tiers: [
            tier(first, 3_200.0, 0.31),
            tier(second, 900.0, 0.2),
            tier(third, 300.0, 0.1),
            tier(fourth, 150.0, -0.8),
        ],
        unclassified: 194,
        currency: "CNY".into(),
        suppressed,
    }
}

fn iceberg(stages: [Option<u64>; 5], suppressed: bool) -> ComplaintIceberg {
    ComplaintIceberg {
        subject: subject(suppressed),
        rule: "Dissatisfied: latest overall answer of four quarters under 8 of 10; kept: bought after the complaint, or \
               under contract"
            .into(),
        stages,
        undecided: stages[4].map(|kept| kept / 4),
        suppressed,
    }
}
