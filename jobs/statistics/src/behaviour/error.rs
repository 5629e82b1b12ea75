//! What can be wrong with purchases, and with a model's fit; named for what the reader can do about it.

use crate::moments::SIZES;

/// Why a figure of behaviour could not be reckoned.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum BuyerError {
    /// The log is not sorted by customer and day.
    #[error(
        "customer {customer}: the purchase of day {day} is out of order; sort the log by customer, then day"
    )]
    OutOfOrder {
        /// Whose row it is.
        customer: u64,
        /// The row's day number.
        day: i32,
    },
    /// An amount of money is NaN or infinite, or the customer's sum with it.
    #[error("customer {customer}: the amount of day {day}, or the sum up to it, is not a number")]
    MoneyNotFinite {
        /// Whose row it is.
        customer: u64,
        /// The row's day number.
        day: i32,
    },
    /// A buyer's figures contradict each other: times must be finite with 0 ≤ last ≤ age, `last` is 0 exactly
    /// where there is no repeat, and the mean spend is finite and not negative.
    #[error("buyer {row}: the times or the spend contradict each other")]
    Contradiction {
        /// Place in the list, from 0.
        row: usize,
    },
    /// A weight is negative, NaN or infinite, or there are not as many weights as buyers.
    #[error("the weights must be finite, not negative, and as many as the buyers (see place {row})")]
    Weights {
        /// Place in the list, from 0.
        row: usize,
    },
    /// There is nobody to learn from.
    #[error("no buyer with a positive weight and a positive age")]
    NoBuyers,
    /// Nobody has bought twice: the rate of purchase cannot be estimated.
    #[error("nobody has bought again; the rate of repeat purchase cannot be estimated")]
    NoRepeats,
    /// Fewer than two different repeat buyers with money: their spread cannot be estimated.
    #[error("too few repeat buyers with a positive spend to estimate how spend differs between them")]
    TooFewSpenders,
    /// A parameter is not positive and finite, or out of the range 1e-100…1e100 that can be reckoned with.
    #[error("the parameter {name} must be positive and finite, from 1e-100 to 1e100")]
    Parameter {
        /// The parameter's letter.
        name: &'static str,
    },
    /// A setting is out of its range.
    #[error("the setting {name} is out of its range")]
    Setting {
        /// The setting's name.
        name: &'static str,
    },
    /// The search for the maximum did not end; no estimate is returned.
    #[error("the {model} fit did not converge in {iterations} iterations")]
    NotConverged {
        /// The model.
        model: &'static str,
        /// Iterations spent.
        iterations: u32,
    },
}

/// The parameter if it is positive and finite, and its powers are.
pub(crate) fn positive(name: &'static str, value: f64) -> Result<f64, BuyerError> {
    if SIZES.contains(&value) { Ok(value) } else { Err(BuyerError::Parameter { name }) }
}
