//! Indexes by weights that are held: the change of a trend without the change of its weights, and segments too small
//! for weights of their own.

use super::{PathError, PathFit};
use crate::{Covariance, Estimate, Items};

impl PathFit {
    /// The indexes of other answers (another quarter, a small segment) by the normalised weights of this fit, in the
    /// order of [`PathFit::constructs`]. Error and interval hold the weights fixed. A constant item is no obstacle.
    ///
    /// # Errors
    /// [`PathError::UnknownItem`], [`PathError::DifferentItems`], [`PathError::Unsound`].
    pub fn indexes_of(&self, items: &Items, covariance: &Covariance) -> Result<Vec<Estimate>, PathError> {
        let (expected, found) = (items.len(), covariance.size());
        if expected != found {
            return Err(PathError::DifferentItems { expected, found });
        }
        let index = |construct: &super::ConstructFit| {
            let own = self.items.iter().filter(|item| item.construct == construct.construct);
            let mut value = 0.0;
            let mut parts = Vec::new();
            for item in own {
                let unknown =
                    || PathError::UnknownItem { item: item.item.clone(), construct: item.construct.clone() };
                let place = items.position(&item.item).ok_or_else(unknown)?;
                if !covariance.is_sound(place) {
                    return Err(PathError::Unsound { item: item.item.clone() });
                }
                let scale = items.scale(place);
                let unit = 100.0 / (scale.high - scale.low);
                value += item.normalised_weight * unit * (covariance.means[place] - scale.low);
                parts.push((place, item.normalised_weight * unit));
            }
            let products = parts.iter().flat_map(|one| parts.iter().map(move |other| (one, other)));
            let variance: f64 =
                products.map(|((i, one), (j, other))| one * other * covariance.matrix[i * found + j]).sum();
            let deviation = variance.max(0.0).sqrt();
            Ok(estimate(value, deviation, covariance, construct.has_negative_weight))
        };
        self.constructs.iter().map(index).collect()
    }
}

/// An index with the error and interval of a mean of scores: sd/√nₑ.
pub(super) fn estimate(
    value: f64,
    deviation: f64,
    covariance: &Covariance,
    has_negative_weight: bool,
) -> Estimate {
    let (n, effective_n) = (covariance.n, covariance.effective_n);
    // weights so uneven that one answer is all there is leave nothing to estimate a spread from
    let standard_error = (effective_n > 1.0 + 1e-9).then(|| deviation / effective_n.sqrt());
    let interval = standard_error.and_then(|error| crate::resample::student(value, error, effective_n - 1.0));
    let interval = interval.map(|cut| match has_negative_weight {
        true => cut,
        // rounding may leave the index beyond the scale, and the interval holds it still
        false => cut.within(value.min(0.0), value.max(100.0)),
    });
    Estimate { value, interval, standard_error, n, effective_n }
}
