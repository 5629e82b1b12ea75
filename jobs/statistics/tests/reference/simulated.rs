//! A small model and a population whose truth is known by its size.

use rand::RngExt;
use rand_chacha::ChaCha8Rng;
use rapport_statistics::{Answers, Construct, Items, Mode, Model, Moments, Rows};

use super::{TEN, item, names};

/// Quality with two items makes satisfaction with two, of which loyalty follows.
pub fn small() -> (Model, Items) {
    let construct =
        |name: &str, items: &[&str]| Construct { name: name.to_owned(), items: names(items), mode: Mode::A };
    let constructs = vec![
        construct("Quality", &["q1", "q2"]),
        construct("Satisfaction", &["s1", "s2"]),
        construct("Loyalty", &["l1"]),
    ];
    let model = Model::new(constructs, &[("Quality", "Satisfaction"), ("Satisfaction", "Loyalty")]).unwrap();
    let items = model.items().map(|name| item(name, TEN)).collect();
    (model, Items::new(items).unwrap())
}

/// Whole answers from 1 to 10 whose constructs lead to one another.
pub fn respondent(random: &mut ChaCha8Rng, row: &mut Vec<f64>) {
    let mut normal = || (0..6).map(|_| random.random::<f64>()).sum::<f64>() * 2_f64.sqrt() - 18_f64.sqrt();
    let quality = normal();
    let satisfaction = 0.6 * quality + 0.8 * normal();
    let loyalty = 0.5 * satisfaction + 0.87 * normal();
    let mut answer = |construct: f64| (6.5 + 1.6 * (construct + 0.6 * normal())).round().clamp(1.0, 10.0);
    row.clear();
    row.extend([
        answer(quality),
        answer(quality),
        answer(satisfaction),
        answer(satisfaction),
        answer(loyalty),
    ]);
}

pub struct Sample {
    pub rows: Rows,
    pub groups: Vec<Moments>,
}

pub fn sample(items: &Items, random: &mut ChaCha8Rng, n: usize, groups: usize) -> Sample {
    let mut sample =
        Sample { rows: Rows::new(items, n), groups: (0..groups).map(|_| Moments::new(items)).collect() };
    let (mut row, mut answers) = (Vec::new(), Answers::default());
    for at in 0..n {
        respondent(random, &mut row);
        items.read(&row, 1.0, &mut answers);
        sample.rows.add(&answers);
        sample.groups[at % groups].add(&answers);
    }
    sample
}
