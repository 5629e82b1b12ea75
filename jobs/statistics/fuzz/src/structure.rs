//! Items, moments, path models, drivers and resamples.

use rapport_statistics::{
    AcsiItems, Answers, Construct, Covariance, Crosshair, DriverSettings, Importance, Item, Items, Metric,
    Missing, Mode, Model, Moments, Rows, Scale, Scheme, Settings, bootstrap, drivers, fit, jackknife,
    weighted_index,
};

use crate::{source::Source, structure_checks as checks};

const RULES: [Missing; 3] = [Missing::Listwise, Missing::MeanReplacement, Missing::Pairwise];

/// A questionnaire from its answers to its drivers, its model and their intervals.
pub fn structure(source: &mut Source) -> bool {
    let count = 2 + source.below(6);
    let Ok(items) = Items::new((0..count).map(|at| item(source, at)).collect()) else { return false };
    let (rows, groups) = answers(source, &items);
    let mut whole = Moments::new(&items);
    groups.iter().for_each(|group| whole.merge(group).expect("moments of the same items"));
    let missing = source.one(&RULES);
    let resamples = if source.is_wild() { source.one(&[0, 1, u32::MAX]) } else { source.below(6) as u32 };
    let settings = settings(source);
    let Ok(model) = model(source, count) else { return false };
    let bootstrapped = bootstrap(&model, &items, &rows, missing, settings, resamples, source.any());
    bootstrapped.iter().for_each(|it| checks::resampled(it, false));
    let jackknifed = jackknife(&model, &items, &groups, missing, settings);
    jackknifed.iter().for_each(|it| checks::resampled(it, true));
    let mut rest = whole.clone();
    // refused where the weights are so far apart that only rounding is left
    groups.iter().take(1).for_each(|group| _ = rest.subtract(group));
    _ = rest.covariance(&items, missing).map(|covariance| checks::covariance(&items, &covariance));
    let Ok(covariance) = whole.covariance(&items, missing) else { return false };
    checks::covariance(&items, &covariance);
    drive(source, &items, &covariance, true);
    let Ok(fitted) = fit(&model, &items, &covariance, settings) else { return false };
    checks::fit(&fitted, true);
    let held = fitted.indexes_of(&items, &covariance).expect("the items of the fit");
    held.iter().zip(&fitted.constructs).for_each(|(index, construct)| checks::index(index, construct));
    true
}

fn item(source: &mut Source, at: usize) -> Item {
    let (low, high) = if source.is_wild() {
        (source.number(0.0, 1.0), source.number(1.0, 10.0))
    } else {
        source.one(&[(1.0, 10.0), (1.0, 5.0), (0.0, 1.0), (0.0, 100.0)])
    };
    let at = if source.is_wild() { source.below(at + 2) } else { at };
    Item { name: name(at), scale: Scale { low, high, reversed: source.any() } }
}

fn name(at: usize) -> String {
    format!("i{at}")
}

/// Rows whose answers go together more or less, into moments of several groups.
fn answers(source: &mut Source, items: &Items) -> (Rows, Vec<Moments>) {
    let limit = if source.is_wild() { source.below(20) } else { 1000 };
    let mut rows = Rows::new(items, limit);
    let mut groups = vec![Moments::new(items); 1 + source.below(6)];
    let mut answers = Answers::default();
    let noise = source.one(&[0.0, 0.2, 0.6, 1.0]);
    let whole = source.any::<bool>();
    let holes = source.one(&[0, 0, 5, 30]);
    let weighted = source.once_in(3);
    for at in 0..source.below(70) {
        let taste = f64::from(source.any::<u8>()) / 255.0;
        let row: Vec<f64> =
            items.iter().map(|item| answer(source, item, taste, (noise, whole, holes))).collect();
        let length = if source.once_in(40) { source.below(row.len() + 1) } else { row.len() };
        let weight = if weighted { source.weight() } else { 1.0 };
        items.read(&row[..length], weight, &mut answers);
        rows.add(&answers);
        let group = at % groups.len();
        groups[group].add(&answers);
    }
    (rows, groups)
}

fn answer(source: &mut Source, item: &Item, taste: f64, (noise, whole, holes): (f64, bool, u8)) -> f64 {
    let own = f64::from(source.any::<u8>()) / 255.0;
    if holes > 0 && source.any::<u8>() < holes {
        return f64::NAN;
    }
    if source.is_wild() {
        return source.number(item.scale.low, item.scale.high);
    }
    let share = taste * (1.0 - noise) + own * noise;
    let Scale { low, high, .. } = item.scale;
    let value = low + share * (high - low);
    if whole { value.round() } else { value }
}

fn settings(source: &mut Source) -> Settings {
    let default = Settings::default();
    Settings {
        scheme: source.one(&[Scheme::Path, Scheme::Centroid, Scheme::Factorial]),
        metric: source.one(&[Metric::Standardised, Metric::Raw]),
        tolerance: if source.is_wild() { source.number(1e-12, 1e-3) } else { default.tolerance },
        iterations: if source.is_wild() { source.one(&[0, 1, u32::MAX]) } else { default.iterations },
    }
}

/// A chain of constructs over the items, with a shortcut now and then; broken where the case is wild.
fn model(source: &mut Source, items: usize) -> Result<Model, rapport_statistics::PathError> {
    let count = 2 + source.below((items - 1).min(3));
    let mut constructs: Vec<Construct> = (0..count)
        .map(|at| Construct {
            name: format!("c{at}"),
            items: vec![],
            mode: if source.once_in(4) { Mode::B } else { Mode::A },
        })
        .collect();
    (0..items).for_each(|item| constructs[item % count].items.push(name(item)));
    let mut paths: Vec<(usize, usize)> = (1..count).map(|to| (to - 1, to)).collect();
    if count > 2 && source.any() {
        paths.push((0, count - 1));
    }
    if source.is_wild() {
        paths.push((source.below(count + 1), source.below(count + 1)));
    }
    let names: Vec<(String, String)> =
        paths.iter().map(|(a, b)| (format!("c{a}"), format!("c{b}"))).collect();
    let paths: Vec<(&str, &str)> = names.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
    Model::new(constructs, &paths)
}

fn drive(source: &mut Source, items: &Items, covariance: &Covariance, is_real: bool) {
    let mut names: Vec<String> = (1..items.len()).map(name).collect();
    if source.is_wild() {
        names.push(name(source.below(items.len() + 2)));
    }
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let importance =
        [Importance::Shapley, Importance::RelativeWeight, Importance::Beta, Importance::Correlation];
    let settings = DriverSettings {
        importance: source.one(&importance),
        crosshair: source.one(&[Crosshair::GrandMeans, Crosshair::ScaleMidpoint]),
    };
    if let Ok(it) = drivers(items, covariance, "i0", &names, settings) {
        checks::drivers(&it, is_real);
    }
    let weights = source.list(items.len() + 1, |source| {
        let place = if source.is_wild() { source.any() } else { source.below(items.len()) };
        (place, source.number(0.0, 1.0))
    });
    let positive = weights.iter().all(|(_, weight)| *weight >= 0.0);
    let index = weighted_index(items, covariance, &weights);
    index.iter().for_each(|it| checks::weighted(it, is_real && positive));
}

/// Means and covariances that no answers have: other sizes, NaN, correlations beyond 1.
pub fn broken_covariance(source: &mut Source) -> bool {
    let count = 2 + source.below(4);
    let Ok(items) = Items::new((0..count).map(|at| item(source, at)).collect()) else { return false };
    let length = if source.once_in(6) { source.below(7) } else { count };
    let size = if source.once_in(6) { source.below(40) } else { length * length };
    let n = if source.is_wild() { source.any() } else { 100 };
    let means = (0..length).map(|_| source.number(1.0, 10.0)).collect();
    let mut matrix: Vec<f64> = (0..size).map(|_| source.number(-1.0, 1.0)).collect();
    matrix.iter_mut().step_by(length + 1).for_each(|variance| *variance += 2.0);
    let effective_n = source.number(10.0, 100.0);
    let covariance =
        Covariance { missing: source.one(&RULES), rows: n, complete: n, n, effective_n, means, matrix };
    (0..3).chain([usize::MAX]).for_each(|place| _ = covariance.deviation(place));
    drive(source, &items, &covariance, false);
    let settings = settings(source);
    let Ok(model) = model(source, count) else { return false };
    let Ok(fitted) = fit(&model, &items, &covariance, settings) else { return false };
    checks::fit(&fitted, false);
    let other = Covariance { means: (0..length).map(|_| source.number(1.0, 10.0)).collect(), ..covariance };
    for index in fitted.indexes_of(&items, &other).into_iter().flatten() {
        checks::weighted(&index, false);
    }
    true
}

/// Cycles, doubles, unknown names, constructs without items: a model or a named error, and no fit that panics.
pub fn broken_model(source: &mut Source) -> bool {
    let name_of = |source: &mut Source| format!("c{}", source.below(6));
    let constructs = source.list(6, |source| Construct {
        name: name_of(source),
        items: source.list(3, |source| name(source.below(12))),
        mode: source.one(&[Mode::A, Mode::B]),
    });
    let names = source.list(9, |source| (name_of(source), name_of(source)));
    let paths: Vec<(&str, &str)> = names.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
    checks::model(Model::new(constructs, &paths));
    let mut list = |most: usize| source.list(most, |source| name(source.below(40)));
    let items = AcsiItems {
        expectations: list(3),
        quality: list(3),
        value: list(2),
        satisfaction: list(3),
        complaints: list(1),
        loyalty: list(2),
    };
    checks::model(Model::acsi(if source.any() { items } else { AcsiItems::default() }))
}
