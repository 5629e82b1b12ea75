//! What customers are worth to the company: how value is spread over them, who could be worth more, who brings others.
//!
//! Values are money of one currency over one window, which belongs beside every figure: concentration depends on it.

mod concentration;
mod growth;
mod referral;
mod risk;
mod size;

pub use concentration::{Concentration, CurvePoint, Standing, WhalePoint};
pub use growth::{Growth, GrowthClass, GrowthRule, Prospects, growth};
pub use referral::{InfluenceClass, Referral, WordOfMouth, influence_classes, referral_value};
pub use risk::{is_top, value_at_risk};
pub use size::{SizeClass, SizeRule};

/// Why a figure of value could not be reckoned.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum ValueError {
    /// There is no customer.
    #[error("there is no customer")]
    Empty,
    /// A value is NaN or infinite.
    #[error("the value of customer {row} is not a number")]
    NotFinite {
        /// Place in the list, from 0.
        row: usize,
    },
    /// Two lists that belong together differ in length.
    #[error("the lists differ in length: {one} and {other}")]
    Lengths {
        /// Length of the first list.
        one: usize,
        /// Length of the second list.
        other: usize,
    },
    /// A setting is out of its range.
    #[error("the setting {name} is out of its range")]
    Setting {
        /// The setting's name.
        name: &'static str,
    },
}

/// Values that all are numbers, at least one.
fn finite(values: &[f64]) -> Result<&[f64], ValueError> {
    match values.iter().position(|value| !value.is_finite()) {
        Some(row) => Err(ValueError::NotFinite { row }),
        None if values.is_empty() => Err(ValueError::Empty),
        None => Ok(values),
    }
}

/// How many customers a share of them is: ⌈share·n⌉, whatever the rounding of the product.
fn head_count(share: f64, customers: usize) -> usize {
    let exact = share.clamp(0.0, 1.0) * customers as f64;
    (exact * (1.0 - 1e-12)).ceil() as usize
}

/// Places of the values, highest first; of equal values the earlier one.
fn descending(values: &[f64]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    let of = |place: &usize| values.get(*place).copied().unwrap_or_default();
    order.sort_by(|one, other| of(other).total_cmp(&of(one)));
    order
}
