//! The median: half lies at or below it.

/// The median of these values, which are put in order: the middle one, or the mean of the two in the middle. `None` of none,
/// and if one is not a number.
///
/// Hyndman & Fan, Sample quantiles in statistical packages (1996): their definitions 5 to 9 at one half.
pub fn median(values: &mut [f64]) -> Option<f64> {
    if values.is_empty() || values.iter().any(|value| value.is_nan()) {
        return None;
    }
    values.sort_by(f64::total_cmp);
    let (lower, upper) = (values[(values.len() - 1) / 2], values[values.len() / 2]);
    // halved first: two large values do not overflow
    Some(lower / 2.0 + upper / 2.0)
}
