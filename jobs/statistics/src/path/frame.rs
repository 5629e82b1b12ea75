//! A model laid over the items of moments: where each of its items stands, and on which scale.

use super::{Model, PathError};
use crate::{Covariance, Items};

/// A model bound to items; one serves every segment and every resample.
pub(crate) struct Frame<'a> {
    pub(crate) model: &'a Model,
    items: usize,
    /// Of each item of the model among the items of the moments.
    places: Vec<usize>,
    low: Vec<f64>,
    /// Width of each scale.
    pub(crate) width: Vec<f64>,
}

impl<'a> Frame<'a> {
    pub(crate) fn new(model: &'a Model, items: &Items) -> Result<Self, PathError> {
        let mut places = Vec::new();
        for construct in &model.constructs {
            for item in &construct.items {
                let unknown =
                    || PathError::UnknownItem { item: item.clone(), construct: construct.name.clone() };
                places.push(items.position(item).ok_or_else(unknown)?);
            }
        }
        let low = places.iter().map(|&at| items.scale(at).low).collect();
        let width = places.iter().map(|&at| items.scale(at).high - items.scale(at).low).collect();
        Ok(Self { model, items: items.len(), places, low, width })
    }

    /// Number of items of the model.
    pub(crate) fn len(&self) -> usize {
        self.places.len()
    }

    pub(crate) fn item(&self, at: usize) -> String {
        self.model.items().nth(at).unwrap_or_default().to_owned()
    }

    pub(crate) fn construct(&self, at: usize) -> String {
        self.model.constructs[at].name.clone()
    }

    /// Puts the covariances and deviations of the model's items, in its order, where the solver wants them, and the
    /// means on 0–100.
    pub(crate) fn read(
        &self,
        covariance: &Covariance,
        matrix: &mut [f64],
        deviations: &mut [f64],
        means: &mut [f64],
    ) -> Result<(), PathError> {
        let (expected, found) = (self.items, covariance.size());
        if expected != found {
            return Err(PathError::DifferentItems { expected, found });
        }
        if covariance.n <= self.len() as u64 {
            return Err(PathError::TooFew { n: covariance.n, items: self.len() });
        }
        for (at, (&place, row)) in self.places.iter().zip(matrix.chunks_exact_mut(self.len())).enumerate() {
            let source = &covariance.matrix[place * found..(place + 1) * found];
            row.iter_mut().zip(&self.places).for_each(|(value, &other)| *value = source[other]);
            if !covariance.is_sound(place) {
                return Err(PathError::Unsound { item: self.item(at) });
            }
            if row[at] <= 0.0 {
                return Err(PathError::ConstantItem { item: self.item(at) });
            }
            deviations[at] = row[at].sqrt();
            means[at] = 100.0 * (covariance.means[place] - self.low[at]) / self.width[at];
        }
        Ok(())
    }
}
