//! Weights that make a sample look like its population: post-stratification to one margin, raking to several.

use crate::moments::SIZES;

/// Respondents who are alike in every margin.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// Respondents.
    pub n: u64,
    /// Their category in each margin, by its place; `None` where it is unknown: that margin then says nothing of them.
    pub categories: Vec<Option<usize>>,
}

/// What is known of the population: the share of each category, in any unit.
#[derive(Clone, Debug, PartialEq)]
pub struct Margin {
    /// Its name, for errors.
    pub name: String,
    /// A share a category, 0 or more.
    pub shares: Vec<f64>,
}

/// How far a weight may go, as a multiple of the mean weight 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WeightCap {
    /// The least, above 0 (1e-100) and at most 1.
    pub least: f64,
    /// The most, 1 or more (to 1e100).
    pub most: f64,
}

impl Default for WeightCap {
    fn default() -> Self {
        Self { least: 0.2, most: 5.0 }
    }
}

/// Weights with what they cost.
#[derive(Clone, Debug, PartialEq)]
pub struct Weighting {
    /// A weight for each respondent of a cell, cell by cell; 1 on average over the respondents.
    pub weights: Vec<f64>,
    /// Respondents.
    pub n: u64,
    /// Kish's effective base, (Σw)²/Σw².
    pub effective_n: f64,
    /// Cells whose weight was capped: their margins are met but nearly.
    pub capped: usize,
    /// Categories of each margin that nobody is in: their share was spread over the others of the margin.
    pub empty: Vec<Vec<usize>>,
    /// Rounds until the margins stood.
    pub rounds: u32,
}

/// Why there are no weights.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum WeightingError {
    /// No cell has a respondent.
    #[error("there are no respondents to weight")]
    NoRespondents,
    /// The cells hold more respondents than can be counted.
    #[error("the respondents are too many to count")]
    TooMany,
    /// A share is negative or not a number, or their sum is none or 0.
    #[error("the shares of `{margin}` must be 0 or more, and their sum a number above 0")]
    BadShares {
        /// Which margin.
        margin: String,
    },
    /// A cell names a category that the margin has not.
    #[error("a cell names category {category} of `{margin}`, which has {of}")]
    UnknownCategory {
        /// Which margin.
        margin: String,
        /// The place named.
        category: usize,
        /// Categories it has.
        of: usize,
    },
    /// Everyone of the margin is in categories of share 0.
    #[error("nobody is in a category of `{margin}` that has a share")]
    NothingToWeight {
        /// Which margin.
        margin: String,
    },
    /// The caps leave no room.
    #[error("weights cannot lie between {least} and {most}: give a least in 0…1 and a most of 1 or more")]
    BadCap {
        /// As given.
        least: f64,
        /// As given.
        most: f64,
    },
    /// The margins contradict each other: these respondents cannot meet them all.
    #[error("the margins contradict each other: one is missed by {miss:.4}")]
    Contradiction {
        /// By how much, as a share.
        miss: f64,
    },
    /// Too few have a share: at the most weight they do not make up for the others at the least.
    #[error("the weights average {mean:.4} and not 1: categories of share 0 leave too few to carry the rest")]
    NoRoom {
        /// The mean of the weights, capped.
        mean: f64,
    },
    /// The weights did not come to rest.
    #[error("the weights still moved by {change:e} after {rounds} rounds")]
    NotConverged {
        /// Rounds made.
        rounds: u32,
        /// Largest change in the last.
        change: f64,
    },
}

const TOLERANCE: f64 = 1e-10;
/// A margin that is missed by no more than this share is met.
const MISS: f64 = 1e-6;
const ROUNDS: u32 = 1_000;

/// Weights by iterative proportional fitting to the margins, capped and brought back to a mean of 1.
///
/// With one margin this is post-stratification, w = (N_h/N)/(n_h/n). A category with a share that nobody is in is
/// collapsed: the others of its margin share it in proportion. A category of share 0 gets the least weight there is.
/// Source: W. E. Deming and F. F. Stephan, Annals of Mathematical Statistics 11 (1940); L. Kish, "Weighting for
/// unequal Pᵢ", Journal of Official Statistics 8 (1992).
///
/// # Errors
/// [`WeightingError`] names the margin that stands in the way.
pub fn rake(cells: &[Cell], margins: &[Margin], cap: WeightCap) -> Result<Weighting, WeightingError> {
    let WeightCap { least, most } = cap;
    if !((*SIZES.start()..=1.0).contains(&least) && (1.0..=*SIZES.end()).contains(&most)) {
        return Err(WeightingError::BadCap { least, most });
    }
    let n =
        cells.iter().try_fold(0_u64, |sum, cell| sum.checked_add(cell.n)).ok_or(WeightingError::TooMany)?;
    if n == 0 {
        return Err(WeightingError::NoRespondents);
    }
    let targets: Vec<Target> = (0..margins.len())
        .map(|place| Target::new(cells, &margins[place], place))
        .collect::<Result<_, _>>()?;
    let mut weights = vec![1.0; cells.len()];
    let mut last = weights.clone();
    for round in 1..=ROUNDS {
        for (place, target) in targets.iter().enumerate() {
            target.fit(cells, place, &mut weights);
        }
        // one margin after the other left nobody a weight
        if cells.iter().zip(&weights).all(|(cell, weight)| cell.n == 0 || *weight <= 0.0) {
            return Err(WeightingError::Contradiction { miss: 1.0 });
        }
        let capped = level(cells, &mut weights, n, cap);
        let change = weights.iter().zip(&last).map(|(one, other)| (one - other).abs()).fold(0.0, f64::max);
        if change < TOLERANCE {
            // margins that contradict each other stand still too, each undone by the next
            let miss = targets.iter().enumerate().map(|(at, target)| target.miss(cells, at, &weights));
            let miss = miss.fold(0.0, f64::max);
            if capped == 0 && miss > MISS {
                return Err(WeightingError::Contradiction { miss });
            }
            let mean = cells.iter().zip(&weights).map(|(cell, weight)| cell.n as f64 * weight).sum::<f64>()
                / n as f64;
            if (mean - 1.0).abs() > MISS {
                return Err(WeightingError::NoRoom { mean });
            }
            return Ok(Weighting {
                effective_n: effective(cells, &weights),
                n,
                capped,
                empty: targets.into_iter().map(|target| target.empty).collect(),
                rounds: round,
                weights,
            });
        }
        if round == ROUNDS {
            return Err(WeightingError::NotConverged { rounds: ROUNDS, change });
        }
        last.clone_from(&weights);
    }
    Err(WeightingError::NotConverged { rounds: ROUNDS, change: f64::INFINITY })
}

/// What a margin asks for.
struct Target {
    /// Of those whose category is known, cut to the categories somebody is in; sums to 1.
    shares: Vec<f64>,
    empty: Vec<usize>,
}

impl Target {
    fn new(cells: &[Cell], margin: &Margin, place: usize) -> Result<Self, WeightingError> {
        let of = margin.shares.len();
        let name = || margin.name.clone();
        let sound = margin.shares.iter().all(|share| share.is_finite() && *share >= 0.0);
        let whole: f64 = margin.shares.iter().sum();
        if !(sound && whole > 0.0 && whole.is_finite()) {
            return Err(WeightingError::BadShares { margin: name() });
        }
        let mut present = vec![0; of];
        for cell in cells {
            if let Some(category) = category(cell, place) {
                let unknown = || WeightingError::UnknownCategory { margin: name(), category, of };
                *present.get_mut(category).ok_or_else(unknown)? += cell.n;
            }
        }
        let there = |at: usize| present[at] > 0;
        let total: f64 = (0..of).filter(|&at| there(at)).map(|at| margin.shares[at]).sum();
        // a margin of which nobody's category is known asks for nothing
        if present.iter().any(|n| *n > 0) && total <= 0.0 {
            return Err(WeightingError::NothingToWeight { margin: name() });
        }
        let share = |at: usize| if there(at) { margin.shares[at] / total } else { 0.0 };
        let empty = (0..of).filter(|&at| !there(at) && margin.shares[at] > 0.0).collect();
        Ok(Self { shares: (0..of).map(share).collect(), empty })
    }

    /// The weight in each category.
    fn sums(&self, cells: &[Cell], place: usize, weights: &[f64]) -> Vec<f64> {
        let mut sums = vec![0.0; self.shares.len()];
        for (cell, weight) in cells.iter().zip(weights) {
            if let Some(category) = category(cell, place) {
                sums[category] += weight * cell.n as f64;
            }
        }
        sums
    }

    /// By how much a share is missed at most.
    fn miss(&self, cells: &[Cell], place: usize, weights: &[f64]) -> f64 {
        let sums = self.sums(cells, place, weights);
        let total: f64 = sums.iter().sum();
        let misses = self.shares.iter().zip(&sums).map(|(share, sum)| (share - sum / total).abs());
        if total > 0.0 { misses.fold(0.0, f64::max) } else { 0.0 }
    }

    fn fit(&self, cells: &[Cell], place: usize, weights: &mut [f64]) {
        let sums = self.sums(cells, place, weights);
        let total: f64 = sums.iter().sum();
        for (cell, weight) in cells.iter().zip(weights) {
            if let Some(category) = category(cell, place)
                && sums[category] > 0.0
            {
                // a part of the sum first: the sum alone may be too small to divide by
                *weight = *weight / sums[category] * (self.shares[category] * total);
            }
        }
    }
}

fn category(cell: &Cell, place: usize) -> Option<usize> {
    cell.categories.get(place).copied().flatten()
}

/// Scales the weights so that, capped, their mean is 1; says how many cells stand at a cap.
fn level(cells: &[Cell], weights: &mut [f64], n: u64, WeightCap { least, most }: WeightCap) -> usize {
    let largest = weights.iter().copied().fold(0.0, f64::max);
    let smallest = weights.iter().copied().filter(|weight| *weight > 0.0).fold(f64::INFINITY, f64::min);
    let sum = |factor: f64| -> f64 {
        let capped = weights.iter().map(|weight| (factor * weight).clamp(least, most));
        cells.iter().zip(capped).map(|(cell, weight)| cell.n as f64 * weight).sum()
    };
    // the sum grows with the factor, from all at the least to all at the most: the right one lies between
    let (mut low, mut high) = (least / largest, (most / smallest).min(f64::MAX));
    let plain = n as f64 / cells.iter().zip(&*weights).map(|(cell, w)| cell.n as f64 * w).sum::<f64>();
    let uncapped = weights.iter().all(|weight| (least..=most).contains(&(plain * weight)));
    if !uncapped {
        for _ in 0..200 {
            // far apart, the ends close in by their magnitudes
            let far = high > 4.0 * low;
            let middle = if far { low.sqrt() * high.sqrt() } else { low.midpoint(high) };
            if sum(middle) < n as f64 { low = middle } else { high = middle }
        }
    }
    let factor = if uncapped { plain } else { low.midpoint(high) };
    weights.iter_mut().for_each(|weight| *weight = (factor * *weight).clamp(least, most));
    if uncapped { 0 } else { weights.iter().filter(|weight| **weight <= least || **weight >= most).count() }
}

fn effective(cells: &[Cell], weights: &[f64]) -> f64 {
    let sum = |power: i32| -> f64 {
        cells.iter().zip(weights).map(|(cell, weight)| cell.n as f64 * weight.powi(power)).sum()
    };
    sum(1).powi(2) / sum(2)
}
