//! Means and covariances out of moments, by a rule for missing answers.

use super::{Base, Items, Moments, MomentsError};
use crate::matrix;

/// What is done where an answer is missing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Missing {
    /// Only rows that answer every item.
    #[default]
    Listwise,
    /// The item's mean stands in: every row counts, variances shrink.
    MeanReplacement,
    /// Each pair over the rows that answer both; refused where no data could have such covariances. Variances are
    /// those of all who answered the item.
    Pairwise,
}

/// Means and covariances of the items, turned so that high is good, with the base they rest on.
#[derive(Clone, Debug, PartialEq)]
pub struct Covariance {
    /// The rule by which they were made.
    pub missing: Missing,
    /// Rows with any answer.
    pub rows: u64,
    /// Rows that answer every item.
    pub complete: u64,
    /// Unweighted base of the rule: complete rows, all rows, or those of the thinnest pair.
    pub n: u64,
    /// Kish's effective base of the same, (Σw)²/Σw².
    pub effective_n: f64,
    /// Per item, on the item's own scale.
    pub means: Vec<f64>,
    /// p × p, row by row; divisor Σw − 1, which with whole weights is that of repeated rows.
    pub matrix: Vec<f64>,
}

/// Variances below this share of the mean square about the scale's middle are rounding: the item is constant.
const ROUNDING: f64 = 1e-12;

impl Moments {
    /// Means and covariances by a rule for missing answers. A constant item has a variance of exactly 0.
    ///
    /// # Errors
    /// [`MomentsError::DifferentItems`], [`MomentsError::TooFew`], [`MomentsError::WeightsTooSmall`],
    /// [`MomentsError::NeverAnswered`]; of the pairwise rule [`MomentsError::NeverTogether`] and
    /// [`MomentsError::NotPositiveDefinite`].
    pub fn covariance(&self, items: &Items, missing: Missing) -> Result<Covariance, MomentsError> {
        let (expected, found) = (items.len(), self.items);
        if expected != found {
            return Err(MomentsError::DifferentItems { expected, found });
        }
        match missing {
            Missing::Listwise => self.listwise(items),
            Missing::MeanReplacement => self.mean_replacement(items),
            Missing::Pairwise => self.pairwise(items),
        }
    }

    fn listwise(&self, items: &Items) -> Result<Covariance, MomentsError> {
        let base = self.complete;
        enough(base)?;
        let p = self.items;
        let (sums, products) = self.complete_sums.split_at(self.stride);
        let pair = |i: usize, j: usize| {
            centred(products[i * self.stride + j], sums[i] * sums[j] / base.weight, i == j)
                / (base.weight - 1.0)
        };
        let means = (0..p).map(|i| items.centre(i) + sums[i] / base.weight).collect();
        Ok(self.with(Missing::Listwise, base, base.n, means, symmetric(p, pair)))
    }

    /// Σ over both present of (x − x̄ᵢ)(y − x̄ⱼ), x̄ of all who answered: what is replaced deviates by 0.
    fn mean_replacement(&self, items: &Items) -> Result<Covariance, MomentsError> {
        let base = self.complete.plus(self.incomplete);
        enough(base)?;
        let p = self.items;
        let means = self.available_means(items)?;
        let pair = |i: usize, j: usize| {
            let both = self.pair(i, j);
            let about = means[i] * both.other_sum + means[j] * both.sum - means[i] * means[j] * both.weight;
            centred(both.product, about, i == j) / (base.weight - 1.0)
        };
        let matrix = symmetric(p, pair);
        let means = means.iter().enumerate().map(|(i, mean)| items.centre(i) + mean).collect();
        Ok(self.with(Missing::MeanReplacement, base, base.n, means, matrix))
    }

    fn pairwise(&self, items: &Items) -> Result<Covariance, MomentsError> {
        let base = self.complete.plus(self.incomplete);
        enough(base)?;
        let p = self.items;
        let means = self.available_means(items)?;
        let thinnest = (0..p).flat_map(|i| (i..p).map(move |j| (i, j))).map(|(i, j)| (self.pair(i, j), i, j));
        let (least, i, j) = thinnest.min_by(|a, b| a.0.n.total_cmp(&b.0.n)).ok_or(MomentsError::NoItems)?;
        if least.n < 2.0 || least.weight <= 1.0 {
            return Err(MomentsError::NeverTogether { one: items.name(i), other: items.name(j) });
        }
        let pair = |i: usize, j: usize| {
            let both = self.pair(i, j);
            centred(both.product, both.sum * both.other_sum / both.weight, i == j) / (both.weight - 1.0)
        };
        let matrix = symmetric(p, pair);
        definite(&matrix, items)?;
        let means = means.iter().enumerate().map(|(i, mean)| items.centre(i) + mean).collect();
        Ok(self.with(Missing::Pairwise, base, least.n as u64, means, matrix))
    }

    /// Means of all who answered, about the scales' middles.
    fn available_means(&self, items: &Items) -> Result<Vec<f64>, MomentsError> {
        let mean = |i| {
            let own = self.pair(i, i);
            if own.n > 0.0 {
                Ok(own.sum / own.weight)
            } else {
                Err(MomentsError::NeverAnswered { item: items.name(i) })
            }
        };
        (0..self.items).map(mean).collect()
    }

    /// The sums over all rows that answer both items, `i` not after `j`.
    fn pair(&self, i: usize, j: usize) -> Pair {
        let (sums, products) = self.complete_sums.split_at(self.stride);
        let mut pair = Pair {
            n: self.complete.n as f64,
            weight: self.complete.weight,
            sum: sums[i],
            other_sum: sums[j],
            product: products[i * self.stride + j],
        };
        if let [_, ..] = self.incomplete_sums[..] {
            let at = |part: usize, i: usize, j: usize| self.incomplete_sums[(4 * i + part) * self.stride + j];
            pair.n += at(0, i, j);
            pair.weight += at(1, i, j);
            pair.sum += at(2, i, j);
            pair.other_sum += at(2, j, i);
            pair.product += at(3, i, j);
        }
        pair
    }

    fn with(&self, missing: Missing, base: Base, n: u64, means: Vec<f64>, matrix: Vec<f64>) -> Covariance {
        // in proportion, but no row is less than one
        let effective_n = (base.effective_n() * n as f64 / base.n as f64).max(1.0);
        Covariance { missing, rows: self.rows(), complete: self.complete.n, n, effective_n, means, matrix }
    }
}

/// Sums over the rows that answer two items.
#[derive(Clone, Copy)]
struct Pair {
    n: f64,
    weight: f64,
    sum: f64,
    other_sum: f64,
    product: f64,
}

impl Covariance {
    /// Standard deviation of an item on its own scale; NaN where the place is no item's.
    pub fn deviation(&self, place: usize) -> f64 {
        let at = place.checked_mul(self.means.len() + 1);
        at.and_then(|at| self.matrix.get(at)).map_or(f64::NAN, |variance| variance.sqrt())
    }

    /// Number of items; none if the means and the matrix are not of the same.
    pub(crate) fn size(&self) -> usize {
        let p = self.means.len();
        if self.matrix.len() == p * p { p } else { 0 }
    }

    /// Whether an item's mean and covariances are numbers, and no covariance is more than the variances allow.
    pub(crate) fn is_sound(&self, place: usize) -> bool {
        let p = self.means.len();
        let row = &self.matrix[place * p..(place + 1) * p];
        let allowed = |(at, value): (usize, &f64)| {
            let bound = row[place] * self.matrix[at * p + at];
            // far above what rounding leaves of variances near nothing; constant items have none
            value.is_finite() && (bound <= 0.0 || value * value <= 1.02 * bound)
        };
        self.means[place].is_finite() && row.iter().enumerate().all(allowed)
    }
}

fn enough(base: Base) -> Result<(), MomentsError> {
    if base.n < 2 {
        return Err(MomentsError::TooFew { n: base.n, needed: 2 });
    }
    if base.weight <= 1.0 {
        return Err(MomentsError::WeightsTooSmall { sum: base.weight });
    }
    Ok(())
}

/// A sum of products less what the means explain; on the diagonal what only rounding left is 0.
fn centred(product: f64, about: f64, diagonal: bool) -> f64 {
    let rest = product - about;
    if diagonal && rest <= ROUNDING * product { 0.0 } else { rest }
}

fn symmetric(p: usize, pair: impl Fn(usize, usize) -> f64) -> Vec<f64> {
    let mut matrix = vec![0.0; p * p];
    for i in 0..p {
        for j in i..p {
            let value = pair(i, j);
            matrix[i * p + j] = value;
            matrix[j * p + i] = value;
        }
    }
    matrix
}

/// Constant items are left to what uses them, which names them.
fn definite(matrix: &[f64], items: &Items) -> Result<(), MomentsError> {
    let p = items.len();
    let kept: Vec<usize> = (0..p).filter(|&i| matrix[i * p + i] > 0.0).collect();
    let mut factor: Vec<f64> =
        kept.iter().flat_map(|&i| kept.iter().map(move |&j| matrix[i * p + j])).collect();
    matrix::cholesky(&mut factor, kept.len())
        .map_err(|at| MomentsError::NotPositiveDefinite { item: items.name(kept[at]) })
}
