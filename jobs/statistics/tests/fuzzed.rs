//! What the fuzzer found, each as small as it is: wild numbers end in a name or in nothing, never in NaN or a panic.
#![allow(clippy::unwrap_used)]

use rapport_statistics::{
    Answers, Axes, Cell, Covariance, DriverError, DriverSettings, Interval, Item, Items, LoyaltyRule, Margin,
    Mean, Missing, Mode, Model, Moments, MomentsError, NetPromoter, PathError, Proportion, ResampleError,
    Rows, Scale, Settings, ValueCuts, ValueRule, WeightCap, WeightingError, benjamini_hochberg, bootstrap,
    change, drivers, fit, holm, importance_agreement, path::Construct, rake, weighted_index,
};

const TEN: Scale = Scale { low: 1.0, high: 10.0, reversed: false };

fn items(count: usize) -> Items {
    let item = |at: usize| Item { name: format!("i{at}"), scale: TEN };
    Items::new((0..count).map(item).collect()).unwrap()
}

fn two_constructs() -> Model {
    let construct = |name: &str, item: &str| Construct {
        name: name.to_owned(),
        items: vec![item.to_owned()],
        mode: Mode::A,
    };
    Model::new(vec![construct("A", "i0"), construct("B", "i1")], &[("A", "B")]).unwrap()
}

fn covariance() -> Covariance {
    let (means, matrix) = (vec![5.0, 6.0], vec![2.0, 1.0, 1.0, 2.0]);
    let (n, effective_n) = (100, 100.0);
    Covariance { missing: Missing::Listwise, rows: n, complete: n, n, effective_n, means, matrix }
}

#[test]
fn a_mean_of_what_cannot_be_squared_is_of_the_rest() {
    let mut mean = Mean::default();
    [(5.0, 1e200), (1e300, 1.0), (5.0, 1e-200), (4.0, 1.0), (6.0, 1.0)]
        .iter()
        .for_each(|(x, w)| mean.add(*x, *w));
    let it = mean.estimate(1.0, 10.0).unwrap();
    assert_eq!((it.value, it.n, it.effective_n), (5.0, 2, 2.0));
    let mut share = Proportion::default();
    share.add(true, 1e200);
    assert_eq!(share.estimate(), None);
}

#[test]
fn an_interval_holds_its_value_and_ends_in_the_wrong_order_cut_nothing() {
    let mut mean = Mean::default();
    (0..9).for_each(|_| mean.add(100.0, 1.0));
    let interval = mean.estimate(60.0, 0.0).unwrap().interval.unwrap();
    assert!(interval.lower <= 100.0 && interval.upper >= 100.0);
    let whole = Interval { lower: 1.0, upper: 9.0 };
    assert_eq!(whole.within(5.0, 2.0), whole);
    assert_eq!(whole.within(f64::NAN, 2.0), whole);
    let mut score = NetPromoter::default();
    score.add(10.0, 1.0);
    assert_eq!(score.estimate().unwrap().interval.unwrap().upper, 100.0);
}

#[test]
fn what_is_no_recommendation_is_no_passive_and_no_promoter() {
    let mut score = NetPromoter::default();
    [f64::NAN, 98.0, -1.0].iter().for_each(|answer| score.add(*answer, 1.0));
    assert_eq!(score.estimate(), None);
}

#[test]
fn comparisons_of_no_numbers_are_no_evidence() {
    assert_eq!(change((f64::NAN, Some(1.0)), (5.0, Some(1.0))).p_value, None);
    assert_eq!(change((5.0, Some(f64::INFINITY)), (5.0, Some(1.0))).p_value, None);
    assert_eq!(holm(&[-f64::NAN, 0.01]), [1.0, 0.02]);
    assert_eq!(benjamini_hochberg(&[-5.0, 0.01]), [1.0, 0.02]);
    let large = [1e160, 2e160, 4e160];
    assert!(importance_agreement(&large, &[1.0, 2.0, 4.0]).is_none_or(|it| (it - 1.0).abs() < 1e-12));
    assert!((importance_agreement(&[1e120, 2e120, 4e120], &[1e80, 2e80, 4e80]).unwrap() - 1.0).abs() < 1e-12);
}

#[test]
fn a_class_of_no_number_is_none() {
    let cuts = ValueRule::Median.cuts([(f64::INFINITY, 1.0), (5e-324, 1e300), (10.0, 2.0)].into_iter());
    assert_eq!(cuts, Some(ValueCuts { turnover: 10.0, profitability: 0.2 }));
    assert_eq!(cuts.unwrap().classify(f64::NAN, 1.0), None);
    assert_eq!(cuts.unwrap().classify(247.0, f64::NAN), None);
    let rule = LoyaltyRule { satisfaction: 8.0, intention: 8.0, apostle: 9.0, terrorist: 3.0 };
    let axes = Axes { satisfaction: Some(f64::NAN), staying: Some(true), ..Axes::default() };
    assert_eq!(rule.classify(&axes).kind, None);
}

fn cell(n: u64, categories: &[usize]) -> Cell {
    Cell { n, categories: categories.iter().copied().map(Some).collect() }
}

fn margin(shares: &[f64]) -> Margin {
    Margin { name: "m".to_owned(), shares: shares.to_vec() }
}

#[test]
fn weights_that_cannot_be_are_named() {
    let cap = WeightCap::default();
    let cells = [cell(u64::MAX, &[0]), cell(1, &[0])];
    assert_eq!(rake(&cells, &[margin(&[1.0])], cap), Err(WeightingError::TooMany));
    // everyone has a share of 0 in one margin or the other
    let cells = [cell(5, &[0, 0]), cell(5, &[1, 1])];
    let torn = rake(&cells, &[margin(&[1.0, 0.0]), margin(&[0.0, 1.0])], cap);
    assert_eq!(torn, Err(WeightingError::Contradiction { miss: 1.0 }));
    // one of a hundred is to stand for all, at five at most
    let cells = [cell(99, &[0]), cell(1, &[1])];
    assert!(matches!(rake(&cells, &[margin(&[0.0, 1.0])], cap), Err(WeightingError::NoRoom { .. })));
    let wide = WeightCap { least: 5e-324, most: f64::MAX };
    assert!(matches!(rake(&cells, &[margin(&[0.5, 0.5])], wide), Err(WeightingError::BadCap { .. })));
    // shares far apart: the search for the factor spans all magnitudes
    let it = rake(&[cell(50, &[0]), cell(50, &[1])], &[margin(&[1e-300, 1.0])], cap).unwrap();
    assert!((it.weights[0] - 0.2).abs() < 1e-9 && (it.weights[1] - 1.8).abs() < 1e-9, "{it:?}");
}

#[test]
fn moments_of_other_rows_are_refused() {
    let (three, four) = (items(3), items(4));
    let (mut answers, mut moments) = (Answers::default(), Moments::new(&four));
    three.read(&[1.0, 2.0, 3.0], 1.0, &mut answers);
    moments.add(&answers);
    assert_eq!(moments.rows(), 0);
    let rows = Rows::new(&three, 10);
    let different = ResampleError::Moments(MomentsError::DifferentItems { expected: 4, found: 3 });
    let (missing, settings) = (Missing::Listwise, Settings::default());
    assert_eq!(bootstrap(&two_constructs(), &four, &rows, missing, settings, 9, 1), Err(different));
    let many = bootstrap(&two_constructs(), &three, &rows, missing, settings, u32::MAX, 1);
    assert_eq!(many, Err(ResampleError::TooMany { found: u32::MAX, most: 100_000 }));
    // nothing but rounding is left of the light row
    let (mut whole, mut part) = (Moments::new(&three), Moments::new(&three));
    for weight in [1e90, 1e70, 1e60] {
        three.read(&[1.0, 2.0, 3.0], weight, &mut answers);
        whole.add(&answers);
    }
    three.read(&[1.0, 2.0, 3.0], 1e90, &mut answers);
    part.add(&answers);
    assert_eq!(whole.subtract(&part), Err(MomentsError::NotAPart));
}

#[test]
fn covariances_that_are_none_are_named() {
    let (items, model, settings) = (items(2), two_constructs(), Settings::default());
    let short = Covariance { matrix: vec![2.0], ..covariance() };
    assert_eq!(
        fit(&model, &items, &short, settings),
        Err(PathError::DifferentItems { expected: 2, found: 0 })
    );
    let found = drivers(&items, &short, "i0", &["i1"], DriverSettings::default());
    assert_eq!(found, Err(DriverError::DifferentItems { expected: 2, found: 0 }));
    assert_eq!(weighted_index(&items, &short, &[(0, 1.0)]), None);
    assert!(short.deviation(1).is_nan() && short.deviation(usize::MAX).is_nan());
    let unknown = Covariance { means: vec![5.0, f64::NAN], ..covariance() };
    assert_eq!(fit(&model, &items, &unknown, settings), Err(PathError::Unsound { item: "i1".to_owned() }));
    let found = drivers(&items, &unknown, "i0", &["i1"], DriverSettings::default());
    assert_eq!(found, Err(DriverError::Unsound { item: "i1".to_owned() }));
    assert_eq!(weighted_index(&items, &unknown, &[(1, 1.0)]), None);
    let beyond = Covariance { matrix: vec![2.0, -1e304, -1e304, 2.0], ..covariance() };
    let found = drivers(&items, &beyond, "i0", &["i1"], DriverSettings::default());
    assert_eq!(found, Err(DriverError::Unsound { item: "i0".to_owned() }));
    let hasty = Settings { tolerance: 0.0, ..settings };
    assert_eq!(fit(&model, &items, &covariance(), hasty), Err(PathError::Setting { name: "tolerance" }));
    let endless = Settings { iterations: u32::MAX, ..settings };
    assert_eq!(fit(&model, &items, &covariance(), endless), Err(PathError::Setting { name: "iterations" }));
    assert!(fit(&model, &items, &covariance(), settings).is_ok());
}

#[test]
fn the_thinnest_pair_has_a_base_of_one_at_least() {
    let (items, mut answers) = (items(2), Answers::default());
    let mut moments = Moments::new(&items);
    for at in 0..40 {
        let other = if at < 3 { f64::from(at) + 1.0 } else { f64::NAN };
        items.read(&[f64::from(at % 10) + 1.0, other], if at == 0 { 1000.0 } else { 1.0 }, &mut answers);
        moments.add(&answers);
    }
    let it = moments.covariance(&items, Missing::Pairwise).unwrap();
    assert!(it.n == 3 && it.effective_n >= 1.0, "{it:?}");
}
