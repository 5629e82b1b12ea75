//! Input that has no estimate is named: by its item, its construct or its count; never a NaN, never a panic.
#![allow(clippy::unwrap_used)]

mod reference;

use rapport_statistics::{
    DriverError, DriverSettings, Item, Items, Missing, Mode, Model, Moments, MomentsError, PathError, Scale,
    Scheme, Settings, drivers, fit,
};
use reference::{TEN, construct, four, gathered, item, moments, two_constructs};

const RULES: [Missing; 3] = [Missing::Listwise, Missing::MeanReplacement, Missing::Pairwise];

#[test]
fn items_that_are_none_are_named() {
    let of = |items: Vec<Item>| Items::new(items).unwrap_err();
    assert_eq!(of(vec![]), MomentsError::NoItems);
    assert_eq!(of(vec![item("a", TEN), item("a", TEN)]), MomentsError::ItemTwice { item: "a".to_owned() });
    for (low, high) in
        [(1.0, 1.0), (5.0, 1.0), (f64::NAN, 5.0), (0.0, f64::INFINITY), (0.0, 1e200), (0.0, 1e-200)]
    {
        let scale = Scale { low, high, reversed: false };
        assert_eq!(of(vec![item("a", scale)]), MomentsError::BadScale { item: "a".to_owned() });
    }
}

#[test]
fn moments_that_do_not_suffice_are_named() {
    let items = four();
    let of = |rows: &[[f64; 4]], rule| {
        let rows: Vec<Vec<f64>> = rows.iter().map(|row| row.to_vec()).collect();
        gathered(&items, &rows).covariance(&items, rule).unwrap_err()
    };
    let nan = f64::NAN;
    for rule in RULES {
        assert_eq!(of(&[], rule), MomentsError::TooFew { n: 0, needed: 2 });
        assert_eq!(of(&[[1.0, 2.0, 3.0, 4.0]], rule), MomentsError::TooFew { n: 1, needed: 2 });
    }
    let never = [[1.0, 2.0, 3.0, nan], [2.0, 2.0, 1.0, nan], [4.0, 2.0, 2.0, nan]];
    assert_eq!(of(&never, Missing::MeanReplacement), MomentsError::NeverAnswered { item: "d".to_owned() });
    let apart = [[1.0, 2.0, 3.0, nan], [2.0, 3.0, nan, 1.0], [4.0, 2.0, 2.0, nan], [4.0, 2.0, nan, 5.0]];
    let together = MomentsError::NeverTogether { one: "c".to_owned(), other: "d".to_owned() };
    assert_eq!(of(&apart, Missing::Pairwise), together);
    // a goes with b, b with c, and c against a: each in rows of its own
    let mut torn = Vec::new();
    for (x, y) in [(1.0, 2.0), (5.0, 5.0), (9.0, 9.0), (4.0, 4.0)] {
        torn.extend([[x, y, nan, 1.0], [nan, x, y, 9.0], [x, nan, 10.0 - y, 4.0]]);
    }
    assert!(matches!(of(&torn, Missing::Pairwise), MomentsError::NotPositiveDefinite { .. }));
    let light = moments(&items, [(0, &vec![1.0; 4]), (1, &vec![2.0; 4])].into_iter(), |_| 0.5);
    let light = light.covariance(&items, Missing::Listwise).unwrap_err();
    assert_eq!(light, MomentsError::WeightsTooSmall { sum: 1.0 });
    let mut part = gathered(&items, &[vec![1.0; 4]]);
    assert_eq!(part.subtract(&gathered(&items, &[vec![1.0; 4], vec![2.0; 4]])), Err(MomentsError::NotAPart));
    let other = Items::new(vec![item("a", TEN)]).unwrap();
    let different = MomentsError::DifferentItems { expected: 4, found: 1 };
    assert_eq!(part.merge(&Moments::new(&other)), Err(different));
}

#[test]
fn models_that_are_none_are_named() {
    let model = |constructs: &[(&str, &[&str])], paths: &[(&str, &str)]| {
        let constructs = constructs.iter().map(|(name, items)| construct(name, items, Mode::A)).collect();
        Model::new(constructs, paths).unwrap_err()
    };
    let own = |name: &str| name.to_owned();
    assert_eq!(model(&[], &[]), PathError::Isolated { construct: String::new() });
    assert_eq!(model(&[("A", &["a"])], &[]), PathError::Isolated { construct: own("A") });
    assert_eq!(model(&[("A", &[])], &[]), PathError::NoItems { construct: own("A") });
    assert_eq!(
        model(&[("A", &["a"]), ("A", &["b"])], &[]),
        PathError::ConstructTwice { construct: own("A") }
    );
    assert_eq!(model(&[("A", &["a"]), ("B", &["a"])], &[]), PathError::ItemTwice { item: own("a") });
    let three: &[(&str, &[&str])] = &[("A", &["a"]), ("B", &["b"]), ("C", &["c"])];
    assert_eq!(model(three, &[("A", "X")]), PathError::UnknownConstruct { construct: own("X") });
    assert_eq!(model(three, &[("A", "B")]), PathError::Isolated { construct: own("C") });
    let twice = PathError::PathTwice { from: own("A"), to: own("B") };
    assert_eq!(model(three, &[("A", "B"), ("A", "B")]), twice);
    let circle = &[("A", "B"), ("B", "C"), ("C", "B")];
    assert_eq!(model(three, circle), PathError::Cyclic { construct: own("B") });
    assert_eq!(model(&[("A", &["a"])], &[("A", "A")]), PathError::Cyclic { construct: own("A") });
}

#[test]
fn fits_that_are_none_are_named() {
    let items = four();
    let own = |name: &str| name.to_owned();
    let of = |rows: &[Vec<f64>], model: &Model, settings| {
        let covariance = gathered(&items, rows).covariance(&items, Missing::Listwise).unwrap();
        fit(model, &items, &covariance, settings).unwrap_err()
    };
    // every combination once: no item goes with another
    let spread = |row: [usize; 4]| row.map(|answer| [2.0, 9.0][answer]).to_vec();
    let all: Vec<Vec<f64>> = (0..16).map(|at| spread([at & 1, at >> 1 & 1, at >> 2 & 1, at >> 3])).collect();
    let model = two_constructs(Mode::A);
    let default = Settings::default();
    assert_eq!(of(&all, &model, default), PathError::Unrelated { construct: own("Quality") });
    assert_eq!(of(&all[..4], &model, default), PathError::TooFew { n: 4, items: 4 });
    let constant: Vec<Vec<f64>> = all.iter().map(|row| vec![row[0], row[1], 7.0, row[3]]).collect();
    assert_eq!(of(&constant, &model, default), PathError::ConstantItem { item: own("c") });
    let doubled: Vec<Vec<f64>> = all.iter().map(|row| vec![row[0], row[0], row[0], row[3]]).collect();
    let singular = PathError::SingularBlock { construct: own("Quality"), item: own("b") };
    assert_eq!(of(&doubled, &two_constructs(Mode::B), default), singular);
    // weights without a last digit leave rounding in the sums, not a variance
    let odd: Vec<Vec<f64>> = all.iter().map(|row| vec![row[0], row[1], 3.3, row[3]]).collect();
    let odd = moments(&items, odd.iter().enumerate(), |row| 0.1 + 0.37 * row as f64);
    let odd = odd.covariance(&items, Missing::Listwise).unwrap();
    assert_eq!(odd.matrix[2 * 4 + 2], 0.0);
    let constant = PathError::ConstantItem { item: own("c") };
    assert_eq!(fit(&model, &items, &odd, default), Err(constant));
    // the items go with their neighbours', their sums do not: no sign to take
    let crossed = |[x, u, v, _]: [f64; 4]| {
        vec![6.0 + 2.0 * x + u, 6.0 - 2.0 * x + u, 6.0 + 2.0 * x + v, 6.0 + 2.0 * x - v]
    };
    let sign = |at: usize, bit: usize| if at >> bit & 1 == 1 { 1.0 } else { -1.0 };
    let crossed: Vec<Vec<f64>> = (0..16).map(|at| crossed([0, 1, 2, 3].map(|bit| sign(at, bit)))).collect();
    for scheme in [Scheme::Centroid, Scheme::Factorial, Scheme::Path] {
        let unrelated = PathError::Unrelated { construct: own("Quality") };
        assert_eq!(of(&crossed, &model, Settings { scheme, ..default }), unrelated);
    }
    let hasty = Settings { iterations: 1, ..default };
    let mixed: Vec<Vec<f64>> =
        all.iter().map(|row| vec![row[0], row[0].max(row[1]), row[0], row[0].min(row[3])]).collect();
    assert!(matches!(of(&mixed, &model, hasty), PathError::NotConverged { iterations: 1, .. }));
    let stranger = construct("Quality", &["z"], Mode::A);
    let strange = Model::new(vec![stranger, construct("S", &["c"], Mode::A)], &[("Quality", "S")]).unwrap();
    let unknown = PathError::UnknownItem { item: own("z"), construct: own("Quality") };
    assert_eq!(of(&all, &strange, default), unknown);
    // two constructs of one answer lead to a third
    let twins = [("A", "a"), ("B", "b"), ("C", "c")].map(|(name, item)| construct(name, &[item], Mode::A));
    let twins = Model::new(twins.to_vec(), &[("A", "C"), ("B", "C")]).unwrap();
    let doubled: Vec<Vec<f64>> =
        all.iter().map(|row| vec![row[0], row[0], row[0].max(row[2]), row[3]]).collect();
    let singular = PathError::SingularPaths { construct: own("C"), predecessor: own("B") };
    assert_eq!(of(&doubled, &twins, default), singular);
}

#[test]
fn drivers_that_are_none_are_named() {
    let items = four();
    let own = |name: &str| name.to_owned();
    let rows: Vec<Vec<f64>> = (0..20_i32)
        .map(|at| [at % 7, at % 5, at % 5, 3].map(|answer| f64::from(answer) + 1.0).to_vec())
        .collect();
    let of = |rows: &[Vec<f64>], target: &str, names: &[&str]| {
        let covariance = gathered(&items, rows).covariance(&items, Missing::Listwise).unwrap();
        drivers(&items, &covariance, target, names, DriverSettings::default())
    };
    assert_eq!(of(&rows, "a", &[]), Err(DriverError::NoDrivers));
    assert_eq!(of(&rows, "a", &["z"]), Err(DriverError::UnknownItem { item: own("z") }));
    assert_eq!(of(&rows, "a", &["b", "a"]), Err(DriverError::Twice { item: own("a") }));
    assert_eq!(of(&rows, "a", &["b", "c"]), Err(DriverError::Collinear { item: own("c") }));
    assert_eq!(of(&rows, "a", &["d"]), Err(DriverError::ConstantItem { item: own("d") }));
    let few = DriverError::TooFew { effective_n: 2.0, drivers: 1 };
    assert_eq!(of(&rows[..2], "a", &["b"]), Err(few));
}
