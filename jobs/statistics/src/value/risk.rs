//! What is lost if a customer leaves, and who is of high value.

use super::head_count;

/// Lifetime value × (1 − the probability of not having left): the money that is at risk, in the unit of the lifetime value.
/// None if either is no number, or the probability none of 0 to 1.
///
/// The lifetime value of the models of buying counts a customer who may have left already for less; what is left of it is
/// still worth the more care the less sure it is.
pub fn value_at_risk(lifetime_value: f64, p_alive: f64) -> Option<f64> {
    let risk = lifetime_value * (1.0 - p_alive);
    (lifetime_value.is_finite() && (0.0..=1.0).contains(&p_alive)).then_some(risk)
}

/// Whether a rank, 1 the highest, is among the top share of so many who are ranked: the first ⌈share·n⌉.
pub fn is_top(rank: u64, ranked: usize, share: f64) -> bool {
    rank >= 1 && rank <= head_count(share, ranked) as u64
}
