//! The company's only source of chance: a stream for the market and one for every customer.
//! A customer's stream depends on the seed and the customer's number alone, never on who came before.

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rand_distr::{Exp1, StandardNormal};

/// One stream of draws.
pub(super) struct Chance(ChaCha8Rng);

impl Chance {
    /// The stream of what all customers share.
    pub(super) fn of_market(seed: u64) -> Self {
        Self::stream(seed, 0)
    }

    /// The stream of one customer.
    pub(super) fn of_customer(seed: u64, index: usize) -> Self {
        Self::stream(seed, index as u64 + 1)
    }

    /// The stream of how a customer's complaints are handled: what is told of it changes nothing else.
    pub(super) fn of_cases(seed: u64, index: usize) -> Self {
        Self::stream(seed, (1 << 40) + index as u64)
    }

    /// The stream of what a customer adds to its answers: it changes nothing else either.
    pub(super) fn of_remarks(seed: u64, index: usize) -> Self {
        Self::stream(seed, (3 << 40) + index as u64)
    }

    /// The stream of what is known of a customer who left, and of what is tried to win it back; it changes nothing else.
    pub(super) fn of_losses(seed: u64, index: usize) -> Self {
        Self::stream(seed, (2 << 40) + index as u64)
    }

    /// The stream of how a customer answers.
    pub(super) fn of_modes(seed: u64, index: usize) -> Self {
        Self::stream(seed, (5 << 40) + index as u64)
    }

    /// The stream of what sales knew before a customer came, and of one who never came.
    pub(super) fn of_prospects(seed: u64, index: usize) -> Self {
        Self::stream(seed, (6 << 40) + index as u64)
    }

    /// The stream of what employees and partners answer; it changes nothing else either.
    pub(super) fn of_people(seed: u64) -> Self {
        Self::stream(seed, 4 << 40)
    }

    fn stream(seed: u64, stream: u64) -> Self {
        let mut source = ChaCha8Rng::seed_from_u64(seed);
        source.set_stream(stream);
        Self(source)
    }

    /// From 0 up to 1, all parts alike.
    pub(super) fn part(&mut self) -> f64 {
        self.0.random()
    }

    /// Normal of mean 0 and this standard deviation.
    pub(super) fn normal(&mut self, deviation: f64) -> f64 {
        self.0.sample::<f64, _>(StandardNormal) * deviation
    }

    /// A waiting time of mean 1.
    pub(super) fn wait(&mut self) -> f64 {
        self.0.sample(Exp1)
    }

    /// Gamma of whole shape and mean 1.
    pub(super) fn gamma(&mut self, shape: u32) -> f64 {
        (0..shape).map(|_| self.wait()).sum::<f64>() / f64::from(shape)
    }

    /// Whether something of this probability happens.
    pub(super) fn happens(&mut self, probability: f64) -> bool {
        self.part() < probability
    }

    /// A place in a table, all alike.
    pub(super) fn place(&mut self, length: usize) -> usize {
        self.0.random_range(0..length.max(1))
    }

    /// One of a table's rows.
    pub(super) fn one<'a, T: ?Sized>(&mut self, table: &[&'a T]) -> &'a T {
        table[self.place(table.len())]
    }

    /// A place in a table by its weights, which need not add up to anything.
    pub(super) fn weighted(&mut self, weights: impl Iterator<Item = f64> + Clone) -> usize {
        let mut left = self.part() * weights.clone().sum::<f64>();
        let mut last = 0;
        for (place, weight) in weights.enumerate() {
            if left < weight {
                return place;
            }
            left -= weight;
            last = place;
        }
        last
    }
}

/// The probability whose log odds these are.
pub(super) fn logistic(log_odds: f64) -> f64 {
    1.0 / (1.0 + (-log_odds).exp())
}
