//! What must hold of moments, path models and drivers whatever the answers are.
#![allow(clippy::unwrap_used)]

mod reference;

use proptest::prelude::*;
use rapport_statistics::{
    AcsiItems, Answers, Covariance, Crosshair, DriverSettings, Importance, Items, Metric, Missing, Mode,
    Model, Moments, MomentsError, Quadrant, Scale, Scheme, Settings, drivers, fit, importance_agreement,
};
use reference::{TEN, four, gathered, item, moments, near, two_constructs};

const RULES: [Missing; 3] = [Missing::Listwise, Missing::MeanReplacement, Missing::Pairwise];

/// Rows of four answers, a few missing.
fn rows() -> impl Strategy<Value = Vec<Vec<f64>>> {
    let answer = prop_oneof![9 => (1..=10_u8).prop_map(f64::from), 1 => Just(f64::NAN)];
    prop::collection::vec(prop::collection::vec(answer, 4), 2..60)
}

/// Rows whose four answers go together.
fn related_rows() -> impl Strategy<Value = Vec<Vec<f64>>> {
    let row = (1..=7_u8, prop::collection::vec(0..=3_u8, 4));
    let row = row.prop_map(|(content, rest)| rest.iter().map(|more| f64::from(content + more)).collect());
    prop::collection::vec(row, 20..80)
}

/// Covariance by the textbook, pair by pair.
fn naive(rows: &[Vec<f64>], i: usize, j: usize, rule: Missing) -> f64 {
    let mean = |of: usize, rows: &[&Vec<f64>]| {
        let given: Vec<f64> = rows.iter().map(|row| row[of]).filter(|x| !x.is_nan()).collect();
        given.iter().sum::<f64>() / given.len() as f64
    };
    let some: Vec<&Vec<f64>> = rows.iter().filter(|row| row.iter().any(|x| !x.is_nan())).collect();
    let kept: Vec<&Vec<f64>> = match rule {
        Missing::MeanReplacement => some.clone(),
        Missing::Listwise => some.iter().copied().filter(|row| row.iter().all(|x| !x.is_nan())).collect(),
        Missing::Pairwise => {
            some.iter().copied().filter(|row| !row[i].is_nan() && !row[j].is_nan()).collect()
        }
    };
    let (one, other) = (mean(i, &kept), mean(j, &kept));
    let filled = |x: f64, mean: f64| if x.is_nan() { mean } else { x };
    let products = kept.iter().map(|row| (filled(row[i], one) - one) * (filled(row[j], other) - other));
    products.sum::<f64>() / (kept.len() as f64 - 1.0)
}

proptest! {
    /// Each rule's covariances are those of the rule carried out on the rows themselves.
    #[test]
    fn covariances_are_the_textbook_s(rows in rows()) {
        let items = four();
        let moments = gathered(&items, &rows);
        for rule in RULES {
            let Ok(found) = moments.covariance(&items, rule) else { continue };
            for (i, j) in (0..4).flat_map(|i| (0..4).map(move |j| (i, j))) {
                near(&format!("{rule:?} {i} {j}"), found.matrix[i * 4 + j], naive(&rows, i, j, rule), 1e-9);
            }
        }
    }

    /// Wherever the rows are cut and in whatever order they come, the bits are the same; parts taken away again too.
    #[test]
    fn parts_merge_to_the_same_bits(rows in rows(), cut in 0..60_usize, turn in 0..60_usize) {
        let items = four();
        let whole = gathered(&items, &rows);
        let cut = cut.min(rows.len());
        let (first, last) = (gathered(&items, &rows[..cut]), gathered(&items, &rows[cut..]));
        let mut merged = last.clone();
        merged.merge(&first).unwrap();
        prop_assert_eq!(same(&merged, &items), same(&whole, &items));
        let mut turned = rows.clone();
        turned.rotate_left(turn % rows.len());
        prop_assert_eq!(same(&gathered(&items, &turned), &items), same(&whole, &items));
        merged.subtract(&first).unwrap();
        prop_assert_eq!(same(&merged, &items), same(&last, &items));
    }

    /// A whole weight is that many rows.
    #[test]
    fn whole_weights_are_repeated_rows(rows in rows()) {
        let items = four();
        let weighted = moments(&items, rows.iter().enumerate(), |row| (row % 3 + 1) as f64);
        let times = |(at, row): (usize, &Vec<f64>)| vec![row.clone(); at % 3 + 1];
        let repeated: Vec<Vec<f64>> = rows.iter().enumerate().flat_map(times).collect();
        for rule in RULES {
            let weighted = weighted.covariance(&items, rule);
            let repeated = gathered(&items, &repeated).covariance(&items, rule);
            if let (Ok(one), Ok(other)) = (weighted, repeated) {
                prop_assert_eq!((one.means, one.matrix), (other.means, other.matrix));
            }
        }
    }

    /// With weights that are positive the index is a mean of answers and stays on 0 to 100; nothing is NaN.
    #[test]
    fn indexes_stay_on_their_scale(rows in rows()) {
        let items = four();
        for rule in RULES {
            for scheme in [Scheme::Centroid, Scheme::Factorial, Scheme::Path] {
                let Ok(covariance) = gathered(&items, &rows).covariance(&items, rule) else { continue };
                let settings = Settings { scheme, ..Settings::default() };
                let Ok(fit) = fit(&two_constructs(Mode::A), &items, &covariance, settings) else { continue };
                for construct in &fit.constructs {
                    prop_assert!(construct.index.value.is_finite() && construct.deviation.is_finite());
                    let on_scale = (-1e-9..=100.0 + 1e-9).contains(&construct.index.value);
                    prop_assert!(construct.has_negative_weight || on_scale);
                }
                prop_assert!(fit.paths.iter().all(|path| path.coefficient.abs() <= 1.0 + 1e-9 || rule == Missing::Pairwise));
                let positive = |name: &str| fit.items.iter().filter(|item| item.construct == name && item.loading > 0.0).count();
                prop_assert!(positive("Quality") >= 1 && positive("Satisfaction") >= 1);
            }
        }
    }

    /// Scales move nothing that is standardised: answers of 1–10 turned upside down on a reversed scale give one fit,
    /// and so do the answers stretched to another scale.
    #[test]
    fn scales_move_no_fit(rows in related_rows(), metric in prop_oneof![Just(Metric::Raw), Just(Metric::Standardised)]) {
        let settings = Settings { metric, ..Settings::default() };
        let of = |scale: Scale, answer: fn(f64) -> f64| {
            let items = Items::new(["a", "b", "c", "d"].map(|name| item(name, scale)).to_vec()).unwrap();
            let rows: Vec<Vec<f64>> = rows.iter().map(|row| row.iter().map(|x| answer(*x)).collect()).collect();
            let covariance = gathered(&items, &rows).covariance(&items, Missing::Listwise).unwrap();
            fit(&two_constructs(Mode::A), &items, &covariance, settings)
        };
        let plain = of(TEN, |x| x);
        let reversed = of(Scale { reversed: true, ..TEN }, |x| 11.0 - x);
        prop_assert_eq!(&plain, &reversed);
        let stretched = of(Scale { low: 0.0, high: 100.0, reversed: false }, |x| 100.0 * (x - 1.0) / 9.0);
        if let (Ok(one), Ok(other)) = (plain, stretched) {
            for (one, other) in one.constructs.iter().zip(&other.constructs) {
                near("index", one.index.value, other.index.value, 1e-7);
                near("deviation", one.deviation, other.deviation, 1e-7);
            }
        }
    }

    /// Whatever the drivers, both kinds of shares sum to R², and Shapley's do by the definition over all orders.
    #[test]
    fn shares_sum_to_what_is_explained(rows in related_rows()) {
        let items = four();
        let covariance = gathered(&items, &rows).covariance(&items, Missing::Listwise).unwrap();
        let Ok(found) = drivers(&items, &covariance, "a", &["b", "c", "d"], DriverSettings::default()) else { return Ok(()) };
        let sum = |part: fn(&rapport_statistics::Driver) -> f64| found.drivers.iter().map(part).sum::<f64>();
        near("Shapley", sum(|driver| driver.shapley.unwrap()), found.r_squared, 1e-9);
        near("Johnson", sum(|driver| driver.relative_weight), found.r_squared, 1e-9);
        let explained = |names: &[&str]| {
            if names.is_empty() { return 0.0 }
            drivers(&items, &covariance, "a", names, DriverSettings::default()).unwrap().r_squared
        };
        let orders = [["b", "c", "d"], ["b", "d", "c"], ["c", "b", "d"], ["c", "d", "b"], ["d", "b", "c"], ["d", "c", "b"]];
        for driver in &found.drivers {
            let gain = |order: &[&str; 3]| {
                let at = order.iter().position(|name| *name == driver.item).unwrap();
                explained(&order[..=at]) - explained(&order[..at])
            };
            near(&driver.item, driver.shapley.unwrap(), orders.iter().map(gain).sum::<f64>() / 6.0, 1e-9);
        }
    }

    /// Whatever is answered with whatever weight, there is an error or a number, never NaN.
    #[test]
    fn nothing_is_nan(
        rows in prop::collection::vec(prop::collection::vec(prop_oneof![1 => Just(f64::NAN), 1 => any::<f64>(), 18 => 0.5..10.5], 3..6), 0..20),
        weights in prop::collection::vec(prop_oneof![1 => any::<f64>(), 9 => 0.01..3.0], 20),
    ) {
        let items = four();
        let moments = moments(&items, rows.iter().enumerate(), |row| weights[row]);
        for rule in RULES {
            let Ok(covariance) = moments.covariance(&items, rule) else { continue };
            prop_assert!(covariance.means.iter().chain(&covariance.matrix).all(|value| value.is_finite()));
            prop_assert!(covariance.effective_n.is_finite());
            if let Ok(fit) = fit(&two_constructs(Mode::A), &items, &covariance, Settings::default()) {
                let indexes = fit.constructs.iter().map(|construct| construct.index);
                prop_assert!(indexes.clone().all(|index| index.value.is_finite()));
                prop_assert!(indexes.filter_map(|index| index.standard_error).all(f64::is_finite));
                prop_assert!(fit.paths.iter().all(|path| path.coefficient.is_finite()));
                prop_assert!(fit.effects.iter().all(|effect| effect.importance.is_finite()));
            }
            if let Ok(found) = drivers(&items, &covariance, "a", &["b", "c", "d"], DriverSettings::default()) {
                for driver in &found.drivers {
                    let numbers = [driver.correlation, driver.beta, driver.relative_weight, driver.variance_inflation];
                    prop_assert!(numbers.iter().all(|number| number.is_finite()));
                    prop_assert!(driver.t.unwrap_or(0.0).is_finite() && driver.shapley.unwrap().is_finite());
                    prop_assert!((0.0..=1.0).contains(&driver.p_value.unwrap_or(0.0)));
                }
                prop_assert!(found.r_squared_adjusted.is_finite());
            }
        }
    }

    /// Nothing of the kinds of bad input leaves a trace.
    #[test]
    fn bad_rows_leave_no_trace(rows in rows()) {
        let items = four();
        let mut spoilt = gathered(&items, &rows);
        let mut answers = Answers::default();
        for weight in [0.0, -1.0, f64::NAN, f64::INFINITY, 1e200, 1e-200] {
            items.read(&[5.0; 4], weight, &mut answers);
            spoilt.add(&answers);
        }
        for row in [vec![f64::NAN; 4], vec![98.0, f64::INFINITY, f64::NEG_INFINITY, 0.0], vec![]] {
            items.read(&row, 1.0, &mut answers);
            spoilt.add(&answers);
        }
        prop_assert_eq!(spoilt, gathered(&items, &rows));
    }
}

/// All that moments give, by every rule.
fn same(moments: &Moments, items: &Items) -> Vec<Result<Covariance, MomentsError>> {
    RULES.iter().map(|rule| moments.covariance(items, *rule)).collect()
}

/// A survey without a question on complaints has the index without them.
#[test]
fn the_american_model_without_complaints() {
    let model = Model::acsi(AcsiItems { complaints: Vec::new(), ..AcsiItems::default() }).unwrap();
    assert_eq!((model.constructs().len(), model.paths().len()), (5, 7));
}

/// An item on which the construct's neighbours look the other way: the index carries the warning.
#[test]
fn a_negative_weight_is_a_warning() {
    let items = four();
    let rows: Vec<Vec<f64>> = (0..64_i32)
        .map(|at| {
            let [one, other] = [at % 8, at / 8].map(f64::from);
            vec![
                1.0 + one,
                (9.0 - one - f64::from(at % 3 == 0)).max(1.0),
                1.0 + (one + other) / 2.0,
                1.0 + one,
            ]
        })
        .collect();
    let covariance = gathered(&items, &rows).covariance(&items, Missing::Listwise).unwrap();
    let fit = fit(&two_constructs(Mode::A), &items, &covariance, Settings::default());
    // of two loadings one is negative: the largest is made positive
    let fit = fit.unwrap();
    assert!(fit.constructs[0].has_negative_weight && !fit.constructs[1].has_negative_weight);
    let loadings: Vec<f64> = fit.items[..2].iter().map(|item| item.loading).collect();
    let largest = loadings.iter().copied().max_by(|a, b| a.abs().total_cmp(&b.abs())).unwrap();
    assert!(largest > 0.0 && loadings.iter().any(|loading| *loading < 0.0), "{loadings:?}");
}

/// One driver is plain correlation: β = r, R² = r², all of it its own; t and p from the textbook's r√(n−2)/√(1−r²).
#[test]
fn one_driver_is_plain_correlation() {
    let items = four();
    // r = 0.5 exactly: deviations (−1, 0, 1) and (0, −1, 1) and their like
    let rows = [[4.0, 5.0, 1.0, 1.0], [5.0, 4.0, 1.0, 1.0], [6.0, 6.0, 1.0, 1.0]].map(|row| row.to_vec());
    let covariance = gathered(&items, &rows).covariance(&items, Missing::Listwise).unwrap();
    let found = drivers(&items, &covariance, "a", &["b"], DriverSettings::default()).unwrap();
    let driver = &found.drivers[0];
    for (what, value) in [("r", driver.correlation), ("beta", driver.beta)] {
        near(what, value, 0.5, 1e-12);
    }
    near("R²", found.r_squared, 0.25, 1e-12);
    near("Shapley", driver.shapley.unwrap(), 0.25, 1e-12);
    near("Johnson", driver.relative_weight, 0.25, 1e-12);
    near("VIF", driver.variance_inflation, 1.0, 1e-12);
    near("t", driver.t.unwrap(), 0.5 / 0.75_f64.sqrt(), 1e-12);
    // with one degree of freedom Student's law is Cauchy's: t = 1/√3 leaves 1 − 2·30°/180° = 2/3
    near("p", driver.p_value.unwrap(), 2.0 / 3.0, 1e-9);
    assert!(found.is_thin && driver.quadrant == Quadrant::KeepUp);
}

/// The middle of the scale and the mean of the drivers part the same driver differently.
#[test]
fn the_crosshair_is_a_setting() {
    let items = four();
    let rows: Vec<Vec<f64>> = (0..30_i32)
        .map(|at| {
            [at % 4 + 6, at % 4 + 5, (at * at + at % 4) % 3 + 7, at % 3]
                .map(|answer| f64::from(answer) + 1.0)
                .to_vec()
        })
        .collect();
    let covariance = gathered(&items, &rows).covariance(&items, Missing::Listwise).unwrap();
    let at = |crosshair| {
        let settings = DriverSettings { importance: Importance::Correlation, crosshair };
        drivers(&items, &covariance, "a", &["b", "c"], settings).unwrap()
    };
    let (means, midpoint) = (at(Crosshair::GrandMeans), at(Crosshair::ScaleMidpoint));
    assert_eq!(means.drivers[0].quadrant, Quadrant::ConcentrateHere);
    assert_eq!(midpoint.drivers[0].quadrant, Quadrant::KeepUp);
    assert_eq!(midpoint.crosshair_performance, 50.0);
}

#[test]
fn stated_importance_agrees_or_not() {
    near("agree", importance_agreement(&[1.0, 2.0, 3.0], &[2.0, 4.0, 6.0]).unwrap(), 1.0, 1e-12);
    near("against", importance_agreement(&[1.0, 2.0, 3.0], &[6.0, 4.0, 2.0]).unwrap(), -1.0, 1e-12);
    let gap = importance_agreement(&[1.0, f64::NAN, 2.0, 3.0], &[2.0, 9.0, 4.0, 6.0]);
    near("gap", gap.unwrap(), 1.0, 1e-12);
    assert_eq!(importance_agreement(&[1.0, 2.0], &[2.0, 4.0]), None);
    assert_eq!(importance_agreement(&[0.1, 0.1, 0.1], &[2.0, 4.0, 5.0]), None);
    assert_eq!(importance_agreement(&[], &[]), None);
}
