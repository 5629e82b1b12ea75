//! Rows of answers kept small, for the bootstrap alone.

use crate::{
    Answers, Items, Moments,
    moments::{SIZES, stride},
};

/// Rows of answers in four bytes each, up to a limit: above it the rows are dropped and only counted.
///
/// Four bytes hold every answer of a scale exactly, halves and quarters too; others to a ten-millionth.
#[derive(Clone, Debug, PartialEq)]
pub struct Rows {
    items: usize,
    limit: usize,
    count: u64,
    /// Deviations, row by row; NaN where missing.
    deviations: Vec<f32>,
    weights: Vec<f64>,
}

impl Rows {
    /// No rows, of which at most `limit` will be kept: [`crate::BOOTSTRAP_BELOW`] suits.
    pub fn new(items: &Items, limit: usize) -> Self {
        Self { items: items.len(), limit, count: 0, deviations: Vec::new(), weights: Vec::new() }
    }

    /// Adds a row as [`Items::read`] left it; one without an answer or a weight, or of another
    /// number of items, is left out.
    pub fn add(&mut self, answers: &Answers) {
        let weight = answers.weight;
        let counts = answers.items == self.items && answers.missing < self.items;
        if !(counts && SIZES.contains(&weight)) {
            return;
        }
        self.count += 1;
        if self.count > self.limit as u64 {
            self.deviations = Vec::new();
            self.weights = Vec::new();
            return;
        }
        let answered = answers.deviations.iter().zip(&answers.present).take(self.items);
        self.deviations
            .extend(answered.map(|(value, there)| if *there > 0.0 { *value as f32 } else { f32::NAN }));
        self.weights.push(weight);
    }

    /// Rows added.
    pub fn count(&self) -> u64 {
        self.count
    }

    /// True if there were more than it keeps.
    pub fn is_dropped(&self) -> bool {
        self.count > self.limit as u64
    }

    pub(super) fn items(&self) -> usize {
        self.items
    }

    pub(super) fn limit(&self) -> usize {
        self.limit
    }

    /// The rows spread out for drawing; with `complete_only` those that answer every item.
    pub(super) fn spread(&self, complete_only: bool) -> Spread {
        let mut spread = Spread { stride: stride(self.items), ..Spread::default() };
        for (row, weight) in self.deviations.chunks_exact(self.items).zip(&self.weights) {
            let missing = row.iter().filter(|value| value.is_nan()).count();
            if complete_only && missing > 0 {
                continue;
            }
            let answered = row.iter().map(|value| !value.is_nan());
            spread.present.extend(answered.map(|there| f64::from(u8::from(there))));
            spread
                .deviations
                .extend(row.iter().map(|value| if value.is_nan() { 0.0 } else { f64::from(*value) }));
            let whole = spread.weights.len() * spread.stride + spread.stride;
            spread.deviations.resize(whole, 0.0);
            spread.present.resize(whole, 0.0);
            spread.missing.push(missing);
            spread.weights.push(*weight);
        }
        spread
    }
}

/// Rows ready to be added to moments with any weight.
#[derive(Default)]
pub(super) struct Spread {
    stride: usize,
    deviations: Vec<f64>,
    present: Vec<f64>,
    missing: Vec<usize>,
    weights: Vec<f64>,
}

impl Spread {
    pub(super) fn len(&self) -> usize {
        self.weights.len()
    }

    /// Adds each row as often as its count says; a count of 0 adds nothing.
    pub(super) fn add_to(&self, moments: &mut Moments, counts: &[u32]) {
        for (row, count) in counts.iter().enumerate().filter(|(_, count)| **count > 0) {
            let place = row * self.stride..(row + 1) * self.stride;
            let weight = self.weights[row];
            moments.add_row(
                &self.deviations[place.clone()],
                &self.present[place],
                self.missing[row],
                weight,
                *count,
            );
        }
    }
}
