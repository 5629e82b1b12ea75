//! Every chart in every case worth looking at; shared by the tests and the example that writes the pictures.

mod later;

use rapport_charts::{
    Chart, ClassCell, IndexTrend, LoyaltyMatrix, Nps, NpsBar, Subject, TrendPoint, TypeCell, ValueClasses,
};

pub const LONG_CHINESE: &str = "华东大区上海市浦东新区张江高科技园区生物医药与人工智能产业集群重点战略客户及其控股子公司联合采购中心第一事业部";
pub const LONG_LATIN: &str =
    "Donaudampfschifffahrtsgesellschaft and Affiliates, Industrial Accounts of Upper Austria";
pub const MARKUP: &str = "R&D <b>\"Nord\"</b> & 'Süd' ]]> &amp;";
pub const RIGHT_TO_LEFT: &str = "شركة النور للتجارة 1984 – אור בע״מ";
pub const EMOJI: &str = "Stars ⭐🙂 客户👨\u{200D}👩\u{200D}👧 กข";

/// Names that are hard to set.
pub const NAMES: [(&str, &str); 5] = [
    ("chinese", LONG_CHINESE),
    ("latin", LONG_LATIN),
    ("markup", MARKUP),
    ("emoji", EMOJI),
    ("rtl", RIGHT_TO_LEFT),
];

/// A chart with the name of its case.
pub struct Sample {
    pub name: String,
    pub chart: Chart,
}

pub fn all() -> Vec<Sample> {
    let mut samples = Vec::new();
    let mut add = |name: &str, chart: Chart| samples.push(Sample { name: name.to_owned(), chart });
    for (name, count, hidden) in QUARTERS {
        add(&format!("index-trend-{name}"), Chart::IndexTrend(index(*count, hidden)));
        add(&format!("nps-{name}"), Chart::Nps(nps(*count, hidden, 0.0)));
    }
    add("nps-negative", Chart::Nps(nps(6, &[], -0.55)));
    add("nps-extreme", Chart::Nps(extreme_nps()));
    add("index-trend-edge", Chart::IndexTrend(edge_index()));
    add("loyalty-matrix-usual", Chart::LoyaltyMatrix(loyalty([5_214, 1_022, 1_934, 811], false)));
    add("loyalty-matrix-empty", Chart::LoyaltyMatrix(loyalty([0; 4], false)));
    add("loyalty-matrix-one", Chart::LoyaltyMatrix(loyalty([1, 0, 0, 0], false)));
    add("loyalty-matrix-suppressed", Chart::LoyaltyMatrix(loyalty([3, 1, 2, 0], true)));
    add(
        "loyalty-matrix-huge",
        Chart::LoyaltyMatrix(loyalty([123_456_789, 98_765_432, 45_678_901, 300], false)),
    );
    add("value-classes-usual", Chart::ValueClasses(value([1_240, 860, 4_310, 2_050], 1.0, false)));
    add("value-classes-loss", Chart::ValueClasses(value([1_240, 860, 4_310, 2_050], -1.4, false)));
    add("value-classes-empty", Chart::ValueClasses(value([0; 4], 1.0, false)));
    add("value-classes-suppressed", Chart::ValueClasses(value([2, 1, 0, 3], 1.0, true)));
    add(
        "value-classes-huge",
        Chart::ValueClasses(value([123_456_789, 98_765_432, 45_678_901, 300], 1.0, false)),
    );
    for (name, words) in NAMES {
        let subject =
            || Subject { segment: Some(words.into()), company: Some(words.into()), ..subject(true) };
        let rule = || format!("{words} {words} {words}");
        let metric = words.to_owned();
        add(
            &format!("index-trend-{name}"),
            Chart::IndexTrend(IndexTrend { subject: subject(), rule: rule(), metric, ..index(8, &[]) }),
        );
        add(&format!("nps-{name}"), Chart::Nps(Nps { subject: subject(), rule: rule(), ..nps(8, &[], 0.0) }));
        let matrix = loyalty([5_214, 1_022, 1_934, 811], false);
        add(
            &format!("loyalty-matrix-{name}"),
            Chart::LoyaltyMatrix(LoyaltyMatrix { subject: subject(), rule: rule(), ..matrix }),
        );
        let classes = value([1_240, 860, 4_310, 2_050], 1.0, false);
        let currency = words.chars().take(3).collect::<String>();
        add(
            &format!("value-classes-{name}"),
            Chart::ValueClasses(ValueClasses { subject: subject(), rule: rule(), currency, ..classes }),
        );
        for chart in later::named(words, subject()) {
            add(&format!("{}-{name}", chart.kind()), chart);
        }
    }
    samples.extend(later::all());
    samples
}

/// A name, how many quarters, and which of them are suppressed.
const QUARTERS: &[(&str, usize, &[usize])] = &[
    ("usual", 8, &[]),
    ("gaps", 12, &[0, 4, 5, 9, 11]),
    ("empty", 0, &[]),
    ("one", 1, &[]),
    ("two", 2, &[]),
    ("three", 3, &[1]),
    ("suppressed", 6, &[0, 1, 2, 3, 4, 5]),
    ("twenty", 20, &[7]),
    ("forty", 40, &[11, 12, 30]),
];

pub fn subject(provisional: bool) -> Subject {
    Subject {
        quarter: "2026-Q3".into(),
        segment: (!provisional).then(|| "Industrial customers · 工业客户".to_owned()),
        revision: 2,
        provisional,
        company: Some("Hengda Instruments".into()),
    }
}

pub fn quarter(i: usize, count: usize) -> String {
    let index = 2026 * 4 + 2 - (count - 1 - i);
    format!("{}-Q{}", index / 4, index % 4 + 1)
}

/// A repeatable wobble between −1 and 1.
pub fn wobble(i: usize) -> f64 {
    let x = i as f64;
    ((x * 1.7).sin() + (x * 0.61).cos()) / 2.0
}

pub fn index(count: usize, hidden: &[usize]) -> IndexTrend {
    let point = |i: usize| {
        let value = 74.0 + 5.0 * wobble(i) + i as f64 * 0.15;
        let half = 1.6 + wobble(i * 3).abs();
        TrendPoint {
            quarter: quarter(i, count),
            value: Some(value),
            lower: Some(value - half),
            upper: Some(value + half),
            n: if hidden.contains(&i) { 7 } else { 1_200 + 37 * i as u64 },
            suppressed: hidden.contains(&i),
        }
    };
    IndexTrend {
        subject: subject(count % 2 == 1),
        metric: "Customer satisfaction index".into(),
        rule: "Mean of overall satisfaction, rescaled to 0–100; 95% interval; bases under 30 are not shown"
            .into(),
        points: (0..count).map(point).collect(),
        low: 0.0,
        high: 100.0,
    }
}

/// Values at the ends of the scale, missing ones, missing intervals, and numbers that are none.
fn edge_index() -> IndexTrend {
    let values = [Some(0.0), Some(100.0), None, Some(99.0), Some(f64::NAN), Some(2.0)];
    let point = |(i, value): (usize, Option<f64>)| TrendPoint {
        quarter: quarter(i, 6),
        value,
        lower: value.filter(|_| i != 1).map(|value| (value - 3.0).max(0.0)),
        upper: value.map(|value| (value + 3.0).min(100.0)),
        n: 40,
        suppressed: false,
    };
    IndexTrend { points: values.into_iter().enumerate().map(point).collect(), ..index(1, &[]) }
}

fn nps(count: usize, hidden: &[usize], shift: f64) -> Nps {
    let bar = |i: usize| {
        let promoters = (0.52 + 0.08 * wobble(i) + shift * 0.6).clamp(0.0, 1.0);
        let detractors = (0.19 - 0.05 * wobble(i + 1) - shift).clamp(0.0, 1.0 - promoters);
        let score = (promoters - detractors) * 100.0;
        NpsBar {
            label: quarter(i, count),
            promoters: Some(promoters),
            detractors: Some(detractors),
            score: Some(score),
            lower: Some(score - 6.0),
            upper: Some(score + 6.0),
            n: if hidden.contains(&i) { 7 } else { 860 + 21 * i as u64 },
            suppressed: hidden.contains(&i),
        }
    };
    Nps {
        subject: subject(count % 2 == 1),
        rule: "Promoters answer 9 or 10, detractors 0 to 6; adjusted Wald interval, 95%".into(),
        bars: (0..count).map(bar).collect(),
    }
}

/// All promoters, all detractors, all passives, and a quarter nobody answered.
fn extreme_nps() -> Nps {
    let shares = [Some((1.0, 0.0)), Some((0.0, 1.0)), Some((0.0, 0.0)), None, Some((0.01, 0.985))];
    let bar = |(i, share): (usize, Option<(f64, f64)>)| NpsBar {
        label: quarter(i, 5),
        promoters: share.map(|share| share.0),
        detractors: share.map(|share| share.1),
        score: share.map(|share| (share.0 - share.1) * 100.0),
        lower: share.map(|share| ((share.0 - share.1) * 100.0 - 9.0).max(-100.0)),
        upper: share.map(|share| ((share.0 - share.1) * 100.0 + 9.0).min(100.0)),
        n: if share.is_some() { 31 } else { 0 },
        suppressed: false,
    };
    Nps { bars: shares.into_iter().enumerate().map(bar).collect(), ..nps(1, &[], 0.0) }
}

fn loyalty([loyal, hostage, mercenary, defecting]: [u64; 4], suppressed: bool) -> LoyaltyMatrix {
    let all = loyal + hostage + mercenary + defecting;
    let cell = |customers: u64, weight: f64| {
        let share = (all > 0).then(|| customers as f64 / all as f64);
        TypeCell { customers, share, revenue_share: share.map(|share| (share * weight).min(1.0)) }
    };
    LoyaltyMatrix {
        subject: subject(suppressed),
        rule: "High is 8 and over of 10. Loyalty: repurchase where purchases exist, stated intention otherwise. \
               Apostle: both 9 and over, and recommends; terrorist: both 3 and under, and complained or is a detractor"
            .into(),
        loyal: cell(loyal, 1.15),
        hostage: cell(hostage, 1.0),
        mercenary: cell(mercenary, 0.7),
        defecting: cell(defecting, 0.6),
        apostles: loyal / 4,
        terrorists: defecting / 9,
        unclassified: 2_310,
        suppressed,
    }
}

fn value([a, b, c, d]: [u64; 4], low_margin: f64, suppressed: bool) -> ValueClasses {
    let all = a + b + c + d;
    let cell = |customers: u64, spend: f64, margin: f64| ClassCell {
        customers,
        share: (all > 0).then(|| customers as f64 / all as f64),
        revenue: customers as f64 * spend,
        profit: Some(customers as f64 * spend * margin),
    };
    ValueClasses {
        subject: subject(suppressed),
        rule: "Turnover and profitability of the last four quarters, cut at the median of all customers"
            .into(),
        a: cell(a, 41_000.0, 0.24),
        b: cell(b, 36_500.0, 0.06 * low_margin),
        c: cell(c, 3_900.0, 0.04 * low_margin),
        d: cell(d, 4_400.0, 0.27),
        unclassified: 512,
        currency: "CNY".into(),
        turnover_cut: Some(12_000.0),
        profitability_cut: Some(0.125),
        suppressed,
    }
}
