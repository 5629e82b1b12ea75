//! Mergeable moments of a questionnaire's items, gathered in one pass: all that path models and drivers need.
//!
//! Sums run about the middle of each item's scale. With whole answers and whole weights every sum is exact, so that
//! the order of rows, merges and subtractions changes no bit; with other weights it changes rounding alone.

mod covariance;
mod items;

pub use covariance::{Covariance, Missing};
pub use items::{Answers, Item, Items};

/// Why there are no moments to work with.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum MomentsError {
    /// The list of items is empty.
    #[error("there are no items")]
    NoItems,
    /// A name stands twice in the list.
    #[error("the item `{item}` stands twice")]
    ItemTwice {
        /// Its name.
        item: String,
    },
    /// The ends are not finite (or beyond 1e100), or the high end is not above the low one.
    #[error("the scale of `{item}` has no width")]
    BadScale {
        /// Its name.
        item: String,
    },
    /// Moments of another number of items.
    #[error("these are moments of {found} items, not of {expected}")]
    DifferentItems {
        /// Here.
        expected: usize,
        /// There.
        found: usize,
    },
    /// What is to be taken away is more than is there.
    #[error("the moments to subtract are not a part of these")]
    NotAPart,
    /// The rule for missing answers leaves too few rows.
    #[error("{n} rows are left to estimate from, fewer than {needed}")]
    TooFew {
        /// Rows left.
        n: u64,
        /// Rows needed.
        needed: u64,
    },
    /// The weights sum to one or less: they must be counts, or average one.
    #[error("the weights sum to {sum}: weights are counts, or average one")]
    WeightsTooSmall {
        /// Their sum.
        sum: f64,
    },
    /// No row answers the item.
    #[error("no row answers `{item}`")]
    NeverAnswered {
        /// Its name.
        item: String,
    },
    /// Too few rows answer both items.
    #[error("fewer than two rows answer both `{one}` and `{other}`")]
    NeverTogether {
        /// One item.
        one: String,
        /// The other.
        other: String,
    },
    /// Pairwise deletion gave covariances that no data could have; use another rule.
    #[error("the pairwise covariances up to `{item}` are not positive definite")]
    NotPositiveDefinite {
        /// The first item with which they are not.
        item: String,
    },
}

/// How many rows, and with what weight.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Base {
    n: u64,
    weight: f64,
    weight_squared: f64,
}

impl Base {
    fn plus(self, other: Self) -> Self {
        Self {
            n: self.n + other.n,
            weight: self.weight + other.weight,
            weight_squared: self.weight_squared + other.weight_squared,
        }
    }

    fn less(self, other: Self) -> Option<Self> {
        let n = self.n.checked_sub(other.n)?;
        let (weight, weight_squared) =
            (self.weight - other.weight, self.weight_squared - other.weight_squared);
        // Kish's base cannot exceed the rows: weights that far apart leave rounding and no rest
        let sound = weight > 0.0 && weight * weight <= weight_squared * n as f64 * (1.0 + 1e-6);
        match n {
            0 => Some(Self::default()),
            _ => sound.then_some(Self { n, weight, weight_squared }),
        }
    }

    /// Kish: (Σw)²/Σw².
    fn effective_n(self) -> f64 {
        if self.n == 0 { 0.0 } else { self.weight * self.weight / self.weight_squared }
    }
}

/// Counts, weights, sums and cross-products of `p` items: O(p²) numbers, whatever the number of rows.
///
/// Rows that answer every item and rows that miss some are kept apart: the first serve listwise deletion alone, both
/// together mean replacement and pairwise deletion. A row that answers nothing counts nowhere.
#[derive(Clone, Debug, PartialEq)]
pub struct Moments {
    items: usize,
    /// Room of a row of sums: [`stride`] of the items.
    stride: usize,
    complete: Base,
    /// A row of Σwd, then a row of Σwdᵢd for each item i: the upper triangle counts.
    complete_sums: Vec<f64>,
    incomplete: Base,
    /// Four rows for each item i, over rows that answer i and the other: n, Σw, Σwdᵢ (of all others) and Σwdᵢd. Of all
    /// but the third the upper triangle counts. Empty until a row misses an answer.
    incomplete_sums: Vec<f64>,
}

/// Weights and widths of scales: whose squares, summed over any number of rows, neither overflow nor vanish.
pub(crate) const SIZES: std::ops::RangeInclusive<f64> = 1e-100..=1e100;

/// Sums are taken this many at a time, which a processor does at once.
const LANES: usize = 4;

/// Room for a row of `p` numbers in whole lanes; what is over stays 0.
pub(crate) fn stride(p: usize) -> usize {
    p.next_multiple_of(LANES)
}

impl Moments {
    /// No rows yet.
    pub fn new(items: &Items) -> Self {
        let stride = stride(items.len());
        Self {
            items: items.len(),
            stride,
            complete: Base::default(),
            complete_sums: vec![0.0; (1 + items.len()) * stride],
            incomplete: Base::default(),
            incomplete_sums: Vec::new(),
        }
    }

    /// Adds a row as [`Items::read`] left it: no allocation but at the first row that misses an answer. A row of another
    /// number of items is left out.
    pub fn add(&mut self, answers: &Answers) {
        if answers.items != self.items {
            return;
        }
        self.add_row(&answers.deviations, &answers.present, answers.missing, answers.weight, 1);
    }

    /// As [`Moments::add`] done `times` over, of rows of whole lanes with deviations of 0 where `present` is.
    pub(crate) fn add_row(
        &mut self,
        deviations: &[f64],
        present: &[f64],
        missing: usize,
        weight: f64,
        times: u32,
    ) {
        if deviations.len() != self.stride || missing >= self.items || !SIZES.contains(&weight) {
            return;
        }
        let count = f64::from(times);
        let row =
            Base { n: u64::from(times), weight: weight * count, weight_squared: weight * weight * count };
        if missing == 0 {
            self.complete = self.complete.plus(row);
            self.add_complete(deviations, row.weight);
        } else {
            self.incomplete = self.incomplete.plus(row);
            self.add_incomplete(deviations, present, row.weight, count);
        }
    }

    // lane by lane of columns and down the rows: the lane's values stay in the processor's registers

    fn add_complete(&mut self, deviations: &[f64], weight: f64) {
        let (sums, products) = self.complete_sums.split_at_mut(self.stride);
        for (at, values) in lanes(deviations) {
            accumulate(sums, at, weight, values);
            let rows = products.chunks_exact_mut(self.stride).zip(deviations).take(at + LANES);
            for (row, deviation) in rows {
                accumulate(row, at, weight * deviation, values);
            }
        }
    }

    fn add_incomplete(&mut self, deviations: &[f64], present: &[f64], weight: f64, times: f64) {
        let stride = self.stride;
        self.incomplete_sums.resize(4 * self.items * stride, 0.0);
        for ((at, values), (_, others)) in lanes(deviations).zip(lanes(present)) {
            let rows = self.incomplete_sums.chunks_exact_mut(4 * stride);
            let mut rows = rows.zip(deviations.iter().zip(present));
            for (row, (deviation, there)) in rows.by_ref().take(at + LANES) {
                accumulate(row, at, times * there, others);
                accumulate(row, stride + at, weight * there, others);
                accumulate(row, 2 * stride + at, weight * deviation, others);
                accumulate(row, 3 * stride + at, weight * deviation, values);
            }
            for (row, (deviation, _)) in rows {
                accumulate(row, 2 * stride + at, weight * deviation, others);
            }
        }
    }

    /// Adds another part.
    ///
    /// # Errors
    /// [`MomentsError::DifferentItems`].
    pub fn merge(&mut self, other: &Self) -> Result<(), MomentsError> {
        self.same_items(other)?;
        self.complete = self.complete.plus(other.complete);
        self.incomplete = self.incomplete.plus(other.incomplete);
        add(&mut self.complete_sums, &other.complete_sums);
        self.incomplete_sums.resize(self.incomplete_sums.len().max(other.incomplete_sums.len()), 0.0);
        add(&mut self.incomplete_sums, &other.incomplete_sums);
        Ok(())
    }

    /// Takes away a part that was merged before.
    ///
    /// # Errors
    /// [`MomentsError::DifferentItems`]; [`MomentsError::NotAPart`] if it has more rows, or so much of the weight that only
    /// rounding would be left.
    pub fn subtract(&mut self, part: &Self) -> Result<(), MomentsError> {
        self.same_items(part)?;
        let complete = self.complete.less(part.complete).ok_or(MomentsError::NotAPart)?;
        self.incomplete = self.incomplete.less(part.incomplete).ok_or(MomentsError::NotAPart)?;
        self.complete = complete;
        self.complete_sums.iter_mut().zip(&part.complete_sums).for_each(|(sum, part)| *sum -= part);
        self.incomplete_sums.iter_mut().zip(&part.incomplete_sums).for_each(|(sum, part)| *sum -= part);
        // of no rows not even rounding is left
        if self.complete.n == 0 {
            self.complete_sums.fill(0.0);
        }
        if self.incomplete.n == 0 {
            self.incomplete_sums = Vec::new();
        }
        Ok(())
    }

    /// Forgets every row and keeps the room.
    pub(crate) fn clear(&mut self) {
        (self.complete, self.incomplete) = (Base::default(), Base::default());
        self.complete_sums.fill(0.0);
        self.incomplete_sums.fill(0.0);
    }

    /// Rows with an answer: the unweighted base before any rule for missing answers.
    pub fn rows(&self) -> u64 {
        self.complete.n + self.incomplete.n
    }

    /// Rows that answer every item.
    pub fn complete(&self) -> u64 {
        self.complete.n
    }

    fn same_items(&self, other: &Self) -> Result<(), MomentsError> {
        let (expected, found) = (self.items, other.items);
        if expected == found { Ok(()) } else { Err(MomentsError::DifferentItems { expected, found }) }
    }
}

fn add(sums: &mut [f64], others: &[f64]) {
    sums.iter_mut().zip(others).for_each(|(sum, other)| *sum += other);
}

/// The lanes of a row, each with the place of its first column.
fn lanes(row: &[f64]) -> impl Iterator<Item = (usize, &[f64; LANES])> {
    row.as_chunks::<LANES>().0.iter().enumerate().map(|(lane, values)| (lane * LANES, values))
}

/// Adds a multiple of a lane to the row of sums at its place.
#[inline(always)]
fn accumulate(sums: &mut [f64], at: usize, factor: f64, values: &[f64; LANES]) {
    if let Some(sums) = sums.get_mut(at..).and_then(|sums| sums.first_chunk_mut::<LANES>()) {
        // by value, so that the compiler sees one operation and not four
        *sums = std::array::from_fn(|lane| sums[lane] + factor * values[lane]);
    }
}
